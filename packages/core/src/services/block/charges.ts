import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Backup, backupScope } from '../../model/block/backup.ts'
import { poolScope } from '../../model/block/pool.ts'
import { type Snapshot, snapshotScope } from '../../model/block/snapshot.ts'
import { volumeTypeScope } from '../../model/block/volume-type.ts'
import { chargedGb, type Volume, volumeScope, type VolumeSource } from '../../model/block/volume.ts'
import { requireQuota, quotaScope, unlimited, type Usage } from '../quota.ts'

/** What a row adds to a counter. */
export interface BlockCharge {
  readonly scope: string
  readonly name: string
  readonly amount: number
  /** True: the counter is made by whoever first needs it, without a limit. */
  readonly lazy?: true
}

/** The counter of what depends on a volume, snapshot or backup. */
export const dependents = 'dependents'

const typeQuotaPrefix = 'volumeTypeQuota:'

/** What a project uses of each type: `<type>:volumes`, `<type>:gigabytes`, `<type>:snapshots`. */
export function typeQuotaScope(projectId: string): string {
  return `${typeQuotaPrefix}${projectId}`
}

type Fields = Pick<
  Volume,
  'projectId' | 'typeId' | 'sizeGb' | 'order' | 'poolId' | 'status' | 'source'
>

/** Everything that a volume is counted by: for its commit, and for the audit. */
export function* volumeCharges(volume: Fields): Generator<BlockCharge> {
  const { projectId, typeId, poolId, order } = volume
  const gb = chargedGb(volume)
  yield { scope: quotaScope(projectId), name: 'volumes', amount: 1 }
  yield { scope: quotaScope(projectId), name: 'gigabytes', amount: gb }
  yield* typeCharges(projectId, typeId, 'volumes', gb)
  if (order?.typeId !== undefined && order.typeId !== typeId) {
    yield* typeCharges(projectId, order.typeId, 'volumes', gb)
  }
  yield* poolCharges(poolId, gb)
  if (order?.poolId !== undefined && order.poolId !== poolId) yield* poolCharges(order.poolId, gb)
  const needed = neededBy(volume)
  if (needed) yield { scope: needed, name: dependents, amount: 1 }
}

/** Everything that a snapshot is counted by. */
export function* snapshotCharges(
  snapshot: Pick<Snapshot, 'projectId' | 'typeId' | 'sizeGb' | 'poolId' | 'volumeId'>,
): Generator<BlockCharge> {
  const { projectId, typeId, sizeGb, poolId, volumeId } = snapshot
  yield { scope: quotaScope(projectId), name: 'snapshots', amount: 1 }
  yield { scope: quotaScope(projectId), name: 'gigabytes', amount: sizeGb }
  yield* typeCharges(projectId, typeId, 'snapshots', sizeGb)
  yield* poolCharges(poolId, sizeGb)
  yield { scope: volumeScope(volumeId), name: dependents, amount: 1 }
}

/** Everything that a backup is counted by. */
export function* backupCharges(
  backup: Pick<
    Backup,
    'projectId' | 'sizeGb' | 'parentId' | 'snapshotId' | 'volumeId' | 'status' | 'adopted'
  >,
): Generator<BlockCharge> {
  const { projectId, sizeGb, parentId, snapshotId, volumeId, status } = backup
  yield { scope: quotaScope(projectId), name: 'backups', amount: 1 }
  yield { scope: quotaScope(projectId), name: 'backupGigabytes', amount: sizeGb }
  if (parentId !== null) yield { scope: backupScope(parentId), name: dependents, amount: 1 }
  // Nothing is read of the volume, which may be gone, when the bytes are there already.
  if (status !== 'creating' || backup.adopted) return
  const scope = snapshotId === null ? volumeScope(volumeId) : snapshotScope(snapshotId)
  yield { scope, name: dependents, amount: 1 }
}

function* typeCharges(
  projectId: string,
  typeId: string | null,
  what: 'volumes' | 'snapshots',
  gb: number,
): Generator<BlockCharge> {
  if (typeId === null) return
  const scope = typeQuotaScope(projectId)
  yield { scope: volumeTypeScope(typeId), name: 'volumes', amount: 1 }
  yield { scope, name: `${typeId}:${what}`, amount: 1, lazy: true }
  yield { scope, name: `${typeId}:gigabytes`, amount: gb, lazy: true }
}

function* poolCharges(poolId: string, gb: number): Generator<BlockCharge> {
  yield { scope: poolScope(poolId), name: 'volumes', amount: 1 }
  yield { scope: poolScope(poolId), name: 'gigabytes', amount: gb }
}

/** What must not go while the volume is being made of it. */
function neededBy({ status, source, order }: Fields): string | undefined {
  if (status === 'creating') return source ? sourceScope(source) : undefined
  const isFilled = status === 'reverting' || status === 'restoring-backup'
  return isFilled && order?.from ? sourceScope(order.from) : undefined
}

function sourceScope({ type, id }: VolumeSource): string | undefined {
  if (type === 'volume') return volumeScope(id)
  if (type === 'snapshot') return snapshotScope(id)
  if (type === 'backup') return backupScope(id)
  return undefined
}

/** Moves what rows are counted by from how they were to how they are. */
export function recharge(
  writes: Writes,
  before: Iterable<BlockCharge>,
  after: Iterable<BlockCharge>,
): void {
  for (const charge of before) addCharge(writes, charge, -1)
  for (const charge of after) addCharge(writes, charge, 1)
}

function addCharge(writes: Writes, charge: BlockCharge, sign: 1 | -1): void {
  const { scope, name, amount, lazy } = charge
  writes.add({ scope, name, add: sign * amount, ...(lazy && { limit: unlimited }) })
}

/**
 * Writes that a project is gone: without volumes, which its quota sees to, it uses nothing of any
 * type.
 */
export function planTypeQuotaRemoval(_: Kernel, writes: Writes, projectId: string): void {
  writes.drop(typeQuotaScope(projectId))
}

/**
 * Refuses what does not fit the project's quotas, in all or of a type. The commit's counters guard
 * it again.
 *
 * @throws CloudError `quotaExceeded` with the quota's name as `field`.
 */
export async function checkBlockQuota(
  kernel: Kernel,
  projectId: string,
  usage: Usage,
  typed: Readonly<Record<string, number>> = {},
): Promise<void> {
  const scopes = [quotaScope(projectId), typeQuotaScope(projectId)]
  const counters = await kernel.store.counters(scopes)
  const byName = new Map(counters.map((counter) => [counter.name, counter]))
  requireQuota(byName, usage)
  requireQuota(byName, typed)
}

/** Use of a type's quotas by what is charged. */
export function typedUsage(
  typeId: string | null,
  what: 'volumes' | 'snapshots',
  count: number,
  gb: number,
): Readonly<Record<string, number>> {
  if (typeId === null) return {}
  return { [`${typeId}:${what}`]: count, [`${typeId}:gigabytes`]: gb }
}

/** Begins to count what depends on something new. */
export function openDependents(writes: Writes, scope: string): void {
  writes.add({ scope, name: dependents, add: 0, limit: unlimited })
}

/**
 * Makes the commit fail if anything depends on it, and anything that would from now on: filling the
 * counter up succeeds only from zero, and without a counter nothing can be added.
 */
export function closeDependents(writes: Writes, scope: string): void {
  writes.add({ scope, name: dependents, add: unlimited }).drop(scope)
}
