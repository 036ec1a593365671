import { attachmentKind } from '../../../model/block/attachment.ts'
import { backupKind, backupScope, isBackupClosed } from '../../../model/block/backup.ts'
import { poolKind, poolScope } from '../../../model/block/pool.ts'
import { isSnapshotClosed, snapshotKind, snapshotScope } from '../../../model/block/snapshot.ts'
import { isVolumeClosed } from '../../../model/block/volume-state.ts'
import { volumeTypeKind, volumeTypeScope } from '../../../model/block/volume-type.ts'
import { volumeKind, volumeScope } from '../../../model/block/volume.ts'
import { projectKind } from '../../../model/identity/project.ts'
import {
  backupCharges,
  type BlockCharge,
  dependents,
  snapshotCharges,
  typeQuotaScope,
  volumeCharges,
} from '../../block/charges.ts'
import { byField, opened, type Tally, type TallyPart, tallyPart } from '../rule.ts'

/** Whatever volumes and snapshots are counted by, under scopes that begin so. */
function charging(prefix: string, index?: TallyPart['index']): TallyPart[] {
  const own = (charges: Iterable<BlockCharge>): BlockCharge[] =>
    [...charges].filter(({ scope }) => scope.startsWith(prefix))
  return [
    tallyPart(volumeKind, (volume) => own(volumeCharges(volume)), index),
    tallyPart(snapshotKind, (snapshot) => own(snapshotCharges(snapshot)), index),
    tallyPart(backupKind, (backup) => own(backupCharges(backup)), index),
  ]
}

const tallyOf = (prefix: string, ...parts: readonly TallyPart[]): Tally => ({
  prefix,
  parts: [...parts, ...charging(prefix)],
})

/** Volumes, snapshots and gigabytes of the quotas that services share. */
export const blockQuotaParts: readonly TallyPart[] = charging('quota:', byField('byProject'))

/** What is promised of each pool. */
export const poolTally = tallyOf(
  'volumePool:',
  tallyPart(poolKind, ({ id }) => opened(poolScope(id), 'gigabytes', 'volumes')),
)

/** Volumes and snapshots of each type. */
export const volumeTypeTally = tallyOf(
  'volumeType:',
  tallyPart(volumeTypeKind, ({ id }) => opened(volumeTypeScope(id), 'volumes')),
)

/** What a project uses of each type. */
export const typeQuotaTally = tallyOf(
  'volumeTypeQuota:',
  tallyPart(projectKind, ({ id }) => opened(typeQuotaScope(id))),
)

/** What depends on each volume. */
export const volumeTally = tallyOf(
  'volume:',
  tallyPart(volumeKind, (volume) =>
    isVolumeClosed(volume) ? [] : opened(volumeScope(volume.id), dependents),
  ),
)

/** What depends on each snapshot. */
export const snapshotTally = tallyOf(
  'volumeSnapshot:',
  tallyPart(snapshotKind, (snapshot) =>
    isSnapshotClosed(snapshot) ? [] : opened(snapshotScope(snapshot.id), dependents),
  ),
)

/** What depends on each backup. */
export const backupTally = tallyOf(
  'volumeBackup:',
  tallyPart(backupKind, (backup) =>
    isBackupClosed(backup) ? [] : opened(backupScope(backup.id), dependents),
  ),
)

/**
 * Uses of each volume: what its row says, and what their rows say. No counters: the sums are
 * compared with each other.
 */
export const attachmentTally: Tally = {
  prefix: 'attached:',
  parts: [
    tallyPart(volumeKind, ({ id, attachments }) =>
      attachments.map((one) => ({
        scope: `attached:${id}`,
        name: `#${one.id} ${one.status}`,
        amount: 1,
      })),
    ),
    tallyPart(attachmentKind, ({ id, volumeId, status }) => [
      { scope: `attached:${volumeId}`, name: `#${id} ${status}`, amount: -1 },
    ]),
  ],
}
