import { CloudError } from '../base/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'

/** Milliseconds: always the same, or uniform between two bounds. 0 is at once, without a timer. */
export type Delay = number | readonly [min: number, max: number]

/** Longest delay: a day. Longer ones are mistakes of unit. */
const longestMs = 86_400_000

/** @throws CloudError `invalid` for negative, unordered, endless or overlong delays. */
export function checkedDelay(field: string, delay: Delay): Delay {
  const [min, max] = typeof delay === 'number' ? [delay, delay] : delay
  if (min >= 0 && min <= max && max <= longestMs) return delay
  throw new CloudError('invalid', `${field}: must be 0 to ${longestMs} ms, the lower bound first`, {
    field,
    limit: longestMs,
  })
}

/** A delay in whole milliseconds, so that answers due together come together. */
export function drawMs(random: Random, delay: Delay): number {
  if (typeof delay === 'number') return Math.round(delay)
  const [min, max] = delay
  return Math.round(min + (random.uint32() / 2 ** 32) * (max - min))
}

/** Something that happens `afterMs` from the call. */
export interface Timed {
  readonly afterMs: number
}

export interface Landing<T> {
  readonly items: readonly T[]
  /** `due`: their time has come. `cut`: a signal fired first. `unbegun`: before the call. */
  readonly end: 'due' | 'cut' | 'unbegun'
}

/**
 * Hands out each item once, in order of time, those due together in one chunk. When a signal fires
 * the rest comes at once.
 */
export async function* landings<T extends Timed>(
  clock: Clock,
  items: readonly T[],
  signals: readonly AbortSignal[],
): AsyncGenerator<Landing<T>> {
  if (items.length === 0) return
  if (signals.some((signal) => signal.aborted)) return yield { items, end: 'unbegun' }
  if (items.every((item) => item.afterMs <= 0)) return yield { items, end: 'due' }
  const sorted = items.toSorted((a, b) => a.afterMs - b.afterMs)
  const cut = new AbortController()
  const abort = (): void => cut.abort()
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true })
  try {
    const start = clock.elapsed()
    for (let from = 0; from < sorted.length;) {
      const { afterMs } = sorted[from] as T
      await pause(clock, afterMs - (clock.elapsed() - start), cut.signal)
      if (cut.signal.aborted) return yield { items: sorted.slice(from), end: 'cut' }
      const now = Math.max(afterMs, clock.elapsed() - start)
      let to = from
      while (to < sorted.length && (sorted[to] as T).afterMs <= now) to++
      yield { items: sorted.slice(from, to), end: 'due' }
      from = to
    }
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}

/** Sleeps; returns early, without an error, when the signal fires. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return
  try {
    await clock.sleep(ms, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
