import type { Clock } from '@nephos/core'
import { assert, rejects } from '../assert.ts'
import type { TestFunction } from './suite.ts'

export interface ClockSuiteOptions {
  readonly test: TestFunction
  readonly make: () => {
    readonly clock: Clock
    /** Lets at least so many milliseconds pass on the clock: waits for a real one. */
    readonly advance: (ms: number) => Promise<void>
  }
}

/** The promises of `Clock` that every clock keeps. It measures no real time. */
export function clockConformance({ test, make }: ClockSuiteOptions): void {
  test('clock: elapsed never goes back, and passes', async () => {
    const { clock, advance } = make()
    let last = clock.elapsed()
    const first = last
    for (let i = 0; i < 100; i++) {
      const next = clock.elapsed()
      assert(next >= last, `elapsed went back from ${last} to ${next}`)
      last = next
    }
    await advance(5)
    assert(clock.elapsed() - first >= 5, 'elapsed did not pass')
    assert(Number.isFinite(clock.now()), 'now is a number')
  })

  test('clock: sleep ends no earlier than asked', async () => {
    const { clock, advance } = make()
    for (const ms of [0, 1, 2.5, 7]) {
      const start = clock.elapsed()
      let slept = -1
      const sleep = clock.sleep(ms).then(() => (slept = clock.elapsed() - start))
      await advance(ms)
      await sleep
      assert(slept >= ms, `slept ${slept} ms of ${ms}`)
    }
  })

  test('clock: shorter sleeps end first', async () => {
    const { clock, advance } = make()
    const ended: number[] = []
    const sleeps = [30, 10, 20].map((ms) => clock.sleep(ms).then(() => ended.push(ms)))
    await advance(40)
    await Promise.all(sleeps)
    assert(ended.join() === '10,20,30', `ended in the order ${ended.join()}`)
  })

  test('clock: a negative sleep ends at once', async () => {
    const { clock, advance } = make()
    const sleep = clock.sleep(-1000)
    await advance(0)
    await sleep
  })

  test('clock: a signal ends a sleep with `aborted`', async () => {
    const { clock } = make()
    await rejects(clock.sleep(1e9, { signal: AbortSignal.abort() }), 'aborted', 'fired before')
    const controller = new AbortController()
    const { signal } = controller
    const sleeps = [clock.sleep(1e9, { signal }), clock.sleep(1e9, { signal, background: true })]
    const ends = sleeps.map((sleep) => rejects(sleep, 'aborted', 'fired during'))
    controller.abort()
    await Promise.all(ends)
  })

  test('clock: a sleep longer than a timer can count does not end at once', async () => {
    const { clock, advance } = make()
    const controller = new AbortController()
    const sleep = clock.sleep(2 ** 31 + 1000, { signal: controller.signal })
    let ended = false
    const end = sleep.then(
      () => (ended = true),
      () => undefined,
    )
    await advance(20)
    assert(!ended, 'it ended at once')
    controller.abort()
    await end
  })

  test('clock: a signal that fires after the sleep is of no consequence', async () => {
    const { clock, advance } = make()
    const controller = new AbortController()
    const sleep = clock.sleep(1, { signal: controller.signal })
    await advance(2)
    await sleep
    controller.abort()
    await clock.turn()
  })

  test('clock: a turn lets what was promised before it run', async () => {
    const { clock } = make()
    const order: string[] = []
    const turn = clock.turn().then(() => order.push('turn'))
    void Promise.resolve().then(() => order.push('promise'))
    order.push('here')
    await turn
    assert(order.join() === 'here,promise,turn', `order was ${order.join()}`)
  })
}
