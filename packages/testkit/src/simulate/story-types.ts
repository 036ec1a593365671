import type { Store } from '@nephos/core'
import type { FaultName, FaultRates, Strike } from '../world/faults.ts'
import type { TraceEvent } from '../world/trace.ts'

/** What a run is made from. The same options give the same run, event for event, on any machine. */
export interface StoryOptions {
  readonly seed: number
  /**
   * `medium`, by default: up to 50 hosts and about 50 servers. `small`: a few of each for minutes,
   * so that very many seeds can be run. `big`: requests for 500.
   */
  readonly size?: StorySize
  /** Fields of the plan that are not to be drawn from the seed. */
  readonly plan?: Partial<StoryPlan>
  /** Faults that do not happen. */
  readonly without?: readonly FaultName[]
  /** Strikes, by index, that take place; all by default. */
  readonly onlyStrikes?: readonly number[]
  /** Actions of tenants, by index, that are left out. */
  readonly skip?: readonly number[]
  /** Events of the trace that are kept for a drawing, the latest; none by default. */
  readonly keepTrace?: number
}

/** What an embedder puts into the world of a story instead of what is there by default. */
export interface StoryParts {
  /** The truth that all processes share: new, and of no other story. In memory by default. */
  readonly store?: Store
}

export const storySizes = ['small', 'medium', 'big'] as const
export type StorySize = (typeof storySizes)[number]

/** What a seed draws before a run begins. */
export interface StoryPlan {
  readonly hosts: number
  /** Processes that answer calls. */
  readonly apis: number
  /** Processes that work. */
  readonly workers: number
  readonly tenants: number
  /** Actions of each tenant. */
  readonly actions: number
  /** Most servers in one request. */
  readonly batch: number
  /** Virtual minutes in which things go wrong. */
  readonly minutes: number
  readonly faults: FaultRates
}

/** A promise that was broken. */
export interface Violation {
  /** Its number; 0 for a defect that belongs to none, such as a call that ends with `internal`. */
  readonly invariant: number
  readonly subject: string
  readonly message: string
  /** Virtual milliseconds since the beginning. */
  readonly at: number
}

/** How a run went. Plain data: it passes between threads and into files. */
export interface StoryResult {
  readonly seed: number
  readonly plan: StoryPlan
  /** Sixteen hex digits over everything that happened, and all rows at the end. */
  readonly hash: string
  readonly violations: readonly Violation[]
  /** How often each rare path was taken. */
  readonly probes: Readonly<Record<string, number>>
  readonly strikes: readonly Strike[]
  /** Calls of ports. */
  readonly calls: number
  readonly commits: number
  /** Calls of tenants, by how they ended. */
  readonly answers: { readonly ok: number; readonly refused: number; readonly unknown: number }
  /** Actions that tenants took. */
  readonly actions: number
  readonly virtualMs: number
  readonly trace: readonly TraceEvent[]
}
