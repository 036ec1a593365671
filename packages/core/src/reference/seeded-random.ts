import type { Random } from '../ports/random.ts'

/**
 * xoshiro128** (Blackman and Vigna, 2018) seeded by splitmix32: small, fast, repeatable. Not for
 * secrets.
 */
export class SeededRandom implements Random {
  readonly #state = new Uint32Array(4)

  constructor(seed: number) {
    let x = seed >>> 0
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0
      let z = x
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
      this.#state[i] = z ^ (z >>> 16)
    }
  }

  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const third = c ^ a
    const fourth = d ^ b
    this.#state[1] = b ^ third
    this.#state[0] = a ^ fourth
    this.#state[2] = third ^ (b << 9)
    this.#state[3] = rotate(fourth, 11)
    return result
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = this.uint32() & 0xff
    return bytes
  }
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k))
}
