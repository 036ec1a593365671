import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { backupKind } from '../../model/block/backup.ts'
import { volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Volume } from '../../model/block/volume.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { recharge, volumeCharges } from './charges.ts'
import { planDrive } from './drive.ts'
import { member, volumeNameField } from './fields.ts'
import { beginVolume } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { createVolumes } from './volume.ts'

/** Where the bytes of a backup go. */
export interface BackupRestored {
  readonly backupId: string
  readonly volumeId: string
  readonly volumeName: string
}

/**
 * @throws CloudError `conflict` unless the backup is available, and the volume as well; `invalid`
 *   for a volume that is smaller; without a volume as for a new one.
 */
export const backupRestore = defineOperation({
  id: 'block.backup.restore',
  summary: 'Gives a volume the bytes of a backup, or makes a new volume of them.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    /** Whose bytes are replaced; a new volume when absent. */
    volumeId: idField.optional(),
    /** Of the new volume. */
    name: volumeNameField.optional(),
  }),
  run: async (call, input): Promise<BackupRestored> => {
    const { id, volumeId } = input
    const [backup, before] = await Promise.all([
      fetchOne(call, backupKind, id),
      volumeId === undefined ? undefined : fetchOne(call, volumeKind, volumeId, 'volumeId'),
    ])
    const status = backup.override ?? backup.status
    if (status !== 'available') {
      throw new CloudError('conflict', `The backup is ${status}.`, {
        field: 'id',
        detail: { status },
      })
    }
    const answer = (volume: Pick<Draft<Volume>, 'id' | 'name'>): BackupRestored => {
      return { backupId: id, volumeId: volume.id, volumeName: volume.name }
    }
    if (!before) {
      const fields = { name: input.name ?? `restore_backup_${id}`, description: '', metadata: {} }
      const wish = { ...fields, backupId: id, sizeGb: backup.sizeGb, readOnly: false }
      const made = await createVolumes(call, wish, 1, ([view]) => view && answer(view))
      return answer(made[0] as Volume)
    }
    if (before.sizeGb < backup.sizeGb) {
      throw new CloudError('invalid', `volumeId: must have ${backup.sizeGb} GiB at least.`, {
        field: 'volumeId',
        limit: backup.sizeGb,
      })
    }
    const from = { type: 'backup', id } as const
    const after = beginVolume(call, before, 'restore', { from }, 'volumeId')
    const writes = new Writes().update(volumeKind, after).update(backupKind, backup)
    recharge(writes, volumeCharges(before), volumeCharges(after))
    planDrive(call, writes, volumeDrive, [after])
    await call.commit(writes, [id, before.id], answer(before))
    return answer(before)
  },
})
