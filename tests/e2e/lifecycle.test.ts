import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

describe('C4, C5: actions on servers', () => {
  it('stop, start, pause, unpause and reboot a guest', async () => {
    const id = await world.create()
    const { servers } = world.acme
    await world.act(servers.stop({ ids: [id] }), id, 'SHUTOFF')
    expect((await world.guest(id))?.power).toBe('stopped')
    await world.act(servers.start({ ids: [id] }), id, 'ACTIVE')
    expect((await world.guest(id))?.power).toBe('running')
    await world.act(servers.pause({ ids: [id] }), id, 'PAUSED')
    expect((await world.guest(id))?.power).toBe('paused')
    await world.act(servers.unpause({ ids: [id] }), id, 'ACTIVE')
    await world.act(servers.reboot({ ids: [id] }), id, 'ACTIVE')
    expect((await world.guest(id))?.boots).toBe(1)
    await world.act(servers.rebootHard({ ids: [id] }), id, 'ACTIVE')
    expect((await world.guest(id))?.boots).toBe(2)
    const history = await servers.actions({ id })
    expect(history.map((one) => one.action)).toEqual([
      'create',
      'stop',
      'start',
      'pause',
      'unpause',
      'reboot',
      'rebootHard',
    ])
  })

  it('raise the generation, so that late orders are told from new ones', async () => {
    const id = await world.create()
    const { generation } = await world.row(id)
    await world.act(world.acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await world.act(world.acme.servers.start({ ids: [id] }), id, 'ACTIVE')
    expect((await world.row(id)).generation).toBe(generation + 2)
    expect((await world.guest(id))?.generation).toBe(generation + 2)
  })

  it('leave room in a group for those that come after a deleted one', async () => {
    const { id: groupId } = await world.acme.serverGroups.create({
      name: 'apart',
      policy: 'anti-affinity',
    })
    const ids = await world.createMany(world.hostIds.length, { groupId })
    await world.acme.servers.delete({ ids: [ids[0] as string] })
    await world.settle()
    await world.createMany(1, { groupId })
  })

  it('rebuild a guest from another image, in place', async () => {
    const id = await world.create()
    const before = await world.row(id)
    const imageId = await world.image('other')
    await world.act(world.acme.servers.rebuild({ ids: [id], imageId }), id, 'ACTIVE')
    expect(await world.guest(id)).toMatchObject({ builds: 2, imageId, hostId: before.hostId })
    await world.act(world.acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await world.act(world.acme.servers.rebuild({ ids: [id], imageId }), id, 'SHUTOFF')
  })

  it('are refused in states that forbid them, and leave the server as it was', async () => {
    const id = await world.create()
    const { servers } = world.acme
    const before = await world.row(id)
    const ids = [id]
    const refused = [
      () => servers.start({ ids }),
      () => servers.unpause({ ids }),
      () => servers.confirmResize({ id }),
      () => servers.revertResize({ id }),
    ]
    for (const call of refused) await expect(call()).rejects.toMatchObject({ code: 'conflict' })
    await world.act(servers.pause({ ids }), id, 'PAUSED')
    for (const call of [
      () => servers.pause({ ids }),
      () => servers.stop({ ids }),
      () => servers.reboot({ ids }),
      () => servers.resize({ id, flavorId: world.largeId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'conflict' })
    }
    await world.act(servers.unpause({ ids }), id, 'ACTIVE')
    expect((await world.row(id)).hostId).toBe(before.hostId)
  })

  it('refuse the whole list when one server forbids it', async () => {
    const ids = await world.createMany(3)
    await world.act(
      world.acme.servers.stop({ ids: [ids[1] as string] }),
      ids[1] as string,
      'SHUTOFF',
    )
    await expect(world.acme.servers.stop({ ids })).rejects.toMatchObject({ code: 'conflict' })
    expect(await world.statuses(ids)).toEqual(['ACTIVE', 'SHUTOFF', 'ACTIVE'])
  })

  it('are refused on a locked server, also its deletion', async () => {
    const id = await world.create()
    await world.lock(id, true)
    for (const call of [
      () => world.member.servers.stop({ ids: [id] }),
      () => world.member.servers.delete({ ids: [id] }),
      () => world.member.servers.resize({ id, flavorId: world.largeId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(await world.status(id)).toBe('ACTIVE')
    await world.lock(id, false)
    await world.act(world.member.servers.stop({ ids: [id] }), id, 'SHUTOFF')
  })

  it('are refused while another is under way; a deletion is not', async () => {
    const id = await world.create()
    world.slow(id)
    await world.acme.servers.stop({ ids: [id] })
    await expect(world.acme.servers.start({ ids: [id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    expect(await world.row(id).catch(() => null)).toBeNull()
    expect(world.fleet.guests).toBe(0)
  })
})

describe('C1: deletion', () => {
  it('frees everything, of one server and of many', async () => {
    const ids = await world.createMany(50)
    await world.acme.servers.delete({ ids: ids.slice(0, 20) })
    await world.settle()
    expect(await world.acme.servers.count({})).toEqual({ count: 30 })
    await world.acme.servers.delete({ ids: ids.slice(20) })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
    expect(world.network.ports).toBe(0)
    expect(await world.used()).toEqual({ instances: 0, cores: 0, ram: 0, ports: 0 })
  })

  it('overtakes a build that is under way', async () => {
    const batch = await world.begin(30)
    await world.clock.advance(10)
    expect(world.fleet.guests).toBe(0)
    await world.acme.servers.delete({ batchId: batch.id })
    await world.settle()
    expect(await world.acme.servers.count({})).toEqual({ count: 0 })
    expect(world.fleet.guests).toBe(0)
    expect(world.network.ports).toBe(0)
    const progress = await world.progress(batch.id)
    expect(progress).toMatchObject({ pending: 0, deleted: 30 })
  })

  it('asked again while it runs is a conflict; a forced one is not', async () => {
    const id = await world.create()
    world.slow(id)
    await world.acme.servers.delete({ ids: [id] })
    await expect(world.acme.servers.delete({ ids: [id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await world.acme.servers.forceDelete({ ids: [id] })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
  })

  it('of a server that never existed, or no longer does, is not found', async () => {
    const id = await world.create()
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    await expect(world.acme.servers.delete({ ids: [id] })).rejects.toMatchObject({
      code: 'notFound',
      field: 'ids',
    })
  })

  it('outlives the deadline of the action that it overtook', async () => {
    const id = await world.create()
    const { hostId } = await world.row(id)
    world.fleet.crashHost(hostId)
    await world.acme.servers.stop({ ids: [id] })
    await world.clock.advance(world.deadlineMs - 1_000)
    await world.acme.servers.delete({ ids: [id] })
    await world.clock.advance(world.deadlineMs / 2)
    expect((await world.row(id)).task).toBe('deleting')
    world.fleet.restoreHost(hostId)
    await world.settle()
    expect(await world.acme.servers.count({})).toEqual({ count: 0 })
  })
})
