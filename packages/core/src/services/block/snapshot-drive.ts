import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Snapshot, snapshotEnds, snapshotKind } from '../../model/block/snapshot.ts'
import type { SnapshotTarget } from '../../ports/volume-driver.ts'
import { recharge, snapshotCharges } from './charges.ts'
import type { Drive, DriveEnd } from './drive.ts'
import { planMessage } from './messages.ts'

/** Makes and removes snapshots. */
export const snapshotDrive: Drive<Snapshot> = {
  name: 'snapshot.apply',
  kind: snapshotKind,
  isUnderWay: ({ status }) => snapshotEnds[status] !== undefined,
  targets: async (_, rows) => rows.map(snapshotTarget),
  settle: settleSnapshots,
}

function snapshotTarget(snapshot: Snapshot): SnapshotTarget {
  const { id, generation, status, poolName, volumeId, adopt, release } = snapshot
  const present = status !== 'deleting'
  return {
    ...{ type: 'snapshot', id, generation, present, pool: poolName, volumeId },
    ...(present && adopt !== undefined && { adopt }),
    ...(release && { release }),
  }
}

async function settleSnapshots(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Snapshot>[],
  requestId: string,
): Promise<void> {
  const at = kernel.clock.now()
  for (const { row, failure } of ends) {
    const end = snapshotEnds[row.status]?.[failure === undefined ? 'done' : 'failed']
    if (failure !== undefined) {
      planMessage(kernel, writes, {
        projectId: row.projectId,
        resourceType: 'snapshot',
        resourceId: row.id,
        requestId,
        event: row.status,
        text: failure,
      })
    }
    if (end === 'gone') {
      writes.remove(snapshotKind, row)
      recharge(writes, snapshotCharges(row), [])
    } else if (end !== undefined) {
      const { adopt: _, release: _release, ...rest } = row
      writes.update(snapshotKind, { ...rest, status: end, updatedAt: at })
    }
  }
}
