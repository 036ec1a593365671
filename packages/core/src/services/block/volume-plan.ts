import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import { backupKind } from '../../model/block/backup.ts'
import { snapshotKind } from '../../model/block/snapshot.ts'
import { isVolumeClosed, statusOf } from '../../model/block/volume-state.ts'
import type { VolumePool } from '../../model/block/pool.ts'
import type { VolumeType } from '../../model/block/volume-type.ts'
import {
  type Volume,
  volumeKind,
  volumeScope,
  type VolumeSource,
} from '../../model/block/volume.ts'
import type { Image } from '../../model/image/image.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { fetchImage } from '../image/access.ts'
import { type AffinityWish, readAffinity } from './affinity.ts'
import { openDependents, recharge, volumeCharges } from './charges.ts'
import { imageMetadataOf } from './image-metadata.ts'
import { PoolChoice, readPools } from './placement.ts'
import { weighingOf } from './weighing.ts'
import { chosenType } from './volume-type.ts'

/** What a request for volumes says of each. */
export interface VolumeWish extends AffinityWish {
  /** GiB; of its source when absent. */
  readonly sizeGb?: number | undefined
  /** Id or name. */
  readonly volumeType?: string | undefined
  readonly availabilityZone?: string | undefined
  /** At most one of these: what its bytes are a copy of. */
  readonly imageId?: string | undefined
  readonly snapshotId?: string | undefined
  readonly sourceVolumeId?: string | undefined
  readonly backupId?: string | undefined
}

/** Everything that a request for volumes names, read and checked; nothing taken yet. */
export interface VolumePlan {
  readonly sizeGb: number
  readonly type: VolumeType | null
  readonly source: VolumeSource | null
  readonly bootable: boolean
  readonly imageMetadata?: Readonly<Record<string, string>> | undefined
  readonly choice: PoolChoice
}

interface Origin {
  readonly source: VolumeSource | null
  /** GiB that it needs at least. */
  readonly leastGb: number
  readonly bootable: boolean
  /** Copies of volumes and snapshots stay in their pool, and of their type. */
  readonly poolId?: string
  readonly typeId?: string | null
  readonly imageMetadata?: Readonly<Record<string, string>> | undefined
  /** Of volumes made of the image, as the image says. */
  readonly typeName?: string | undefined
}

/** The property by which an image says so. */
const typeProperty = 'cinder_img_volume_type'

const bytesPerGb = 2 ** 30

/**
 * Reads what a wish names: a constant number of statements, whatever the count.
 *
 * @param path of the wish in the input, with its dot.
 * @throws CloudError `invalid`, `notFound`, `conflict` with the field.
 */
export async function planVolumes(call: Call, wish: VolumeWish, path = ''): Promise<VolumePlan> {
  const [origin, type, rooms] = await Promise.all([
    readOrigin(call, wish, path),
    chosenType(call, wish.volumeType, `${path}volumeType`),
    readPools(call.kernel),
  ])
  const { typeName } = origin
  const named =
    typeName === undefined || wish.volumeType !== undefined
      ? type
      : await chosenType(call, typeName, `${path}imageId`)
  const own = await sourceType(call, origin, wish.volumeType === undefined ? undefined : type, path)
  const actual = own === undefined ? named : own
  const sizeGb = wish.sizeGb ?? origin.leastGb
  if (sizeGb < Math.max(1, origin.leastGb)) {
    throw new CloudError('invalid', `${path}sizeGb: must be at least ${origin.leastGb} GiB.`, {
      field: `${path}sizeGb`,
      limit: origin.leastGb,
    })
  }
  const { source, bootable, poolId, imageMetadata } = origin
  const affinity = await readAffinity(call, wish, rooms, path)
  const ask = { sizeGb, type: actual, zone: wish.availabilityZone, poolId, ...affinity }
  const choice = new PoolChoice(rooms, ask, weighingOf(call.kernel))
  return { sizeGb, type: actual, source, bootable, imageMetadata, choice }
}

