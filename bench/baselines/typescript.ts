import { rate, type Rounds } from '../harness/measure.ts'
import type { Workload } from './workload.ts'

/**
 * Placement as one writes it in TypeScript without further thought than for the machine: one typed
 * array, a host's amounts side by side, and a loop over the hosts that leaves a host at the first
 * dimension which is short.
 */
export class PlainFleet {
  readonly #hosts: number
  readonly #dimensions: number
  readonly #free: Int32Array
  readonly #labels: Int32Array
  readonly #weights: Float64Array

  /**
   * @param free Free amounts, dimension by dimension: `free[d * hosts + host]`.
   * @param most Largest capacity of each dimension: a score is of shares of it.
   */
  constructor(free: Int32Array, labels: Int32Array, most: Int32Array) {
    const dimensions = most.length
    const hosts = labels.length
    this.#dimensions = dimensions
    this.#hosts = hosts
    this.#free = free.map((_, at) => {
      return free[(at % dimensions) * hosts + Math.floor(at / dimensions)] as number
    })
    this.#labels = labels
    this.#weights = Float64Array.from(most, (amount) => 1 / Math.max(1, amount))
  }

  /** The first host that can take the ask at `at` of `asks`, or −1. */
  firstFit(asks: Int32Array, at: number, need: number): number {
    const free = this.#free
    const labels = this.#labels
    const dimensions = this.#dimensions
    for (let host = 0, from = 0; host < this.#hosts; host++, from += dimensions) {
      if (((labels[host] as number) & need) !== need) continue
      let d = 0
      while (d < dimensions && (free[from + d] as number) >= (asks[at + d] as number)) d++
      if (d === dimensions) return host
    }
    return -1
  }

  /** The host that is left with the least, in shares summed over the dimensions, or −1. */
  bestFit(asks: Int32Array, at: number, need: number): number {
    const free = this.#free
    const labels = this.#labels
    const weights = this.#weights
    const dimensions = this.#dimensions
    let best = -1
    let least = Infinity
    for (let host = 0, from = 0; host < this.#hosts; host++, from += dimensions) {
      if (((labels[host] as number) & need) !== need) continue
      let score = 0
      let d = 0
      for (; d < dimensions; d++) {
        const amount = free[from + d] as number
        if (amount < (asks[at + d] as number)) break
        score += amount * (weights[d] as number)
      }
      if (d === dimensions && score < least) {
        least = score
        best = host
      }
    }
    return best
  }

  /** Takes (`sign` 1) or gives back (−1) an ask on a host. */
  change(host: number, asks: Int32Array, at: number, sign: 1 | -1): void {
    const from = host * this.#dimensions
    for (let d = 0; d < this.#dimensions; d++) {
      this.#free[from + d] = (this.#free[from + d] as number) - sign * (asks[at + d] as number)
    }
  }
}

export const plainRules = ['firstFit', 'bestFit'] as const
export type PlainRule = (typeof plainRules)[number]

/** Place and release, over and over, by one rule: pairs per second. */
export function plainChurn(
  workload: Workload,
  rule: PlainRule,
  options: { readonly rounds?: number; readonly roundMs?: number } = {},
): Rounds {
  const { asks, dimensions, need, picks } = workload
  const fleet = new PlainFleet(workload.free, workload.labels, workload.most)
  const liveHost = workload.liveHost.slice()
  const liveShape = workload.liveShape.slice()
  let live = liveHost.length
  let at = 0
  return rate((pairs) => {
    for (let pair = 0; pair < pairs; pair++) {
      if (live > 0) {
        const goes = Math.floor((((picks[at] as number) >>> 0) / 2 ** 32) * live)
        fleet.change(liveHost[goes] as number, asks, (liveShape[goes] as number) * dimensions, -1)
        live--
        liveHost[goes] = liveHost[live] as number
        liveShape[goes] = liveShape[live] as number
      }
      const shape = picks[at + 1] as number
      at = at + 2 === picks.length ? 0 : at + 2
      const host = fleet[rule](asks, shape * dimensions, need[shape] as number)
      if (host < 0) continue
      fleet.change(host, asks, shape * dimensions, 1)
      liveHost[live] = host
      liveShape[live] = shape
      live++
    }
    return pairs
  }, options)
}
