import { describe, expect, test } from 'vitest'
import type { GuestReport, GuestTarget } from '../ports/hypervisor.ts'
import { SeededRandom } from './seeded-random.ts'
import type { FaultKind } from './simulated-faults.ts'
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
  signal?: AbortSignal,
): Promise<GuestReport[][]> {
  const chunks: GuestReport[][] = []
  for await (const chunk of fleet.apply(targets, signal ? { signal } : {})) chunks.push([...chunk])
  return chunks
}

async function one(fleet: SimulatedFleet, target: GuestTarget): Promise<GuestReport> {
  const [report] = (await apply(fleet, [target])).flat()
  if (!report) throw new Error('no report')
  return report
}

describe('latency', () => {
  test('reports in chunks as hosts get done, each target once', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: [1, 40] } })
    const targets = Array.from({ length: 200 }, (_, i) => order(`s${i}`, `h${i}`))
    const seen: number[] = []
    const run = (async () => {
      for await (const chunk of fleet.apply(targets)) seen.push(...chunk.map(() => clock.now()))
    })()
    await clock.advance(40)
    await run
    expect(seen.length).toBe(200)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(new Set(seen).size).toBeGreaterThan(10)
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(1)
  })

  test('a host works on so many guests at once', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: 10 }, concurrency: 2 })
    const times: number[] = []
    const work = async (ids: readonly string[]): Promise<void> => {
      const targets = ids.map((id) => order(id, 'h'))
      for await (const chunk of fleet.apply(targets)) times.push(...chunk.map(() => clock.now()))
    }
    const runs = [work(['a', 'b', 'c']), work(['d', 'e'])]
    await clock.advance(100)
    await Promise.all(runs)
    expect(times).toEqual([10, 10, 20, 20, 30])
  })

  test('an order overtaken by a newer one has no effect', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: 10 } })
    const first = apply(fleet, [order('s', 'h')])
    await clock.advance(5)
    fleet.adopt([
      { ...{ serverId: 's', hostId: 'h', power: 'absent' }, generation: 2, boots: 0, builds: 0 },
    ])
    await clock.advance(5)
    expect((await first).flat()).toMatchObject([{ power: 'absent', generation: 2 }])
    expect(fleet.guests).toBe(0)
    expect(fleet.stats.fenced).toBe(1)
  })

  test('what takes longer than the limit is unknown, and may be done', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: 50 }, limitMs: 20 })
    const run = apply(
      fleet,
      Array.from({ length: 64 }, (_, i) => order(`s${i}`, `h${i}`)),
    )
    await clock.advance(20)
    const reports = (await run).flat()
    expect(reports.every((report) => report.power === 'unknown' && report.fault)).toBe(true)
    expect(fleet.guests).toBeGreaterThan(0)
    expect(fleet.guests).toBeLessThan(64)
  })

  test('the signal and close end what is under way', async () => {
    const { fleet, clock } = setup({ latencyMs: { apply: [1, 100] } })
    const controller = new AbortController()
    const targets = Array.from({ length: 50 }, (_, i) => order(`s${i}`, `h${i}`))
    const run = apply(fleet, targets, controller.signal)
    const other = apply(fleet, [order('last', 'h')])
    await clock.advance(30)
    controller.abort()
    const reports = (await run).flat()
    expect(new Set(reports.map((report) => report.serverId)).size).toBe(50)
    const unknown = reports.filter((report) => report.power === 'unknown').length
    expect(unknown).toBeGreaterThan(10)
    expect(unknown).toBeLessThan(50)
    await fleet.close()
    expect((await other).flat().length).toBe(1)
  })

  test('a signal that fired before the call lets nothing through', async () => {
    const { fleet } = setup()
    const targets = Array.from({ length: 64 }, (_, i) => order(`s${i}`, `h${i}`))
    const reports = (await apply(fleet, targets, AbortSignal.abort())).flat()
    expect(reports.length).toBe(64)
    expect(fleet.guests).toBe(0)
  })

  test('observing takes its time, and gives up', async () => {
    const { fleet, clock } = setup({ latencyMs: { observe: 10 } })
    let answered = false
    const answer = fleet.observe(['h']).finally(() => (answered = true))
    await clock.advance(9)
    expect(answered).toBe(false)
    await clock.advance(1)
    expect(await answer).toEqual({ guests: [], silent: [] })
    const controller = new AbortController()
    const given = fleet.observe(['h'], { signal: controller.signal })
    await clock.advance(1)
    controller.abort()
    await expect(given).rejects.toMatchObject({ code: 'aborted' })
    const slow = setup({ latencyMs: { observe: 10 }, limitMs: 5 })
    const silent = slow.fleet.observe(['h'])
    await slow.clock.advance(5)
    expect(await silent).toEqual({ guests: [], silent: ['h'] })
  })
})

