import { afterEach, describe, expect, it } from 'vitest'
import { advanceUntil } from '../support/fixed.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

afterEach(async () => {
  await world.end()
})

describe('C14: hosts that fail to build', () => {
  it('are left for another host, and nothing stays on them', async () => {
    world = await LifecycleWorld.open()
    world.fleet.failNext('otherHost', { times: 20 })
    const ids = await world.createMany(20)
    for (const id of ids) {
      const server = await world.row(id)
      expect(server.failedHostIds).toHaveLength(1)
      expect(server.failedHostIds).not.toContain(server.hostId)
      // A late order to the first host must be told from those to the next.
      expect(server.generation).toBe(2)
      expect((await world.guest(id))?.power).toBe('running')
    }
    expect(world.fleet.guests).toBe(20)
  })

  it('three times end a server in ERROR that says why, and can be deleted', async () => {
    world = await LifecycleWorld.open()
    world.fleet.failNext('otherHost', { times: 3 })
    const batch = await world.begin(1)
    const result = await advanceUntil(world.clock, batch.done())
    expect(result).toMatchObject({ active: 0, error: 1, pending: 0 })
    const [server] = result.servers
    expect(server).toMatchObject({ status: 'ERROR', fault: expect.stringContaining('refused') })
    expect((await world.row(server?.id as string)).failedHostIds).toHaveLength(2)
    await world.acme.servers.delete({ batchId: batch.id })
    await world.settle()
    expect(await world.used()).toEqual({ instances: 0, cores: 0, ram: 0, ports: 0 })
    expect(world.network.ports).toBe(0)
  })

  it('end in ERROR when no other host is left', async () => {
    world = await LifecycleWorld.open({ hosts: 2 })
    world.fleet.failNext('otherHost', { times: 2 })
    const batch = await world.begin(1)
    const result = await advanceUntil(world.clock, batch.done())
    expect(result.servers[0]?.fault).toMatch(/no other host/)
  })

  it('keep a group apart when they send its members elsewhere', async () => {
    world = await LifecycleWorld.open({ hosts: 8 })
    const { id: groupId } = await world.acme.serverGroups.create({
      name: 'apart',
      policy: 'anti-affinity',
    })
    world.fleet.failNext('otherHost', { times: 4 })
    const ids = await world.createMany(4, { groupId })
    const hostIds = await Promise.all(ids.map(async (id) => (await world.row(id)).hostId))
    expect(new Set(hostIds).size).toBe(4)
  })

  it('but may succeed on the same host are asked again there', async () => {
    world = await LifecycleWorld.open()
    world.fleet.failNext('sameHost', { times: 30 })
    const ids = await world.createMany(10)
    for (const id of ids) expect((await world.row(id)).failedHostIds).toEqual([])
  })

  it('that refuse for good end it at once', async () => {
    world = await LifecycleWorld.open()
    world.fleet.failNext('refuse', { times: 1 })
    const batch = await world.begin(5)
    const result = await advanceUntil(world.clock, batch.done())
    expect(result).toMatchObject({ active: 4, error: 1 })
  })

  it('for ever reach the deadline: ERROR, then deletable once the host is back', async () => {
    world = await LifecycleWorld.open()
    // Four attempts of 30 s for each of both, and one for each deletion.
    world.fleet.failNext('hang', { times: 10 })
    const batch = await world.begin(2)
    const result = await advanceUntil(world.clock, batch.done(), { stepMs: 1_000 })
    expect(result).toMatchObject({ active: 0, error: 2 })
    expect(world.clock.now()).toBeGreaterThanOrEqual(batchDeadline())
    for (const { fault } of result.servers) expect(fault).toMatch(/did not finish in time/)
    for (const { id } of result.servers) {
      await expect(world.acme.servers.start({ ids: [id] })).rejects.toMatchObject({
        code: 'conflict',
      })
    }
    await world.acme.servers.delete({ batchId: batch.id })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
  })

  it('until a deletion is given up leave a server that can only be deleted', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    world.fleet.failNext('hang', { times: 5 })
    const { servers } = world.acme
    await servers.delete({ ids: [id] })
    await world.settle()
    expect(await world.status(id)).toBe('ERROR')
    // What is left of its guest nobody knows: nothing may bring it back.
    const refused = { code: 'conflict', field: 'ids' }
    await expect(servers.stop({ ids: [id] })).rejects.toMatchObject(refused)
    await expect(servers.rebootHard({ ids: [id] })).rejects.toMatchObject(refused)
    const { imageId } = world
    await expect(servers.rebuild({ ids: [id], imageId })).rejects.toMatchObject(refused)
    await servers.delete({ ids: [id] })
    await world.settle()
    expect(await world.acme.servers.count({})).toEqual({ count: 0 })
    expect(world.fleet.guests).toBe(0)
  })

  it('and lie about it leave no guest behind', async () => {
    world = await LifecycleWorld.open()
    world.fleet.failNext('falseAlarm', { times: 12 })
    const ids = await world.createMany(10)
    world.fleet.failNext('falseAlarm', { times: 5 })
    await world.acme.servers.delete({ ids })
    await world.settle()
    await world.reconcile()
    expect(world.fleet.guests).toBe(0)
    expect(world.network.ports).toBe(0)
  })

  it('by every kind of chance still leave every server final and none twice', async () => {
    world = await LifecycleWorld.open({
      hosts: 30,
      fleet: { failureRate: { apply: 0.2 }, limitMs: 2_000 },
    })
    for (let round = 0; round < 5; round++) {
      const batch = await world.begin(40)
      const result = await advanceUntil(world.clock, batch.done())
      expect(result.active + result.error).toBe(40)
      const active = result.servers.filter((server) => server.status === 'ACTIVE')
      const ids = active.slice(0, 10).map((server) => server.id)
      await world.acme.servers.stop({ ids })
      await world.settle()
      expect(world.fleet.runningTwice()).toEqual([])
      await deleteUntilGone(batch.id)
    }
    await world.reconcile()
    expect(await world.acme.servers.count({})).toEqual({ count: 0 })
    expect(world.fleet.guests).toBe(0)
    expect(world.network.ports).toBe(0)
    expect(await world.used()).toEqual({ instances: 0, cores: 0, ram: 0, ports: 0 })
  })
})

