import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { poolKind, type VolumePool } from '../../model/block/pool.ts'
import { snapshotKind, snapshotScope } from '../../model/block/snapshot.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { volumeKind } from '../../model/block/volume.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { UnmanagedThing } from '../../ports/volume-driver.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { descriptionField, idField, metadataField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import {
  checkBlockQuota,
  openDependents,
  recharge,
  snapshotCharges,
  typedUsage,
} from './charges.ts'
import { planDrive } from './drive.ts'
import { operator, volumeNameField } from './fields.ts'
import { PoolChoice, readPools } from './placement.ts'
import { newSnapshot, planSnapshotDeletion, type SnapshotView, viewSnapshot } from './snapshot.ts'
import { snapshotDrive } from './snapshot-drive.ts'
import { beginVolume, planVolumeDeletion } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { newVolume, writeVolumes } from './volume-plan.ts'
import { chosenType } from './volume-type.ts'
import { type VolumeView, viewVolume } from './volume-view.ts'

const texts = {
  name: volumeNameField.default(''),
  description: descriptionField.default(''),
  metadata: metadataField.default({}),
}
/** What the back-end calls it. */
const referenceField = z.string().min(1).max(limits.nameLength)

/** Asks the back-end, which may be long in answering, or not answer. */
export const poolUnmanaged = defineOperation({
  id: 'block.pool.unmanaged',
  summary: 'Lists what a pool holds that is in nobody’s care: volumes and snapshots.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<readonly UnmanagedThing[]> => {
    return readUnmanaged(call, await requirePool(call, id, 'id'))
  },
})

/**
 * The volume is `creating` when this returns, and ends as it would if it had been made here; in
 * `error` when somebody else has taken it meanwhile.
 *
 * @throws CloudError `notFound` for what the pool does not hold; `noValidHost` for a type that the
 *   pool is not for; `quotaExceeded`.
 */
export const volumeManage = defineOperation({
  id: 'block.volume.manage',
  summary: 'Takes a volume over that is on a back-end already.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    /** Whose it is to be. */
    projectId: idField,
    poolId: idField,
    reference: referenceField,
    ...texts,
    /** Id or name; the default type when absent. */
    volumeType: z.string().min(1).max(limits.nameLength).optional(),
    bootable: z.boolean().default(false),
  }),
  run: async (call, input): Promise<VolumeView> => {
    const { kernel } = call
    const { projectId, poolId, reference, name, description, metadata, bootable } = input
    const [[project], pool, type, rooms] = await Promise.all([
      kernel.store.get(projectKind, [projectId]),
      requirePool(call, poolId, 'poolId'),
      chosenType(call, input.volumeType, 'volumeType'),
      readPools(kernel),
    ])
    if (!project) throw notFound('project', 'projectId')
    const found = await requireThing(call, pool, 'volume', reference)
    const sizeGb = Math.max(1, found.sizeGb)
    const own = rooms.filter((room) => room.pool.id === poolId)
    const open = own.map((room) => ({ ...room, pool: { ...room.pool, enabled: true } }))
    new PoolChoice(open, { sizeGb, type }).assign(1)
    const usage = { volumes: 1, gigabytes: sizeGb, perVolumeGigabytes: sizeGb }
    const typed = typedUsage(type?.id ?? null, 'volumes', 1, sizeGb)
    await checkBlockQuota(kernel, projectId, usage, typed)
    const fields = { id: kernel.ids.next(), projectId, userId: call.actor.userId }
    const said = { name, description, metadata }
    const plan = { sizeGb, type, source: null, bootable }
    const made = newVolume(plan, pool, { ...fields, ...said }, kernel.clock.now())
    const volume = { ...made, order: { adopt: reference } }
    const writes = new Writes()
    writeVolumes(writes, [volume])
    planDrive(call, writes, volumeDrive, [volume])
    const view = viewVolume(volume, { pool: true })
    await call.commit(writes, [volume.id], view)
    return view
  },
})

/** @throws CloudError `conflict` while it is in use, has snapshots, or something is under way. */
export const volumeUnmanage = defineOperation({
  id: 'block.volume.unmanage',
  summary: 'Forgets a volume, which its back-end keeps.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const before = await fetchOne(call, volumeKind, id)
    const after = beginVolume(call, before, 'delete', { release: true })
    const writes = new Writes()
    await planVolumeDeletion(call.kernel, writes, [before], [after])
    planDrive(call, writes, volumeDrive, [after])
    await call.commit(writes, [id], null)
    return null
  },
})

/** @throws CloudError `notFound` for what the pool does not hold of the volume; `quotaExceeded`. */
export const snapshotManage = defineOperation({
  id: 'block.snapshot.manage',
  summary: 'Takes a snapshot of a volume over that is on its back-end already.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ volumeId: idField, reference: referenceField, ...texts }),
  run: async (call, input): Promise<SnapshotView> => {
    const { kernel } = call
    const { volumeId, reference, ...fields } = input
    const volume = await fetchOne(call, volumeKind, volumeId, 'volumeId')
    const status = statusOf(volume)
    if (status !== 'available' && status !== 'in-use') {
      throw new CloudError('conflict', `The volume is ${status}.`, {
        field: 'volumeId',
        detail: { status },
      })
    }
    const pool = await requirePool(call, volume.poolId, 'volumeId')
    const found = await requireThing(call, pool, 'snapshot', reference, volumeId)
    const { projectId, typeId } = volume
    const sizeGb = Math.max(1, found.sizeGb)
    const typed = typedUsage(typeId, 'snapshots', 1, sizeGb)
    await checkBlockQuota(kernel, projectId, { snapshots: 1, gigabytes: sizeGb }, typed)
    const row = newSnapshot(volume, { id: kernel.ids.next(), ...fields }, kernel.clock.now())
    const snapshot = { ...row, sizeGb, adopt: reference }
    const writes = new Writes().insert(snapshotKind, snapshot).update(volumeKind, volume)
    recharge(writes, [], snapshotCharges(snapshot))
    openDependents(writes, snapshotScope(snapshot.id))
    planDrive(call, writes, snapshotDrive, [snapshot])
    const view = viewSnapshot(snapshot)
    await call.commit(writes, [snapshot.id, volumeId], view)
    return view
  },
})

/** @throws CloudError `conflict` while something is made of it, or is under way on it. */
export const snapshotUnmanage = defineOperation({
  id: 'block.snapshot.unmanage',
  summary: 'Forgets a snapshot, which its back-end keeps.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const snapshot = await fetchOne(call, snapshotKind, id)
    const writes = new Writes()
    await planSnapshotDeletion(call, writes, [snapshot], 'id', true)
    await call.commit(writes, [id], null)
    return null
  },
})

async function requirePool(call: Call, id: string, field: string): Promise<VolumePool> {
  const [pool] = await call.kernel.store.get(poolKind, [id])
  if (!pool) throw notFound('volume pool', field)
  return pool
}

function readUnmanaged(call: Call, pool: VolumePool): Promise<readonly UnmanagedThing[]> {
  const { signal } = call
  return call.kernel.volumes.unmanaged(pool.name, signal ? { signal } : {})
}

async function requireThing(
  call: Call,
  pool: VolumePool,
  type: UnmanagedThing['type'],
  reference: string,
  volumeId?: string,
): Promise<UnmanagedThing> {
  const found = (await readUnmanaged(call, pool)).find(
    (thing) => thing.type === type && thing.reference === reference && thing.volumeId === volumeId,
  )
  if (found) return found
  throw notFound(`unmanaged ${type}`, 'reference')
}
