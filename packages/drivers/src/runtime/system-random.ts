import { randomFillSync } from 'node:crypto'
import { CloudError, type Random } from '@nephos/core'

/** Words drawn from the system at once: one call of the system per 1,024 numbers. */
const poolWords = 1_024

/** Longest run of bytes given at once. What needs more is not randomness but data. */
const longestBytes = 1 << 20

/**
 * The system's cryptographic randomness, fit for secrets. Drawn in advance; what was given is
 * wiped.
 */
export class SystemRandom implements Random {
  readonly #pool = new Uint32Array(poolWords)
  #next = poolWords

  uint32(): number {
    if (this.#next === poolWords) {
      randomFillSync(this.#pool)
      this.#next = 0
    }
    const word = this.#pool[this.#next] as number
    this.#pool[this.#next++] = 0
    return word
  }

  /** @throws CloudError `invalid` unless length is a whole number from 0 to 1 MiB. */
  bytes(length: number): Uint8Array {
    if (!Number.isInteger(length) || length < 0 || length > longestBytes) {
      throw new CloudError('invalid', `length: must be a whole number, 0 to ${longestBytes}`, {
        field: 'length',
        limit: longestBytes,
      })
    }
    return randomFillSync(new Uint8Array(length))
  }
}
