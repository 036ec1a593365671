import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type GroupType, groupTypeKind, volumeGroupKind } from '../../model/block/group.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { operator, propertiesField, reader } from './fields.ts'

/** @throws CloudError `conflict` when the name is taken. */
export const groupTypeCreate = defineOperation({
  id: 'block.groupType.create',
  summary: 'Creates a type of groups of volumes.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    name: nameField,
    description: descriptionField.default(''),
    isPublic: z.boolean().default(true),
    /** E.g. `consistent_group_snapshot_enabled`. */
    specs: propertiesField.default({}),
  }),
  run: async (call, input): Promise<GroupType> => {
    const { kernel } = call
    await requireFree(call, input.name)
    const at = kernel.clock.now()
    const type = { ...input, id: kernel.ids.next(), createdAt: at, updatedAt: at }
    const answer = { ...type, rev: 1 }
    await call.commit(new Writes().insert(groupTypeKind, type), [type.id], answer)
    return answer
  },
})

export const groupTypeGet = defineOperation({
  id: 'block.groupType.get',
  summary: 'Shows a type of groups.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<GroupType> => requireGroupTypeById(call, id, 'id'),
})

export const groupTypeList = defineOperation({
  id: 'block.groupType.list',
  summary: 'Lists the types of groups, by id; those that are not public are for operators.',
  policy: reader,
  mutates: false,
  input: z.strictObject(pageFields),
  run: (call, input): Promise<GroupType[]> =>
    listPage(call, groupTypeKind, {}, input, undefined, (row) => isSeen(call, row)),
})

/** Specs are set (a text) or removed (null). */
export const groupTypeUpdate = defineOperation({
  id: 'block.groupType.update',
  summary: 'Changes a type of groups.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
    isPublic: z.boolean().optional(),
    specs: z
      .record(
        z.string().min(1).max(limits.metadataLength),
        z.string().max(limits.metadataLength).nullable(),
      )
      .optional(),
  }),
  run: async (call, input): Promise<GroupType> => {
    const type = await requireGroupTypeById(call, input.id, 'id')
    const { name = type.name, description = type.description, isPublic = type.isPublic } = input
    if (name !== type.name) await requireFree(call, name)
    const specs = new Map(Object.entries(type.specs))
    for (const [key, value] of Object.entries(input.specs ?? {})) {
      if (value === null) specs.delete(key)
      else specs.set(key, value)
    }
    const parsed = propertiesField.safeParse(Object.fromEntries(specs))
    if (!parsed.success) {
      throw new CloudError('invalid', 'specs: has too many items, or a reserved key.', {
        field: 'specs',
        limit: limits.volumeProperties,
      })
    }
    const updatedAt = call.kernel.clock.now()
    const next = { ...type, name, description, isPublic, specs: parsed.data, updatedAt }
    const answer = { ...next, rev: type.rev + 1 }
    await call.commit(new Writes().update(groupTypeKind, next), [type.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` while groups are of it. */
export const groupTypeDelete = defineOperation({
  id: 'block.groupType.delete',
  summary: 'Deletes a type that no group has.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const type = await requireGroupTypeById(call, id, 'id')
    const query = { index: 'byType', equals: [id] } as const
    const groups = await call.kernel.store.count(volumeGroupKind, query)
    if (groups > 0) {
      throw new CloudError('conflict', `${groups} groups are of this type.`, {
        field: 'id',
        detail: { groups },
      })
    }
    await call.commit(new Writes().remove(groupTypeKind, type), [id], null)
    return null
  },
})

async function requireFree(call: Call, name: string): Promise<void> {
  const [taken] = await call.kernel.store.lookup(groupTypeKind, 'byName', [[name]])
  if (taken) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
}

function isSeen({ actor }: Call, type: GroupType): boolean {
  return type.isPublic || actor.system
}

/** @throws CloudError `notFound` with the field. */
export async function requireGroupTypeById(
  call: Call,
  id: string,
  field: string,
): Promise<GroupType> {
  const [type] = await call.kernel.store.get(groupTypeKind, [id])
  if (type && isSeen(call, type)) return type
  throw notFound('group type', field)
}
