import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityKernel } from '../../../test/identity-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import { capacityDayKind } from '../../model/meter/capacity.ts'
import { dayMs } from '../../model/meter/usage.ts'
import { invoke } from '../operation.ts'
import { capacityDays } from './capacity-days.ts'
import { leastSquares } from './line.ts'
import { capacityTrend } from './trend.ts'

const start = Date.UTC(2030, 0, 1)

/** A cloud whose placement says what it is told to. */
async function setUp() {
  const { kernel, clock, root } = await identityKernel()
  await clock.advance(start - clock.now())
  const state = { hosts: 1, total: { VCPU: 1_000 }, used: { VCPU: 0 } }
  const fleet = { capacity: () => ({ ...state, enabledHosts: 1, usedHosts: 1 }) }
  const own = { ...kernel, fleet: fleet as unknown as Kernel['fleet'] }
  const reconciler = capacityDays(own)
  const note = (used: number): Promise<void> => {
    state.used = { VCPU: used }
    return reconciler.run(new AbortController().signal)
  }
  return { kernel: own, clock, root, state, note }
}

describe('capacity', () => {
  it('X5: its trend leads on, and says when the hosts are full', async () => {
    const { kernel, clock, root, note } = await setUp()
    for (const used of [100, 120, 140, 160]) {
      await note(used)
      await clock.advance(dayMs)
    }
    const trend = await invoke(kernel, root, capacityTrend, { ahead: 10 })
    expect(trend.days).toBe(4)
    const [vcpu] = trend.resources
    expect(vcpu).toMatchObject({ resource: 'VCPU', total: 1_000, used: 160 })
    expect(vcpu?.perDay).toBeCloseTo(20, 9)
    expect(vcpu?.forecast).toBeCloseTo(360, 9)
    expect(vcpu?.fullAt).toBe(start + 3 * dayMs + 42 * dayMs)
  })

  it('X5: is noted once a day, and again only when it is fuller by a hundredth', async () => {
    const { kernel, clock, note } = await setUp()
    const used = async () =>
      (await kernel.store.query(capacityDayKind, { limit: 9 })).map((row) => row.used['VCPU'])
    for (const amount of [50, 59, 61, 5]) await note(amount)
    expect(await used()).toEqual([61])
    await clock.advance(dayMs)
    await note(5)
    expect(await used()).toEqual([61, 5])
  })

  it('X5: nothing is known at first, nothing is full that does not grow', async () => {
    const { kernel, clock, root, state, note } = await setUp()
    expect(await invoke(kernel, root, capacityTrend, {})).toEqual({ days: 0, resources: [] })
    state.hosts = 0
    await note(1)
    expect(await invoke(kernel, root, capacityTrend, {})).toEqual({ days: 0, resources: [] })
    state.hosts = 1
    await note(9)
    const unknown = { perDay: null, forecast: null, fullAt: null }
    const { resources } = await invoke(kernel, root, capacityTrend, {})
    expect(resources).toMatchObject([{ used: 9, ...unknown }])
    await clock.advance(dayMs)
    await note(5)
    const shrinking = await invoke(kernel, root, capacityTrend, { ahead: 30 })
    expect(shrinking.resources).toMatchObject([{ used: 5, perDay: -4, forecast: 0, fullAt: null }])
  })

  it('X5: is forgotten after two years, by a clock that means it', async () => {
    const { kernel, clock, note } = await setUp()
    const noted = () => kernel.store.count(capacityDayKind, {})
    await note(1)
    await clock.advance(740 * dayMs)
    await note(1)
    expect(await noted()).toBe(2)
    await clock.advance(2 * 3_600_000)
    await note(1)
    expect(await noted()).toBe(1)
  })

  it.each([
    [{ days: 1 }, 'days'],
    [{ days: 731 }, 'days'],
    [{ ahead: 0 }, 'ahead'],
    [{ ahead: 1.5 }, 'ahead'],
    [{ more: 1 }, 'more'],
  ])('X5: its trend refuses %o', async (input, field) => {
    const { kernel, root } = await setUp()
    const refused = invoke(kernel, root, capacityTrend, input)
    await expect(refused).rejects.toMatchObject({ code: 'invalid', field })
  })
})

describe('the line of least squares', () => {
  it('X5: goes through points on a line', () => {
    const whole = fc.integer({ min: -1_000, max: 1_000 })
    const property = fc.property(
      whole,
      whole,
      fc.uniqueArray(whole, { minLength: 2, maxLength: 20 }),
      (base, slope, xs) => {
        const line = leastSquares(xs.map((x) => ({ x, y: base + slope * x })))
        expect(line?.slope).toBeCloseTo(slope, 6)
        expect(line?.base).toBeCloseTo(base, 4)
      },
    )
    fc.assert(property)
  })

  it('X5: has no nearer neighbour', () => {
    const points = [1, 5, 2, 8, 3].map((y, x) => ({ x, y }))
    const line = leastSquares(points) as { base: number; slope: number }
    const miss = (base: number, slope: number): number =>
      points.reduce((sum, { x, y }) => sum + (y - base - slope * x) ** 2, 0)
    const least = miss(line.base, line.slope)
    for (const by of [-0.01, 0.01]) {
      expect(miss(line.base + by, line.slope)).toBeGreaterThan(least)
      expect(miss(line.base, line.slope + by)).toBeGreaterThan(least)
    }
  })

  it('X5: needs two points that are not above each other', () => {
    expect(leastSquares([])).toBeUndefined()
    expect(leastSquares([{ x: 1, y: 1 }])).toBeUndefined()
    expect(leastSquares([1, 2].map((y) => ({ x: 1, y })))).toBeUndefined()
  })
})
