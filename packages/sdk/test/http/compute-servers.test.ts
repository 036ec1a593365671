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

describe('C1: servers over HTTP', () => {
  it('C1: are made, shown as Nova does, and deleted', async () => {
    const made = await world.create({ metadata: { role: 'web' }, adminPass: 'Secret1' })
    expect(made.status).toBe(202)
    const id = made.string('server.id')
    expect(made.json).toEqual({
      server: {
        id,
        adminPass: 'Secret1',
        'OS-DCF:diskConfig': 'MANUAL',
        security_groups: [{ name: 'default' }],
        links: [
          { rel: 'self', href: `http://cloud.test${root}/servers/${id}` },
          { rel: 'bookmark', href: `http://cloud.test/compute/servers/${id}` },
        ],
      },
    })
    expect(made.headers.get('location')).toBe(`http://cloud.test${root}/servers/${id}`)
    await world.settle()
    const shown = await demo.get(`${root}/servers/${id}`)
    expect(shown.status).toBe(200)
    expect(shown.at('server')).toEqual({
      id,
      name: 'web',
      status: 'ACTIVE',
      tenant_id: demo.projectId,
      user_id: expect.any(String),
      metadata: { role: 'web' },
      hostId: expect.stringMatching(/^[0-9a-f]{56}$/),
      image: {
        id: world.imageId,
        links: [{ rel: 'bookmark', href: `http://cloud.test/compute/images/${world.imageId}` }],
      },
      flavor: {
        id: '1',
        links: [{ rel: 'bookmark', href: 'http://cloud.test/compute/flavors/1' }],
      },
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      updated: expect.any(String),
      addresses: {
        private: [
          {
            version: 4,
            addr: expect.stringMatching(/^10\.0\./),
            'OS-EXT-IPS:type': 'fixed',
            'OS-EXT-IPS-MAC:mac_addr': expect.stringMatching(/^fa:16:/),
          },
        ],
      },
      accessIPv4: '',
      accessIPv6: '',
      links: expect.any(Array),
      progress: 100,
      key_name: null,
      config_drive: '',
      security_groups: [{ name: 'default' }],
      'OS-DCF:diskConfig': 'MANUAL',
      'OS-EXT-AZ:availability_zone': expect.stringMatching(/^zone-/),
      'OS-EXT-STS:task_state': null,
      'OS-EXT-STS:vm_state': 'active',
      'OS-EXT-STS:power_state': 1,
      'OS-SRV-USG:launched_at': expect.stringMatching(/\.\d{6}$/),
      'OS-SRV-USG:terminated_at': null,
      'os-extended-volumes:volumes_attached': [],
    })
    expect((await demo.delete(`${root}/servers/${id}`)).status).toBe(204)
    await world.settle()
    expect((await demo.get(`${root}/servers/${id}`)).status).toBe(404)
    expect((await demo.delete(`${root}/servers/${id}`)).status).toBe(404)
  })

  it('C19: fields appear from their version on', async () => {
    const made = await world.create(
      { description: 'd', tags: ['t'], hostname: 'box', networks: [{ uuid: world.networkId }] },
      demo,
      96,
    )
    expect(made.status).toBe(202)
    const id = made.string('server.id')
    await world.settle()
    const fields = async (minor: number, client = demo): Promise<readonly string[]> => {
      const shown = await client.get(`${root}/servers/${id}`, at(minor))
      return Object.keys(shown.at('server') as object)
    }
    const since: readonly (readonly [string, number])[] = [
      ['locked', 9],
      ['description', 19],
      ['tags', 26],
      ['trusted_image_certificates', 63],
      ['server_groups', 71],
      ['locked_reason', 73],
      ['OS-EXT-SRV-ATTR:hostname', 90],
    ]
    for (const [field, minor] of since) {
      expect(await fields(minor - 1), field).not.toContain(field)
      expect(await fields(minor), field).toContain(field)
    }
    const flavor = (await demo.get(`${root}/servers/${id}`, at(47))).at('server.flavor')
    expect(flavor).toMatchObject({ vcpus: 1, ram: 512, disk: 1, original_name: 'm1.tiny' })
    const admin = await fields(3, door.admin)
    expect(admin).toContain('OS-EXT-SRV-ATTR:host')
    expect(admin).toContain('OS-EXT-SRV-ATTR:user_data')
    expect((await world.create({ tags: ['x'] }, demo, 51)).status).toBe(400)
    expect((await world.create({ personality: [] }, demo, 57)).status).toBe(400)
    expect((await world.create({ networks: undefined }, demo, 37)).status).toBe(400)
    expect((await world.create({ networks: 'none' }, demo, 37)).status).toBe(202)
    expect((await world.create({ networks: 'none' }, demo, 36)).status).toBe(400)
  })

  it('C3: many at once in one request, by reservation', async () => {
    const made = await world.create({
      name: 'many',
      min_count: 20,
      max_count: 20,
      return_reservation_id: true,
    })
    expect(made.status).toBe(202)
    const path = `${root}/servers?reservation_id=${made.string('reservation_id')}`
    const listed = await demo.get(`${path}&limit=5`)
    expect(listed.list('servers')).toHaveLength(5)
    expect(listed.at('servers.0.name')).toBe('many-20')
    const next = listed.string('servers_links.0.href').replace('http://cloud.test', '')
    expect((await demo.get(next)).at('servers.0.name')).toBe('many-15')
    expect((await world.create({ min_count: 3, max_count: 2 })).status).toBe(400)
  })

  it('C1: lists with filters, orders and pages', async () => {
    const id = await world.active({ name: 'odd-one' })
    const names = async (query: string, client = demo): Promise<readonly unknown[]> => {
      const answer = await client.get(`${root}/servers/detail?${query}`)
      return answer.list('servers').map((row) => (row as { name: string }).name)
    }
    expect(await names('name=^odd')).toEqual(['odd-one'])
    expect(await names('status=active&name=odd')).toEqual(['odd-one'])
    expect(await names('status=nonsense')).toEqual([])
    expect(await names('image=none')).toEqual([])
    expect(await names('name=odd', door.admin)).toEqual([])
    expect(await names('name=odd&all_tenants=1', door.admin)).toEqual(['odd-one'])
    expect(await names('name=odd&sort_key=display_name&sort_dir=asc')).toEqual(['odd-one'])
    const host = (await door.admin.get(`${root}/servers/${id}`)).string(
      'server.OS-EXT-SRV-ATTR:host',
    )
    expect(await names(`name=odd&all_tenants=1&host=${host}`, door.admin)).toEqual(['odd-one'])
    expect(await names('all_tenants=1&host=none', door.admin)).toEqual([])
    for (const bad of [
      'limit=-1',
      'limit=x',
      'changes-since=2011/01/01',
      'marker=none',
      'sort_key=secret',
      'name=(',
    ]) {
      expect((await demo.get(`${root}/servers?${bad}`)).status, bad).toBe(400)
    }
    expect((await demo.get(`${root}/servers?all_tenants=1`)).status).toBe(403)
    expect((await demo.get(`${root}/servers?status=deleted`)).status).toBe(403)
    expect(await names('changes-since=2100-01-01T12:34:00Z')).toEqual([])
    await demo.delete(`${root}/servers/${id}`)
  })

  it('C1: bad requests are told from missing resources', async () => {
    const none = '00000000-0000-4000-8000-000000000000'
    for (const [bad, field] of [
      [{ imageRef: none }, 'image'],
      [{ flavorRef: '99' }, 'flavor'],
      [{ networks: [{ uuid: none }] }, 'network'],
      [{ key_name: 'none' }, 'key'],
      [{ name: '' }, 'name'],
      [{ name: 12 }, 'name'],
      [{ name: 'x'.repeat(256) }, 'name'],
      [{ accessIPv6: '::g' }, 'accessIPv6'],
      [{ metadata: { ['x'.repeat(256)]: '' } }, 'metadata'],
      [{ security_groups: [{ name: 'none' }] }, 'security_groups'],
      [{ availability_zone: 'none' }, 'zone'],
      [{ unknown: 1 }, 'unknown'],
    ] as const) {
      const answer = await world.create(bad)
      expect(answer.status, `${field}: ${answer.text}`).toBe(400)
      expect(answer.at('badRequest.message'), field).toEqual(expect.any(String))
    }
    const project = await door.cloud.project('demo')
    await project.keyPairs.list().next()
  })

  it('C1: is renamed and described', async () => {
    const id = await world.active()
    const changed = await demo.put(
      `${root}/servers/${id}`,
      { server: { name: 'new', accessIPv4: '192.0.2.7', description: null } },
      at(19),
    )
    expect(changed.status).toBe(200)
    expect(changed.at('server')).toMatchObject({ name: 'new', accessIPv4: '192.0.2.7' })
    expect(changed.at('server.key_name')).toBeUndefined()
    const bad = await demo.put(`${root}/servers/${id}`, { server: { name: '' } })
    expect(bad.status).toBe(400)
  })
})
