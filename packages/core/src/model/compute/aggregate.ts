import { defineKind, type Stored } from '../kind.ts'

/**
 * A named set of hosts that share a property. Membership is kept on the hosts, so that a set may be
 * large.
 */
export interface Aggregate extends Stored {
  readonly name: string
  /** Whole, and its own: what Nova's clients call it by. */
  readonly number: number
  readonly metadata: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const aggregateKind = defineKind<Aggregate>(
  'aggregate',
  { byName: { fields: ['name'], unique: true }, byNumber: { fields: ['number'], unique: true } },
  { feed: true },
)
