import { defineKind, type Stored, type UsageMeter } from '../kind.ts'

export const backupStatuses = [
  'creating',
  'available',
  'deleting',
  'restoring',
  'error',
  'error_deleting',
] as const
export type BackupStatus = (typeof backupStatuses)[number]

/** Where each status ends that work must end. */
export const backupEnds: Readonly<
  Partial<
    Record<BackupStatus, { readonly done: BackupStatus | 'gone'; readonly failed: BackupStatus }>
  >
> = {
  creating: { done: 'available', failed: 'error' },
  deleting: { done: 'gone', failed: 'error_deleting' },
}

/** Statuses from which a backup may be deleted. */
export const backupDeletable: readonly BackupStatus[] = ['available', 'error', 'error_deleting']

/** The bytes of a volume, kept away from its pool: they outlive the volume. */
export interface Backup extends Stored {
  readonly projectId: string
  readonly userId: string
  /** The volume it is of, which may be gone by now. */
  readonly volumeId: string
  /** The snapshot whose bytes were taken instead of the volume's own. */
  readonly snapshotId: string | null
  /** The backup that it adds to; null: a full one. */
  readonly parentId: string | null
  readonly name: string
  readonly description: string
  /** Where the store of backups keeps it. */
  readonly container: string
  readonly zone: string | null
  /** GiB of its volume when it was made. */
  readonly sizeGb: number
  readonly status: BackupStatus
  /** What an operator says its status is. */
  readonly override?: BackupStatus
  readonly generation: number
  /** True: the volume is kept busy by it until it is done. */
  readonly holdsVolume: boolean
  /** True: its bytes were there before its row; they are looked for, never made. */
  readonly adopted?: true
  readonly metadata: Readonly<Record<string, string>>
  /** When the bytes were as it keeps them. */
  readonly dataAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

const backupMeter: UsageMeter<Backup> = {
  classes: ['backups', 'backupGigabytes'],
  index: 'byProject',
  amounts: ({ sizeGb }) => [1, sizeGb],
}

export const backupKind = defineKind<Backup>(
  'volumeBackup',
  { byProject: { fields: ['projectId'] }, byVolume: { fields: ['volumeId'] } },
  { meter: backupMeter, events: { state: ({ status }) => status } },
)

/** What depends on a backup: those that add to it, and volumes being made of it. */
export function backupScope(backupId: string): string {
  return `volumeBackup:${backupId}`
}

/** True while nothing new may come to depend on the backup. */
export function isBackupClosed({ status }: { readonly status: BackupStatus }): boolean {
  return status === 'deleting' || status === 'error_deleting'
}
