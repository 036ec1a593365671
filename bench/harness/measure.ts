/** Figures of repeated runs. */
export interface Rounds {
  readonly rounds: number
  readonly median: number
  /** The best of them: the largest rate, or the shortest time. */
  readonly best: number
}

/** Times of calls, in microseconds. */
export interface Percentiles {
  /** Medians over rounds of what is within each round. */
  readonly p50: number
  readonly p90: number
  readonly p99: number
  /** The longest of its round where a round has fewer than 1,000 calls. */
  readonly p999: number
  /** Of all rounds. */
  readonly max: number
  /** In the best round. */
  readonly best: { readonly p50: number; readonly p99: number }
  /** In all rounds. */
  readonly calls: number
  readonly rounds: number
}

/** Rounds that every rate is measured in, at least. */
export const fewestRounds = 7

/**
 * Operations per second over some rounds. `run` does so many operations and answers how many it
 * did; the size of a round is first found by doubling, so that one lasts about `roundMs`.
 */
export function rate(
  run: (operations: number) => number,
  options: { readonly rounds?: number; readonly roundMs?: number; readonly most?: number } = {},
): Rounds {
  const { rounds = fewestRounds, roundMs = 150, most = 2 ** 22 } = options
  let operations = 16
  for (;;) {
    const took = timed(() => run(operations))
    if (took.ms >= roundMs / 4 || operations >= most) {
      const wanted = (operations * roundMs) / Math.max(took.ms, 1e-3)
      operations = Math.max(16, Math.min(most, Math.round(wanted)))
      break
    }
    operations *= 2
  }
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const took = timed(() => run(operations))
    rates.push((took.result / took.ms) * 1e3)
  }
  return { rounds, median: median(rates), best: Math.max(...rates) }
}

/** Milliseconds that a call took, and its answer. */
export function timed<T>(call: () => T): { readonly ms: number; readonly result: T } {
  const started = performance.now()
  const result = call()
  return { ms: performance.now() - started, result }
}

/**
 * Percentiles, in microseconds, of times in milliseconds that are taken as so many rounds, one
 * after another: a machine that does something else for a while then spoils a round, not all.
 */
export function percentilesUs(ms: Float64Array, rounds: number = fewestRounds): Percentiles {
  const each = Math.max(1, Math.floor(ms.length / rounds))
  const sorted: Float64Array[] = []
  for (let from = 0; from + each <= ms.length && sorted.length < rounds; from += each) {
    sorted.push(ms.slice(from, from + each).sort())
  }
  const at = (share: number): readonly number[] =>
    sorted.map((round) => us(round[Math.min(each - 1, Math.floor(each * share))] ?? 0))
  return {
    p50: round3(median(at(0.5))),
    p90: round3(median(at(0.9))),
    p99: round3(median(at(0.99))),
    p999: round3(median(at(0.999))),
    max: round3(Math.max(...at(1))),
    best: { p50: round3(Math.min(...at(0.5))), p99: round3(Math.min(...at(0.99))) },
    calls: ms.length,
    rounds: sorted.length,
  }
}

function us(ms: number): number {
  return ms * 1e3
}

/**
 * The time of every single call, in milliseconds. `prepare` runs before each, outside of what is
 * timed. The clock's own time is within the figures: see `clockNs`.
 */
export function times(
  calls: number,
  call: (index: number) => void,
  around: {
    readonly before?: (index: number) => void
    readonly after?: (index: number) => void
  } = {},
): Float64Array {
  const { before, after } = around
  const ms = new Float64Array(calls)
  for (let index = 0; index < calls; index++) {
    before?.(index)
    const started = performance.now()
    call(index)
    ms[index] = performance.now() - started
    after?.(index)
  }
  return ms
}

/** Nanoseconds that two readings of the clock take, at the median. */
export function clockNs(): number {
  const ms = times(20_000, () => {})
  return Math.round((ms.toSorted()[10_000] ?? 0) * 1e6)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}

/** Mean and sample standard deviation. */
export function meanAndSd(values: readonly number[]): {
  readonly mean: number
  readonly sd: number
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) }
}

export function round3(value: number): number {
  return Math.round(value * 1e3) / 1e3
}
