import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, ComputeDoor, root } from './compute-door.ts'
import type { Client, Door } from './door.ts'

let world: ComputeDoor
let door: Door
let demo: Client

beforeAll(async () => {
  world = await ComputeDoor.open()
  door = world.door
  demo = world.door.demo
})
afterAll(() => door[Symbol.asyncDispose]())

describe('C4, C5: actions over HTTP', () => {
  it('C4: power, rebuild, resize, lock', async () => {
    const id = await world.active()
    expect((await world.act(id, { 'os-stop': null })).status).toBe(202)
    expect(await world.status(id)).toBe('SHUTOFF')
    expect((await world.act(id, { 'os-stop': null })).status).toBe(409)
    await world.act(id, { 'os-start': null })
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.act(id, { reboot: { type: 'HARD' } })).status).toBe(202)
    expect(await world.status(id)).toBe('ACTIVE')
    for (const [there, back, name] of [
      ['pause', 'unpause', 'PAUSED'],
      ['suspend', 'resume', 'SUSPENDED'],
      ['shelve', 'unshelve', 'SHELVED'],
    ] as const) {
      expect((await world.act(id, { [there]: null })).status).toBe(202)
      expect(await world.status(id)).toBe(name)
      expect((await world.act(id, { [back]: null })).status).toBe(202)
      expect(await world.status(id)).toBe('ACTIVE')
    }
    const rescued = await world.act(id, { rescue: {} })
    expect(rescued.status).toBe(200)
    expect(rescued.string('adminPass')).toHaveLength(12)
    expect(await world.status(id)).toBe('RESCUE')
    await world.act(id, { unrescue: null })
    expect(await world.status(id)).toBe('ACTIVE')
    const rebuilt = await world.act(id, { rebuild: { imageRef: world.imageId, name: 'again' } })
    expect(rebuilt.status).toBe(202)
    expect(rebuilt.at('server')).toMatchObject({ name: 'again', adminPass: expect.any(String) })
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.act(id, { resize: { flavorRef: '2' } })).status).toBe(202)
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    expect((await world.act(id, { confirmResize: null })).status).toBe(204)
    expect(await world.status(id)).toBe('ACTIVE')
    await world.act(id, { resize: { flavorRef: '3' } })
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    expect((await world.act(id, { revertResize: null })).status).toBe(202)
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.act(id, { resize: { flavorRef: 'none' } })).status).toBe(400)
    expect((await world.act(id, { resize: { flavorRef: null } })).status).toBe(400)
    expect((await world.act(id, { dance: null })).status).toBe(400)
    expect((await world.act(id, {})).status).toBe(400)
    expect((await world.act(id, { lock: { locked_reason: 'mine' } }, 73)).status).toBe(202)
    expect((await world.act(id, { 'os-stop': null })).status).toBe(409)
    expect((await world.act(id, { unlock: null })).status).toBe(202)
    const none = '00000000-0000-4000-8000-000000000000'
    expect((await world.act(none, { 'os-stop': null })).status).toBe(404)
  })

  it('C4, C5: images, backups, consoles and history', async () => {
    const id = await world.active()
    const image = await world.act(id, { createImage: { name: 'snap', metadata: { a: 'b' } } })
    expect(image.status).toBe(202)
    const made = image.headers.get('location')?.split('/').at(-1)
    await world.settle()
    const project = await door.cloud.project('demo')
    expect(await project.images.get({ id: made ?? '' })).toMatchObject({ status: 'active' })
    const proxied = `${root}/images/${made}`
    expect((await demo.get(proxied)).at('image')).toMatchObject({
      id: made,
      status: 'ACTIVE',
      progress: 100,
      metadata: { a: 'b' },
      server: { id },
    })
    expect((await demo.get(proxied, at(36))).status).toBe(404)
    expect((await demo.get(`${root}/images?server=${id}`)).list('images')).toHaveLength(1)
    expect((await demo.get(`${root}/images/detail?status=active`)).status).toBe(200)
    expect(
      (await demo.post(`${proxied}/metadata`, { metadata: { c: 'd' } })).at('metadata.c'),
    ).toBe('d')
    expect((await demo.get(`${proxied}/metadata`)).at('metadata.a')).toBe('b')
    expect((await demo.put(`${proxied}/metadata/e`, { meta: { e: 'f' } })).status).toBe(200)
    expect((await demo.get(`${proxied}/metadata/e`)).json).toEqual({ meta: { e: 'f' } })
    expect((await demo.delete(`${proxied}/metadata/e`)).status).toBe(204)
    expect((await demo.put(`${proxied}/metadata`, { metadata: {} })).json).toEqual({ metadata: {} })
    expect((await demo.delete(proxied)).status).toBe(204)
    expect((await demo.get(proxied)).status).toBe(404)
    const backup = { name: 'b', backup_type: 'daily', rotation: 1 }
    const later = await world.act(id, { createBackup: backup }, 45)
    expect(later.string('image_id')).toBeTruthy()
    await world.settle()
    const output = await world.act(id, { 'os-getConsoleOutput': { length: 5 } })
    expect(output.status).toBe(200)
    expect(output.string('output').split('\n')).toHaveLength(5)
    const path = `${root}/servers/${id}/os-instance-actions`
    const actions = await demo.get(path)
    expect(actions.at('instanceActions.2.action')).toBe('create')
    const one = await demo.get(`${path}/${actions.string('instanceActions.2.request_id')}`, at(62))
    expect(one.at('instanceAction.events.0')).toMatchObject({ result: 'Success' })
    expect((await demo.get(`${path}/none`)).status).toBe(404)
  })

  it('C6: administrators move servers to other hosts', async () => {
    const id = await world.active()
    const hostOf = async (): Promise<string> =>
      (await door.admin.get(`${root}/servers/${id}`)).string('server.OS-EXT-SRV-ATTR:host')
    const before = await hostOf()
    const act = (body: object, minor = 1) => world.act(id, body, minor, door.admin)
    expect((await world.act(id, { migrate: null })).status).toBe(403)
    expect((await act({ migrate: { host: before } }, 55)).status).toBe(400)
    expect((await act({ migrate: { host: before } }, 56)).status).toBe(400)
    expect((await act({ migrate: { host: 'nowhere' } }, 56)).status).toBe(400)
    expect((await act({ migrate: null })).status).toBe(202)
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    expect(await hostOf()).not.toBe(before)
    expect((await act({ migrate: null })).status).toBe(409)
    expect((await world.act(id, { revertResize: null })).status).toBe(202)
    expect(await world.status(id)).toBe('ACTIVE')
    expect(await hostOf()).toBe(before)
  })

  it('C6: administrators move servers while they run', async () => {
    const id = await world.active()
    const hostOf = async (): Promise<string> =>
      (await door.admin.get(`${root}/servers/${id}`)).string('server.OS-EXT-SRV-ATTR:host')
    const before = await hostOf()
    const act = (fields: object, minor: number) =>
      world.act(id, { 'os-migrateLive': { host: null, ...fields } }, minor, door.admin)
    const any = { 'os-migrateLive': { host: null, block_migration: 'auto' } }
    expect((await world.act(id, any, 30)).status).toBe(403)
    expect((await act({ block_migration: false }, 1)).status).toBe(400)
    expect((await act({ block_migration: 'auto', disk_over_commit: false }, 1)).status).toBe(400)
    expect((await act({ block_migration: 'auto', disk_over_commit: false }, 25)).status).toBe(400)
    expect((await act({ block_migration: 'auto', force: true }, 29)).status).toBe(400)
    expect((await act({ block_migration: 'auto', force: true }, 68)).status).toBe(400)
    expect((await act({ block_migration: 'auto', host: before }, 30)).status).toBe(400)
    expect((await act({ block_migration: 'auto', host: 'nowhere' }, 30)).status).toBe(400)
    expect((await act({ block_migration: 'auto' }, 25)).status).toBe(202)
    expect(await world.status(id)).toBe('ACTIVE')
    expect(await hostOf()).not.toBe(before)
    const old = { block_migration: false, disk_over_commit: false }
    expect((await act(old, 1)).status).toBe(202)
    expect(await world.status(id)).toBe('ACTIVE')
  })

  it('C6: administrators build servers elsewhere whose host is down', async () => {
    const id = await world.active()
    const server = await door.admin.get(`${root}/servers/${id}`)
    const host = server.string('server.OS-EXT-SRV-ATTR:host')
    const act = (fields: object, minor: number) =>
      world.act(id, { evacuate: fields }, minor, door.admin)
    const told = async () => (await door.admin.get(`${root}/servers/${id}`, at(16))).at('server')
    expect((await world.act(id, { evacuate: {} }, 14)).status).toBe(403)
    expect((await act({}, 13)).status).toBe(400)
    expect((await act({ onSharedStorage: false }, 14)).status).toBe(400)
    expect((await act({ force: true }, 28)).status).toBe(400)
    expect((await act({}, 14)).status).toBe(400)
    expect(await told()).toMatchObject({ host_status: 'UP' })
    const down = { host, binary: 'nova-compute', forced_down: true }
    const path = `${root}/os-services/force-down`
    expect((await door.admin.put(path, down, at(11))).status).toBe(200)
    expect(await told()).toMatchObject({ host_status: 'DOWN' })
    expect((await act({ host }, 14)).status).toBe(400)
    const begun = await act({ onSharedStorage: false }, 13)
    expect(begun.status).toBe(200)
    expect(begun.string('adminPass')).toHaveLength(12)
    expect(await world.status(id)).toBe('ACTIVE')
    expect(await told()).toMatchObject({ host_status: 'UP' })
    const up = { ...down, forced_down: false }
    expect((await door.admin.put(path, up, at(11))).status).toBe(200)
  })

  it('C6: administrators act on servers of others, and say what state they are in', async () => {
    const id = await world.active()
    const reset = { 'os-resetState': { state: 'error' } }
    expect((await world.act(id, reset)).status).toBe(403)
    expect((await world.act(id, reset, 1, door.admin)).status).toBe(202)
    expect(await world.status(id)).toBe('ERROR')
    await world.act(id, { 'os-resetState': { state: 'active' } }, 1, door.admin)
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await world.act(id, { 'os-stop': null }, 1, door.admin)).status).toBe(202)
    const stranger = await door.stranger()
    expect((await world.act(id, { 'os-start': null }, 1, stranger)).status).toBe(404)
    for (const [path, minor] of [
      ['', 1],
      ['/diagnostics', 48],
    ] as const) {
      const own = `${root}/servers/${id}${path}`
      expect((await door.admin.get(own, at(minor))).status, path).toBe(200)
      expect((await stranger.get(own, at(minor))).status).toBe(path === '' ? 404 : 403)
    }
  })
})
