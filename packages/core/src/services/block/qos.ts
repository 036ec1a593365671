import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import {
  qosConsumers,
  qosKind,
  type VolumeQos,
  volumeTypeKind,
} from '../../model/block/volume-type.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { operator, propertiesField } from './fields.ts'

/** @throws CloudError `conflict` when the name is taken. */
export const qosCreate = defineOperation({
  id: 'block.qos.create',
  summary: 'Creates limits of speed, for types of volumes.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    name: nameField,
    consumer: z.enum(qosConsumers).default('back-end'),
    /** E.g. `total_iops_sec`. */
    specs: propertiesField.default({}),
  }),
  run: async (call, input): Promise<VolumeQos> => {
    const { kernel } = call
    const [taken] = await kernel.store.lookup(qosKind, 'byName', [[input.name]])
    if (taken) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
    const at = kernel.clock.now()
    const qos = { ...input, id: kernel.ids.next(), createdAt: at, updatedAt: at }
    const answer = { ...qos, rev: 1 }
    await call.commit(new Writes().insert(qosKind, qos), [qos.id], answer)
    return answer
  },
})

export const qosGet = defineOperation({
  id: 'block.qos.get',
  summary: 'Shows limits of speed.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<VolumeQos> => requireQos(call, id),
})

export const qosList = defineOperation({
  id: 'block.qos.list',
  summary: 'Lists limits of speed, by id.',
  policy: operator,
  mutates: false,
  input: z.strictObject(pageFields),
  run: (call, input): Promise<VolumeQos[]> => listPage(call, qosKind, {}, input),
})

export const qosUpdate = defineOperation({
  id: 'block.qos.update',
  summary: 'Changes limits of speed, for volumes attached from now on.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    consumer: z.enum(qosConsumers).optional(),
    specs: propertiesField.optional(),
  }),
  run: async (call, input): Promise<VolumeQos> => {
    const qos = await requireQos(call, input.id)
    const next = {
      ...qos,
      consumer: input.consumer ?? qos.consumer,
      specs: input.specs ?? qos.specs,
      updatedAt: call.kernel.clock.now(),
    }
    const answer = { ...next, rev: qos.rev + 1 }
    await call.commit(new Writes().update(qosKind, next), [qos.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` while a type has it. */
export const qosDelete = defineOperation({
  id: 'block.qos.delete',
  summary: 'Deletes limits of speed that no type has.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const qos = await requireQos(call, id)
    const types = await call.kernel.store.count(volumeTypeKind, { index: 'byQos', equals: [id] })
    if (types > 0) {
      throw new CloudError('conflict', `${types} types have it.`, {
        field: 'id',
        detail: { types },
      })
    }
    await call.commit(new Writes().remove(qosKind, qos), [id], null)
    return null
  },
})

async function requireQos(call: Call, id: string): Promise<VolumeQos> {
  const [qos] = await call.kernel.store.get(qosKind, [id])
  if (!qos) throw notFound('volume QoS', 'id')
  return qos
}
