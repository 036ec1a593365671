import {
  groupAddUser,
  groupCheckUser,
  groupCreate,
  groupDelete,
  groupGet,
  groupList,
  groupListUsers,
  groupRemoveUser,
  groupUpdate,
  roleAssign,
  roleCreate,
  roleDelete,
  roleGet,
  roleImply,
  roleListEffective,
  roleUnimply,
  roleUpdate,
  userCreate,
  userDelete,
  userListGroups,
  userListProjects,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { nameOf, settled } from './aim.ts'
import { mutate } from './create.ts'
import { walk } from './pages.ts'

/** A user without roles, known to nobody else. */
async function newUser(tenant: Tenant): Promise<string | undefined> {
  const input = { name: nameOf(tenant, 'user') }
  const made = await mutate(tenant, userCreate, input, { as: tenant.operator })
  return made.end === 'ok' ? made.answer.id : undefined
}

/** What he had came to him by one way only, which is closed. */
async function requireNoRole(tenant: Tenant, userId: string, message: string): Promise<void> {
  const { operator: as, projectId } = tenant
  await settled(tenant)
  const found = await tenant.call(roleListEffective, { userId, projectId }, { as })
  if (found.end === 'ok' && found.answer.length > 0) tenant.report(24, userId, message)
}

const useGroup: Action = {
  name: 'give roles to a group of users',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const as = { as: operator }
    const name = nameOf(tenant, 'group', 10)
    const made = await mutate(tenant, groupCreate, { name }, as)
    const userId = await newUser(tenant)
    if (made.end !== 'ok' || userId === undefined) return
    const groupId = made.answer.id
    await settled(tenant)
    const added = await mutate(tenant, groupAddUser, { groupId, userId }, as)
    await mutate(tenant, roleAssign, { groupId, role: 'reader', projectId }, as)
    await tenant.call(groupUpdate, { id: groupId, description: tenant.name }, as)
    await settled(tenant)
    await tenant.call(groupGet, { id: groupId }, as)
    if (added.end === 'ok') await tenant.call(groupCheckUser, { groupId, userId }, as)
    await walk(tenant, groupListUsers, { groupId }, { ...as, byId: false })
    await walk(tenant, groupList, {}, { ...as, byId: false })
    await tenant.call(userListGroups, { userId }, as)
    await tenant.call(userListProjects, { userId }, as)
    const way = chance.whole(0, 2)
    const again = (): Promise<unknown> => mutate(tenant, groupAddUser, { groupId, userId }, as)
    // One end of the membership goes, now and then while it is made once more.
    const [gone] = await Promise.all([
      way === 0
        ? tenant.call(groupRemoveUser, { groupId, userId }, as)
        : way === 1
          ? tenant.call(groupDelete, { id: groupId }, as)
          : tenant.call(userDelete, { id: userId }, as),
      way > 0 && chance.happens(0.3) ? again() : undefined,
    ])
    if (way === 2 || gone.end !== 'ok') return
    await requireNoRole(tenant, userId, 'has the roles of a group that he is not in')
  },
}

const useRole: Action = {
  name: 'make a role that implies another',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const as = { as: operator }
    // Everybody sees it: it tells nothing of whose it is.
    const name = `role-${chance.whole(1, 1_000_000)}`
    const made = await mutate(tenant, roleCreate, { name }, as)
    const userId = await newUser(tenant)
    if (made.end !== 'ok' || userId === undefined) return
    const { id } = made.answer
    await settled(tenant)
    await mutate(tenant, roleImply, { id, impliedId: 'reader' }, as)
    await tenant.call(roleUpdate, { id, description: 'changed' }, as)
    await settled(tenant)
    await tenant.call(roleGet, { id }, as)
    const give = (): Promise<unknown> =>
      mutate(tenant, roleAssign, { userId, role: id, projectId }, as)
    await give()
    await settled(tenant)
    await tenant.call(roleListEffective, { userId, projectId }, as)
    if (chance.happens(0.5)) await tenant.call(roleUnimply, { id, impliedId: 'reader' }, as)
    if (chance.happens(0.2)) return
    // Now and then while it is given again: who has it loses it.
    const [gone] = await Promise.all([
      tenant.call(roleDelete, { id }, as),
      chance.happens(0.3) ? give() : undefined,
    ])
    if (gone.end === 'ok') await requireNoRole(tenant, userId, 'has a role that was deleted')
  },
}

export const groupAndRoleActions: readonly Action[] = [useGroup, useRole]
