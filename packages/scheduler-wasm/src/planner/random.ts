/** Draws of 32 bits from a seed: a Weyl sequence, stirred by the finaliser of MurmurHash3. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) | 0
  }

  /** A whole number from 0 up to, and without, `bound`. */
  below(bound: number): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let hash = this.#state
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return Math.floor((((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296) * bound)
  }
}
