import { Writes } from '../src/commit/writes.ts'
import { attachmentKind, type AttachmentStatus } from '../src/model/block/attachment.ts'
import { type Backup, backupKind, backupScope } from '../src/model/block/backup.ts'
import { groupSnapshotKind, volumeGroupKind } from '../src/model/block/group.ts'
import { transferKind } from '../src/model/block/transfer.ts'
import { poolScope } from '../src/model/block/pool.ts'
import { type Snapshot, snapshotKind, snapshotScope } from '../src/model/block/snapshot.ts'
import {
  volumeTypeAccessKind,
  volumeTypeKind,
  volumeTypeScope,
} from '../src/model/block/volume-type.ts'
import type { VolumeStatus } from '../src/model/block/volume-state.ts'
import { type Volume, volumeKind, volumeScope } from '../src/model/block/volume.ts'
import { serverKind } from '../src/model/compute/server.ts'
import { newAttachment } from '../src/services/block/attachment-plan.ts'
import {
  backupCharges,
  type BlockCharge,
  dependents,
  snapshotCharges,
  typeQuotaScope,
  volumeCharges,
} from '../src/services/block/charges.ts'
import { unlimited } from '../src/services/quota.ts'
import { edit, gone, overcount, type Plant } from './plants.ts'

const manyItems = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, '']))

/** Counts as if what is charged existed. */
function moveCharges(
  writes: Writes,
  before: Iterable<BlockCharge>,
  after: Iterable<BlockCharge>,
): Writes {
  for (const { scope, name, amount } of before) writes.add({ scope, name, add: -amount })
  for (const { scope, name, amount } of after) {
    writes.add({ scope, name, add: amount, limit: unlimited })
  }
  return writes
}

/** Changes a volume, with everything counted as if all was well. */
const editVolume = (changes: Partial<Volume>): Plant =>
  edit(
    volumeKind,
    () => changes,
    (writes, row) => moveCharges(writes, volumeCharges(row), volumeCharges({ ...row, ...changes })),
    ({ typeId }) => typeId !== null,
  )

const editSnapshot = (changes: Partial<Snapshot>): Plant =>
  edit(
    snapshotKind,
    () => changes,
    (writes, row) =>
      moveCharges(writes, snapshotCharges(row), snapshotCharges({ ...row, ...changes })),
  )

const editBackup = (changes: Partial<Backup>): Plant =>
  edit(
    backupKind,
    () => changes,
    (writes, row) => moveCharges(writes, backupCharges(row), backupCharges({ ...row, ...changes })),
    ({ parentId }) => parentId !== null,
  )

/** A volume with an order, which is not under way as the volume's own. */
const orderVolume = (changes: Partial<Volume>): Plant =>
  edit(
    volumeKind,
    () => changes,
    undefined,
    ({ attachments, order }) => attachments.length === 0 && order === null,
  )

/** Changes the status of a use, in both rows that tell it. */
const editUse =
  (status: AttachmentStatus, volumeStatus: VolumeStatus): Plant =>
  async ({ kernel, usedVolumeId }) => {
    const [volume] = await kernel.store.get(volumeKind, [usedVolumeId])
    const [use] = await kernel.store.query(attachmentKind, { limit: 1 })
    if (!volume || !use) return []
    const attachments = [{ id: use.id, status }]
    return [
      new Writes()
        .update(attachmentKind, { ...use, status })
        .update(volumeKind, { ...volume, attachments, status: volumeStatus }),
    ]
  }

/** By invariant and rule: how to break a rule about block storage. */
export const blockPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'volumePool-counters': overcount(({ poolId }) => poolScope(poolId), 'volumes'),
    'volumeType-counters': overcount(
      ({ volumeTypeId }) => volumeTypeScope(volumeTypeId),
      'volumes',
    ),
    'volumeTypeQuota-counters': overcount(
      ({ projectId }) => typeQuotaScope(projectId),
      'x:volumes',
    ),
    'volume-counters': overcount(({ volumeId }) => volumeScope(volumeId), dependents),
    'volumeBackup-counters': overcount(({ backupId }) => backupScope(backupId), dependents),
    'volumeSnapshot-counters': overcount(({ snapshotId }) => snapshotScope(snapshotId), dependents),
  },
  10: {
    'volume-attachments': edit(
      volumeKind,
      ({ attachments }) => ({
        attachments: [...attachments, { id: gone, status: 'attached' as const }],
      }),
      (writes, { id, projectId }) => {
        const fields = { id: gone, projectId, volumeId: id, serverId: null, connection: {} }
        return writes.insert(attachmentKind, newAttachment({ ...fields, status: 'attached' }, 1))
      },
      ({ status }) => status === 'in-use',
    ),
    'volume-uses': edit(attachmentKind, () => ({ status: 'error_detaching' as const })),
  },
  14: {
    'volume-volumePool': editVolume({ poolId: gone }),
    'volume-volumeType': editVolume({ typeId: gone }),
    'volume-project': editVolume({ projectId: gone }),
    'volumeSnapshot-volume': editSnapshot({ volumeId: gone }),
    'volumeSnapshot-volumePool': editSnapshot({ poolId: gone }),
    'volumeBackup-parent': editBackup({ parentId: gone }),
    'volume-volumeBackup': orderVolume({ status: 'error', order: { backupId: gone } }),
    'volume-volumeTransfer': orderVolume({
      status: 'awaiting-transfer',
      order: { transferId: gone },
    }),
    'volumeTransfer-volume': edit(transferKind, () => ({ volumeId: gone })),
    'volume-volumeGroup': orderVolume({ groupId: gone }),
    'volumeGroup-volumeGroupType': edit(volumeGroupKind, () => ({ groupTypeId: gone })),
    'volumeGroupSnapshot-volumeGroup': edit(groupSnapshotKind, () => ({ groupId: gone })),
    'server-volumeAttachment': edit(serverKind, () => ({ attachmentIds: [gone] })),
    'volumeAttachment-server': edit(attachmentKind, () => ({ serverId: gone })),
    'volumeType-volumeQos': edit(volumeTypeKind, () => ({ qosId: gone })),
    'volumeTypeAccess-volumeType': edit(volumeTypeAccessKind, () => ({ typeId: gone })),
  },
  16: {
    'volume-state': edit(volumeKind, () => ({ status: 'odd' as 'available' })),
    'snapshot-state': edit(snapshotKind, () => ({ status: 'odd' as 'available' })),
    'backup-state': edit(backupKind, () => ({ status: 'odd' as 'available' })),
    'attachment-state': editUse('odd' as 'attached', 'available'),
  },
  17: {
    'volume-work': edit(volumeKind, () => ({ status: 'extending' as const })),
    'volumeBackup-work': edit(
      backupKind,
      () => ({ status: 'deleting' as const }),
      (writes, { id }) =>
        writes
          .add({ scope: backupScope(id), name: dependents, add: unlimited })
          .drop(backupScope(id)),
      ({ parentId }) => parentId !== null,
    ),
    'volume-upload-work': orderVolume({ status: 'uploading' }),
    'volume-backup-held': orderVolume({ status: 'backing-up' }),
    'volumeSnapshot-work': edit(snapshotKind, () => ({ status: 'creating' as const })),
    'volumeAttachment-work': editUse('attaching', 'attaching'),
  },
  32: {
    'volume-limits': edit(volumeKind, () => ({ metadata: manyItems })),
    'volumeBackup-limits': edit(backupKind, () => ({ metadata: manyItems })),
    'volumeSnapshot-limits': edit(snapshotKind, () => ({ metadata: manyItems })),
  },
}
