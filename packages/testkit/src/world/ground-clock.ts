import { type Clock, CloudError } from '@nephos/core'
import type { Ground } from './ground.ts'

/** The clock of what never crashes: the hosts, the network, whoever watches. */
export function groundClock(ground: Ground): Clock {
  return {
    now: () => ground.now,
    elapsed: () => ground.now - ground.start,
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve, reject) => {
        const aborted = (): void => reject(new CloudError('aborted', 'The sleep was aborted.'))
        if (signal?.aborted) return aborted()
        const alarm = ground.timeline.after(ms, () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        })
        const abort = (): void => {
          ground.timeline.cancel(alarm)
          aborted()
        }
        signal?.addEventListener('abort', abort, { once: true })
      }),
    turn: () =>
      new Promise((resolve) => {
        ground.timeline.after(0, resolve)
      }),
  }
}
