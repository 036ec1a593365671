import { SeededRandom, SimulatedVolumes } from '@nephos/core'
import { SystemClock } from '@nephos/drivers/runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDoor } from '../door.ts'
import { Block, type BlockDoor, openBlock } from './world.ts'

let block: BlockDoor
beforeAll(async () => {
  block = await openBlock()
})
afterAll(() => block[Symbol.asyncDispose]())

describe('types of volumes over HTTP', () => {
  it('B5: types, their extra specs and who may use them', async () => {
    const { demo, admin } = block
    const wish = {
      name: 'fast',
      description: 'd',
      extra_specs: { multiattach: '<is> True', disk: 'ssd' },
      'os-volume-type-access:is_public': false,
    }
    const made = await admin.post('/types', { volume_type: wish })
    expect(made.status).toBe(200)
    expect(made.at('volume_type')).toMatchObject({
      name: 'fast',
      is_public: false,
      extra_specs: { multiattach: '<is> True', disk: 'ssd' },
    })
    const path = `/types/${made.string('volume_type.id')}`
    expect((await admin.post('/types', { volume_type: wish })).status).toBe(409)
    expect((await demo.post('/types', { volume_type: { name: 'x' } })).status).toBe(403)
    expect((await demo.get(path)).status).toBe(404)
    const project = { project: demo.client.projectId }
    const granted = await admin.post(`${path}/action`, { addProjectAccess: project })
    expect(granted.status).toBe(202)
    const twice = await admin.post(`${path}/action`, { addProjectAccess: project })
    expect(twice.status).toBe(409)
    expect((await demo.get(path)).at('volume_type.name')).toBe('fast')
    const access = await admin.get(`${path}/os-volume-type-access`)
    expect(access.list('volume_type_access')).toHaveLength(1)
    await admin.post(`${path}/action`, { removeProjectAccess: project })
    expect((await demo.get('/types')).list('volume_types')).toHaveLength(1)
    expect((await admin.get('/types?is_public=None')).list('volume_types')).toHaveLength(2)
    expect((await demo.get('/types/default')).at('volume_type.name')).toBe('__DEFAULT__')
    const changed = await admin.put(path, { volume_type: { name: 'faster', is_public: true } })
    expect(changed.at('volume_type')).toMatchObject({ name: 'faster', is_public: true })
    const specs = `${path}/extra_specs`
    expect((await admin.post(specs, { extra_specs: { a: '1' } })).at('extra_specs')).toEqual({
      a: '1',
    })
    expect((await admin.put(`${specs}/a`, { a: '2' })).json).toEqual({ a: '2' })
    expect((await admin.get(`${specs}/a`)).json).toEqual({ a: '2' })
    expect((await admin.get(specs)).at('extra_specs.disk')).toBe('ssd')
    expect((await admin.delete(`${specs}/a`)).status).toBe(202)
    expect((await admin.delete(`${specs}/a`)).status).toBe(404)
    expect((await admin.delete(path)).status).toBe(202)
    expect((await admin.get(path)).status).toBe(404)
  })

  it('B6: how the volumes of a type are encrypted', async () => {
    const { admin, demo, settled } = block
    const made = await admin.post('/types', { volume_type: { name: 'luks' } })
    const typeId = made.string('volume_type.id')
    const path = `/types/${typeId}/encryption`
    expect((await admin.get(path)).json).toEqual({})
    const wish = { provider: 'luks', control_location: 'front-end', key_size: 256, cipher: 'aes' }
    const created = await admin.post(path, { encryption: wish })
    expect([created.status, created.at('encryption')]).toMatchObject([200, wish])
    const updated = await admin.put(`${path}/provider`, { encryption: { key_size: 128 } })
    expect(updated.at('encryption.key_size')).toBe(128)
    expect((await admin.get(`${path}/cipher`)).json).toEqual({ cipher: 'aes' })
    const id = await demo.volume({ volume_type: 'luks' })
    await settled()
    expect((await demo.get(`/volumes/${id}`)).at('volume.encrypted')).toBe(true)
    expect((await demo.get(`/volumes/${id}/encryption`)).at('cipher')).toBe('aes')
    expect((await admin.delete(`${path}/provider`)).status).toBe(400)
    await demo.delete(`/volumes/${id}`)
    await settled()
    expect((await admin.delete(`${path}/provider`)).status).toBe(202)
  })

  it('B6: limits of speed, and the types that have them', async () => {
    const { admin } = block
    const made = await admin.post('/qos-specs', {
      qos_specs: { name: 'slow', consumer: 'front-end', total_iops_sec: '100' },
    })
    expect(made.status).toBe(200)
    const path = `/qos-specs/${made.string('qos_specs.id')}`
    expect((await admin.get(path)).at('qos_specs')).toMatchObject({
      name: 'slow',
      consumer: 'front-end',
      specs: { total_iops_sec: '100' },
    })
    expect((await admin.put(path, { qos_specs: { a: '1' } })).at('qos_specs')).toEqual({ a: '1' })
    expect((await admin.put(`${path}/delete_keys`, { keys: ['a'] })).status).toBe(202)
    expect((await admin.put(`${path}/delete_keys`, { keys: ['a'] })).status).toBe(400)
    expect((await admin.get('/qos-specs')).list('qos_specs')).toHaveLength(1)
    const type = await admin.post('/types', { volume_type: { name: 'limited' } })
    const typeId = type.string('volume_type.id')
    const named = `vol_type_id=${typeId}`
    expect((await admin.get(`${path}/associate?${named}`)).status).toBe(202)
    const users = await admin.get(`${path}/associations`)
    expect(users.at('qos_associations.0')).toMatchObject({ id: typeId, name: 'limited' })
    expect((await admin.delete(path)).status).toBe(400)
    expect((await admin.get(`${path}/disassociate?${named}`)).status).toBe(202)
    await admin.get(`${path}/associate?${named}`)
    expect((await admin.get(`${path}/disassociate_all`)).status).toBe(202)
    expect((await admin.get(`${path}/associations`)).list('qos_associations')).toEqual([])
    expect((await admin.delete(path)).status).toBe(202)
  })
})