describe('N4: a network that fails', () => {
  it('delays servers, and never lets one run without its ports', async () => {
    world = await LifecycleWorld.open()
    world.network.failNext('sameHost', { times: 15 })
    const ids = await world.createMany(10)
    expect(world.network.ports).toBe(10)
    world.network.failNext('sameHost', { times: 15 })
    await world.acme.servers.delete({ ids })
    await world.settle()
    expect(world.network.ports).toBe(0)
  })

  it('for ever ends a build in ERROR, which can be deleted when it is back', async () => {
    world = await LifecycleWorld.open()
    // Attempts come at growing intervals of up to 30 s: some 13 fit into the deadline.
    world.network.failNext('sameHost', { times: 20 })
    const batch = await world.begin(1)
    const result = await advanceUntil(world.clock, batch.done())
    expect(result).toMatchObject({ error: 1 })
    expect(world.fleet.guests).toBe(0)
    await world.acme.servers.delete({ batchId: batch.id })
    await world.settle()
    expect(world.network.ports).toBe(0)
  })

  it('does not keep a server from being stopped', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    world.network.failNext('sameHost', { times: 1 })
    await world.act(world.acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await world.act(world.acme.servers.start({ ids: [id] }), id, 'ACTIVE')
  })
})

describe('X8: the reconciler', () => {
  it('builds again what a host lost', async () => {
    world = await LifecycleWorld.open()
    const ids = await world.createMany(10)
    const { hostId } = await world.row(ids[0] as string)
    world.fleet.crashHost(hostId)
    await world.reconcile()
    expect(await world.statuses(ids)).toEqual(Array<string>(10).fill('ACTIVE'))
    world.fleet.restoreHost(hostId)
    await world.reconcile()
    // Power was lost: the guests are there, and stopped; the cloud says so.
    const stopped = await world.statuses(ids)
    expect(stopped.filter((status) => status === 'SHUTOFF').length).toBeGreaterThan(0)
    await world.acme.servers.start({ ids: ids.filter((_, i) => stopped[i] === 'SHUTOFF') })
    await world.settle()
    expect(await world.statuses(ids)).toEqual(Array<string>(10).fill('ACTIVE'))
  })

  it('builds again a guest that vanished', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    await world.destroyBehindItsBack(id)
    expect(await world.guest(id)).toBeUndefined()
    await world.reconcile()
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.guest(id))?.power).toBe('running')
  })

  it('records a guest that shut itself down, and starts it when asked', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    world.fleet.stopGuest(id, (await world.row(id)).hostId)
    await world.reconcile()
    expect(await world.status(id)).toBe('SHUTOFF')
    await world.act(world.acme.servers.start({ ids: [id] }), id, 'ACTIVE')
  })

  it('destroys guests that are nobody’s, and no others', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { hostId } = await world.row(id)
    const orphan = { power: 'running', generation: 3, boots: 0, builds: 1 } as const
    const elsewhere = world.hostIds.find((one) => one !== hostId) as string
    world.fleet.adopt([
      { ...orphan, serverId: 'nobody', hostId },
      // The server is known, but not there.
      { ...orphan, serverId: id, hostId: elsewhere, generation: 1, power: 'stopped' },
    ])
    await world.reconcile()
    expect(world.fleet.guest('nobody', hostId)).toBeUndefined()
    expect(world.fleet.guest(id, elsewhere)).toBeUndefined()
    expect((await world.guest(id))?.power).toBe('running')
  })

  it('leaves alone what is being moved, resized or deleted', async () => {
    world = await LifecycleWorld.open()
    const ids = await world.createMany(6)
    const { servers } = world.acme
    world.fleet.failNext('otherHost', { times: 2 })
    await world.begin(2)
    // Their hosts are asked; from here on nothing else fails.
    await world.clock.advance(5)
    const { hostId } = await world.row(ids[0] as string)
    await world.cloud.system.hosts.update({ id: hostId, enabled: false })
    await servers.resize({ id: ids[0] as string, flavorId: world.largeId })
    await servers.delete({ ids: [ids[1] as string] })
    await servers.stop({ ids: [ids[2] as string] })
    for (let i = 0; i < 20; i++) {
      await advanceUntil(world.clock, world.cloud.reconcile(), { stepMs: 3 })
      await world.clock.advance(7)
    }
    await world.settle()
    expect(await world.status(ids[0] as string)).toBe('VERIFY_RESIZE')
    expect(await world.status(ids[2] as string)).toBe('SHUTOFF')
    expect(await world.acme.servers.count({})).toEqual({ count: 7 })
  })
})

function batchDeadline(): number {
  return Date.UTC(2030, 0, 1) + world.deadlineMs
}

/** Deletions may end in ERROR when a host says no for good: they can be asked for again. */
async function deleteUntilGone(batchId: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const { count } = await world.acme.servers.delete({ batchId })
    if (count === 0) return
    await world.settle()
  }
  throw new Error('not deleted after 20 tries')
}
