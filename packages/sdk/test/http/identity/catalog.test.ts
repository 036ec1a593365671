import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor, origin } from '../door.ts'

let door: Door
const v3 = '/identity/v3'

beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

describe('X1: the catalogue over HTTP', () => {
  it('is what runs', async () => {
    const services = await door.admin.get(`${v3}/services?type=compute`)
    const [nova] = services.list('services') as { id: string }[]
    expect(nova).toMatchObject({ type: 'compute', name: 'nova', enabled: true })
    expect((await door.admin.get(`${v3}/services/${nova?.id}`)).status).toBe(200)
    expect((await door.admin.get(`${v3}/services/absent`)).status).toBe(404)
    const found = await door.admin.get(`${v3}/endpoints?service_id=${nova?.id}&interface=public`)
    const [one] = found.list('endpoints') as { id: string }[]
    expect(one).toMatchObject({ url: `${origin}/compute/v2.1`, region: 'RegionOne' })
    expect((await door.admin.get(`${v3}/endpoints/${one?.id}`)).at('endpoint')).toEqual(one)
    expect((await door.admin.get(`${v3}/endpoints/absent`)).status).toBe(404)
    expect((await door.admin.get(`${v3}/regions`)).list('regions')).toMatchObject([
      { id: 'RegionOne' },
    ])
    expect((await door.admin.get(`${v3}/regions/RegionOne`)).status).toBe(200)
    expect((await door.admin.get(`${v3}/regions/absent`)).status).toBe(404)
  })

  it('takes what administrators add: tokens show it', async () => {
    const { admin, demo } = door
    const region = { id: 'north', description: 'cold', parent_region_id: 'RegionOne' }
    const north = await admin.post(`${v3}/regions`, { region })
    expect([north.status, north.at('region')]).toMatchObject([201, region])
    expect((await admin.post(`${v3}/regions`, { region })).status).toBe(409)
    expect((await admin.put(`${v3}/regions/south`, { region: {} })).status).toBe(201)
    const warm = { region: { description: 'warm' } }
    expect((await admin.patch(`${v3}/regions/south`, warm)).at('region')).toMatchObject(warm.region)
    expect((await admin.patch(`${v3}/regions/RegionOne`, warm)).status).toBe(403)
    expect((await admin.get(`${v3}/regions?parent_region_id=RegionOne`)).list('regions')).toEqual([
      north.at('region'),
    ])
    const service = { type: 'dns', name: 'designate' }
    expect((await demo.post(`${v3}/services`, { service })).status).toBe(403)
    const dns = await admin.post(`${v3}/services`, { service })
    expect(dns.at('service')).toMatchObject({ ...service, description: '', enabled: true })
    const service_id = dns.string('service.id')
    const own = `${v3}/services/${service_id}`
    const named = await admin.patch(own, { service: { name: 'names' } })
    expect((await admin.get(own)).at('service')).toEqual(named.at('service'))
    const at = { service_id, interface: 'public', url: 'https://dns.example/$(project_id)s' }
    const post = (endpoint: object) => admin.post(`${v3}/endpoints`, { endpoint })
    expect((await post({ ...at, enabled: 'True' })).status).toBe(400)
    expect((await post({ ...at, region_id: 'odd' })).status).toBe(400)
    expect((await post({ ...at, service_id: 'odd' })).status).toBe(400)
    const made = await post({ ...at, region: 'east' })
    expect([made.status, made.at('endpoint')]).toMatchObject([201, { ...at, region_id: 'east' }])
    const catalog = await demo.get(`${v3}/auth/catalog`)
    expect(catalog.list('catalog')).toContainEqual({
      ...{ id: service_id, type: 'dns', name: 'names' },
      endpoints: [
        {
          ...{ id: made.string('endpoint.id'), interface: 'public' },
          ...{ region: 'east', region_id: 'east' },
          url: `https://dns.example/${demo.projectId}`,
        },
      ],
    })
    const path = `${v3}/endpoints/${made.string('endpoint.id')}`
    const off = await admin.patch(path, { endpoint: { enabled: false, region_id: 'north' } })
    expect(off.at('endpoint')).toMatchObject({ enabled: false, region: 'north' })
    expect((await admin.delete(`${v3}/regions/north`)).status).toBe(403)
    expect((await admin.delete(path)).status).toBe(204)
    expect((await admin.delete(own)).status).toBe(204)
    for (const id of ['north', 'south', 'east']) {
      expect((await admin.delete(`${v3}/regions/${id}`)).status).toBe(204)
    }
    const [builtIn] = (await admin.get(`${v3}/services?type=compute`)).list('services') as {
      id: string
    }[]
    expect((await admin.delete(`${v3}/services/${builtIn?.id}`)).status).toBe(403)
  })
})
