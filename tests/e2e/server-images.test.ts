import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'
import { collect } from '../support/world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

describe('C4: images of servers', () => {
  it('C4: hold the bytes of the disk, and servers are made of them', async () => {
    const id = await world.create()
    const { servers, images } = world.acme
    const properties = { image_type: 'test', role: 'web' }
    const { imageId } = await servers.createImage({ id, name: 'snap', properties })
    await world.settle()
    const image = await images.get({ id: imageId })
    expect(image).toMatchObject({
      name: 'snap',
      status: 'active',
      visibility: 'private',
      diskFormat: 'raw',
      properties: { ...properties, base_image_ref: world.imageId, instance_uuid: id },
    })
    expect(image.size).toBeGreaterThan(0)
    await world.create({ imageId })
    expect((await servers.actions({ id })).at(-1)?.action).toBe('createImage')
  })

  it('C4: one at a time, and none of a server that is not at rest', async () => {
    const id = await world.create()
    const { servers } = world.acme
    await servers.createImage({ id, name: 'one' })
    await expect(servers.createImage({ id, name: 'two' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await world.settle()
    await servers.createImage({ id, name: 'two' })
    await world.settle()
    await servers.reboot({ ids: [id] })
    await expect(servers.createImage({ id, name: 'three' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await world.settle()
    await expect(servers.createImage({ id: 'none', name: 'x' })).rejects.toMatchObject({
      code: 'notFound',
      field: 'id',
    })
  })

  it('C4: none is left of a server that went before its disk was read', async () => {
    const id = await world.create()
    const { servers, images } = world.acme
    world.fleet.crashHost((await world.row(id)).hostId)
    const { imageId } = await servers.createImage({ id, name: 'never' })
    await world.settle()
    await expect(images.get({ id: imageId })).rejects.toMatchObject({ code: 'notFound' })
    world.fleet.restoreHost((await world.row(id)).hostId)
  })

  it('C5: backups of a type are rotated, and others are left alone', async () => {
    const id = await world.create()
    const { servers, images } = world.acme
    for (const [name, backupType] of [
      ['d1', 'daily'],
      ['w1', 'weekly'],
      ['d2', 'daily'],
      ['d3', 'daily'],
    ] as const) {
      await servers.backup({ id, name, backupType, rotation: 2 })
      await world.settle()
    }
    const names = (await collect(images.list())).map(({ name }) => name)
    expect(names.filter((name) => /^[dw]\d$/.test(name)).toSorted()).toEqual(['d2', 'd3', 'w1'])
  })
})

describe('C5: consoles', () => {
  it('C5: show what the guest wrote, or its last lines', async () => {
    const id = await world.create()
    const { servers } = world.acme
    const { output } = await servers.consoleOutput({ id })
    expect(output).toContain(id)
    expect((await servers.consoleOutput({ id, lines: 3 })).output.split('\n')).toHaveLength(3)
    await world.act(servers.reboot({ ids: [id] }), id, 'ACTIVE')
    expect((await servers.consoleOutput({ id })).output.length).toBeGreaterThan(output.length)
    await world.act(servers.stop({ ids: [id] }), id, 'SHUTOFF')
    expect((await servers.consoleOutput({ id })).output).not.toBe('')
    world.fleet.crashHost((await world.row(id)).hostId)
    await expect(servers.consoleOutput({ id })).rejects.toMatchObject({ code: 'unavailable' })
    world.fleet.restoreHost((await world.row(id)).hostId)
  })
})
