import { random } from '../harness/random.ts'

/**
 * The state of a fleet and what is to happen to it, as the plain baselines take it: the same hosts,
 * the same live servers and the same asks that the engine is measured with.
 */
export interface Workload {
  readonly hosts: number
  readonly dimensions: number
  /** Free amounts, dimension by dimension: `free[d * hosts + host]`. */
  readonly free: Int32Array
  /** Largest capacity of each dimension. */
  readonly most: Int32Array
  /** Bits that a host has: traits, zone, aggregates. At most 15. */
  readonly labels: Int32Array
  /** Amounts asked, shape by shape: `asks[shape * dimensions + d]`. */
  readonly asks: Int32Array
  /** Bits that the host must have, per shape. */
  readonly need: Int32Array
  /** Live servers: where each lies, and its shape. */
  readonly liveHost: Int32Array
  readonly liveShape: Int32Array
  /** Pairs of a random word (which live server goes) and a shape (what comes). */
  readonly picks: Int32Array
}

const magic = 0x4e_42_57_31

/** The workload as words for the program in C. */
export function encode(workload: Workload): Int32Array {
  const { hosts, dimensions, need, liveHost, picks } = workload
  const head = [magic, hosts, dimensions, need.length, liveHost.length, picks.length / 2]
  const parts = [
    Int32Array.from(head),
    workload.labels,
    need,
    workload.most,
    workload.asks,
    workload.free,
    liveHost,
    workload.liveShape,
    picks,
  ]
  const words = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    words.set(part, at)
    at += part.length
  }
  return words
}

/** Divides each dimension by what divides all its amounts: comparisons stay the same. */
export function reduced(workload: Workload): Workload {
  const { hosts, dimensions } = workload
  const free = workload.free.slice()
  const asks = workload.asks.slice()
  const most = workload.most.slice()
  for (let d = 0; d < dimensions; d++) {
    let divisor = most[d] as number
    for (let host = 0; host < hosts; host++) divisor = gcd(free[d * hosts + host], divisor)
    for (let at = d; at < asks.length; at += dimensions) divisor = gcd(asks[at], divisor)
    if (divisor <= 1) continue
    most[d] = (most[d] as number) / divisor
    for (let host = 0; host < hosts; host++) {
      free[d * hosts + host] = (free[d * hosts + host] as number) / divisor
    }
    for (let at = d; at < asks.length; at += dimensions) {
      asks[at] = (asks[at] as number) / divisor
    }
  }
  return { ...workload, free, asks, most }
}

function gcd(first: number | undefined, second: number): number {
  let a = Math.abs(first ?? 0)
  let b = second
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** Whether every amount and label is within 15 bits, so that 16-bit lanes can hold it. */
export function isNarrow(workload: Workload): boolean {
  const narrow = (values: Int32Array): boolean => values.every((value) => value >>> 0 < 2 ** 15)
  return narrow(workload.free) && narrow(workload.most) && narrow(workload.labels)
}

/** Random picks for churn: which live server goes, and which shape comes, by weight. */
export function picksOf(seed: number, count: number, weights: ArrayLike<number>): Int32Array {
  const draw = random(seed)
  const picks = new Int32Array(2 * count)
  for (let at = 0; at < picks.length; at += 2) {
    picks[at] = draw.below(2 ** 32)
    picks[at + 1] = draw.weighted(weights)
  }
  return picks
}
