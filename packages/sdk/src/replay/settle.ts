import { CloudError, type VirtualClock } from '@nephos/core'
import type { Cloud } from '../cloud/cloud.ts'

/** Looks without progress until the clock is moved: work that failed waits for its next try. */
const looksPerPush = 256
/** How far, in simulated milliseconds. */
const pushMs = 100
/** Real milliseconds without progress after which the replay gives up: something is broken. */
const patienceMs = 120_000

/** A turn of the real event loop: timers aside, whatever is ready runs. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/**
 * Lets the cloud work until nothing is left to do, at the same simulated time as far as it can.
 *
 * @throws CloudError `deadline` when work is left and nothing moves.
 */
export async function finishWork(cloud: Cloud, clock: VirtualClock): Promise<void> {
  let before = -1
  let looks = 0
  let movedAt = performance.now()
  for (;;) {
    const left = await cloud.settle({ timeoutMs: 0 })
    if (left === 0) return
    if (left === before) looks++
    else {
      before = left
      looks = 0
      movedAt = performance.now()
    }
    if (performance.now() - movedAt > patienceMs) {
      throw new CloudError('deadline', `${left} workflows did not finish.`, { limit: patienceMs })
    }
    if (looks > 0 && looks % looksPerPush === 0) await clock.advance(pushMs)
    await eventLoopTurn()
  }
}
