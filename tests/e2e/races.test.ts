import { CloudError, isCloudError, type Kind, memoryStore, type Store } from '@nephos/core'
import type { ServerBatch } from '@nephos/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addHosts, type Basics, basics, collect, openWorld, type World } from '../support/world.ts'

type Request = Parameters<Basics['acme']['servers']['create']>[0]

/** What may come of a request that races with others for what is scarce. */
const honest = new Set(['quotaExceeded', 'noValidHost', 'addressesExhausted', 'stale'])

async function outcomes(calls: readonly Promise<ServerBatch>[]): Promise<ServerBatch[]> {
  const settled = await Promise.allSettled(calls)
  const made: ServerBatch[] = []
  for (const one of settled) {
    if (one.status === 'fulfilled') made.push(one.value)
    else if (!isCloudError(one.reason) || !honest.has(one.reason.code)) throw one.reason
  }
  return made
}

function total(batches: readonly ServerBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.count, 0)
}

async function addressesOf(base: Basics): Promise<string[]> {
  const ports = await collect(base.acme.ports.list())
  return ports.flatMap((port) => port.fixedIps.map((fixed) => fixed.address))
}

async function expectSound(worlds: readonly World[], base: Basics): Promise<void> {
  const addresses = await addressesOf(base)
  expect(new Set(addresses).size).toBe(addresses.length)
  const macs = (await collect(base.acme.ports.list())).map((port) => port.mac)
  expect(new Set(macs).size).toBe(macs.length)
  for (const { cloud, fleet } of worlds) {
    expect(await cloud.audit()).toEqual([])
    expect(fleet.runningTwice()).toEqual([])
  }
}

/** A /19 has 8,189 addresses to give. */
async function network(base: Basics, cidr = '10.0.0.0/19'): Promise<string> {
  const { id } = await base.acme.networks.create({ name: 'net' })
  await base.acme.subnets.create({ networkId: id, cidr })
  return id
}

describe('C20: twenty requests for 500 at once', () => {
  const races: { name: string; hosts: number; cidr: string; quota?: number; most: number }[] = [
    { name: 'hosts', hosts: 60, cidr: '10.0.0.0/16', most: 3_500 },
    { name: 'quota', hosts: 100, cidr: '10.0.0.0/16', quota: 2_700, most: 2_500 },
    { name: 'addresses', hosts: 150, cidr: '10.0.0.0/21', most: 2_000 },
  ]
  for (const { name, hosts, cidr, quota, most } of races) {
    it(`never exceed what there is: ${name}`, async () => {
      const world = await openWorld({ work: false })
      await addHosts(world.cloud, hosts)
      const base = await basics(world.cloud)
      const networkId = await network(base, cidr)
      if (quota !== undefined) {
        const limits = { instances: quota }
        await world.cloud.system.quotas.set({ projectId: base.acme.id, limits })
      }
      const request: Request = {
        name: 'vm',
        imageId: base.imageId,
        flavorId: base.flavorId,
        minCount: 500,
        networks: [{ networkId }],
      }
      const made = await outcomes(
        Array.from({ length: 20 }, () => base.acme.servers.create(request)),
      )
      // Whoever came first got all; nobody was refused for the sake of one who was refused.
      expect(total(made)).toBe(most)
      expect(await base.acme.servers.count({})).toEqual({ count: most })
      // What those who were refused had reserved is free again.
      const limits = { instances: 20_000 }
      await world.cloud.system.quotas.set({ projectId: base.acme.id, limits })
      const left = hosts * 64 - most
      const rest = await base.acme.servers.create({ ...request, networks: [], minCount: left })
      expect(rest.count).toBe(left)
      await expectSound([world], base)
      await world.cloud.close()
    })
  }
})

/** Two processes on one store: each with its own engine, pools of addresses, and worker. */
async function pair(store: Store, work: boolean): Promise<[World, World]> {
  const options = { store: shared(store), work, settings: { pollMs: 20, reconcileMs: 50 } }
  const first = await openWorld({ ...options, seed: 1 })
  const second = await openWorld({ ...options, seed: 2, beside: first })
  return [first, second]
}

