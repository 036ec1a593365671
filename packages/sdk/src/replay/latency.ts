/** Quantiles in milliseconds. */
export interface LatencyQuantiles {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Least time told apart, and how much wider each class is than the one before. */
const leastMs = 0.001
const growth = 1.005
/** Classes up to 27 minutes. */
const classes = 4_250

/**
 * A distribution of durations in constant memory: quantiles are within 0.5 % of the exact ones, the
 * maximum is exact.
 */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(classes)
  #count = 0
  #max = 0

  get count(): number {
    return this.#count
  }

  record(ms: number): void {
    const at = Math.ceil(Math.log(ms / leastMs) / Math.log(growth))
    const index = Math.min(classes - 1, Math.max(0, at))
    this.#counts[index] = (this.#counts[index] as number) + 1
    this.#count++
    this.#max = Math.max(this.#max, ms)
  }

  /** Zeros while nothing is recorded. */
  quantiles(): LatencyQuantiles {
    return { p50: this.#quantile(0.5), p99: this.#quantile(0.99), max: this.#max }
  }

  /** The least class such that this share is at or below it. */
  #quantile(share: number): number {
    const wanted = Math.ceil(share * this.#count)
    let seen = 0
    for (let index = 0; index < classes && seen < wanted; index++) {
      seen += this.#counts[index] as number
      if (seen >= wanted) return Math.min(this.#max, leastMs * growth ** index)
    }
    return 0
  }
}
