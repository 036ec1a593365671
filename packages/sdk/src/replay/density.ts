/** Mean density within an interval of workload time; null while no host was in use. */
export interface DensityPoint {
  readonly fromMs: number
  readonly toMs: number
  readonly density: number | null
}

interface Bucket {
  /** Density times milliseconds, and the milliseconds in which any host was in use. */
  area: number
  usedMs: number
}

/** Points kept: more than a plot has columns to show them. */
const bucketsMax = 1_024

/**
 * Density over time: each observation holds until the next one. The mean is exact; the series is
 * kept in a bounded number of equal intervals, which double in width as time goes on.
 */
export class DensityMeter {
  #buckets: Bucket[] = []
  #widthMs = 1
  #startMs = 0
  #lastMs: number | undefined
  #current: number | null = null
  #area = 0
  #usedMs = 0

  /**
   * @param atMs not less than the last time.
   * @param density of the hosts in use, or null when none is.
   */
  observe(atMs: number, density: number | null): void {
    if (this.#lastMs === undefined) this.#startMs = atMs
    else this.#hold(this.#lastMs, atMs)
    this.#lastMs = atMs
    this.#current = density
  }

  /**
   * Mean over the time in which any host was in use. When no time has passed, the last observation;
   * 0 when nothing ever was in use.
   */
  get mean(): number {
    return this.#usedMs > 0 ? this.#area / this.#usedMs : (this.#current ?? 0)
  }

  get series(): readonly DensityPoint[] {
    return this.#buckets.map(({ area, usedMs }, index) => {
      const fromMs = this.#startMs + index * this.#widthMs
      const toMs = Math.min(fromMs + this.#widthMs, this.#lastMs ?? fromMs)
      return { fromMs, toMs, density: usedMs > 0 ? area / usedMs : null }
    })
  }

  #hold(fromMs: number, toMs: number): void {
    while (toMs - this.#startMs > bucketsMax * this.#widthMs) this.#merge()
    if (this.#current !== null) {
      this.#area += this.#current * (toMs - fromMs)
      this.#usedMs += toMs - fromMs
    }
    for (let at = fromMs; at < toMs;) {
      const index = Math.floor((at - this.#startMs) / this.#widthMs)
      const end = Math.min(toMs, this.#startMs + (index + 1) * this.#widthMs)
      const bucket = (this.#buckets[index] ??= { area: 0, usedMs: 0 })
      if (this.#current !== null) {
        bucket.area += this.#current * (end - at)
        bucket.usedMs += end - at
      }
      at = end
    }
  }

  /** Twice the width, half the buckets. */
  #merge(): void {
    const merged: Bucket[] = []
    for (const [index, { area, usedMs }] of this.#buckets.entries()) {
      const bucket = (merged[index >>> 1] ??= { area: 0, usedMs: 0 })
      bucket.area += area
      bucket.usedMs += usedMs
    }
    this.#buckets = merged
    this.#widthMs *= 2
  }
}
