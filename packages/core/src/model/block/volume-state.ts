import type { AttachmentStatus } from './attachment.ts'

/**
 * The life of a volume, as tables. The names are those documented for Cinder v3. A volume at rest
 * is `available`, or what its attachments make of it; each action sets a status of its own, which
 * ends in one of two ways.
 */
export const volumeStatuses = [
  'creating',
  'available',
  'reserved',
  'attaching',
  'in-use',
  'detaching',
  'extending',
  'reverting',
  'retyping',
  'maintenance',
  'backing-up',
  'restoring-backup',
  'awaiting-transfer',
  'uploading',
  'downloading',
  'deleting',
  'error',
  'error_deleting',
  'error_extending',
  'error_restoring',
] as const
export type VolumeStatus = (typeof volumeStatuses)[number]

export const volumeActionNames = [
  'attach',
  'extend',
  'revert',
  'retype',
  'migrate',
  'backup',
  'restore',
  'transfer',
  'upload',
  'reimage',
  'delete',
] as const
export type VolumeActionName = (typeof volumeActionNames)[number]

interface ActionRule {
  readonly from: readonly VolumeStatus[]
  /** The status while it is under way. */
  readonly status: VolumeStatus
}

/** What each action needs and begins. Everything not listed is refused with `conflict`. */
export const volumeActions: Readonly<Record<VolumeActionName, ActionRule>> = {
  // A volume for several servers may be attached again while it is in use.
  attach: { from: ['available', 'reserved', 'attaching', 'in-use'], status: 'attaching' },
  extend: { from: ['available', 'in-use', 'error_extending'], status: 'extending' },
  revert: { from: ['available'], status: 'reverting' },
  retype: { from: ['available'], status: 'retyping' },
  migrate: { from: ['available'], status: 'maintenance' },
  backup: { from: ['available', 'in-use'], status: 'backing-up' },
  restore: { from: ['available', 'error_restoring'], status: 'restoring-backup' },
  transfer: { from: ['available'], status: 'awaiting-transfer' },
  upload: { from: ['available', 'in-use'], status: 'uploading' },
  reimage: { from: ['available', 'error'], status: 'downloading' },
  delete: {
    from: ['available', 'error', 'error_deleting', 'error_extending', 'error_restoring'],
    status: 'deleting',
  },
}

/** `rest`: what its attachments say. `gone`: it is removed. */
type End = VolumeStatus | 'rest' | 'gone'

/** Where each status ends that work must end. Those of attachments end with these. */
export const volumeEnds: Readonly<
  Partial<Record<VolumeStatus, { readonly done: End; readonly failed: End }>>
> = {
  creating: { done: 'rest', failed: 'error' },
  extending: { done: 'rest', failed: 'error_extending' },
  reverting: { done: 'rest', failed: 'error' },
  // Nothing was moved: it is where it was.
  retyping: { done: 'rest', failed: 'rest' },
  maintenance: { done: 'rest', failed: 'rest' },
  'backing-up': { done: 'rest', failed: 'rest' },
  'restoring-backup': { done: 'rest', failed: 'error_restoring' },
  uploading: { done: 'rest', failed: 'rest' },
  downloading: { done: 'rest', failed: 'error' },
  deleting: { done: 'gone', failed: 'error_deleting' },
}

/** True if the action may begin now. */
export function volumeActionAllowed(action: VolumeActionName, status: VolumeStatus): boolean {
  return volumeActions[action].from.includes(status)
}

/** True while nothing new may come to depend on the volume: it goes, or should have gone. */
export function isVolumeClosed({
  status,
  order,
}: {
  readonly status: VolumeStatus
  readonly order?: { readonly cascade?: boolean } | null
}): boolean {
  // Its snapshots go first, and are counted as long as they are there.
  if (order?.cascade === true) return false
  return status === 'deleting' || status === 'error_deleting'
}

/** What attachments make of a volume on which nothing else is under way. */
export function restStatus(
  attachments: readonly { readonly status: AttachmentStatus }[],
): VolumeStatus {
  const has = (...statuses: readonly AttachmentStatus[]): boolean =>
    attachments.some(({ status }) => statuses.includes(status))
  if (has('attached', 'error_detaching')) return 'in-use'
  if (has('attaching')) return 'attaching'
  if (has('detaching')) return 'detaching'
  return has('reserved', 'error_attaching') ? 'reserved' : 'available'
}

/** Statuses in which the volume is what its attachments make of it. */
const atRest: readonly VolumeStatus[] = [
  'available',
  'reserved',
  'attaching',
  'in-use',
  'detaching',
]

/** What a volume is to those who ask: an operator's word goes before what is known. */
export function statusOf(volume: {
  readonly status: VolumeStatus
  readonly override?: VolumeStatus
}): VolumeStatus {
  return volume.override ?? volume.status
}

/** True if nothing is under way on the volume itself. */
export function isAtRest(status: VolumeStatus): boolean {
  return atRest.includes(status)
}
