import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

describe('C5: rescued servers', () => {
  it('C5: run from an image beside their own disk, and from that again', async () => {
    const id = await world.create()
    const ids = [id]
    const imageId = await world.image('rescue')
    const { servers } = world.acme
    await world.act(servers.rescue({ ids, imageId }), id, 'RESCUE')
    expect(await world.guest(id)).toMatchObject({
      power: 'running',
      imageId: world.imageId,
      rescueImageId: imageId,
      builds: 1,
    })
    await world.act(servers.unrescue({ ids }), id, 'ACTIVE')
    expect(await world.guest(id)).toMatchObject({ power: 'running', builds: 1 })
    expect((await world.guest(id))?.rescueImageId).toBeUndefined()
  })

  it('C5: many at once, each from the image it was made from', async () => {
    const ids = await world.createMany(5)
    const { servers } = world.acme
    await servers.stop({ ids })
    await world.settle()
    await servers.rescue({ ids })
    await world.settle()
    expect(new Set(await world.statuses(ids))).toEqual(new Set(['RESCUE']))
    expect((await world.guest(ids[0] as string))?.rescueImageId).toBe(world.imageId)
    await servers.delete({ ids })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
  })

  it('C5: are made again, rescued still, when their guest is lost', async () => {
    const id = await world.create()
    await world.act(world.acme.servers.rescue({ ids: [id] }), id, 'RESCUE')
    const { hostId, generation } = await world.row(id)
    world.fleet.adopt([
      { serverId: id, hostId, power: 'absent', generation: generation + 0.5, boots: 0, builds: 0 },
    ])
    await world.reconcile()
    await world.settle()
    expect(await world.status(id)).toBe('RESCUE')
    expect((await world.guest(id))?.rescueImageId).toBe(world.imageId)
  })

  it('C5: run from their own disk when an operator says that they are active', async () => {
    const id = await world.create()
    await world.act(world.acme.servers.rescue({ ids: [id] }), id, 'RESCUE')
    await world.cloud.system.servers.resetState({ ids: [id], state: 'active' })
    await world.reconcile()
    await world.settle()
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.guest(id))?.rescueImageId).toBeUndefined()
  })

  it('C2: take the end of the rescue and deletion only', async () => {
    const id = await world.create()
    const ids = [id]
    const { servers } = world.acme
    await expect(servers.unrescue({ ids })).rejects.toMatchObject({ code: 'conflict' })
    await world.act(servers.rescue({ ids }), id, 'RESCUE')
    for (const call of [
      () => servers.rescue({ ids }),
      () => servers.pause({ ids }),
      () => servers.suspend({ ids }),
      () => servers.stop({ ids }),
      () => servers.reboot({ ids }),
      () => servers.rebootHard({ ids }),
      () => servers.rebuild({ ids, imageId: world.imageId }),
      () => servers.resize({ id, flavorId: world.largeId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'conflict' })
    }
    await servers.delete({ ids })
    await world.settle()
  })

  it('C5: are not begun from an image that is absent, or gone', async () => {
    const id = await world.create()
    const { servers, images } = world.acme
    await expect(servers.rescue({ ids: [id], imageId: 'none' })).rejects.toMatchObject({
      code: 'notFound',
      field: 'imageId',
    })
    await images.delete({ id: world.imageId })
    await world.settle()
    await expect(servers.rescue({ ids: [id] })).rejects.toMatchObject({
      code: 'conflict',
      field: 'imageId',
    })
    expect(await world.status(id)).toBe('ACTIVE')
  })
})
