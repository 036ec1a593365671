import { defineKind, type Stored } from '../kind.ts'

/**
 * A block of 65,536 MACs leased to one process. Its id is the block number as four hex digits:
 * unique by itself.
 */
export interface MacBlock extends Stored {
  /** When it was leased, in milliseconds since the epoch. */
  readonly at: number
}

export const macBlockKind = defineKind<MacBlock>('macBlock', {})
