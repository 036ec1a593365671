import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { attachmentKind } from '../../model/block/attachment.ts'
import { restStatus, volumeEnds } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind, volumeScope } from '../../model/block/volume.ts'
import type { VolumeTarget } from '../../ports/volume-driver.ts'
import { planConvergence } from '../compute/converge-plan.ts'
import { closeDependents, recharge, volumeCharges } from './charges.ts'
import type { Drive, DriveEnd } from './drive.ts'
import { planMessage } from './messages.ts'
import { hasAny, readSpeeds } from './speed.ts'
import { volumeDependents } from './volume-begin.ts'

/** Makes, changes and removes volumes. */
export const volumeDrive: Drive<Volume> = {
  name: 'volume.apply',
  kind: volumeKind,
  // A backup of it, and an image, are made by work of their own.
  isUnderWay: ({ status }) => {
    if (status === 'backing-up' || status === 'uploading') return false
    return volumeEnds[status] !== undefined
  },
  targets: volumeTargets,
  settle: settleVolumes,
}

/** Those whose snapshots go first wait for them: one read for all of these. */
async function volumeTargets(
  kernel: Kernel,
  rows: readonly Volume[],
): Promise<(VolumeTarget | undefined)[]> {
  const waiting = rows.filter(({ order }) => order?.cascade === true)
  const [used, speedOf] = await Promise.all([
    volumeDependents(kernel, waiting),
    readSpeeds(kernel, rows.map(nextType)),
  ])
  return rows.map((row) => {
    if ((used.get(row.id) ?? 0) > 0) return undefined
    const { backEnd: limits } = speedOf(nextType(row))
    return { ...volumeTarget(row), ...(hasAny(limits) && { limits }) }
  })
}

/** The type that it has once its order is carried out. */
function nextType({ order, typeId }: Volume): string | null {
  return order?.typeId === undefined ? typeId : order.typeId
}

/** What a volume's row orders. */
function volumeTarget(volume: Volume): VolumeTarget {
  const { id, generation, order, status } = volume
  return {
    type: 'volume',
    id,
    generation,
    present: status !== 'deleting',
    pool: order?.poolName ?? volume.poolName,
    sizeGb: order?.sizeGb ?? volume.sizeGb,
    origin: volume.source,
    replace: order?.from ?? null,
    encrypted: volume.encrypted,
    ...(order?.adopt !== undefined && { adopt: order.adopt }),
    ...(order?.release && { release: order.release }),
  }
}

async function settleVolumes(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Volume>[],
  requestId: string,
): Promise<void> {
  const at = kernel.clock.now()
  for (const { row, failure } of ends) {
    const end = volumeEnds[row.status]?.[failure === undefined ? 'done' : 'failed']
    if (failure !== undefined) {
      planMessage(kernel, writes, {
        projectId: row.projectId,
        resourceType: 'volume',
        resourceId: row.id,
        requestId,
        event: row.status,
        text: failure,
      })
    }
    if (end === undefined) continue
    if (end === 'gone') {
      writes.remove(volumeKind, row)
      if (row.order?.cascade === true) closeDependents(writes, volumeScope(row.id))
      recharge(writes, volumeCharges(row), [])
      continue
    }
    const status = end === 'rest' ? restStatus(row.attachments) : end
    const done = failure === undefined ? carriedOut(row) : row
    // Its snapshots are still counted.
    const order = row.order?.cascade === true ? { cascade: true } : null
    const volume: Volume = { ...done, status, order, updatedAt: at }
    writes.update(volumeKind, volume)
    recharge(writes, volumeCharges(row), volumeCharges(volume))
  }
  await wakeServers(kernel, writes, ends, requestId)
}

/** The volume as its order wanted it. */
function carriedOut(volume: Volume): Volume {
  const { order } = volume
  if (!order) return volume
  return {
    ...volume,
    sizeGb: order.sizeGb ?? volume.sizeGb,
    poolId: order.poolId ?? volume.poolId,
    poolName: order.poolName ?? volume.poolName,
    typeId: order.typeId === undefined ? volume.typeId : order.typeId,
    multiattach: order.multiattach ?? volume.multiattach,
    encrypted: order.encrypted ?? volume.encrypted,
  }
}

/** Servers that wait for these volumes to be made go on: to run, or to say why not. */
async function wakeServers(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Volume>[],
  requestId: string,
): Promise<void> {
  const ids = ends.flatMap(({ row }) =>
    row.status === 'creating' ? row.attachments.map(({ id }) => id) : [],
  )
  if (ids.length === 0) return
  const attachments = await kernel.store.get(attachmentKind, ids)
  const serverIds = attachments.flatMap((attachment) => attachment?.serverId ?? [])
  planConvergence({ kernel, requestId }, writes, [...new Set(serverIds)])
}
