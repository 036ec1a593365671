import { z } from 'zod'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId } from '../../model/identity/domain.ts'
import { type Group, groupKind } from '../../model/identity/group.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { isDomainActor } from '../policy.ts'
import { fetchDomain, fetchGroup, nameTaken, requireEnabled } from './access.ts'
import { requireGroupManageable } from './assignments.ts'
import { planDependents } from './dependents.ts'
import {
  addReference,
  closeReferences,
  domainReferences,
  dropReference,
  groupReferences,
  openReferences,
} from './references.ts'

const manage = { scope: 'system', role: 'admin', domainRole: 'manager' } as const
const look = { scope: 'system', role: 'reader', domainRole: 'reader' } as const

/** @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled. */
export const groupCreate = defineOperation({
  id: 'identity.group.create',
  summary: 'Creates a group of users.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    domainId: idField.default(defaultDomainId),
    name: nameField,
    description: descriptionField.default(''),
  }),
  run: async (call, input): Promise<Group> => {
    const { kernel } = call
    requireEnabled(await fetchDomain(call, input.domainId, 'domainId'))
    await requireFreeName(kernel, input.domainId, input.name)
    const at = kernel.clock.now()
    const id = kernel.ids.next()
    const group = { id, ...input, createdAt: at, updatedAt: at }
    const writes = new Writes().insert(groupKind, group)
    addReference(writes, domainReferences(input.domainId))
    openReferences(writes, groupReferences(id))
    const answer = { ...group, rev: 1 }
    await call.commit(writes, [id], answer)
    return answer
  },
})

export const groupGet = defineOperation({
  id: 'identity.group.get',
  summary: 'Shows a group.',
  policy: look,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<Group> => fetchGroup(call, id),
})

export const groupList = defineOperation({
  id: 'identity.group.list',
  summary: 'Lists groups by domain and name.',
  policy: look,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    domainId: idField.optional(),
    name: nameField.optional(),
  }),
  run: (call, input): Promise<Group[]> => {
    const { actor } = call
    const domainId = isDomainActor(actor) ? actor.domainId : input.domainId
    const { name } = input
    const equals = domainId == null ? [] : [domainId, ...(name === undefined ? [] : [name])]
    return listPage(call, groupKind, { index: 'byName', equals }, input, (group) => {
      if (input.domainId !== undefined && group.domainId !== input.domainId) return false
      return name === undefined || group.name === name
    })
  },
})

/** @throws CloudError `conflict` when the name is taken. */
export const groupUpdate = defineOperation({
  id: 'identity.group.update',
  summary: 'Renames or describes a group.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<Group> => {
    const { kernel } = call
    const group = await fetchGroup(call, id)
    await requireGroupManageable(call, group)
    if (patch.name !== undefined && patch.name !== group.name) {
      await requireFreeName(kernel, group.domainId, patch.name)
    }
    const next: Group = { ...group, ...given(patch), updatedAt: kernel.clock.now() }
    const answer = { ...next, rev: group.rev + 1 }
    await call.commit(new Writes().update(groupKind, next), [id], answer)
    return answer
  },
})

/** Its members lose what roles they had by it. */
export const groupDelete = defineOperation({
  id: 'identity.group.delete',
  summary: 'Deletes a group with its memberships and roles.',
  policy: manage,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const { kernel } = call
    const group = await fetchGroup(call, id)
    await requireGroupManageable(call, group)
    const writes = new Writes().remove(groupKind, group)
    const scope = groupReferences(id)
    closeReferences(writes, scope, await planDependents(kernel, writes, scope))
    dropReference(writes, domainReferences(group.domainId))
    await call.commit(writes, [id], null)
  },
})

async function requireFreeName(kernel: Kernel, domainId: string, name: string): Promise<void> {
  const taken = await kernel.store.lookup(groupKind, 'byName', [[domainId, name]])
  if (taken.length > 0) throw nameTaken('group')
}
