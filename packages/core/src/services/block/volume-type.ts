import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  qosKind,
  type VolumeType,
  volumeTypeAccessId,
  volumeTypeAccessKind,
  volumeTypeKind,
  volumeTypeScope,
} from '../../model/block/volume-type.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { mergedPage } from '../page.ts'
import { unlimited } from '../quota.ts'
import { operator, propertiesField, reader } from './fields.ts'

/** How the volumes of a type are encrypted; the keys are their back-end's. */
const encryptionField = z.strictObject({
  id: idField,
  provider: z.string().min(1).max(limits.nameLength),
  controlLocation: z.enum(['front-end', 'back-end']),
  cipher: z.string().max(limits.nameLength).nullable(),
  keySize: z.int().min(1).max(65_536).nullable(),
  createdAt: z.int(),
})

/** @throws CloudError `conflict` when the name is taken, or another type is the default. */
export const volumeTypeCreate = defineOperation({
  id: 'block.volumeType.create',
  summary: 'Creates a type of volumes.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    name: nameField,
    description: descriptionField.default(''),
    isPublic: z.boolean().default(true),
    /** True: of volumes that name none. */
    isDefault: z.boolean().default(false),
    /** `volume_backend_name` names a back-end; other keys are capabilities of its pool. */
    extraSpecs: propertiesField.default({}),
    qosId: idField.optional(),
    /** True: its volumes may be attached to several servers at once. */
    multiattach: z.boolean().default(false),
    encrypted: z.boolean().default(false),
  }),
  run: async (call, input): Promise<VolumeType> => {
    const { kernel } = call
    const isDefault = input.isDefault ? (true as const) : null
    const [[taken]] = await Promise.all([
      kernel.store.lookup(volumeTypeKind, 'byName', [[input.name]]),
      requireNoDefault(call, isDefault),
      requireQos(call, input.qosId),
    ])
    if (taken) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
    const at = kernel.clock.now()
    const type = {
      ...input,
      isDefault,
      qosId: input.qosId ?? null,
      id: kernel.ids.next(),
      createdAt: at,
      updatedAt: at,
    }
    const scope = volumeTypeScope(type.id)
    const writes = new Writes()
      .insert(volumeTypeKind, type)
      .limit({ scope, name: 'volumes', limit: unlimited })
    await touchQos(call, writes, input.qosId)
    const answer = { ...type, rev: 1 }
    await call.commit(writes, [type.id], answer)
    return answer
  },
})

export const volumeTypeGet = defineOperation({
  id: 'block.volumeType.get',
  summary: 'Shows a type that the project may use, by id or name.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: nameField }),
  run: (call, input): Promise<VolumeType> => requireType(call, input.id, 'id'),
})

export const volumeTypeList = defineOperation({
  id: 'block.volumeType.list',
  summary: 'Lists the types that the project may use, by id; operators see all.',
  policy: reader,
  mutates: false,
  input: z.strictObject(pageFields),
  run: async (call, input): Promise<VolumeType[]> => {
    const { actor, kernel } = call
    const granted = new Set<string>()
    if (!actor.system) {
      const key = [actor.projectId]
      const access = await kernel.store.lookup(volumeTypeAccessKind, 'byProject', [key])
      for (const { typeId } of access) granted.add(typeId)
    }
    const byId = async (after: string | undefined, limit: number) => {
      const from = after === undefined ? {} : { after: { id: after, rev: 0 } }
      const rows = await kernel.store.query(volumeTypeKind, { limit, ...from })
      return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
    }
    return mergedPage(call, [byId], input, ({ id, isPublic }) => {
      return actor.system || isPublic || granted.has(id)
    })
  },
})

/** Volumes that there are stay where they are. Extra specs are set (a text) or removed (null). */
export const volumeTypeUpdate = defineOperation({
  id: 'block.volumeType.update',
  summary: 'Changes a type, for volumes made from now on.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
    isPublic: z.boolean().optional(),
    isDefault: z.boolean().optional(),
    extraSpecs: z
      .record(
        z.string().min(1).max(limits.metadataLength),
        z.string().max(limits.metadataLength).nullable(),
      )
      .optional(),
    /** Null takes it away. */
    qosId: idField.nullable().optional(),
    multiattach: z.boolean().optional(),
    /** How its volumes are encrypted; null: they are not. Refused while there are any. */
    encryption: encryptionField.nullable().optional(),
  }),
  run: async (call, input): Promise<VolumeType> => {
    const { kernel } = call
    const [type] = await kernel.store.get(volumeTypeKind, [input.id])
    if (!type) throw notFound('volume type', 'id')
    const specs = new Map(Object.entries(type.extraSpecs))
    for (const [key, value] of Object.entries(input.extraSpecs ?? {})) {
      if (value === null) specs.delete(key)
      else specs.set(key, value)
    }
    const isDefault = input.isDefault === undefined ? type.isDefault : input.isDefault || null
    if (!type.isDefault) await requireNoDefault(call, isDefault)
    const next: VolumeType = {
      ...type,
      name: input.name ?? type.name,
      multiattach: input.multiattach ?? type.multiattach,
      description: input.description ?? type.description,
      isPublic: input.isPublic ?? type.isPublic,
      isDefault,
      extraSpecs: propertiesOf(specs),
      qosId: input.qosId === undefined ? type.qosId : input.qosId,
      updatedAt: kernel.clock.now(),
    }
    if (input.name !== undefined && input.name !== type.name)
      await requireFreeName(call, input.name)
    const changed = input.encryption === undefined ? next : encrypted(next, input.encryption)
    const writes = new Writes().update(volumeTypeKind, changed)
    if (changed !== next) await requireUnused(call, type.id)
    await requireQos(call, input.qosId ?? undefined)
    await touchQos(call, writes, input.qosId ?? undefined)
    const answer = { ...changed, rev: type.rev + 1 }
    await call.commit(writes, [type.id], answer)
    return answer
  },
})

