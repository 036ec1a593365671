import type { Clock } from '../ports/clock.ts'

/** How a host declines: other hosts may take the order, or none. */
export type Declined = 'otherHost' | 'never'

export interface Fence {
  /** The newest generation (or revision) seen. */
  readonly newest: number
  /** True when removal was ordered at `newest`: nothing may come back at the same generation. */
  readonly removed: boolean
  /** Why the order of `newest` was declined: it is declined again, however late it comes. */
  readonly declined?: Declined | undefined
}

export interface FenceBounds {
  /** Fences kept; the oldest is forgotten first. */
  readonly count: number
  /** How long a fence is kept. Must exceed the longest time a call can be late. */
  readonly keepMs: number
}

/** A call is given up after minutes at most: an hour outlives every late one. */
export const defaultFenceBounds: FenceBounds = Object.freeze({ count: 65_536, keepMs: 3_600_000 })

interface Kept extends Fence {
  readonly at: number
}

/**
 * What a host remembers of things that are no longer there: the newest order it has seen, so that a
 * late one cannot bring them back. Bounded in number and time; after that a late call is taken for
 * a new one.
 */
export class Fences {
  readonly #clock: Clock
  readonly #bounds: FenceBounds
  /** In the order in which they were last set: the first is the oldest. */
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock, bounds: FenceBounds = defaultFenceBounds) {
    this.#clock = clock
    this.#bounds = bounds
  }

  get size(): number {
    return this.#kept.size
  }

  get(key: string): Fence | undefined {
    const fence = this.#kept.get(key)
    if (!fence) return undefined
    if (this.#clock.elapsed() - fence.at < this.#bounds.keepMs) return fence
    this.#kept.delete(key)
    return undefined
  }

  set(key: string, newest: number, removed: boolean, declined?: Declined): void {
    const at = this.#clock.elapsed()
    this.#kept.delete(key)
    this.#kept.set(key, { newest, removed, declined, at })
    for (const [oldest, fence] of this.#kept) {
      const forgotten = this.#kept.size > this.#bounds.count || at - fence.at >= this.#bounds.keepMs
      if (!forgotten) break
      this.#kept.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#kept.delete(key)
  }
}
