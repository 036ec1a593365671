import { describe, expect, it } from 'vitest'
import { CloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { type Work, workKind } from '../model/work/work.ts'
import type { Store } from '../ports/store.ts'
import { MemoryBus } from '../reference/memory-bus.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { SeededRandom } from '../reference/seeded-random.ts'
import { silentTelemetry } from '../reference/silent-telemetry.ts'
import { TimeIds } from '../reference/time-ids.ts'
import { VirtualClock } from '../reference/virtual-clock.ts'
import { planWork } from './plan.ts'
import type { Program, Step } from './program.ts'
import { freeLeases } from './recover.ts'
import { Worker } from './worker.ts'

const settings = { leaseMs: 30_000, pollMs: 1_000 }

async function setUp(options: { store?: Store; clock?: VirtualClock; origin?: string } = {}) {
  const clock = options.clock ?? new VirtualClock(1_000)
  const store = options.store ?? memoryStore()
  if (!options.store) await store.open([workKind])
  const random = new SeededRandom(1)
  const bus = new MemoryBus()
  const ports = { store, bus, clock, random, telemetry: silentTelemetry }
  const committer = new Committer(ports, options.origin ?? 'one')
  return { ...ports, committer, ids: new TimeIds(clock, random) }
}

type World = Awaited<ReturnType<typeof setUp>>

async function order(world: World, program: Program, deadlineMs = 600_000): Promise<void> {
  const writes = new Writes()
  const at = world.clock.now()
  planWork(writes, world.ids, program, {
    input: null,
    at,
    deadline: at + deadlineMs,
    requestId: 'req-1',
  })
  await world.committer.commit(writes)
}

const step = (name: string, run: Step['run'], undo: Step['undo'] = null): Step => ({
  name,
  run,
  undo,
})

describe('Worker', () => {
  it('runs the steps of a workflow in order and removes its row', async () => {
    const world = await setUp()
    const ran: string[] = []
    const note = (name: string): Step =>
      step(name, async () => {
        ran.push(name)
        return { type: 'next' }
      })
    const program = { name: 'p', steps: [note('a'), note('b'), note('c')] }
    await order(world, program)
    const worker = new Worker(world, [program], settings)
    worker.start()
    await world.clock.advance(2_000)
    expect(ran).toEqual(['a', 'b', 'c'])
    expect(await world.store.count(workKind, {})).toBe(0)
    await stop(worker, world)
  })

  it('undoes completed steps in reverse when one fails for good', async () => {
    const world = await setUp()
    const ran: string[] = []
    const both = (name: string): Step =>
      step(
        name,
        async () => (ran.push(name), { type: 'next' }),
        async () => (ran.push(`undo ${name}`), { type: 'next' }),
      )
    const failing = step(
      'c',
      () => Promise.reject(new CloudError('forbidden', 'no')),
      async () => (ran.push('undo c'), { type: 'next' }),
    )
    const program = { name: 'p', steps: [both('a'), both('b'), failing] }
    await order(world, program)
    const worker = new Worker(world, [program], settings)
    worker.start()
    await world.clock.advance(2_000)
    expect(ran).toEqual(['a', 'b', 'undo c', 'undo b', 'undo a'])
    expect(await world.store.count(workKind, {})).toBe(0)
    await stop(worker, world)
  })

  it('tries again with growing pauses, and gives up at the deadline', async () => {
    const world = await setUp()
    const times: number[] = []
    let undone = false
    const program = {
      name: 'p',
      steps: [
        step(
          'a',
          async () => {
            times.push(world.clock.now())
            return { type: 'retry', reason: 'not yet' }
          },
          async () => {
            undone = true
            return { type: 'next' }
          },
        ),
      ],
    }
    await order(world, program, 60_000)
    const worker = new Worker(world, [program], settings)
    worker.start()
    await world.clock.advance(300_000)
    expect(times.length).toBeGreaterThan(3)
    expect(times.length).toBeLessThan(60)
    expect(Math.max(...times)).toBeLessThan(1_000 + 60_000)
    expect(undone).toBe(true)
    expect(await world.store.count(workKind, {})).toBe(0)
    await stop(worker, world)
  })

  it('takes over a row whose owner died, when its lease ends and not before', async () => {
    const world = await setUp()
    let runs = 0
    const hanging = { name: 'p', steps: [step('a', () => new Promise<never>(() => (runs += 1)))] }
    await order(world, hanging)
    new Worker(world, [hanging], settings).start()
    await world.clock.advance(500)
    expect(runs).toBe(1)
    // The first owner renews no more: its clock has stopped. A second process comes.
    const clock = new VirtualClock(world.clock.now())
    const second = await setUp({ store: world.store, clock, origin: 'two' })
    const done: number[] = []
    const working = {
      name: 'p',
      steps: [step('a', async () => (done.push(clock.now()), { type: 'next' }))],
    }
    const other = new Worker(second, [working], settings)
    other.start()
    await clock.advance(settings.leaseMs - 2_000)
    expect(done).toEqual([])
    await clock.advance(4_000)
    expect(done.length).toBe(1)
    await stop(other, second)
  })

  it('refuses what a late owner writes', async () => {
    const world = await setUp()
    let release = (): void => undefined
    const slow = {
      name: 'p',
      steps: [
        step('a', async (context) => {
          await new Promise<void>((resolve) => (release = resolve))
          await context.commit(new Writes().add({ scope: 's', name: 'late', add: 1, limit: 9 }))
          return { type: 'next' }
        }),
      ],
    }
    await order(world, slow)
    const worker = new Worker(world, [slow], settings)
    worker.start()
    await world.clock.advance(100)
    const [row] = await world.store.query(workKind, { limit: 1 })
    await world.committer.commit(new Writes().update(workKind, { ...(row as Work), owner: 'two' }))
    release()
    await world.clock.advance(100)
    expect(await world.store.counters(['s'])).toEqual([])
    expect(await world.store.count(workKind, {})).toBe(1)
    await stop(worker, world)
  })

  it('leaves a program that it does not know to others', async () => {
    const world = await setUp()
    await order(world, {
      name: 'from the future',
      steps: [step('a', async () => ({ type: 'next' }))],
    })
    const worker = new Worker(world, [], settings)
    worker.start()
    await world.clock.advance(5_000)
    expect(await world.store.count(workKind, {})).toBe(1)
    await stop(worker, world)
  })

  it('hands its rows back when it is stopped', async () => {
    const world = await setUp()
    const patient = {
      name: 'p',
      steps: [
        step('a', async ({ signal }) => {
          await world.clock.sleep(60_000, { signal }).catch(() => undefined)
          return { type: 'wait', ms: 0 }
        }),
      ],
    }
    await order(world, patient)
    const worker = new Worker(world, [patient], settings)
    worker.start()
    await world.clock.advance(100)
    await stop(worker, world)
    const [row] = await world.store.query(workKind, { limit: 1 })
    expect(row).toMatchObject({ owner: null })
    expect(row?.due).toBeLessThanOrEqual(world.clock.now())
  })

  it('takes nothing more once it is stopped, even if it was just looking', async () => {
    const world = await setUp()
    let runs = 0
    const program = { name: 'p', steps: [step('a', () => new Promise<never>(() => (runs += 1)))] }
    await order(world, program)
    const query = world.store.query.bind(world.store)
    let answer = (): void => undefined
    const gate = new Promise<void>((resolve) => (answer = resolve))
    world.store.query = async (kind, page) => {
      const rows = await query(kind, page)
      await gate
      return rows
    }
    const worker = new Worker(world, [program], settings)
    worker.start()
    await world.clock.advance(100)
    const stopped = worker.stop()
    answer()
    await world.clock.advance(100)
    await stopped
    expect(runs).toBe(0)
  })

  it('renews its leases when every slot is taken, however long it would sleep', async () => {
    const world = await setUp()
    const hanging = { name: 'p', steps: [step('a', () => new Promise<never>(() => undefined))] }
    for (let i = 0; i < limits.workConcurrency; i++) await order(world, hanging)
    new Worker(world, [hanging], { leaseMs: 3_000, pollMs: 600_000 }).start()
    await world.clock.advance(30_000)
    const rows = await world.store.query(workKind, { limit: 100 })
    expect(rows).toHaveLength(limits.workConcurrency)
    expect(rows.filter((row) => row.due <= world.clock.now())).toEqual([])
  })

  it('frees leases of ended processes at once when nobody else can have the store', async () => {
    const world = await setUp()
    const hanging = { name: 'p', steps: [step('a', () => new Promise<never>(() => undefined))] }
    await order(world, hanging)
    new Worker(world, [hanging], settings).start()
    await world.clock.advance(100)
    expect(await freeLeases(world)).toBe(1)
    expect(await world.store.query(workKind, { limit: 1 })).toMatchObject([{ owner: null }])
  })
})

async function stop(worker: Worker, world: World): Promise<void> {
  const stopped = worker.stop()
  await world.clock.advance(1)
  await stopped
}
