import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../support/world.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

afterEach(async () => {
  await world.end()
})

function records(serverId: string) {
  return collect(world.cloud.system.servers.migrations({ serverId }))
}

async function hostName(hostId: string): Promise<string> {
  const [host] = await world.cloud.system.hosts.get({ ids: [hostId] })
  return host?.name ?? ''
}

describe('C6: records of migrations', () => {
  it('follow a cold migration until it is confirmed', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const fromHost = await hostName((await world.row(id)).hostId)
    await world.act(world.cloud.system.servers.migrate({ id }), id, 'VERIFY_RESIZE')
    const toHost = await hostName((await world.row(id)).hostId)
    const open = { type: 'migration', status: 'finished', fromHost, toHost, endedAt: null }
    expect(await records(id)).toMatchObject([open])
    expect(await world.cloud.audit()).toEqual([])
    await world.act(world.acme.servers.confirmResize({ id }), id, 'ACTIVE')
    const [ended] = await records(id)
    expect(ended).toMatchObject({ status: 'confirmed', fromHost, toHost })
    expect(ended?.endedAt).toBe(ended?.updatedAt)
    expect(await world.row(id)).not.toHaveProperty('migrationId')
    expect(await world.cloud.audit()).toEqual([])
  })

  it('say that a resize was reverted, or confirmed by a deletion', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const resize = () => world.acme.servers.resize({ id, flavorId: world.largeId })
    await world.act(resize(), id, 'VERIFY_RESIZE')
    await world.act(world.acme.servers.revertResize({ id }), id, 'ACTIVE')
    const flavors = { fromFlavorId: world.smallId, toFlavorId: world.largeId, type: 'resize' }
    expect(await records(id)).toMatchObject([{ ...flavors, status: 'reverted' }])
    await world.act(resize(), id, 'VERIFY_RESIZE')
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    // Newest first.
    expect(await records(id)).toMatchObject([{ status: 'confirmed' }, { status: 'reverted' }])
    expect(await world.cloud.audit()).toEqual([])
  })

  it('say how live migrations and evacuations ended', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const { servers, hosts } = world.cloud.system
    const id = await world.create()
    await world.act(servers.liveMigrate({ id }), id, 'ACTIVE')
    world.fleet.failNext('otherHost', { times: 1 })
    await world.act(servers.liveMigrate({ id }), id, 'ACTIVE')
    const { hostId } = await world.row(id)
    world.fleet.crashHost(hostId)
    await hosts.update({ id: hostId, forcedDown: true })
    await world.act(servers.evacuate({ id }), id, 'ACTIVE')
    const ends = (await records(id)).map(({ type, status }) => [type, status])
    expect(ends).toEqual([
      ['evacuation', 'done'],
      ['live-migration', 'error'],
      ['live-migration', 'completed'],
    ])
    const left = { fromHost: await hostName(hostId), status: 'done' as const }
    expect(await collect(servers.migrations(left))).toHaveLength(1)
    expect(await collect(servers.migrations({ ...left, status: 'failed' }))).toEqual([])
    expect(await world.cloud.audit()).toEqual([])
  })

  it('of evacuations that are given up are ended by the reset of the state', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const { servers, hosts } = world.cloud.system
    const id = await world.create()
    const { hostId } = await world.row(id)
    world.fleet.crashHost(hostId)
    await hosts.update({ id: hostId, forcedDown: true })
    await servers.evacuate({ id })
    expect(await collect(servers.migrations({ serverId: id }))).toMatchObject([
      { type: 'evacuation', status: 'pre-migrating', endedAt: null },
    ])
    await servers.resetState({ ids: [id], state: 'error' })
    const [row] = await collect(servers.migrations({ serverId: id }))
    expect(row).toMatchObject({ status: 'failed', endedAt: world.clock.now() })
    expect(await world.row(id)).not.toHaveProperty('migrationId')
    expect(await world.cloud.audit()).toEqual([])
  })
})