async function readOrigin(call: Call, wish: VolumeWish, path: string): Promise<Origin> {
  const { imageId, snapshotId, sourceVolumeId, backupId } = wish
  const named = [imageId, snapshotId, sourceVolumeId, backupId].filter((id) => id !== undefined)
  if (named.length > 1) {
    const field = `${path}imageId`
    throw new CloudError('invalid', `${field}: a volume is a copy of one thing.`, { field })
  }
  if (imageId !== undefined) return imageOrigin(await fetchImage(call, imageId, `${path}imageId`))
  if (snapshotId !== undefined) {
    const field = `${path}snapshotId`
    const snapshot = await fetchOne(call, snapshotKind, snapshotId, field)
    const status = snapshot.override ?? snapshot.status
    if (status !== 'available') throw notReady('snapshot', status, field)
    const { id, sizeGb, poolId, typeId, bootable = false, imageMetadata } = snapshot
    const source = { type: 'snapshot', id } as const
    return { source, leastGb: sizeGb, bootable, poolId, typeId, imageMetadata }
  }
  if (sourceVolumeId !== undefined) {
    const field = `${path}sourceVolumeId`
    const volume = await fetchOne(call, volumeKind, sourceVolumeId, field)
    const status = statusOf(volume)
    const isReady = status === 'available' || status === 'in-use'
    if (!isReady || isVolumeClosed(volume)) throw notReady('volume', status, field)
    const { id, sizeGb, bootable, poolId, typeId, imageMetadata } = volume
    const source = { type: 'volume', id } as const
    return { source, leastGb: sizeGb, bootable, poolId, typeId, imageMetadata }
  }
  if (backupId !== undefined) {
    const field = `${path}backupId`
    const backup = await fetchOne(call, backupKind, backupId, field)
    const status = backup.override ?? backup.status
    if (status !== 'available') throw notReady('backup', status, field)
    const source = { type: 'backup', id: backup.id } as const
    return { source, leastGb: backup.sizeGb, bootable: false }
  }
  if (wish.sizeGb !== undefined) return { source: null, leastGb: 1, bootable: false }
  const field = `${path}sizeGb`
  throw new CloudError('invalid', `${field}: is needed without a source.`, { field })
}

function imageOrigin(image: Image): Origin {
  if (image.status !== 'active') throw notReady('image', image.status, 'imageId')
  const unpacked = image.virtualSize ?? image.digests?.size ?? 0
  const leastGb = Math.max(1, image.minDiskGb, Math.ceil(unpacked / bytesPerGb))
  const source = { type: 'image', id: image.id } as const
  const imageMetadata = imageMetadataOf(image)
  const typeName = image.properties[typeProperty]
  return { source, leastGb, bootable: true, imageMetadata, typeName }
}

function notReady(noun: string, status: string, field: string): CloudError {
  return new CloudError('conflict', `${field}: the ${noun} is ${status}.`, {
    field,
    detail: { status },
  })
}

/** The type of a copy: its source's. @throws CloudError `invalid` when another one is named. */
async function sourceType(
  call: Call,
  origin: Origin,
  named: VolumeType | null | undefined,
  path: string,
): Promise<VolumeType | null | undefined> {
  const { typeId } = origin
  if (typeId === undefined) return undefined
  if (named && named.id !== typeId) {
    const field = `${path}volumeType`
    throw new CloudError('invalid', `${field}: a copy is of its source’s type.`, { field })
  }
  if (typeId === null || named) return named ?? null
  return chosenType(call, typeId, `${path}volumeType`)
}

/** What of a volume's row its plan does not say. */
export type VolumeFields = Pick<Volume, 'id' | 'projectId' | 'userId' | 'name'> &
  Partial<
    Pick<Volume, 'description' | 'metadata' | 'readOnly' | 'groupId' | 'attachments' | 'bootable'>
  >

/** The row of a new volume. */
export function newVolume(
  plan: Omit<VolumePlan, 'choice'>,
  pool: Pick<VolumePool, 'id' | 'name' | 'zone'>,
  fields: VolumeFields,
  at: number,
): Draft<Volume> {
  return {
    description: '',
    sizeGb: plan.sizeGb,
    typeId: plan.type?.id ?? null,
    zone: pool.zone,
    poolId: pool.id,
    poolName: pool.name,
    status: 'creating',
    bootable: plan.bootable,
    ...(plan.imageMetadata && { imageMetadata: plan.imageMetadata }),
    readOnly: false,
    multiattach: plan.type?.multiattach ?? false,
    encrypted: plan.type?.encrypted ?? false,
    source: plan.source,
    groupId: null,
    generation: 1,
    order: null,
    attachments: [],
    metadata: {},
    createdAt: at,
    updatedAt: at,
    ...fields,
  }
}

/** Writes new volumes and what they are counted by. Their work is the caller's to plan. */
export function writeVolumes(writes: Writes, volumes: readonly Draft<Volume>[]): void {
  writes.insert(volumeKind, ...volumes)
  for (const volume of volumes) {
    recharge(writes, [], volumeCharges(volume))
    openDependents(writes, volumeScope(volume.id))
  }
}
