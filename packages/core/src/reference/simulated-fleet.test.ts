import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GuestPower, GuestReport, GuestTarget } from '../ports/hypervisor.ts'
import { SeededRandom } from './seeded-random.ts'
import { SimulatedFleet, type SimulatedFleetOptions } from './simulated-fleet.ts'
import { VirtualClock } from './virtual-clock.ts'

type Options = Partial<Omit<SimulatedFleetOptions, 'clock'>>

function setup(options: Options = {}): { fleet: SimulatedFleet; clock: VirtualClock } {
  const clock = new VirtualClock()
  const random = new SeededRandom(11)
  return { clock, fleet: new SimulatedFleet({ clock, random, ...options }) }
}

function order(serverId: string, hostId: string, more: Partial<GuestTarget> = {}): GuestTarget {
  const generation = 1
  const resources = { VCPU: 2 }
  return {
    ...{ serverId, hostId, generation, power: 'running', boots: { count: 0, hard: false } },
    ...{ builds: 1, name: serverId, imageId: 'image', resources, ports: [], ...more },
  }
}

async function apply(
  fleet: SimulatedFleet,
  targets: readonly GuestTarget[],
): Promise<GuestReport[][]> {
  const chunks: GuestReport[][] = []
  for await (const chunk of fleet.apply(targets)) chunks.push([...chunk])
  return chunks
}

async function one(fleet: SimulatedFleet, target: GuestTarget): Promise<GuestReport> {
  const [report] = (await apply(fleet, [target])).flat()
  if (!report) throw new Error('no report')
  return report
}

describe('without latency', () => {
  test('answers in one chunk and sets no timer', async () => {
    const { fleet, clock } = setup()
    const targets = Array.from({ length: 500 }, (_, i) => order(`s${i}`, `h${i % 7}`))
    const chunks = await apply(fleet, targets)
    expect(chunks.map((chunk) => chunk.length)).toEqual([500])
    expect(fleet.guests).toBe(500)
    expect(clock.next).toBeUndefined()
  })

  test('counts restarts and builds once, however often an order is repeated', async () => {
    const { fleet } = setup()
    const boots = { count: 3, hard: false }
    await apply(fleet, [order('s', 'h')])
    for (let i = 0; i < 3; i++) await apply(fleet, [order('s', 'h', { generation: 2, boots })])
    expect(fleet.stats).toMatchObject({ built: 1, restarted: 1 })
    const rebuilt = order('s', 'h', { generation: 3, boots, builds: 2, imageId: 'other' })
    for (let i = 0; i < 3; i++) await apply(fleet, [rebuilt])
    expect(fleet.stats).toMatchObject({ built: 2, restarted: 1 })
    expect(fleet.guest('s', 'h')).toMatchObject({ boots: 3, builds: 2, imageId: 'other' })
  })

  test('does not bring back what was destroyed at the same generation', async () => {
    const { fleet } = setup()
    await apply(fleet, [order('s', 'h', { generation: 4, power: 'absent' })])
    const report = await one(fleet, order('s', 'h', { generation: 4 }))
    expect(report).toMatchObject({ power: 'absent', generation: 4, fault: { retry: 'never' } })
    expect(fleet.guests).toBe(0)
  })

  test('forgets destroyed guests beyond the bounds', async () => {
    const { fleet, clock } = setup({ fences: { count: 2, keepMs: 1_000 } })
    const late = (id: string): Promise<GuestReport> => one(fleet, order(id, 'h'))
    for (const id of ['a', 'b', 'c']) {
      await apply(fleet, [order(id, 'h', { generation: 2, power: 'absent' })])
    }
    expect((await late('a')).power).toBe('running')
    expect((await late('b')).power).toBe('absent')
    await clock.advance(999)
    expect((await late('c')).power).toBe('absent')
    await clock.advance(1)
    expect((await late('c')).power).toBe('running')
  })
})

test('guests leave a host in any order', async () => {
  for (const ids of ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']) {
    const { fleet } = setup()
    await apply(fleet, [order('a', 'h'), order('b', 'h'), order('c', 'h')])
    const left = new Set('abc')
    for (const id of ids) {
      await apply(fleet, [order(id, 'h', { generation: 2, power: 'absent' })])
      left.delete(id)
      const { guests } = await fleet.observe(['h'])
      expect(guests.map((guest) => guest.serverId).sort()).toEqual([...left])
    }
  }
})

