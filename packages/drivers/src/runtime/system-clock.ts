import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Clock, CloudError } from '@nephos/core'

/** Node counts timers in 32 bits; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** The machine's own time. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now()
  }

  elapsed(): number {
    return performance.now()
  }

  async turn(): Promise<void> {
    await nextTurn()
  }

  /** @throws CloudError `aborted`. */
  sleep(
    ms: number,
    options: { readonly signal?: AbortSignal; readonly background?: boolean } = {},
  ): Promise<void> {
    const { signal, background = false } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal))
      const due = this.elapsed() + Math.max(0, Number.isNaN(ms) ? 0 : ms)
      let timer: NodeJS.Timeout
      const abort = (): void => {
        clearTimeout(timer)
        reject(aborted(signal))
      }
      // Timers count from the start of the loop's turn and may fire early: then they are set again.
      const wait = (leftMs: number): void => {
        timer = setTimeout(look, Math.min(Math.ceil(leftMs), longestTimerMs))
        if (background) timer.unref()
      }
      const look = (): void => {
        const leftMs = due - this.elapsed()
        if (leftMs > 0) return wait(leftMs)
        signal?.removeEventListener('abort', abort)
        resolve()
      }
      signal?.addEventListener('abort', abort, { once: true })
      wait(due - this.elapsed())
    })
  }
}

function aborted(signal: AbortSignal | undefined): CloudError {
  return new CloudError('aborted', 'The sleep was aborted.', { cause: signal?.reason })
}
