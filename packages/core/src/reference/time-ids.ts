import { V7Generator } from 'uuidv7'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Random } from '../ports/random.ts'

/** How far the clock may jump back before the sequence restarts from it, in milliseconds. */
const rollbackAllowance = 60_000

/**
 * UUID version 7 (RFC 9562) from the given clock and randomness: strictly growing within one
 * process.
 */
export class TimeIds implements Ids {
  readonly #clock: Clock
  readonly #generator: V7Generator

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#generator = new V7Generator({ nextUint32: () => random.uint32() })
  }

  next(): string {
    return this.#generator
      .generateOrResetCore(Math.max(1, Math.floor(this.#clock.now())), rollbackAllowance)
      .toString()
  }
}
