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

describe('C4, C5: parts of servers over HTTP', () => {
  it('C4: metadata', async () => {
    const id = await world.active({ metadata: { a: '1' } })
    const path = `${root}/servers/${id}/metadata`
    expect((await demo.get(path)).json).toEqual({ metadata: { a: '1' } })
    const merged = await demo.post(path, { metadata: { b: '2' } })
    expect(merged.json).toEqual({ metadata: { a: '1', b: '2' } })
    expect((await demo.put(path, { metadata: { c: '3' } })).json).toEqual({ metadata: { c: '3' } })
    expect((await demo.put(`${path}/d`, { meta: { d: '4' } })).json).toEqual({ meta: { d: '4' } })
    expect((await demo.put(`${path}/d`, { meta: { e: '4' } })).status).toBe(400)
    expect((await demo.get(`${path}/d`)).json).toEqual({ meta: { d: '4' } })
    expect((await demo.delete(`${path}/d`)).status).toBe(204)
    expect((await demo.get(`${path}/d`)).status).toBe(404)
    expect((await demo.delete(`${path}/d`)).status).toBe(404)
  })

  it('C5: tags, addresses, groups, topology and password', async () => {
    const id = await world.active()
    const own = `${root}/servers/${id}`
    expect((await demo.get(`${own}/tags`)).status).toBe(404)
    expect((await demo.put(`${own}/tags/x`, undefined, at(26))).status).toBe(201)
    expect((await demo.put(`${own}/tags/x`, undefined, at(26))).status).toBe(204)
    expect((await demo.get(`${own}/tags/x`, at(26))).status).toBe(204)
    expect((await demo.put(`${own}/tags`, { tags: ['y'] }, at(26))).json).toEqual({ tags: ['y'] })
    expect((await demo.get(`${own}/tags`, at(26))).json).toEqual({ tags: ['y'] })
    expect((await demo.get(`${own}/tags/x`, at(26))).status).toBe(404)
    expect((await demo.delete(`${own}/tags/y`, at(26))).status).toBe(204)
    expect((await demo.delete(`${own}/tags`, at(26))).status).toBe(204)
    const addresses = await demo.get(`${own}/ips`)
    expect(addresses.at('addresses.private.0')).toEqual({ version: 4, addr: expect.any(String) })
    expect((await demo.get(`${own}/ips/private`)).at('private.0.version')).toBe(4)
    expect((await demo.get(`${own}/ips/none`)).status).toBe(404)
    const groups = await demo.get(`${own}/os-security-groups`)
    expect(groups.at('security_groups.0.name')).toBe('default')
    expect((await world.act(id, { removeSecurityGroup: { name: 'default' } })).status).toBe(202)
    expect((await demo.get(`${own}/os-security-groups`)).json).toEqual({ security_groups: [] })
    expect((await world.act(id, { addSecurityGroup: { name: 'default' } })).status).toBe(202)
    expect((await world.act(id, { addSecurityGroup: { name: 'none' } })).status).toBe(404)
    expect((await demo.get(`${own}/topology`, at(78))).json).toEqual({ nodes: [] })
    expect((await demo.get(`${own}/os-server-password`)).json).toEqual({ password: '' })
    expect((await demo.delete(`${own}/os-server-password`)).status).toBe(204)
    const remote = { remote_console: { protocol: 'vnc', type: 'novnc' } }
    expect((await demo.post(`${own}/remote-consoles`, remote, at(6))).status).toBe(400)
  })

  it('C5: floating IPs come and go by actions', async () => {
    const id = await world.active()
    const taken = await demo.post(`${root}/os-floating-ips`, { pool: 'public' })
    const address = taken.string('floating_ip.ip')
    const shown = () => demo.get(`${root}/os-floating-ips/${taken.string('floating_ip.id')}`)
    const odd = { address, fixed_address: '192.0.2.1' }
    expect((await world.act(id, { addFloatingIp: odd })).status).toBe(400)
    expect((await world.act(id, { addFloatingIp: { address: '192.0.2.1' } })).status).toBe(404)
    expect((await world.act(id, { addFloatingIp: { address } })).status).toBe(202)
    expect((await shown()).at('floating_ip.instance_id')).toBe(id)
    expect((await world.act(id, { removeFloatingIp: { address } })).status).toBe(202)
    expect((await shown()).at('floating_ip.instance_id')).toBeNull()
    expect((await world.act(id, { removeFloatingIp: { address } })).status).toBe(409)
    const none = { removeFloatingIp: { address: '192.0.2.1' } }
    expect((await world.act(id, none)).status).toBe(404)
  })

  it('C4: volumes are attached, shown and detached', async () => {
    const id = await world.active()
    const project = await door.cloud.project('demo')
    const { id: volumeId } = await project.volumes.create({ name: 'data', sizeGb: 1 })
    await world.settle()
    const path = `${root}/servers/${id}/os-volume_attachments`
    const made = await demo.post(path, { volumeAttachment: { volumeId, device: '/dev/vdb' } })
    expect(made.status).toBe(200)
    expect(made.at('volumeAttachment')).toEqual({
      id: volumeId,
      serverId: id,
      volumeId,
      device: '/dev/vdb',
    })
    await world.settle()
    expect((await demo.get(path)).list('volumeAttachments')).toHaveLength(1)
    const shown = await demo.get(`${path}/${volumeId}`, at(89))
    expect(shown.at('volumeAttachment.attachment_id')).toEqual(expect.any(String))
    expect(shown.at('volumeAttachment.id')).toBeUndefined()
    expect((await demo.delete(`${path}/${volumeId}`)).status).toBe(202)
    await world.settle()
    expect((await demo.get(`${path}/${volumeId}`)).status).toBe(404)
  })

  it('C5: ports are attached, shown and detached', async () => {
    const id = await world.active()
    const path = `${root}/servers/${id}/os-interface`
    const first = await demo.get(path)
    expect(first.at('interfaceAttachments.0')).toEqual({
      port_id: expect.any(String),
      net_id: world.networkId,
      mac_addr: expect.stringMatching(/^fa:16:/),
      port_state: 'ACTIVE',
      fixed_ips: [{ subnet_id: expect.any(String), ip_address: expect.any(String) }],
    })
    const made = await demo.post(path, { interfaceAttachment: { net_id: world.networkId } })
    expect(made.status).toBe(200)
    const portId = made.string('interfaceAttachment.port_id')
    await world.settle()
    expect((await demo.get(`${path}/${portId}`)).at('interfaceAttachment.port_state')).toBe(
      'ACTIVE',
    )
    const project = await door.cloud.project('demo')
    const own = await project.ports.create({ networkId: world.networkId })
    const attach = { interfaceAttachment: { port_id: own.id } }
    expect((await demo.post(path, attach)).status).toBe(200)
    expect((await demo.post(path, attach)).status).toBe(409)
    expect((await demo.get(`${root}/servers/${id}`)).list('server.addresses.private')).toHaveLength(
      3,
    )
    for (const one of [portId, own.id]) {
      await world.settle()
      expect((await demo.delete(`${path}/${one}`)).status).toBe(202)
    }
    await world.settle()
    expect((await demo.get(path)).list('interfaceAttachments')).toHaveLength(1)
    expect((await demo.delete(`${path}/${portId}`)).status).toBe(404)
    await expect(project.ports.get({ id: portId })).rejects.toMatchObject({ code: 'notFound' })
    expect(await project.ports.get({ id: own.id })).toMatchObject({
      deviceId: null,
      status: 'DOWN',
    })
    const both = { net_id: world.networkId, port_id: own.id }
    expect((await demo.post(path, { interfaceAttachment: both })).status).toBe(400)
    expect(await door.cloud.audit()).toEqual([])
  })

  it('C16: servers boot from volumes', async () => {
    const device = {
      boot_index: 0,
      uuid: world.imageId,
      source_type: 'image',
      destination_type: 'volume',
      volume_size: 1,
      delete_on_termination: true,
    }
    const made = await world.create({ imageRef: '', block_device_mapping_v2: [device] })
    expect(made.status).toBe(202)
    await world.settle()
    const shown = await demo.get(`${root}/servers/${made.string('server.id')}`, at(3))
    expect(shown.at('server.image')).toBe('')
    expect(shown.at('server.os-extended-volumes:volumes_attached.0')).toMatchObject({
      delete_on_termination: true,
    })
    expect((await world.create({ imageRef: '' })).status).toBe(400)
  })
})
