import {
  hostCreate,
  hostDelete,
  idempotencyKind,
  projectEnsure,
  serverBatchProgress,
  userCreate,
  userGet,
  workKind,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../src/index.ts'
import { launch, operator, shop } from './shop.ts'

const settings = { leaseMs: 60_000, pollMs: 30_000, reconcileMs: 60_000 }
const dayMs = 24 * 3_600_000
const yearMs = 365 * dayMs

async function open(seed: number): Promise<World> {
  return openWorld({ seed, settings, processes: { api: 'api', worker: 'worker' } })
}

describe('a clock that is wrong', () => {
  it('does not put off what was accepted', async () => {
    const world = await open(1)
    const goods = await shop(world, 'api')
    // The network is told of the project's default group.
    await world.advance('1m')
    expect(await world.store.truth.count(workKind, {})).toBe(0)
    world.member('api').clock?.jump(yearMs)
    await world.run(() => launch(world.process('api'), goods))
    expect(await world.store.truth.count(workKind, {})).toBe(1)
    await world.advance('5m')
    expect(await world.store.truth.count(workKind, {})).toBe(0)
    expect(await world.audit()).toEqual([])
  })

  it('does not keep work from others when its process dies', async () => {
    const world = await openWorld({
      seed: 2,
      settings: { ...settings, buildDeadlineMs: 24 * dayMs },
      processes: { api: 'api', 'worker-1': 'worker' },
    })
    const goods = await shop(world, 'api')
    world.member('worker-1').clock?.jump(20 * dayMs)
    world.partition('worker-1', 'hosts')
    await world.run(() => launch(world.process('api'), goods))
    await world.advance('10s')
    const [row] = await world.store.truth.query(workKind, { limit: 1 })
    expect(row?.due).toBeGreaterThan(world.now + 10 * dayMs)
    world.heal()
    world.restart('worker-1')
    await world.advance('15m')
    expect(await world.store.truth.count(workKind, {})).toBe(0)
  })
})

describe('a clock that is behind', () => {
  it('does not take healthy work for forgotten work', async () => {
    const world = await openWorld({
      seed: 6,
      settings: { ...settings, leaseMs: 20_000 },
      processes: { api: 'api', 'worker-1': 'worker', 'worker-2': 'worker' },
      fleet: { latencyMs: { apply: 25_000 } },
    })
    const goods = await shop(world, 'api')
    world.member('worker-2').clock?.jump(-3_600_000)
    const batch = await world.run(() => launch(world.process('api'), goods))
    await world.advance('5m')
    const progress = await world.run(() =>
      world.process('api').invoke(goods.member, serverBatchProgress, { id: batch.id }),
    )
    expect(progress).toMatchObject({ count: 5, active: 5 })
    expect(world.ground.probes.get('work_recalled') ?? 0).toBe(0)
  })
})

describe('idempotency keys', () => {
  const key = { idempotencyKey: 'once' }
  const user = { name: 'ann', domainId: 'default' }
  const kept = (world: World): Promise<number> => world.store.truth.count(idempotencyKind, {})

  it('are forgotten after a day', async () => {
    const world = await open(3)
    await world.run(() => world.process('api').invoke(operator, userCreate, user, key))
    await world.advance('23h')
    expect(await kept(world)).toBe(1)
    await world.advance('3h')
    expect(await kept(world)).toBe(0)
  })

  it('are not forgotten because a clock runs ahead for a while', async () => {
    const world = await open(4)
    const first = await world.run(() =>
      world.process('api').invoke(operator, userCreate, user, key),
    )
    world.member('worker').clock?.jump(yearMs)
    await world.advance('30m')
    world.member('worker').clock?.set()
    await world.advance('2h')
    expect(await kept(world)).toBe(1)
    const again = await world.run(() =>
      world.process('api').invoke(operator, userCreate, user, key),
    )
    expect(again.id).toBe(first.id)
    const found = world.run(() => world.process('api').invoke(operator, userGet, { id: first.id }))
    await expect(found).resolves.toMatchObject({ name: 'ann' })
  })
})

it('an engine that proposes what does not exist is not believed', async () => {
  const world = await openWorld({
    seed: 5,
    settings,
    faults: { engineLies: 1 },
    processes: { api: 'api', worker: 'worker' },
  })
  const goods = await shop(world, 'api')
  for (let i = 0; i < 10; i++) {
    await world.run(() => launch(world.process('api'), goods).catch(() => undefined))
  }
  world.ground.faults.end()
  await world.advance('30m')
  expect(world.ground.probes.get('fault: engineLies')).toBeGreaterThan(5)
  expect(await world.audit()).toEqual([])
  await world.run(() => world.process('api').invoke(operator, projectEnsure, { name: 'other' }))
  const made = await world.run(() =>
    world.process('api').invoke(operator, hostCreate, {
      hosts: [{ name: 'spare', zone: 'z', inventory: { VCPU: 1, MEMORY_MB: 1, DISK_GB: 1 } }],
    }),
  )
  const [spare] = made.hosts
  await world.run(() =>
    world.process('api').invoke(operator, hostDelete, { ids: [spare?.id as string] }),
  )
})
