import { hostCreate, hostGet, serverBatchProgress, serverKind, workKind } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { openWorld, World } from '../../src/index.ts'
import { launch, operator, shop } from './shop.ts'

const processes = {
  'api-1': 'api',
  'api-2': 'api',
  'worker-1': 'worker',
  'worker-2': 'worker',
} as const
const settings = { leaseMs: 60_000, pollMs: 30_000, reconcileMs: 60_000 }

async function open(seed: number): Promise<World> {
  return openWorld({ seed, processes, settings })
}

describe('a world', () => {
  it('does the same for the same seed, and something else for another', async () => {
    const once = async (seed: number): Promise<string> => {
      const world = await open(seed)
      const goods = await shop(world, 'api-1')
      await world.run(() => launch(world.process('api-2'), goods))
      await world.advance('10m')
      return world.hash
    }
    const first = await once(1)
    expect(await once(1)).toBe(first)
    expect(await once(2)).not.toBe(first)
  })

  it('finishes what was accepted by a process that died', async () => {
    const world = await open(3)
    const goods = await shop(world, 'api-1')
    const batch = await world.run(() => launch(world.process('api-1'), goods, 8))
    world.crash('api-1')
    world.crash('worker-1')
    await world.advance('5m')
    const progress = await world.run(() =>
      world.process('api-2').invoke(goods.member, serverBatchProgress, { id: batch.id }),
    )
    expect(progress).toMatchObject({ count: 8, active: 8 })
    expect(await world.audit()).toEqual([])
  })

  it('never settles what a dead process waits for', async () => {
    const world = await open(4)
    const goods = await shop(world, 'api-1')
    let settled = false
    const settle = (): void => {
      settled = true
    }
    launch(world.process('api-1'), goods).then(settle, settle)
    await world.advance(1)
    world.crash('api-1')
    await world.advance('1h')
    expect(settled).toBe(false)
    expect(() => world.process('api-1')).toThrow(/not running/)
    world.restart('api-1')
    await world.advance('1s')
    expect(world.process('api-1')).toBeDefined()
  })

  it('tells a caller who is cut off that the outcome is unknown', async () => {
    const world = await open(5)
    const goods = await shop(world, 'api-1')
    world.ground.links.cutOneWay('store', 'api-1')
    const lost = world.run(() => launch(world.process('api-1'), goods))
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' })
    world.heal()
    await world.advance('5m')
    expect(await world.audit()).toEqual([])
  })

  it('refuses what a process that slept through its lease writes afterwards', async () => {
    const world = await open(6)
    const goods = await shop(world, 'api-1')
    const order = world.run(() => launch(world.process('api-1'), goods, 3))
    await order
    const owner = async (): Promise<string | null | undefined> =>
      (await world.store.truth.query(workKind, { limit: 1 }))[0]?.owner
    for (let i = 0; i < 200 && (await owner()) == null; i++) await world.advance(1)
    // Whichever worker holds the row falls asleep for longer than its lease.
    const asleep: string[] = []
    for (const name of ['worker-1', 'worker-2']) {
      if (world.process(name).kernel.committer.origin === (await owner())) asleep.push(name)
    }
    expect(asleep).toHaveLength(1)
    world.pause(asleep[0] as string)
    await world.advance('10m')
    expect(await world.store.truth.count(workKind, {})).toBe(0)
    world.resume(asleep[0] as string)
    await world.advance('10m')
    const servers = await world.store.truth.query(serverKind, { limit: 10 })
    expect(servers.map(({ vmState, task }) => [vmState, task])).toEqual(
      servers.map(() => ['active', null]),
    )
    expect(world.hosts.runningTwice()).toEqual([])
    expect(await world.audit()).toEqual([])
  })

  it('kills processes in mid-write, and what they had sent arrives or not', async () => {
    const world = new World({ seed: 5, processes, settings, faults: { crashMidWrite: 0.1 } })
    await world.start()
    const goods = await shop(world, 'api-1')
    world.ground.faults.begin()
    for (let i = 0; i < 30; i++) {
      const plane = world.member('api-1').plane ?? world.member('api-2').plane
      if (plane) launch(plane, goods, 2).catch(() => undefined)
      await world.advance('1m')
    }
    const { probes, faults } = world.ground
    const deaths = faults.strikes.length
    expect(deaths).toBeGreaterThan(10)
    expect(probes.get('a process crashed')).toBeGreaterThan(10)
    const heard = probes.get('a dead process is still heard') ?? 0
    expect(heard).toBeGreaterThan(2)
    expect(heard).toBeLessThan(deaths)
    faults.end()
    await world.advance('1h')
    for (const { plane } of world.members) expect(plane).toBeDefined()
    expect(await world.store.truth.count(workKind, {})).toBe(0)
    expect(await world.audit()).toEqual([])
  })

  it('lets an embedder put ports of its own into a process', async () => {
    const asked: string[] = []
    const world = await openWorld({
      seed: 7,
      processes: { one: 'all' },
      ports: (ports, process) => ({
        ...ports,
        bus: {
          ...ports.bus,
          messages: 0,
          subscribe: (topic, ring) => ports.bus.subscribe(topic, ring),
          close: () => ports.bus.close(),
          publish: (topics) => {
            asked.push(`${process}: ${topics.join(' ')}`)
            return ports.bus.publish(topics)
          },
        },
      }),
    })
    const goods = await world.run(() => Promise.resolve(world.process('one')))
    expect(goods).toBeDefined()
    await world.run(() =>
      world.process('one').invoke(operator, hostCreate, {
        hosts: [{ name: 'h', zone: 'z', inventory: { VCPU: 1, MEMORY_MB: 1, DISK_GB: 1 } }],
      }),
    )
    await world.run(() =>
      launch(world.process('one'), { member: operator, flavorId: 'f', imageId: 'i' }).catch(
        () => undefined,
      ),
    )
    expect(asked.every((line) => line.startsWith('one: '))).toBe(true)
  })

  it('skips time, and says so when nothing can come of waiting', async () => {
    const world = await open(8)
    const before = world.now
    await world.advance('1.5h')
    expect(world.now - before).toBe(5_400_000)
    await expect(world.advance('soon' as never)).rejects.toMatchObject({ field: 'duration' })
    const never = new Promise(() => undefined)
    await expect(world.until(() => false, '10m')).rejects.toThrow(/the time is over/)
    for (const { name } of world.members) world.crash(name)
    await expect(world.run(() => never)).rejects.toThrow(/nothing is left to happen/)
  })

  it('passes on what the cloud refuses', async () => {
    const world = await open(9)
    const api = world.process('api-1')
    await expect(
      world.run(() => api.invoke(operator, hostGet, { ids: ['no'] })),
    ).rejects.toMatchObject({
      code: 'notFound',
    })
  })
})
