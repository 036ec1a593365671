import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Group,
  groupKind,
  type Membership,
  membershipId,
  membershipKind,
} from '../../model/identity/group.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { commitUnchanged } from '../unchanged.ts'
import { fetchGroup, fetchUser } from './access.ts'
import { isAdministrator, requireGroupManageable } from './assignments.ts'
import { insertDependent, removeDependent } from './dependents.ts'
import { userView, type UserView } from './user.ts'

const manage = { scope: 'system', role: 'admin', domainRole: 'manager' } as const
const memberInput = z.strictObject({ groupId: idField, userId: idField })

/**
 * Adds a user to a group; doing it again changes nothing.
 *
 * @throws CloudError `forbidden` when the group has roles beyond those of the caller.
 */
export const groupAddUser = defineOperation({
  id: 'identity.group.addUser',
  summary: 'Adds a user to a group.',
  policy: manage,
  mutates: true,
  input: memberInput,
  run: async (call, input): Promise<Membership> => {
    const { kernel } = call
    const { group, existing } = await fetchMember(call, input)
    if (existing) {
      const targets = [group.id, input.userId]
      return commitUnchanged(call, membershipKind, existing, targets, (row) => row)
    }
    const row = { id: membershipId(input), ...input, createdAt: kernel.clock.now() }
    const writes = new Writes()
    insertDependent(writes, membershipKind, row)
    // What roles the group has was checked: an operator who gives it more meanwhile wins.
    if (!isAdministrator(call.actor)) writes.update(groupKind, group)
    const answer = { ...row, rev: 1 }
    await call.commit(writes, [group.id, input.userId], answer)
    return answer
  },
})

/** @throws CloudError `notFound` when he is not in it. */
export const groupRemoveUser = defineOperation({
  id: 'identity.group.removeUser',
  summary: 'Takes a user out of a group.',
  policy: manage,
  mutates: true,
  input: memberInput,
  run: async (call, input): Promise<void> => {
    const { group, existing } = await fetchMember(call, input)
    if (!existing) throw notMember()
    const writes = new Writes()
    removeDependent(writes, membershipKind, existing)
    await call.commit(writes, [group.id, input.userId], null)
  },
})

/** @throws CloudError `notFound` when he is not in it. */
export const groupCheckUser = defineOperation({
  id: 'identity.group.checkUser',
  summary: 'Tells whether a user is in a group.',
  policy: { scope: 'system', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: memberInput,
  run: async (call, input): Promise<Membership> => {
    await Promise.all([
      fetchGroup(call, input.groupId, 'groupId'),
      fetchUser(call, input.userId, 'userId'),
    ])
    const [membership] = await call.kernel.store.get(membershipKind, [membershipId(input)])
    if (!membership) throw notMember()
    return membership
  },
})

export const groupListUsers = defineOperation({
  id: 'identity.group.listUsers',
  summary: 'Lists the users of a group.',
  policy: { scope: 'system', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ ...pageFields, groupId: idField }),
  run: async (call, input): Promise<UserView[]> => {
    const { groupId } = input
    await fetchGroup(call, groupId, 'groupId')
    const marker =
      input.marker === undefined ? undefined : membershipId({ groupId, userId: input.marker })
    const rows = await listPage(
      call,
      membershipKind,
      { index: 'byGroup', equals: [groupId] },
      { limit: input.limit, ...(marker !== undefined && { marker }) },
    )
    const users = await call.kernel.store.get(
      userKind,
      rows.map(({ userId }) => userId),
    )
    return users.flatMap((user) => (user ? userView(user) : []))
  },
})

/** For an actor of a project, his own. A user is in no more groups than fit one answer. */
export const userListGroups = defineOperation({
  id: 'identity.user.listGroups',
  summary: 'Lists the groups of a user.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ userId: idField }),
  run: async (call, { userId }): Promise<Group[]> => {
    const { store } = call.kernel
    await fetchUser(call, userId, 'userId')
    const rows = await store.lookup(membershipKind, 'byUser', [[userId]])
    const groups = await store.get(
      groupKind,
      rows.map(({ groupId }) => groupId),
    )
    return groups.flatMap((group) => group ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))
  },
})

async function fetchMember(
  call: Call,
  input: { readonly groupId: string; readonly userId: string },
): Promise<{ group: Group; user: User; existing: Membership | undefined }> {
  const group = await fetchGroup(call, input.groupId, 'groupId')
  const user = await fetchUser(call, input.userId, 'userId')
  await requireGroupManageable(call, group)
  const [existing] = await call.kernel.store.get(membershipKind, [membershipId(input)])
  return { group, user, existing }
}

function notMember(): CloudError {
  return new CloudError('notFound', 'The user is not in the group.', { field: 'userId' })
}
