/**
 * The life of an image as a table: every status against every event, each pair decided. The edges
 * are those documented for Glance v2.
 */
export const imageStatuses = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'deleted',
  'pending_delete',
] as const
export type ImageStatus = (typeof imageStatuses)[number]

export const imageEvents = [
  /** Bytes begin to arrive. */
  'upload',
  /** Bytes begin to arrive for a later import. */
  'stage',
  /** A staged image, or one to be fetched from elsewhere, is being made. */
  'import',
  /** All bytes are there and verified. */
  'complete',
  /** Bytes did not all arrive, or are not those declared: another upload may follow. */
  'fail',
  /** Given up. */
  'kill',
  'deactivate',
  'reactivate',
  /** Wanted gone; bytes may still be there. */
  'delete',
  /** The bytes are gone. */
  'scrub',
] as const
export type ImageEvent = (typeof imageEvents)[number]

type Row = Readonly<Record<ImageEvent, ImageStatus | null>>

const refuseAll: Row = Object.freeze({
  upload: null,
  stage: null,
  import: null,
  complete: null,
  fail: null,
  kill: null,
  deactivate: null,
  reactivate: null,
  delete: null,
  scrub: null,
})

/** What each event makes of each status; null: refused. */
export const transitions: Readonly<Record<ImageStatus, Row>> = Object.freeze({
  queued: {
    ...refuseAll,
    upload: 'saving',
    stage: 'uploading',
    import: 'importing',
    delete: 'deleted',
  },
  saving: {
    ...refuseAll,
    complete: 'active',
    fail: 'queued',
    kill: 'killed',
    delete: 'pending_delete',
  },
  uploading: {
    ...refuseAll,
    import: 'importing',
    fail: 'queued',
    kill: 'killed',
    delete: 'pending_delete',
  },
  importing: {
    ...refuseAll,
    complete: 'active',
    fail: 'queued',
    kill: 'killed',
    delete: 'pending_delete',
  },
  active: { ...refuseAll, deactivate: 'deactivated', delete: 'pending_delete' },
  deactivated: { ...refuseAll, reactivate: 'active', delete: 'pending_delete' },
  killed: { ...refuseAll, delete: 'pending_delete' },
  pending_delete: { ...refuseAll, scrub: 'deleted' },
  deleted: refuseAll,
})

/** The status after an event, or null when the status refuses it. */
export function transition(status: ImageStatus, event: ImageEvent): ImageStatus | null {
  return transitions[status][event]
}
