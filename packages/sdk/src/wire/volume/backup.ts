import type { BackupView } from '@nephos/core'
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
