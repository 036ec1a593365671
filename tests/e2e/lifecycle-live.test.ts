import { allocationKind } from '@nephos/core'
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

function migrate(id: string, hostId?: string): Promise<unknown> {
  return world.cloud.system.servers.liveMigrate({ id, ...(hostId !== undefined && { hostId }) })
}

describe('C6: live migration', () => {
  it('moves a guest that runs, and leaves nothing where it was', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const { built, restarted } = world.fleet.stats
    await world.act(migrate(id), id, 'ACTIVE')
    const now = await world.row(id)
    expect(now.hostId).not.toBe(hostId)
    expect(now).toMatchObject({ resize: null, task: null, fault: null })
    expect(await allocationsOf(id)).toEqual([now.hostId])
    expect(world.fleet.guest(id, hostId)).toBeUndefined()
    expect(world.fleet.guest(id, now.hostId)?.power).toBe('running')
    // It came with its memory and disk: nobody made it anew.
    expect(world.fleet.stats).toMatchObject({ built, restarted })
    expect(await world.used()).toMatchObject({ instances: 1, cores: 1, ram: 1_024 })
    expect(await world.cloud.audit()).toEqual([])
  })

  it('of a paused guest leaves it paused', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    await world.act(world.acme.servers.pause({ ids: [id] }), id, 'PAUSED')
    await world.act(migrate(id), id, 'PAUSED')
    const { hostId } = await world.row(id)
    expect(world.fleet.guest(id, hostId)?.power).toBe('paused')
  })

  it('that the host refuses leaves the server running where it was', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    const { hostId } = await world.row(id)
    const target = world.hostIds.findLast((one) => one !== hostId) as string
    world.fleet.failNext('otherHost', { times: 1 })
    await world.act(migrate(id, target), id, 'ACTIVE')
    const row = await world.row(id)
    expect(row).toMatchObject({ hostId, resize: null, fault: null })
    expect(row.actions.at(-1)).toMatchObject({ action: 'liveMigrate', failure: expect.any(String) })
    expect(world.fleet.guest(id, hostId)?.power).toBe('running')
    expect(world.fleet.guest(id, target)).toBeUndefined()
    expect(await allocationsOf(id)).toEqual([hostId])
  })

  it('of what does not execute is refused', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    await world.act(world.acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await expect(migrate(id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('takes the steps of a plan that empties a host', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const ids = [await world.create(), await world.create(), await world.create()]
    const { hostId } = await world.row(ids[0] as string)
    const { moves, stuck } = await world.cloud.hosts.drain(hostId)
    expect(moves.length).toBeGreaterThan(0)
    expect(stuck).toEqual([])
    for (const { serverId, toHostId } of moves) {
      await world.act(migrate(serverId, toHostId), serverId, 'ACTIVE')
      expect((await world.row(serverId)).hostId).toBe(toHostId)
    }
    expect(await world.cloud.hosts.drain(hostId)).toMatchObject({ moves: [], stuck: [] })
    expect(await world.cloud.audit()).toEqual([])
  })

  it('overtaken by a deletion leaves nothing on either host', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const id = await world.create()
    await advanceUntil(world.clock, migrate(id))
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    expect(await allocationsOf(id)).toEqual([])
    expect(world.fleet.guests).toBe(0)
    expect(await world.cloud.audit()).toEqual([])
  })
})
