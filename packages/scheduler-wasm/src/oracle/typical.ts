import type { Footprint } from '../kernel.ts'

/** A footprint that is often asked for. */
export interface Typical {
  readonly footprint: number
  readonly asked: Footprint
  /** Of what it cannot use; 0 = does not count there. */
  readonly weight: number
  /** How often it is asked for. */
  readonly count: number
  /** By kind, 0 where it may go. */
  readonly filter: readonly number[]
}
