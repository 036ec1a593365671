import { type Random, SeededRandom } from '@nephos/core'

/** Seeded draws, of the forms that a world needs. */
export class Chance implements Random {
  readonly #random: SeededRandom

  /** Streams of one seed and different names are independent of each other. */
  constructor(seed: number, name: string) {
    let mixed = seed >>> 0
    for (let i = 0; i < name.length; i++) {
      mixed = Math.imul(mixed ^ name.charCodeAt(i), 0x01000193) >>> 0
      mixed = (mixed ^ (mixed >>> 15)) >>> 0
    }
    this.#random = new SeededRandom(mixed)
  }

  uint32(): number {
    return this.#random.uint32()
  }

  bytes(length: number): Uint8Array {
    return this.#random.bytes(length)
  }

  /** Uniform in [0, 1). */
  share(): number {
    return this.#random.uint32() / 2 ** 32
  }

  /** Uniform in [min, max). */
  between(min: number, max: number): number {
    return min + this.share() * (max - min)
  }

  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.share() * (max - min + 1))
  }

  /** True with this probability. */
  happens(rate: number): boolean {
    return this.share() < rate
  }

  /** One of the items; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.share() * items.length)]
  }

  /** One of the items, each as likely as its weight. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T | undefined {
    const total = items.reduce((sum, item) => sum + item.weight, 0)
    let left = this.share() * total
    return items.find((item) => (left -= item.weight) < 0) ?? items.at(-1)
  }
}
