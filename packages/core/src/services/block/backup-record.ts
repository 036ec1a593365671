import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Backup, backupKind, backupScope, isBackupClosed } from '../../model/block/backup.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { Draft } from '../../model/kind.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { descriptionField, idField, metadataField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { type BackupView, viewBackup } from './backup.ts'
import { backupDrive } from './backup-drive.ts'
import { backupCharges, checkBlockQuota, openDependents, recharge } from './charges.ts'
import { planDrive } from './drive.ts'
import { operator, sizeField, volumeNameField, zoneNameField } from './fields.ts'

const recordField = z.strictObject({
  id: idField,
  volumeId: idField,
  snapshotId: idField.nullable(),
  parentId: idField.nullable(),
  name: volumeNameField,
  description: descriptionField,
  container: z.string().min(1).max(limits.nameLength),
  zone: zoneNameField.nullable(),
  sizeGb: sizeField,
  metadata: metadataField,
  dataAt: z.int().min(0),
  /** Newest order that its back-end has seen for it. */
  generation: z
    .int()
    .min(1)
    .max(2 ** 40),
})

/** All that is needed to find the bytes of a backup again where its row is lost. */
export type BackupRecord = z.infer<typeof recordField>

/** @throws CloudError `conflict` unless the backup is available. */
export const backupExport = defineOperation({
  id: 'block.backup.export',
  summary: 'Shows what is to be kept of a backup, so that it can be found again without its row.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<BackupRecord> => {
    const backup = await fetchOne(call, backupKind, id)
    const status = backup.override ?? backup.status
    if (status !== 'available') {
      throw new CloudError('conflict', `The backup is ${status}.`, {
        field: 'id',
        detail: { status },
      })
    }
    const { volumeId, snapshotId, parentId, name, description, container, zone } = backup
    const { sizeGb, metadata, dataAt, generation } = backup
    const place = { id, volumeId, snapshotId, parentId, container, zone, generation }
    return { ...place, name, description, sizeGb, metadata: { ...metadata }, dataAt }
  },
})

/**
 * The back-end is asked for the bytes: without them the backup ends in `error`.
 *
 * @throws CloudError `conflict` while there is a backup of that id; `notFound` for a project, or a
 *   backup that it adds to, that there is not: those are imported in their order; `quotaExceeded`.
 */
export const backupImport = defineOperation({
  id: 'block.backup.import',
  summary: 'Takes over a backup whose bytes are kept, but whose row is not.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    /** Whose it is to be. */
    projectId: idField,
    record: recordField,
  }),
  run: async (call, { projectId, record }): Promise<BackupView> => {
    const { kernel } = call
    const [[project], [taken, parent]] = await Promise.all([
      kernel.store.get(projectKind, [projectId]),
      kernel.store.get(backupKind, [record.id, record.parentId ?? record.id]),
    ])
    if (!project) throw notFound('project', 'projectId')
    if (taken) {
      throw new CloudError('conflict', 'There is such a backup already.', { field: 'record.id' })
    }
    const adds = record.parentId !== null
    if (adds && (!parent || isBackupClosed(parent) || parent.projectId !== projectId)) {
      throw notFound('backup', 'record.parentId')
    }
    await checkBlockQuota(kernel, projectId, { backups: 1, backupGigabytes: record.sizeGb })
    const at = kernel.clock.now()
    const backup: Draft<Backup> = {
      ...record,
      projectId,
      userId: call.actor.userId,
      status: 'creating',
      adopted: true,
      generation: record.generation + 1,
      holdsVolume: false,
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes().insert(backupKind, backup)
    recharge(writes, [], backupCharges(backup))
    openDependents(writes, backupScope(backup.id))
    planDrive(call, writes, backupDrive, [backup])
    const view = viewBackup(backup, false)
    await call.commit(writes, [backup.id], view)
    return view
  },
})
