import type { Stored } from '../kind.ts'

/**
 * What every row of a load balancer's tree has. Rows are changed without a lock on the tree: each
 * write draws a new `mark`, and a counter holds the sum of all marks. Rows that add up to it are
 * all there are, as of one time; so what was read in several reads is known to belong together.
 */
export interface TreeRow extends Stored {
  readonly projectId: string
  /** Drawn anew by each change: 32 bits. */
  readonly mark: number
}

/** A row below the load balancer. */
export interface Child extends TreeRow {
  readonly balancerId: string
  readonly adminStateUp: boolean
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** Indexes of every kind of child. */
export const childIndexes = {
  byBalancer: { fields: ['balancerId'] },
  byProject: { fields: ['projectId'] },
} as const
