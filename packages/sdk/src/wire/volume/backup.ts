import { type BackupRecord, type BackupView, CloudError } from '@nephos/core'
import { z } from 'zod'
import { changeText, type Link, switchField, textField, textsField, timeText } from './common.ts'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-backup-detail */
export function backupBody(
  backup: BackupView,
  options: {
    readonly links: readonly Link[]
    readonly version: number
    readonly isAdmin: boolean
  },
): Readonly<Record<string, unknown>> {
  const { links, version, isAdmin } = options
  return {
    id: backup.id,
    status: backup.status,
    size: backup.sizeGb,
    // Bytes are the back-end's: it does not tell in how many objects it keeps them.
    object_count: 0,
    availability_zone: backup.zone,
    container: backup.container,
    created_at: timeText(backup.createdAt),
    updated_at: changeText(backup),
    name: backup.name === '' ? null : backup.name,
    description: backup.description === '' ? null : backup.description,
    fail_reason: backup.status === 'error' ? 'See the messages of this backup.' : null,
    volume_id: backup.volumeId,
    links,
    is_incremental: backup.parentId !== null,
    has_dependent_backups: backup.hasDependents,
    snapshot_id: backup.snapshotId,
    data_timestamp: timeText(backup.dataAt),
    ...(version >= 43 && { metadata: backup.metadata }),
    ...(isAdmin && version >= 18 && { 'os-backup-project-attr:project_id': backup.projectId }),
    ...(version >= 56 && { user_id: backup.userId }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-a-backup */
export const backupCreateBody = z.strictObject({
  backup: z.strictObject({
    volume_id: z.string(),
    container: z.string().min(1).max(255).nullish(),
    name: textField,
    description: textField,
    incremental: switchField.nullish(),
    force: switchField.nullish(),
    snapshot_id: z.string().nullish(),
    metadata: textsField.nullish(),
    availability_zone: z.string().nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-a-backup */
export const backupUpdateBody = z.strictObject({
  backup: z
    .strictObject({ name: textField, description: textField, metadata: textsField.optional() })
    .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
      message: 'Nothing is to be changed.',
    }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#restore-a-backup */
export const backupRestoreBody = z.strictObject({
  restore: z.strictObject({ volume_id: z.string().nullish(), name: textField }),
})

/** Who can make something of the record: cinder-backup's word for its driver. */
const recordService = 'nephos.backup'

/** https://docs.openstack.org/api-ref/block-storage/v3/#export-a-backup */
export function backupRecordText(record: BackupRecord): Readonly<Record<string, string>> {
  const url = Buffer.from(JSON.stringify(record)).toString('base64')
  return { backup_service: recordService, backup_url: url }
}

/** Characters of a record: all that a backup may say of itself, encoded. */
const mostText = 256 * 1_024

/** https://docs.openstack.org/api-ref/block-storage/v3/#import-a-backup */
export const backupRecordBody = z.strictObject({
  'backup-record': z.strictObject({
    backup_service: z.string().min(1).max(255),
    backup_url: z.string().min(1).max(mostText),
  }),
})

/** @throws CloudError `invalid` for what was not exported here. What it says is checked later. */
export function backupRecordInput(body: {
  readonly backup_service: string
  readonly backup_url: string
}): BackupRecord {
  if (body.backup_service !== recordService) {
    throw new CloudError('invalid', 'backup_service: is not known here.', {
      field: 'backup_service',
    })
  }
  try {
    return JSON.parse(Buffer.from(body.backup_url, 'base64').toString()) as BackupRecord
  } catch {
    throw new CloudError('invalid', 'backup_url: is no record of a backup.', {
      field: 'backup_url',
    })
  }
}
