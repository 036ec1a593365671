import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Backup, backupEnds, backupKind } from '../../model/block/backup.ts'
import { restStatus } from '../../model/block/volume-state.ts'
import { volumeKind } from '../../model/block/volume.ts'
import type { BackupTarget } from '../../ports/volume-driver.ts'
import { getAll } from '../fetch.ts'
import { backupCharges, recharge } from './charges.ts'
import type { Drive, DriveEnd } from './drive.ts'
import { planMessage } from './messages.ts'

/** Makes and removes backups. */
export const backupDrive: Drive<Backup> = {
  name: 'backup.apply',
  kind: backupKind,
  isUnderWay: ({ status }) => backupEnds[status] !== undefined,
  targets: async (_, rows) => rows.map(backupTarget),
  settle: settleBackups,
}

function backupTarget(backup: Backup): BackupTarget {
  const { id, generation, status, volumeId, snapshotId, parentId, container } = backup
  const present = status !== 'deleting'
  const place = { volumeId, snapshotId, parentId, container }
  return { type: 'backup', id, generation, present, ...place, adopt: backup.adopted === true }
}

async function settleBackups(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Backup>[],
  requestId: string,
): Promise<void> {
  const at = kernel.clock.now()
  for (const { row, failure } of ends) {
    const end = backupEnds[row.status]?.[failure === undefined ? 'done' : 'failed']
    if (failure !== undefined) {
      planMessage(kernel, writes, {
        projectId: row.projectId,
        resourceType: 'backup',
        resourceId: row.id,
        requestId,
        event: row.status,
        text: failure,
      })
    }
    if (end === 'gone') {
      writes.remove(backupKind, row)
      recharge(writes, backupCharges(row), [])
    } else if (end !== undefined) {
      const backup: Backup = { ...row, status: end, holdsVolume: false, updatedAt: at }
      writes.update(backupKind, backup)
      recharge(writes, backupCharges(row), backupCharges(backup))
    }
  }
  await releaseVolumes(kernel, writes, ends)
}

/** Volumes that were kept busy by their backup are free again, however it went. */
async function releaseVolumes(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Backup>[],
): Promise<void> {
  const held = new Map(
    ends.flatMap(({ row }) =>
      row.status === 'creating' && row.holdsVolume ? [[row.volumeId, row.id] as const] : [],
    ),
  )
  const at = kernel.clock.now()
  for (const volume of await getAll(kernel, volumeKind, [...held.keys()])) {
    const isHeld = volume.status === 'backing-up' && volume.order?.backupId === held.get(volume.id)
    const status = restStatus(volume.attachments)
    const free = { ...volume, status, order: null, updatedAt: at }
    // Read before its backup began, it would stay busy for ever: writing it makes the commit fail.
    writes.update(volumeKind, isHeld ? free : volume)
  }
}
