import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { volumeExtend } from '../../block/volume-actions.ts'
import { volumeCreate, volumeDelete, volumeGet, volumeUpdate } from '../../block/volume.ts'
import type { AnswerOf } from '../../operation.ts'
import { each } from './each.ts'
import { Finder } from './found.ts'
import { removalUntilGone } from './leaving.ts'
import { stringMap } from './nova-server-create.ts'
import { flagOf, mapOf, numberOf, present, textOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

export const cinderVolume: ResourceType = {
  name: 'OS::Cinder::Volume',
  summary: 'A volume: empty, or a copy of an image, a snapshot or a volume.',
  properties: {
    name: { ...text, updatable: true, max: limits.nameLength },
    description: { ...text, updatable: true, max: limits.descriptionLength },
    /** GiB. */
    size: { type: 'integer', min: 1, updatable: true },
    volume_type: text,
    availability_zone: text,
    image: text,
    snapshot_id: text,
    source_volid: text,
    read_only: { type: 'boolean' },
    metadata: { type: 'map', default: {}, updatable: true },
  },
  attributes: {
    display_name: 'Its name.',
    status: 'Its status when it was last looked at.',
    size: 'Its size in GiB.',
    volume_type: 'The id of its type, or empty.',
    bootable: 'Whether servers may boot from it.',
  },
  // What is there can only grow.
  replaces: (before, after) => (numberOf(after, 'size') ?? 0) < (numberOf(before, 'size') ?? 0),
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const image = textOf(properties, 'image')
    const name = textOf(properties, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`
    const input = present({
      name: name.slice(0, limits.nameLength),
      description: textOf(properties, 'description'),
      sizeGb: numberOf(properties, 'size'),
      volumeType: textOf(properties, 'volume_type'),
      availabilityZone: textOf(properties, 'availability_zone'),
      imageId: image === undefined ? undefined : await new Finder(work).image(image),
      snapshotId: textOf(properties, 'snapshot_id'),
      sourceVolumeId: textOf(properties, 'source_volid'),
      readOnly: flagOf(properties, 'read_only'),
      metadata: stringMap(mapOf(properties, 'metadata') ?? {}),
    })
    return standing(await work.call(volumeCreate, input, work.keyOf(row, 'create')))
  }),
  update: each(async (work, row) => {
    const properties = row.target as JsonMap
    const id = row.physicalId as string
    const fields = present({
      name: textOf(properties, 'name'),
      description: textOf(properties, 'description'),
      metadata: stringMap(mapOf(properties, 'metadata') ?? {}),
    })
    const volume = await work.call(volumeUpdate, { id, ...fields }, work.keyOf(row, 'update'))
    const sizeGb = numberOf(properties, 'size') ?? volume.sizeGb
    if (sizeGb <= volume.sizeGb) return standing(volume)
    return standing(await work.call(volumeExtend, { id, sizeGb }, work.keyOf(row, 'extend')))
  }),
  poll: each(async (work, row) =>
    standing(await work.call(volumeGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    standing(await work.call(volumeGet, { id: row.physicalId ?? '' })),
  ),
  remove: removalUntilGone(
    async (work, id) => (await work.call(volumeGet, { id })).status === 'deleting',
    (work, id, key) => work.call(volumeDelete, { ids: [id] }, key),
  ),
}

function standing(volume: AnswerOf<typeof volumeGet>): Result {
  const { id, name, status, sizeGb, typeId, bootable } = volume
  if (status.startsWith('error')) {
    return { state: 'failed', reason: `The volume is in ${status}.`, physicalId: id }
  }
  const isAtRest = status === 'available' || status === 'in-use'
  return {
    state: isAtRest ? 'done' : 'pending',
    physicalId: id,
    attributes: {
      display_name: name,
      status,
      size: sizeGb,
      volume_type: typeId ?? '',
      bootable,
    },
  }
}
