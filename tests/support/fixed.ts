import { VirtualClock } from '@nephos/core'

/** A virtual clock that starts where ids and times look real. */
export function testClock(): VirtualClock {
  return new VirtualClock(Date.UTC(2030, 0, 1))
}

/** Moves a virtual clock on until the promise settles. @throws Error when that takes too long. */
export async function advanceUntil<T>(
  clock: VirtualClock,
  promise: Promise<T>,
  options: { readonly stepMs?: number; readonly mostMs?: number } = {},
): Promise<T> {
  const { stepMs = 50, mostMs = 3_600_000 } = options
  const watched = promise.then(
    () => 'over' as const,
    () => 'over' as const,
  )
  const end = clock.now() + mostMs
  while ((await Promise.race([watched, tick(clock, stepMs)])) !== 'over') {
    if (clock.now() > end) throw new Error(`not settled after ${mostMs} ms of virtual time`)
  }
  return promise
}

async function tick(clock: VirtualClock, ms: number): Promise<'on'> {
  await clock.advance(ms)
  return 'on'
}
