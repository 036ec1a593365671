import { allocationKind, portKind } from '@nephos/core'
import { afterEach, describe, expect, it } from 'vitest'
import { advanceUntil } from '../support/fixed.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

afterEach(async () => {
  await world.end()
})

async function allocationsOf(id: string): Promise<string[]> {
  const rows = await world.store.query(allocationKind, { limit: 100 })
  return rows.filter((row) => row.id.startsWith(id)).map((row) => row.hostId)
}

async function portsOf(id: string): Promise<unknown[]> {
  const rows = await world.store.query(portKind, { limit: 100 })
  return rows.filter((row) => row.deviceId === id).map((row) => [row.id, row.mac, row.hostId])
}

function evacuate(id: string, hostId?: string): Promise<unknown> {
  return world.cloud.system.servers.evacuate({ id, ...(hostId !== undefined && { hostId }) })
}

/** Power fails, and an operator says so. */
async function lose(hostId: string): Promise<void> {
  world.fleet.crashHost(hostId)
  await world.cloud.system.hosts.update({ id: hostId, forcedDown: true })
}

describe('C6: evacuation', () => {
  it('builds a server elsewhere, with its ports, and frees its old room', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const [port] = (await portsOf(id)) as [string, string, string][]
    await lose(hostId)
    await world.act(evacuate(id), id, 'ACTIVE')
    const now = await world.row(id)
    expect(now.hostId).not.toBe(hostId)
    expect(now).toMatchObject({ task: null, fault: null, resize: null })
    expect(await allocationsOf(id)).toEqual([now.hostId])
    expect(await portsOf(id)).toEqual([[port?.[0], port?.[1], now.hostId]])
    expect(world.fleet.guest(id, now.hostId)?.power).toBe('running')
    expect(await world.used()).toMatchObject({ instances: 1, cores: 1, ram: 1_024 })
    expect(await world.cloud.audit()).toEqual([])
  })

  it('destroys what a host that comes back still has of it', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    await lose(hostId)
    await world.act(evacuate(id), id, 'ACTIVE')
    world.fleet.restoreHost(hostId)
    await world.cloud.system.hosts.update({ id: hostId, forcedDown: false })
    expect(world.fleet.guest(id, hostId)).toBeDefined()
    await advanceUntil(world.clock, world.cloud.reconcile())
    expect(world.fleet.guest(id, hostId)).toBeUndefined()
    expect(world.fleet.guest(id, (await world.row(id)).hostId)?.power).toBe('running')
    expect(world.fleet.runningTwice()).toEqual([])
  })

  it('leaves a server that was off, off', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    await world.act(world.acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await lose((await world.row(id)).hostId)
    await world.act(evacuate(id), id, 'SHUTOFF')
    expect(world.fleet.guest(id, (await world.row(id)).hostId)?.power).toBe('stopped')
  })

  it('is refused while the host is not said to be down, or without room elsewhere', async () => {
    world = await LifecycleWorld.open({ hosts: 1 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const refused = { code: 'conflict', field: 'hostId' }
    await expect(evacuate(id)).rejects.toMatchObject(refused)
    await lose(hostId)
    const own = { code: 'invalid', field: 'hostId' }
    await expect(evacuate(id, hostId)).rejects.toMatchObject(own)
    await expect(evacuate(id)).rejects.toMatchObject({ code: 'noValidHost' })
    expect(await allocationsOf(id)).toEqual([hostId])
  })

  it('no server is placed on a host that is down', async () => {
    world = await LifecycleWorld.open({ hosts: 2 })
    await lose(world.hostIds[0] as string)
    const id = await world.create()
    expect((await world.row(id)).hostId).toBe(world.hostIds[1])
  })
})
