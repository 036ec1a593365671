import { CloudError } from '../base/errors.ts'
import type { Clock } from '../ports/clock.ts'

interface Sleeper {
  readonly at: number
  readonly order: number
  wake(): void
}

/**
 * A clock that moves only when told. `advance` runs sleepers in order of their time, letting
 * promises settle between them, so a cloud on it is fast and repeatable.
 */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  #turning = 0
  #sleepers: Sleeper[] = []
  readonly #macrotask: () => Promise<void>

  /**
   * @param start milliseconds since the epoch.
   * @param macrotask how to let everything that is runnable run; one turn of the event loop by
   *   default.
   */
  constructor(start = 0, macrotask: () => Promise<void> = eventLoopTurn) {
    this.#now = start
    this.#macrotask = macrotask
  }

  now(): number {
    return this.#now
  }

  elapsed(): number {
    return this.#now
  }

  async turn(): Promise<void> {
    this.#turning++
    await this.#macrotask()
    this.#turning--
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
    await this.#settle()
    for (
      let sleeper = this.#earliest();
      sleeper && sleeper.at <= time;
      sleeper = this.#earliest()
    ) {
      this.#now = Math.max(this.#now, sleeper.at)
      const due = sleeper
      this.#sleepers = this.#sleepers.filter((other) => other !== due)
      due.wake()
      await this.#settle()
    }
    this.#now = Math.max(this.#now, time)
  }

  /** Lets everything run that can without time passing. */
  async #settle(): Promise<void> {
    do await this.#macrotask()
    while (this.#turning > 0)
  }

  #earliest(): Sleeper | undefined {
    let best: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (!best || sleeper.at < best.at || (sleeper.at === best.at && sleeper.order < best.order))
        best = sleeper
    }
    return best
  }
}

function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
