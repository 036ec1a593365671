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
  return rows.filter((row) => row.deviceId === id).map((row) => [row.id, row.mac])
}

function migrate(id: string, hostId?: string): Promise<unknown> {
  return world.cloud.system.servers.migrate({ id, ...(hostId !== undefined && { hostId }) })
}

describe('C6: cold migration', () => {
  it('leaves no allocation and no guest on the source once it is confirmed', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    await world.act(migrate(id), id, 'VERIFY_RESIZE')
    const now = await world.row(id)
    expect(now.hostId).not.toBe(hostId)
    expect(now.flavor.id).toBe(world.smallId)
    expect((await allocationsOf(id)).sort()).toEqual([hostId, now.hostId].sort())
    expect(world.fleet.guest(id, hostId)?.power).toBe('stopped')
    expect(world.fleet.guest(id, now.hostId)?.power).toBe('running')
    expect(await world.used()).toMatchObject({ instances: 1, cores: 1, ram: 1_024 })
    await world.act(world.acme.servers.confirmResize({ id }), id, 'ACTIVE')
    expect(world.fleet.guest(id, hostId)).toBeUndefined()
    expect(await allocationsOf(id)).toEqual([now.hostId])
    expect(await world.used()).toMatchObject({ instances: 1, cores: 1, ram: 1_024 })
  })

  it('that is reverted leaves nothing on the target, with the same ports', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const ports = await portsOf(id)
    expect(ports).toHaveLength(1)
    await world.act(migrate(id), id, 'VERIFY_RESIZE')
    const { hostId: other } = await world.row(id)
    expect(await portsOf(id)).toEqual(ports)
    await world.act(world.acme.servers.revertResize({ id }), id, 'ACTIVE')
    expect(await world.row(id)).toMatchObject({ hostId, resize: null })
    expect(world.fleet.guest(id, other)).toBeUndefined()
    expect(await portsOf(id)).toEqual(ports)
    expect(await allocationsOf(id)).toEqual([hostId])
  })

  it('goes to the host that is named, and not to its own', async () => {
    world = await LifecycleWorld.open({ hosts: 4 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const target = world.hostIds.findLast((one) => one !== hostId) as string
    const own = { code: 'invalid', field: 'hostId' }
    await expect(migrate(id, hostId)).rejects.toMatchObject(own)
    await expect(migrate(id, 'nowhere')).rejects.toMatchObject({ code: 'notFound' })
    await world.act(migrate(id, target), id, 'VERIFY_RESIZE')
    expect((await world.row(id)).hostId).toBe(target)
  })

  it('two at once claim room once', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const both = await advanceUntil(world.clock, Promise.allSettled([migrate(id), migrate(id)]))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await world.settle()
    expect(await allocationsOf(id)).toHaveLength(2)
    expect(await world.cloud.audit()).toEqual([])
  })

  it('without room elsewhere changes nothing', async () => {
    world = await LifecycleWorld.open({ hosts: 1 })
    const id = await world.create()
    const before = await world.row(id)
    await expect(migrate(id)).rejects.toMatchObject({ code: 'noValidHost' })
    expect(await world.row(id)).toEqual(before)
    expect(await allocationsOf(id)).toEqual([before.hostId])
  })

  it('deleted while it is open gives back both rooms', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    await world.act(migrate(id), id, 'VERIFY_RESIZE')
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    expect(await allocationsOf(id)).toEqual([])
    expect(world.fleet.guests).toBe(0)
  })
})
