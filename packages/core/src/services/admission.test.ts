import { describe, expect, it } from 'vitest'
import { Admission, costOf } from './admission.ts'

const bounds = { budget: 10, flow: 1_000, total: 2_000 }

/** Calls that run until they are told to end, in the order in which they began. */
class Calls {
  readonly admission: Admission
  readonly begun: string[] = []
  readonly #ends: (() => void)[] = []

  constructor(weights: Record<string, number> = {}, limits = bounds) {
    this.admission = new Admission(weights, limits)
  }

  call(flow: string, cost = 1, signal?: AbortSignal): Promise<void> {
    return this.admission.run(flow, cost, signal, () => {
      this.begun.push(flow)
      return new Promise((resolve) => this.#ends.push(resolve))
    })
  }

  /** Ends the call that began first, so many times. */
  async end(times = 1): Promise<void> {
    for (let done = 0; done < times; done++) {
      this.#ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const times = (count: number, run: () => unknown): void => {
  for (let done = 0; done < count; done++) run()
}

describe('turns', () => {
  it('are had at once while there is room', () => {
    const calls = new Calls()
    times(10, () => void calls.call('a'))
    expect(calls.begun).toHaveLength(10)
    void calls.call('a')
    expect(calls.begun).toHaveLength(10)
    expect(calls.admission.waiting).toBe(1)
  })

  it('are not kept from one project by what another asks for', async () => {
    const calls = new Calls()
    times(200, () => void calls.call('big', 10))
    void calls.call('small')
    await calls.end(2)
    expect(calls.begun).toEqual(['big', 'small', 'big'])
  })

  it('are had in proportion to weights', async () => {
    const calls = new Calls({ heavy: 3 })
    void calls.call('first', 10)
    times(400, () => void calls.call('light'))
    times(400, () => void calls.call('heavy'))
    await calls.end(111)
    const count = (flow: string): number => calls.begun.filter((one) => one === flow).length
    expect(count('heavy') / count('light')).toBeCloseTo(3, 0)
    expect(count('light')).toBeGreaterThan(20)
  })

  it('are in the order of calls within a project', async () => {
    const admission = new Admission({}, { ...bounds, budget: 1 })
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        admission.run('a', 1, undefined, async () => void order.push(at)),
      ),
    )
    expect(order).toEqual(Array.from({ length: 50 }, (_, at) => at))
  })

  it('come for a call that is larger than all the room: alone', async () => {
    const calls = new Calls()
    void calls.call('a')
    void calls.call('large', 500)
    void calls.call('b')
    expect(calls.begun).toEqual(['a'])
    await calls.end()
    expect(calls.begun).toEqual(['a', 'large'])
    await calls.end()
    expect(calls.begun).toEqual(['a', 'large', 'b'])
  })

  it('are given back by a task that fails', async () => {
    const admission = new Admission({}, { ...bounds, budget: 1 })
    const failing = admission.run('a', 1, undefined, () => Promise.reject(new Error('no')))
    const after = admission.run('a', 1, undefined, async () => 'ran')
    await expect(failing).rejects.toThrow('no')
    expect(await after).toBe('ran')
  })

  it('do not depend on what a project had long ago', async () => {
    const calls = new Calls()
    times(30, () => void calls.call('a', 10))
    await calls.end(30)
    times(10, () => void calls.call('b'))
    void calls.call('b')
    void calls.call('a')
    await calls.end(10)
    expect(calls.begun.slice(-2).toSorted()).toEqual(['a', 'b'])
  })
})

describe('bounds', () => {
  it('refuse what too many of one project wait for, and nobody else', async () => {
    const calls = new Calls({}, { budget: 1, flow: 2, total: 100 })
    times(3, () => void calls.call('a'))
    await expect(calls.call('a')).rejects.toMatchObject({ code: 'overloaded', limit: 2 })
    void calls.call('b')
    expect(calls.admission.waiting).toBe(3)
  })

  it('refuse what too many wait for altogether', async () => {
    const calls = new Calls({}, { budget: 1, flow: 2, total: 3 })
    times(4, () => void calls.call(`p${calls.admission.waiting}`))
    await expect(calls.call('z')).rejects.toMatchObject({ code: 'overloaded', limit: 3 })
  })
})

describe('a signal', () => {
  it('takes a call out of the queue, and lets those behind it in', async () => {
    const calls = new Calls()
    const gone = new AbortController()
    void calls.call('a')
    const large = calls.call('large', 10, gone.signal)
    void calls.call('b')
    gone.abort()
    await expect(large).rejects.toMatchObject({ code: 'aborted' })
    expect(calls.begun).toEqual(['a', 'b'])
    expect(calls.admission.waiting).toBe(0)
  })

  it('that fired before refuses a call that would have to wait', async () => {
    const calls = new Calls()
    void calls.call('a', 10)
    await expect(calls.call('b', 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
    expect(calls.admission.waiting).toBe(0)
  })
})

describe('cost', () => {
  it('is what is asked for', () => {
    expect(costOf({ name: 'a' })).toBe(1)
    expect(costOf({ minCount: 1, maxCount: 500 })).toBe(500)
    expect(costOf({ ids: ['a', 'b', 'c'], names: ['a'] })).toBe(3)
    expect(costOf(undefined)).toBe(1)
  })
})
