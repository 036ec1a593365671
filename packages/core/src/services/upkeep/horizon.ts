import type { Clock } from '../../ports/clock.ts'

/** How long it must have been so. */
const confirmMs = 3_600_000

/**
 * What is older than an age, by two looks an hour apart: a clock that jumps ahead for a while must
 * not forget what callers rely on.
 */
export class Horizon {
  readonly #clock: Clock
  readonly #ageMs: number
  #past: { readonly before: number; readonly at: number } | undefined
  /** The epoch: nothing is older, so nothing is forgotten before the second look. */
  #before = 0

  constructor({ clock }: { readonly clock: Clock }, ageMs: number) {
    this.#clock = clock
    this.#ageMs = ageMs
  }

  /** Milliseconds since the epoch: what was made before may be forgotten. */
  look(): number {
    const before = this.#clock.now() - this.#ageMs
    const at = this.#clock.elapsed()
    this.#past ??= { before, at }
    // A clock that was set back was ahead before, or is behind now: both say less.
    this.#past = { ...this.#past, before: Math.min(this.#past.before, before) }
    if (at - this.#past.at >= confirmMs) {
      this.#before = this.#past.before
      this.#past = { before, at }
    }
    return Math.min(this.#before, before)
  }
}