describe('capacity', () => {
  const capacities = (hostId: string): Record<string, number> | undefined =>
    hostId === 'gone' ? undefined : { VCPU: 4 }

  test('refuses what does not fit, and remembers the order', async () => {
    const { fleet } = setup({ capacities })
    const targets = ['a', 'b', 'c'].map((id) => order(id, 'h', { generation: 5 }))
    const reports = (await apply(fleet, targets)).flat()
    expect(reports.map((report) => report.power)).toEqual(['running', 'running', 'absent'])
    expect(reports[2]?.fault?.retry).toBe('otherHost')
    await apply(fleet, [order('a', 'h', { generation: 6, power: 'absent' })])
    expect(await one(fleet, order('c', 'h', { generation: 4 }))).toMatchObject({
      ...{ power: 'absent', generation: 5 },
    })
    expect((await one(fleet, order('c', 'h', { generation: 5 }))).fault?.retry).toBe('otherHost')
    expect(await one(fleet, order('c', 'h', { generation: 6 }))).toEqual({
      ...{ serverId: 'c', hostId: 'h', power: 'running', generation: 6 },
    })
  })

  test('refuses growth, not what a guest has already', async () => {
    const { fleet } = setup({ capacities })
    const large = { serverId: 'a', hostId: 'h', power: 'running', generation: 1 } as const
    fleet.adopt([{ ...large, boots: 0, builds: 1, resources: { VCPU: 8 } }])
    const shrunk = { generation: 2, power: 'stopped', resources: { VCPU: 8 } } as const
    expect((await one(fleet, order('a', 'h', shrunk))).power).toBe('stopped')
    const grown = { generation: 3, resources: { VCPU: 9 } }
    const report = await one(fleet, order('a', 'h', grown))
    expect(report).toMatchObject({ power: 'stopped', generation: 3, fault: { retry: 'otherHost' } })
  })

  test('lets a guest grow into what it and nobody else uses', async () => {
    const { fleet } = setup({ capacities })
    await apply(fleet, [order('a', 'h')])
    const grown = { generation: 2, resources: { VCPU: 4 } }
    expect(await one(fleet, order('a', 'h', grown))).not.toHaveProperty('fault')
    expect((await one(fleet, order('b', 'h', { resources: { VCPU: 1 } }))).power).toBe('absent')
  })

  test('a class that the host has none of is refused', async () => {
    const { fleet } = setup({ capacities })
    const report = await one(fleet, order('a', 'h', { resources: { CUSTOM_GPU: 1 } }))
    expect(report.fault?.retry).toBe('otherHost')
  })

  test('a host that does not exist never answers', async () => {
    const { fleet } = setup({ capacities })
    expect(await one(fleet, order('a', 'gone'))).toMatchObject({ power: 'unknown' })
    expect(await fleet.observe(['gone', 'h'])).toEqual({ guests: [], silent: ['gone'] })
  })
})

describe('crash', () => {
  test('stops guests and silences the host until it is restored', async () => {
    const { fleet } = setup()
    await apply(fleet, [order('a', 'h'), order('b', 'other')])
    fleet.crashHost('h')
    const report = await one(fleet, order('a', 'h', { generation: 2 }))
    expect(report).toMatchObject({ power: 'unknown', fault: { retry: 'sameHost' } })
    expect((await one(fleet, order('new', 'h'))).fault?.retry).toBe('otherHost')
    expect(await fleet.observe(['h', 'other'])).toMatchObject({
      ...{ silent: ['h'], guests: [{ serverId: 'b' }] },
    })
    fleet.restoreHost('h')
    const { guests, silent } = await fleet.observe(['h'])
    expect(silent).toEqual([])
    expect(guests).toMatchObject([{ serverId: 'a', power: 'stopped', generation: 1 }])
    expect((await one(fleet, order('a', 'h'))).power).toBe('running')
  })

  test('a crash while an order is under way loses the order', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: 10 } })
    const reports = apply(fleet, [order('a', 'h')])
    await clock.advance(5)
    fleet.crashHost('h')
    await clock.advance(5)
    expect((await reports).flat()).toMatchObject([{ power: 'unknown' }])
    expect(fleet.guests).toBe(0)
  })

  test('a guest may stop by itself', async () => {
    const { fleet } = setup()
    await apply(fleet, [order('a', 'h')])
    expect(fleet.stopGuest('a', 'h')).toBe(true)
    expect(fleet.stopGuest('b', 'h')).toBe(false)
    expect((await fleet.observe(['h'])).guests).toMatchObject([{ power: 'stopped' }])
  })
})

