import { Sums } from './sums.ts'
import type { Charge, Tally } from './rule.ts'

/**
 * Sums of a tally over one range of its scopes. When there are too many to hold, the upper half is
 * let go, for a later sweep: so memory is bounded whatever the size of the cloud.
 */
export class TallyRange {
  readonly tally: Tally
  readonly sums = new Sums()
  /** Inclusive. */
  readonly #from: string
  /** Exclusive; undefined = to the end. */
  #to: string | undefined
  readonly #most: number

  /** @param most sums that are held at once. */
  constructor(tally: Tally, from: string, most: number) {
    this.tally = tally
    this.#from = from
    this.#most = most
  }

  add(charge: Charge): void {
    if (!this.holds(charge.scope)) return
    this.sums.add(charge)
    if (this.sums.size > this.#most) this.#halve()
  }

  holds(scope: string): boolean {
    return scope >= this.#from && (this.#to === undefined || scope < this.#to)
  }

  /** Where the next sweep begins; undefined when this was the last. */
  get next(): string | undefined {
    return this.#to
  }

  #halve(): void {
    const scopes = this.sums.scopes()
    // One scope is held whole, however many names it has.
    if (scopes.length < 2) return
    const half = scopes.length >> 1
    this.#to = scopes[half]
    for (const scope of scopes.slice(half)) this.sums.delete(scope)
  }
}