/** A store that two processes may hold: opened once, and closed by neither for the other. */
function shared(store: Store): Store {
  let opened: Promise<void> | undefined
  return new Proxy(store, {
    get(target, name) {
      if (name === 'open') return (kinds: readonly Kind[]) => (opened ??= target.open(kinds))
      if (name === 'close') return async () => undefined
      if (name === 'capabilities') return { ...target.capabilities, shared: true }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function race(
  worlds: readonly [World, World],
  base: Basics,
  sizes: readonly number[],
  more: Partial<Request>,
) {
  const projects = [await worlds[0].cloud.project('acme'), await worlds[1].cloud.project('acme')]
  const { imageId, flavorId } = base
  return outcomes(
    sizes.map((minCount, i) => {
      const project = projects[i % 2] as Basics['acme']
      return project.servers.create({ name: `b${i}`, imageId, flavorId, minCount, ...more })
    }),
  )
}

describe('C8, C20: two control planes on one store', () => {
  it('never overcommit hosts, whatever their engines believe', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 4, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (sizes, hosts, wantsNetwork) => {
          const worlds = await pair(memoryStore(), false)
          const [{ cloud }] = worlds
          await addHosts(cloud, hosts)
          const base = await basics(cloud)
          const networks = wantsNetwork ? [{ networkId: await network(base) }] : []
          await reloadEngines(worlds)
          const made = await race(worlds, base, sizes, { networks })
          expect(total(made)).toBeLessThanOrEqual(hosts * 64)
          expect(await base.acme.servers.count({})).toEqual({ count: total(made) })
          await expectSound(worlds, base)
          for (const world of worlds) await world.cloud.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('never give an address twice, and use every one', async () => {
    const worlds = await pair(memoryStore(), false)
    const [{ cloud }] = worlds
    await addHosts(cloud, 20)
    const base = await basics(cloud)
    const networkId = await network(base, '10.0.0.0/24')
    await reloadEngines(worlds)
    const sizes = Array<number>(30).fill(10)
    let made = await race(worlds, base, sizes, { networks: [{ networkId }] })
    // Those refused by a race (not by want) may ask again.
    for (let tries = 0; tries < 10 && total(made) < 250; tries++) {
      made = [...made, ...(await race(worlds, base, [10], { networks: [{ networkId }] }))]
    }
    expect(total(made)).toBe(250)
    await expectSound(worlds, base)
    for (const world of worlds) await world.cloud.close()
  })

  it('keep a group apart', async () => {
    const worlds = await pair(memoryStore(), false)
    const [{ cloud }] = worlds
    await addHosts(cloud, 12)
    const base = await basics(cloud)
    const { id: groupId } = await base.acme.serverGroups.create({
      name: 'apart',
      policy: 'anti-affinity',
    })
    await reloadEngines(worlds)
    const made = await race(worlds, base, [3, 3, 3, 3, 3, 3], { groupId })
    expect(total(made)).toBeLessThanOrEqual(12)
    expect(total(made)).toBeGreaterThan(0)
    await expectSound(worlds, base)
    for (const world of worlds) await world.cloud.close()
  })

  it('share the work: each server is built once, and deleted wholly', async () => {
    const worlds = await pair(memoryStore(), true)
    const [first, second] = worlds
    await addHosts(first.cloud, 30)
    const base = await basics(first.cloud)
    const networkId = await network(base)
    await reloadEngines(worlds)
    const made = await race(worlds, base, Array<number>(10).fill(40), { networks: [{ networkId }] })
    expect(total(made)).toBe(400)
    const other = await second.cloud.project('acme')
    for (const batch of made) {
      const result = await (await other.servers.batch(batch.id)).done()
      expect(result).toMatchObject({ active: 40, error: 0 })
    }
    await Promise.all(made.map((batch) => batch.delete()))
    await second.cloud.settle({ timeoutMs: 30_000 })
    expect(await other.servers.count({})).toEqual({ count: 0 })
    await expectSound(worlds, base)
    for (const world of worlds) await world.cloud.close()
  })
})

/** A process learns of hosts that another one made from the change feed, when it next reads it. */
async function reloadEngines(worlds: readonly World[]): Promise<void> {
  for (const { cloud } of worlds) await cloud.reconcile()
  const [first, second] = worlds.map(({ cloud }) => cloud.system.hosts.capacity({}))
  const counts = [await first, await second].map((capacity) => capacity?.hosts)
  if (counts[0] !== counts[1]) throw new CloudError('internal', `engines differ: ${counts.join()}`)
}
