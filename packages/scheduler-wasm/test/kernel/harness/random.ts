/** Numbers from a seed (mulberry32): the same on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** 0 … 2³²−1. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** least … most, both included. */
  int(least: number, most: number): number {
    return least + Math.floor((this.bits() / 2 ** 32) * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.bits() < probability * 2 ** 32
  }

  pick<T>(values: readonly T[]): T {
    const found = values[this.int(0, values.length - 1)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }

  list<T>(length: number, make: (index: number) => T): T[] {
    return Array.from({ length }, (_, index) => make(index))
  }
}