describe('the cloud of block storage over HTTP', () => {
  it('B9: quotas of projects and types, limits and defaults', async () => {
    const { demo, admin } = block
    const path = `/os-quota-sets/${demo.client.projectId}`
    const set = { quota_set: { volumes: 11, groups: 3, volumes___DEFAULT__: 7 } }
    const changed = await admin.put(path, set)
    expect(changed.at('quota_set')).toMatchObject(set.quota_set)
    expect((await demo.put(path, set)).status).toBe(403)
    expect((await admin.put(path, { quota_set: { odd: 1 } })).status).toBe(400)
    expect((await admin.put(path, { quota_set: { volumes: -2 } })).status).toBe(400)
    const used = await demo.get(`${path}?usage=True`)
    expect(used.at('quota_set.volumes')).toMatchObject({ limit: 11, reserved: 0 })
    expect((await demo.get('/limits')).at('limits.absolute.maxTotalVolumes')).toBe(11)
    expect((await admin.delete(path)).status).toBe(200)
    const defaults = await demo.get(`${path}/defaults`)
    expect((await demo.get(path)).at('quota_set.volumes')).toBe(defaults.at('quota_set.volumes'))
    const classes = await admin.get('/os-quota-class-sets/default')
    expect(classes.at('quota_class_set.groups')).toBe(defaults.at('quota_set.groups'))
    const foreign = `/os-quota-sets/${admin.client.projectId}`
    expect((await demo.get(foreign)).status).toBe(404)
  })

  it('messages that are not there', async () => {
    const { demo, settled } = block
    const id = await demo.volume()
    await settled()
    expect((await demo.get('/messages')).list('messages')).toEqual([])
    expect((await demo.get('/messages?resource_type=ODD')).list('messages')).toEqual([])
    const none = `/messages/${id}`
    expect((await demo.get(none)).status).toBe(404)
    expect((await demo.delete(none)).status).toBe(404)
  })

  it('messages of what failed, which may be deleted', async () => {
    const parts = { clock: new SystemClock(), random: new SeededRandom(1) }
    const volumes = new SimulatedVolumes(parts)
    await using door = await openDoor({ hosts: 1, cloud: { drivers: { volumes } } })
    const demo = new Block(door.demo)
    volumes.failNext('refuse')
    const id = await demo.volume()
    await door.cloud.settle({ timeoutMs: 20_000 })
    const [message] = (await demo.get('/messages')).list('messages') as { id: string }[]
    const path = `/messages/${message?.id}`
    const shown = await demo.get(path)
    expect(shown.at('message')).toMatchObject({ resource_type: 'VOLUME', resource_uuid: id })
    expect((await new Block(await door.stranger()).get(path)).status).toBe(404)
    expect((await demo.delete(path)).status).toBe(204)
    expect((await demo.get(path)).status).toBe(404)
  })

  it('B11: services, hosts, pools and what they can do', async () => {
    const { demo, admin } = block
    const services = await admin.get('/os-services?binary=cinder-volume')
    expect(services.at('services.0')).toMatchObject({
      host: 'nephos@simulated',
      status: 'enabled',
      state: 'up',
    })
    expect((await demo.get('/os-services')).status).toBe(403)
    const service = { host: 'nephos@simulated', binary: 'cinder-volume' }
    const off = { ...service, disabled_reason: 'full' }
    expect((await admin.put('/os-services/disable-log-reason', off)).json).toMatchObject({
      disabled: true,
      disabled_reason: 'full',
    })
    expect((await demo.post('/volumes', { volume: { size: 1 } })).status).toBe(400)
    expect((await admin.put('/os-services/disable', service)).at('status')).toBe('disabled')
    expect((await admin.put('/os-services/enable', service)).at('status')).toBe('enabled')
    expect((await admin.get('/os-hosts')).list('hosts').length).toBeGreaterThan(1)
    const host = await admin.get('/os-hosts/nephos@simulated')
    expect(host.string('host.0.resource.volume_count')).toMatch(/^\d+$/)
    const pools = await admin.get('/scheduler-stats/get_pools?detail=true')
    expect(pools.at('pools.0')).toMatchObject({
      name: 'nephos@simulated#ssd',
      capabilities: { volume_backend_name: 'simulated', vendor_name: 'Open Source' },
    })
    const able = await admin.get('/capabilities/nephos@simulated')
    expect(able.at('volume_backend_name')).toBe('simulated')
    expect((await admin.get('/capabilities/odd')).status).toBe(404)
    expect((await admin.put('/os-services/freeze', service)).status).toBe(501)
    expect((await admin.put('/os-services/thaw', { host: 'odd' })).status).toBe(400)
  })

  it('zones, extensions and filters', async () => {
    const { demo } = block
    expect((await demo.get('/os-availability-zone')).at('availabilityZoneInfo.0')).toEqual({
      zoneName: 'nova',
      zoneState: { available: true },
    })
    expect((await demo.get('/extensions')).list('extensions').length).toBeGreaterThan(5)
    const filters = await demo.get('/resource_filters?resource=volume')
    expect(filters.list('resource_filters')).toHaveLength(1)
  })
})