describe('failures', () => {
  const planned: readonly [FaultKind, string, string, number][] = [
    ['sameHost', 'sameHost', 'absent', 0],
    ['otherHost', 'otherHost', 'absent', 0],
    ['refuse', 'never', 'absent', 0],
    ['falseAlarm', 'sameHost', 'absent', 1],
  ]
  test.each(planned)('%s is reported as such', async (kind, retry, power, guests) => {
    const { fleet } = setup()
    fleet.failNext(kind, { hostId: 'h', id: 'a' })
    expect((await one(fleet, order('b', 'h'))).fault).toBeUndefined()
    expect((await one(fleet, order('a', 'i'))).fault).toBeUndefined()
    const report = await one(fleet, order('a', 'h'))
    expect(report).toMatchObject({ power, fault: { retry } })
    expect(fleet.guests).toBe(2 + guests)
    // Who declined an order declines it again: it may be late, and taken elsewhere by now.
    const isDeclined = kind === 'otherHost' || kind === 'refuse'
    const again = (await one(fleet, order('a', 'h'))).fault
    expect(again?.retry).toBe(isDeclined ? retry : undefined)
    expect((await one(fleet, order('a', 'h', { generation: 9 }))).fault).toBeUndefined()
    expect(fleet.stats.failed).toBe(isDeclined ? 2 : 1)
  })

  test('a hang ends at the limit, or with the signal', async () => {
    const { fleet, clock } = setup({ limitMs: 1_000 })
    fleet.failNext('hang', { times: 2 })
    const first = apply(fleet, [order('a', 'h')])
    await clock.advance(999)
    const controller = new AbortController()
    const second = apply(fleet, [order('b', 'h'), order('c', 'h')], controller.signal)
    await clock.advance(1)
    expect((await first).flat()).toMatchObject([{ power: 'unknown', fault: {} }])
    controller.abort()
    const chunks = await second
    expect(chunks.map((chunk) => chunk.map((report) => report.power))).toEqual([
      ['running'],
      ['unknown'],
    ])
    expect(clock.next).toBeUndefined()
  })

  test('chance follows the rate, and declines builds only', async () => {
    const { fleet } = setup({ failureRate: { apply: 0.3 }, failureKinds: ['refuse'] })
    const targets = Array.from({ length: 2_000 }, (_, i) => order(`s${i}`, 'h'))
    const reports = (await apply(fleet, targets)).flat()
    const failed = reports.filter((report) => report.fault)
    expect(failed.length).toBeGreaterThan(500)
    expect(failed.length).toBeLessThan(700)
    expect(failed.every((report) => report.fault?.retry === 'never')).toBe(true)
    const gone = targets.map((target) => ({ ...target, generation: 2, power: 'absent' as const }))
    const ends = (await apply(fleet, gone)).flat().filter((report) => report.fault)
    expect(new Set(ends.map((report) => report.fault?.retry))).toEqual(new Set(['sameHost']))
  })

  test('hosts fall silent by chance when observed', async () => {
    const { fleet } = setup({ failureRate: { observe: 0.5 } })
    const hosts = Array.from({ length: 200 }, (_, i) => `h${i}`)
    const { silent } = await fleet.observe(hosts)
    expect(silent.length).toBeGreaterThan(60)
    expect(silent.length).toBeLessThan(140)
  })

  test('the same seed gives the same history', async () => {
    const history = async (): Promise<unknown> => {
      const { fleet, clock } = setup({ failureRate: { apply: 0.4 }, latencyMs: { apply: [0, 9] } })
      const run = apply(
        fleet,
        Array.from({ length: 100 }, (_, i) => order(`s${i}`, `h${i % 5}`)),
      )
      await clock.advance(60_000)
      return [await run, fleet.stats]
    }
    expect(await history()).toEqual(await history())
  })
})
