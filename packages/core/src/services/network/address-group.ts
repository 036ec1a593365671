import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { type AddressGroup, addressGroupKind } from '../../model/network/address-group.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { lentTo, ownerOf, requireRev, requireRoom } from './access.ts'
import { planConfigure } from './configure/plan-configure.ts'
import { addressGroupScope, openCounter, requireAtMost } from './counters.ts'
import { expectedRevField, ownerField, prefixField } from './fields.ts'
import { lentPage } from './lists.ts'
import { planLendingEnd } from './sharing.ts'

const addressesField = z.array(prefixField).max(limits.addressGroupBlocks)

const createInput = z.strictObject({
  name: nameField.or(z.literal('')).default(''),
  description: descriptionField.default(''),
  /** Blocks, or addresses. */
  addresses: addressesField.default([]),
  projectId: ownerField,
})

export const addressGroupCreate = defineOperation({
  id: 'network.addressGroup.create',
  summary: 'Names a set of blocks, for rules of security groups.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<AddressGroup> => {
    const projectId = ownerOf(call, input.projectId)
    await requireRoom(call.kernel, projectId, { addressGroups: 1 })
    const at = call.kernel.clock.now()
    const id = call.kernel.ids.next()
    const addresses = united([], input.addresses)
    const times = { createdAt: at, updatedAt: at }
    const group = { ...input, id, rev: 1, projectId, addresses, generation: 1, ...times }
    const writes = new Writes().insert(addressGroupKind, group)
    openCounter(writes, addressGroupScope(id), 'references')
    chargeQuota(writes, projectId, { addressGroups: 1 })
    planConfigure(call, writes, [{ type: 'addressGroup', id, revision: 1 }])
    await call.commit(writes, [id], group)
    return group
  },
})

/** In the order in which they came, each once. */
function united(before: readonly string[], added: readonly string[]): readonly string[] {
  const all = [...new Set([...before, ...added])]
  if (all.length <= limits.addressGroupBlocks) return all
  throw new CloudError('invalid', 'addresses: would be too many.', {
    field: 'addresses',
    limit: limits.addressGroupBlocks,
  })
}

const getInput = z.strictObject({ id: idField })

export const addressGroupGet = defineOperation({
  id: 'network.addressGroup.get',
  summary: 'Shows an address group.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<AddressGroup> =>
    fetchOne(call, addressGroupKind, input.id, 'id', lentTo(call)),
})

const listInput = z.strictObject({ ...pageFields, name: nameField.optional() })

export const addressGroupList = defineOperation({
  id: 'network.addressGroup.list',
  summary: 'Lists the address groups of the project and those lent to it, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<AddressGroup[]> => {
    const { name } = input
    return lentPage(call, addressGroupKind, input, (group) => {
      return name === undefined || group.name === name
    })
  },
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  expectedRev: expectedRevField,
})

export const addressGroupUpdate = defineOperation({
  id: 'network.addressGroup.update',
  summary: 'Renames or describes an address group.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<AddressGroup> => {
    const { id, expectedRev, ...patch } = input
    const before = await fetchOne(call, addressGroupKind, id)
    requireRev(before, expectedRev)
    return commitGroup(call, { ...before, ...given(patch) })
  },
})

async function commitGroup(call: Call, group: AddressGroup): Promise<AddressGroup> {
  const row = { ...group, updatedAt: call.kernel.clock.now() }
  const writes = new Writes().update(addressGroupKind, row)
  const { generation: revision, id } = row
  planConfigure(call, writes, [{ type: 'addressGroup', id, revision }])
  const updated = { ...row, rev: row.rev + 1 }
  await call.commit(writes, [id], updated)
  return updated
}

const changeInput = z.strictObject({ id: idField, addresses: addressesField.min(1) })

export const addressGroupAdd = defineOperation({
  id: 'network.addressGroup.addAddresses',
  summary: 'Adds blocks to an address group, whatever others do to it.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof changeInput>): Promise<AddressGroup> => {
    const group = await fetchOne(call, addressGroupKind, input.id)
    const addresses = united(group.addresses, input.addresses)
    return commitGroup(call, { ...group, addresses, generation: group.generation + 1 })
  },
})

export const addressGroupRemove = defineOperation({
  id: 'network.addressGroup.removeAddresses',
  summary: 'Removes blocks from an address group, whatever others do to it.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof changeInput>): Promise<AddressGroup> => {
    const group = await fetchOne(call, addressGroupKind, input.id)
    const gone = new Set(input.addresses)
    const absent = input.addresses.findIndex((address) => !group.addresses.includes(address))
    if (absent >= 0) {
      throw new CloudError('notFound', `addresses[${absent}]: is not in the group.`, {
        field: `addresses[${absent}]`,
      })
    }
    const addresses = group.addresses.filter((address) => !gone.has(address))
    return commitGroup(call, { ...group, addresses, generation: group.generation + 1 })
  },
})

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const addressGroupDelete = defineOperation({
  id: 'network.addressGroup.delete',
  summary: 'Deletes an address group that no rule refers to.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const group = await fetchOne(call, addressGroupKind, input.id)
    requireRev(group, input.expectedRev)
    const scope = addressGroupScope(group.id)
    const [references] = await call.kernel.store.counters([scope])
    // It has them from the beginning: without, the read is old.
    if (!references) {
      throw new CommitConflict({ type: 'revision', kind: addressGroupKind.name, ids: [group.id] })
    }
    if (references.value > 0) {
      throw new CloudError('conflict', `${references.value} rules refer to the address group.`, {
        field: 'id',
        detail: { references: references.value },
      })
    }
    const writes = new Writes().remove(addressGroupKind, group)
    if (group.shared || group.sharedWith) await planLendingEnd(call.kernel, writes, group)
    requireAtMost(writes, references)
    writes.drop(scope)
    chargeQuota(writes, group.projectId, { addressGroups: 1 }, -1)
    const revision = group.generation + 1
    planConfigure(call, writes, [{ type: 'addressGroup', id: group.id, revision, removed: true }])
    await call.commit(writes, [group.id], null)
    return null
  },
})
