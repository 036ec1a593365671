import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { snapshotKind } from '../../model/block/snapshot.ts'
import { chargedGb, type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { checkBlockQuota, recharge, typedUsage, volumeCharges } from './charges.ts'
import { planDrive } from './drive.ts'
import { operator, owner, sizeField } from './fields.ts'
import { PoolChoice, readPools } from './placement.ts'
import { beginVolume, volumeDependents } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { requireType } from './volume-type.ts'
import { weighingOf } from './weighing.ts'
import { type VolumeView, viewVolume } from './volume-view.ts'

/** Writes a begun action with the work that carries it out. */
async function commitAction(call: Call, before: Volume, after: Volume): Promise<VolumeView> {
  const writes = new Writes().update(volumeKind, after)
  recharge(writes, volumeCharges(before), volumeCharges(after))
  planDrive(call, writes, volumeDrive, [after])
  const view = viewVolume(after, { pool: call.actor.system })
  await call.commit(writes, [before.id], view)
  return view
}

/**
 * @throws CloudError `invalid` for a smaller size; `quotaExceeded`; `noValidHost`: its pool is
 *   full.
 */
export const volumeExtend = defineOperation({
  id: 'block.volume.extend',
  summary: 'Makes a volume larger, also while it is in use.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, sizeGb: sizeField }),
  run: async (call, { id, sizeGb }): Promise<VolumeView> => {
    const before = await fetchOne(call, volumeKind, id)
    const after = beginVolume(call, before, 'extend', { sizeGb })
    const more = sizeGb - before.sizeGb
    if (more <= 0) {
      throw new CloudError('invalid', `sizeGb: must be more than ${before.sizeGb} GiB.`, {
        field: 'sizeGb',
        limit: before.sizeGb,
      })
    }
    const { projectId, typeId, poolId } = before
    const typed = typedUsage(typeId, 'volumes', 0, more)
    const usage = { gigabytes: more, perVolumeGigabytes: sizeGb }
    await checkBlockQuota(call.kernel, projectId, usage, typed)
    // The pool takes volumes no more, maybe: one that is there may grow all the same.
    const rooms = (await readPools(call.kernel)).filter(({ pool }) => pool.id === poolId)
    const own = rooms.map((room) => ({ ...room, pool: { ...room.pool, enabled: true } }))
    new PoolChoice(own, { sizeGb: more, type: null }).assign(1)
    return commitAction(call, before, after)
  },
})

/** @throws CloudError `conflict` unless the volume is available and the snapshot is its own. */
export const volumeRevert = defineOperation({
  id: 'block.volume.revert',
  summary: 'Gives a volume the bytes again that it had when a snapshot of it was made.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, snapshotId: idField }),
  run: async (call, { id, snapshotId }): Promise<VolumeView> => {
    const [before, snapshot] = await Promise.all([
      fetchOne(call, volumeKind, id),
      fetchOne(call, snapshotKind, snapshotId, 'snapshotId'),
    ])
    const isUsable = snapshot.volumeId === id && snapshot.status === 'available'
    if (!isUsable || snapshot.sizeGb !== before.sizeGb) {
      throw new CloudError('conflict', 'It is no snapshot of the volume as large as it is now.', {
        field: 'snapshotId',
        detail: { status: snapshot.status, sizeGb: snapshot.sizeGb },
      })
    }
    const from = { type: 'snapshot', id: snapshotId } as const
    return commitAction(call, before, beginVolume(call, before, 'revert', { from }))
  },
})

const migrationPolicies = ['never', 'on-demand'] as const

/** @throws CloudError `conflict` when it would have to move and may not; `noValidHost`. */
export const volumeRetype = defineOperation({
  id: 'block.volume.retype',
  summary: 'Makes an available volume one of another type, moving it if it must be.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    /** Id or name. */
    volumeType: z.string().min(1).max(255),
    migrationPolicy: z.enum(migrationPolicies).default('never'),
  }),
  run: async (call, input): Promise<VolumeView> => {
    const [before, type, rooms] = await Promise.all([
      fetchOne(call, volumeKind, input.id),
      requireType(call, input.volumeType),
      readPools(call.kernel),
    ])
    if (before.typeId === type.id) {
      throw new CloudError('conflict', 'The volume is of this type.', { field: 'volumeType' })
    }
    const gb = chargedGb(before)
    const typed = typedUsage(type.id, 'volumes', 1, gb)
    await checkBlockQuota(call.kernel, before.projectId, {}, typed)
    const ask = { sizeGb: gb, type }
    const here = rooms
      .filter(({ pool }) => pool.id === before.poolId)
      .map((room) => ({ ...room, pool: { ...room.pool, enabled: true }, freeGb: gb }))
    const stays = new PoolChoice(here, ask).capacity > 0
    if (!stays && input.migrationPolicy === 'never') {
      throw new CloudError('conflict', 'Its pool is not for this type, and it may not move.', {
        field: 'migrationPolicy',
      })
    }
    const [pool] = stays ? [] : new PoolChoice(rooms, ask, weighingOf(call.kernel)).assign(1)
    const place = pool && { poolId: pool.id, poolName: pool.name }
    if (place) await requireNoDependents(call, before)
    const { multiattach, encrypted } = type
    const order = { typeId: type.id, multiattach, encrypted, ...place }
    return commitAction(call, before, beginVolume(call, before, 'retype', order))
  },
})

/** @throws CloudError `noValidHost` when the pool does not take it. */
export const volumeMigrate = defineOperation({
  id: 'block.volume.migrate',
  summary: 'Moves an available volume to another pool.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    /** Any other pool that takes it when absent. */
    poolId: idField.optional(),
  }),
  run: async (call, input): Promise<VolumeView> => {
    const [before, rooms] = await Promise.all([
      fetchOne(call, volumeKind, input.id),
      readPools(call.kernel),
    ])
    const type = before.typeId === null ? null : await requireType(call, before.typeId, 'id')
    const ask = { sizeGb: chargedGb(before), type, poolId: input.poolId, not: before.poolId }
    const [pool] = new PoolChoice(rooms, ask, weighingOf(call.kernel)).assign(1)
    const order = pool ? { poolId: pool.id, poolName: pool.name } : null
    await requireNoDependents(call, before)
    return commitAction(call, before, beginVolume(call, before, 'migrate', order))
  },
})

/** @throws CloudError `conflict`: snapshots are where their volume is, and cannot move with it. */
async function requireNoDependents(call: Call, volume: Volume): Promise<void> {
  const count = (await volumeDependents(call.kernel, [volume])).get(volume.id) ?? 0
  if (count === 0) return
  throw new CloudError('conflict', 'A volume with snapshots or copies under way does not move.', {
    field: 'id',
    detail: { dependents: count },
  })
}
