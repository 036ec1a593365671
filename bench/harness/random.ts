/**
 * A small generator, the same numbers for the same seed on every machine: a 32-bit Weyl sequence
 * whose every step is scrambled by two rounds of multiply and xor-shift.
 */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** An index drawn by weight. `sums` holds running sums of the weights. */
  weighted(sums: ArrayLike<number>): number
  /** Puts an array into a random order, in place (Fisher and Yates). */
  shuffle<T>(list: T[]): T[]
}

export function random(seed: number): Random {
  let state = Math.imul(seed ^ 0x2545f491, 0x9e3779b1) >>> 0
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
    return (x ^ (x >>> 15)) >>> 0
  }
  const next = (): number => bits() / 2 ** 32
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    weighted: (sums) => {
      const drawn = next() * (sums[sums.length - 1] ?? 0)
      let low = 0
      let high = sums.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if ((sums[middle] ?? 0) > drawn) high = middle
        else low = middle + 1
      }
      return low
    },
    shuffle: (list) => {
      for (let index = list.length - 1; index > 0; index--) {
        const other = below(index + 1)
        const held = list[index]
        list[index] = list[other] as (typeof list)[number]
        list[other] = held as (typeof list)[number]
      }
      return list
    },
  }
}

/** Running sums of weights, for `Random.weighted`. */
export function runningSums(weights: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => (sum += weight))
}
