/**
 * The life of a share as a table: every status against every event, each pair decided. The statuses
 * are those documented for Manila.
 */
export const shareStatuses = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
  'extending',
  'extending_error',
  'shrinking',
  'shrinking_error',
  'shrinking_possible_data_loss_error',
] as const
export type ShareStatus = (typeof shareStatuses)[number]

export const shareEvents = [
  'extend',
  'shrink',
  'delete',
  /** What was asked for is there. */
  'done',
  /** It was given up. */
  'fail',
  /** It holds more than would be left. */
  'tooFull',
] as const
export type ShareEvent = (typeof shareEvents)[number]

type Row = Readonly<Record<ShareEvent, ShareStatus | null>>

const refuseAll: Row = Object.freeze({
  extend: null,
  shrink: null,
  delete: null,
  done: null,
  fail: null,
  tooFull: null,
})
const onlyDelete: Row = Object.freeze({ ...refuseAll, delete: 'deleting' })

/** What each event makes of each status; null: refused. A share that was removed has no row. */
export const shareTransitions: Readonly<Record<ShareStatus, Row>> = Object.freeze({
  creating: { ...refuseAll, done: 'available', fail: 'error' },
  available: { ...onlyDelete, extend: 'extending', shrink: 'shrinking' },
  deleting: { ...refuseAll, fail: 'error_deleting' },
  error: onlyDelete,
  error_deleting: onlyDelete,
  extending: { ...refuseAll, done: 'available', fail: 'extending_error' },
  extending_error: { ...onlyDelete, extend: 'extending' },
  shrinking: {
    ...refuseAll,
    done: 'available',
    fail: 'shrinking_error',
    tooFull: 'shrinking_possible_data_loss_error',
  },
  shrinking_error: { ...onlyDelete, shrink: 'shrinking' },
  shrinking_possible_data_loss_error: { ...onlyDelete, extend: 'extending', shrink: 'shrinking' },
})

/** The status after an event, or null when the status refuses it. */
export function shareTransition(status: ShareStatus, event: ShareEvent): ShareStatus | null {
  return shareTransitions[status][event]
}

export const shareSnapshotStatuses = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
] as const
export type ShareSnapshotStatus = (typeof shareSnapshotStatuses)[number]

/** `queued_to_…`: the storage has not been told yet, or has not answered. */
export const shareAccessStates = ['queued_to_apply', 'active', 'queued_to_deny', 'error'] as const
export type ShareAccessState = (typeof shareAccessStates)[number]

/** Statuses that work brings to an end. */
export const unsettledShare: ReadonlySet<string> = new Set([
  'creating',
  'deleting',
  'extending',
  'shrinking',
  'queued_to_apply',
  'queued_to_deny',
])
