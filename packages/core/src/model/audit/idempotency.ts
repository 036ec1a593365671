import { defineKind, type Stored } from '../kind.ts'

/** A used idempotency key. Its id is `project:key`, so the store itself refuses a second use. */
export interface IdempotencyRecord extends Stored {
  readonly at: number
  readonly operation: string
  /** SHA-256 of the operation and its normalised input. */
  readonly body: string
  /** What the first call answered. */
  readonly answer: unknown
}

export const idempotencyKind = defineKind<IdempotencyRecord>('idempotency', {
  byAge: { fields: ['at'] },
})
