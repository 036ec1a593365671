import { CloudError } from '../base/errors.ts'
import type { Clock } from '../ports/clock.ts'

interface Sleeper {
  readonly at: number
  readonly order: number
  wake(): void
}

/**
 * A clock that moves only when told. `advance` runs sleepers in order of their time, letting promises settle between
 * them, so a cloud on it is fast and repeatable.
 */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  #sleepers: Sleeper[] = []
  readonly #turn: () => Promise<void>

  /**
   * @param start milliseconds since the epoch.
   * @param turn how to let the event loop turn once; promises alone by default.
   */
  constructor(start = 0, turn: () => Promise<void> = settle) {
    this.#now = start
    this.#turn = turn
  }

  now(): number {
    return this.#now
  }

  elapsed(): number {
    return this.#now
  }

  turn(): Promise<void> {
    return this.#turn()
  }

  sleep(ms: number, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options
    return new Promise((resolve, reject) => {
      const sleeper: Sleeper = {
        at: this.#now + Math.max(0, ms),
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        },
      }
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(new CloudError('aborted', 'The sleep was aborted.', { cause: signal?.reason }))
      }
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort, { once: true })
      this.#sleepers.push(sleeper)
    })
  }

  /** Time of the earliest sleeper, or undefined when nothing waits. */
  get next(): number | undefined {
    return this.#earliest()?.at
  }

  /** Moves forward by `ms`, waking everything due on the way. */
  async advance(ms: number): Promise<void> {
    await this.advanceTo(this.#now + ms)
  }

  /** Moves forward to a time, waking everything due on the way. */
  async advanceTo(time: number): Promise<void> {
    await this.#turn()
    for (let sleeper = this.#earliest(); sleeper && sleeper.at <= time; sleeper = this.#earliest()) {
      this.#now = Math.max(this.#now, sleeper.at)
      const due = sleeper
      this.#sleepers = this.#sleepers.filter((other) => other !== due)
      due.wake()
      await this.#turn()
    }
    this.#now = Math.max(this.#now, time)
  }

  #earliest(): Sleeper | undefined {
    let best: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (!best || sleeper.at < best.at || (sleeper.at === best.at && sleeper.order < best.order)) best = sleeper
    }
    return best
  }
}

/** Promise turns enough for chains of awaits to run dry; bounded, since promises cannot be observed. */
async function settle(): Promise<void> {
  for (let i = 0; i < 64; i++) await Promise.resolve()
}