async function requireFreeName(call: Call, name: string): Promise<void> {
  const [taken] = await call.kernel.store.lookup(volumeTypeKind, 'byName', [[name]])
  if (taken) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
}

function encrypted(type: VolumeType, encryption: VolumeType['encryption'] | null): VolumeType {
  const { encryption: _, ...rest } = type
  return encryption ? { ...rest, encrypted: true, encryption } : { ...rest, encrypted: false }
}

/** @throws CloudError `conflict` if the type has volumes. */
async function requireUnused(call: Call, typeId: string): Promise<void> {
  const scope = volumeTypeScope(typeId)
  const [counter] = await call.kernel.store.counters([scope])
  const volumes = counter?.value ?? 0
  if (volumes > 0) {
    throw new CloudError('conflict', `${volumes} volumes and snapshots are of this type.`, {
      field: 'encryption',
      detail: { volumes },
    })
  }
}

/** @throws CloudError `conflict` while volumes or snapshots are of it. */
export const volumeTypeDelete = defineOperation({
  id: 'block.volumeType.delete',
  summary: 'Deletes a type that no volume has, and its access list.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const { store } = call.kernel
    const scope = volumeTypeScope(id)
    const [[type], access, counters] = await Promise.all([
      store.get(volumeTypeKind, [id]),
      store.lookup(volumeTypeAccessKind, 'byType', [[id]]),
      store.counters([scope]),
    ])
    if (!type) throw notFound('volume type', 'id')
    const volumes = counters[0]?.value ?? 0
    if (volumes > 0) {
      throw new CloudError('conflict', `${volumes} volumes and snapshots are of this type.`, {
        field: 'id',
        detail: { volumes },
      })
    }
    const writes = new Writes()
      .remove(volumeTypeKind, type)
      .remove(volumeTypeAccessKind, ...access)
      .add({ scope, name: 'volumes', add: unlimited })
      .drop(scope)
    await call.commit(writes, [id], null)
    return null
  },
})

/** @throws CloudError `invalid` when the specs have become too many. */
function propertiesOf(specs: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const parsed = propertiesField.safeParse(Object.fromEntries(specs))
  if (parsed.success) return parsed.data
  throw new CloudError('invalid', 'extraSpecs: has too many items, or a reserved key.', {
    field: 'extraSpecs',
    limit: limits.volumeProperties,
  })
}

async function requireNoDefault(call: Call, isDefault: true | null): Promise<void> {
  if (!isDefault) return
  const [other] = await call.kernel.store.lookup(volumeTypeKind, 'byDefault', [[true]])
  if (!other) return
  throw new CloudError('conflict', `The default is ${other.name}.`, { field: 'isDefault' })
}

async function requireQos(call: Call, qosId: string | undefined): Promise<void> {
  if (qosId === undefined) return
  const [qos] = await call.kernel.store.get(qosKind, [qosId])
  if (!qos) throw notFound('volume QoS', 'qosId')
}

/** A new user of QoS specs and their deletion exclude each other by their revision. */
async function touchQos(call: Call, writes: Writes, qosId: string | undefined): Promise<void> {
  if (qosId === undefined) return
  const [qos] = await call.kernel.store.get(qosKind, [qosId])
  if (!qos) throw notFound('volume QoS', 'qosId')
  writes.update(qosKind, { ...qos, updatedAt: call.kernel.clock.now() })
}

/**
 * A type that the caller's project may use, by id or name.
 *
 * @throws CloudError `notFound` with `field`, alike for an absent type and one without access.
 */
export async function requireType(
  call: Call,
  idOrName: string,
  field = 'volumeType',
): Promise<VolumeType> {
  const { actor, kernel } = call
  const [[byId], [byName]] = await Promise.all([
    kernel.store.get(volumeTypeKind, [idOrName]),
    kernel.store.lookup(volumeTypeKind, 'byName', [[idOrName]]),
  ])
  const type = byId ?? byName
  if (!type) throw notFound('volume type', field)
  if (type.isPublic || actor.system) return type
  const accessId = volumeTypeAccessId(type.id, actor.projectId ?? '')
  const [access] = await kernel.store.get(volumeTypeAccessKind, [accessId])
  if (access) return type
  throw notFound('volume type', field)
}

/** The type that is named, else the default one, if there is any. */
export async function chosenType(
  call: Call,
  idOrName: string | undefined,
  field?: string,
): Promise<VolumeType | null> {
  if (idOrName !== undefined) return requireType(call, idOrName, field)
  const [type] = await call.kernel.store.lookup(volumeTypeKind, 'byDefault', [[true]])
  return type ?? null
}