describe('adopt', () => {
  const guest = { serverId: 's', hostId: 'h', boots: 2, builds: 1 }

  test('takes what was last observed, and never goes back', async () => {
    const { fleet } = setup()
    fleet.adopt([{ ...guest, power: 'running', generation: 3 }])
    fleet.adopt([{ ...guest, power: 'stopped', generation: 2 }])
    expect(fleet.guest('s', 'h')).toMatchObject({ power: 'running', generation: 3 })
    fleet.adopt([{ ...guest, power: 'stopped', generation: 4 }])
    expect(fleet.guest('s', 'h')).toMatchObject({ power: 'stopped', generation: 4 })
    expect(fleet.guests).toBe(1)
    fleet.adopt([{ ...guest, power: 'absent', generation: 5 }])
    expect((await one(fleet, order('s', 'h', { generation: 4 }))).power).toBe('absent')
  })

  test('finds servers that run twice', async () => {
    const { fleet } = setup()
    await apply(fleet, [order('a', 'h1'), order('a', 'h2'), order('a', 'h3'), order('b', 'h1')])
    await apply(fleet, [order('a', 'h2', { power: 'stopped' })])
    const [twice, ...rest] = fleet.runningTwice()
    expect(rest).toEqual([])
    expect(twice?.serverId).toBe('a')
    expect(twice?.hostIds.toSorted()).toEqual(['h1', 'h3'])
    await apply(fleet, [order('a', 'h1', { power: 'absent' })])
    expect(fleet.runningTwice()).toEqual([])
    expect(fleet.guest('a', 'h2')?.power).toBe('stopped')
    expect(fleet.guest('a', 'h3')?.power).toBe('running')
  })
})

test('options out of range are refused by name', () => {
  const bad: readonly [Options, string][] = [
    [{ failureRate: { apply: 1.1 } }, 'failureRate.apply'],
    [{ failureRate: { observe: Number.NaN } }, 'failureRate.observe'],
    [{ failureKinds: [] }, 'failureKinds'],
    [{ latencyMs: { apply: -1 } }, 'latencyMs.apply'],
    [{ latencyMs: { observe: [5, 1] } }, 'latencyMs.observe'],
    [{ latencyMs: { apply: Infinity } }, 'latencyMs.apply'],
    [{ limitMs: -1 }, 'limitMs'],
    [{ concurrency: 0 }, 'concurrency'],
  ]
  for (const [options, field] of bad) {
    expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'invalid', field }))
  }
})

test('any history of orders, in any order, ends as the newest order of each guest', async () => {
  const step = fc.record({
    serverId: fc.constantFrom('a', 'b', 'c'),
    hostId: fc.constantFrom('h1', 'h2'),
    generation: fc.integer({ min: 1, max: 8 }),
  })
  const powers: readonly GuestPower[] = ['running', 'stopped', 'paused', 'suspended', 'absent']
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { fleet } = setup()
      const newest = new Map<string, GuestTarget>()
      for (const { serverId, hostId, generation } of steps) {
        // One generation means one target: that is what a generation is for.
        const power = powers[
          (generation * 7 + serverId.charCodeAt(0)) % powers.length
        ] as GuestPower
        const target = order(serverId, hostId, { generation, power })
        const key = `${serverId} ${hostId}`
        if (generation >= (newest.get(key)?.generation ?? 0)) newest.set(key, target)
        const wanted = newest.get(key) as GuestTarget
        const report = await one(fleet, target)
        expect(report).toMatchObject({ power: wanted.power, generation: wanted.generation })
      }
      const expected = [...newest.values()].filter((target) => target.power !== 'absent')
      const { guests } = await fleet.observe(['h1', 'h2'])
      const text = ({ serverId, hostId, power, generation }: GuestReport): string =>
        `${serverId} ${hostId} ${power} ${generation}`
      expect(guests.map(text).sort()).toEqual(expected.map(text).sort())
      expect(fleet.guests).toBe(expected.length)
    }),
  )
})
