import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Door, openDoor } from '../door.ts'

const v2 = '/network/v2.0'

describe('Neutron: networks, subnets and ports', () => {
  let door: Door
  beforeAll(async () => {
    door = await openDoor()
  })
  afterAll(() => door[Symbol.asyncDispose]())

  async function made(path: string, body: unknown, who = door.demo): Promise<Answer> {
    const answer = await who.post(`${v2}${path}`, body)
    expect(answer.status, answer.text).toBe(201)
    return answer
  }

  it('tells its versions and resources without a token', async () => {
    const versions = await door.nobody.get('/network/')
    expect(versions.at('versions.0')).toEqual({
      id: 'v2.0',
      status: 'CURRENT',
      links: [{ rel: 'self', href: 'http://cloud.test/network/v2.0/' }],
    })
    expect((await door.nobody.get('/network/v2.0/')).list('resources').length).toBeGreaterThan(5)
    const extension = await door.nobody.get(`${v2}/extensions/router`)
    expect(extension.at('extension.alias')).toBe('router')
    expect((await door.nobody.get(`${v2}/extensions/none`)).at('NeutronError.type')).toBe(
      'ExtensionNotFound',
    )
    expect((await door.nobody.get(`${v2}/networks`)).status).toBe(401)
  })

  it('N3: a network is made with its MTU, shown, changed and deleted', async () => {
    const answer = await made('/networks', {
      network: { name: 'web', description: 'first', mtu: 1400 },
    })
    const id = answer.string('network.id')
    expect(answer.at('network')).toMatchObject({
      id,
      name: 'web',
      description: 'first',
      admin_state_up: true,
      shared: false,
      'router:external': false,
      mtu: 1400,
      status: 'ACTIVE',
      subnets: [],
      port_security_enabled: true,
      tags: [],
      tenant_id: door.demo.projectId,
      project_id: door.demo.projectId,
      revision_number: 1,
    })
    expect(answer.string('network.created_at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const body = { network: { name: 'web2', admin_state_up: 'False' } }
    const changed = await door.demo.put(`${v2}/networks/${id}`, body)
    expect(changed.at('network')).toMatchObject({ name: 'web2', admin_state_up: false })
    const stale = await door.demo.put(`${v2}/networks/${id}`, body, {
      'if-match': 'revision_number=1',
    })
    expect([stale.status, stale.at('NeutronError.type')]).toEqual([
      412,
      'RevisionNumberConstraintFailed',
    ])
    const fields = await door.demo.get(`${v2}/networks/${id}?fields=id&fields=name`)
    expect(fields.json).toEqual({ network: { id, name: 'web2' } })
    expect((await door.demo.delete(`${v2}/networks/${id}`)).status).toBe(204)
    const gone = await door.demo.get(`${v2}/networks/${id}`)
    expect([gone.status, gone.at('NeutronError.type')]).toEqual([404, 'NetworkNotFound'])
  })

  it('refuses what it does not know, and what is for operators', async () => {
    for (const network of [{ flavour: 1 }, { id: 'x' }, { mtu: 'big' }, { tags: ['a,b'] }]) {
      const answer = await door.demo.post(`${v2}/networks`, { network })
      expect([answer.status, typeof answer.at('NeutronError.message')]).toEqual([400, 'string'])
    }
    const shared = await door.demo.post(`${v2}/networks`, { network: { shared: true } })
    expect([shared.status, shared.at('NeutronError.type')]).toEqual([403, 'PolicyNotAuthorized'])
    const foreign = { network: { project_id: door.admin.projectId } }
    expect((await door.demo.post(`${v2}/networks`, foreign)).status).toBe(400)
    const filter = await door.demo.get(`${v2}/networks?colour=red`)
    expect(filter.status).toBe(400)
  })

  it('N1: networks are made in bulk, and none when one is refused', async () => {
    const answer = await made('/networks', { networks: [{ name: 'b1' }, { name: 'b2' }] })
    expect(answer.list('networks')).toHaveLength(2)
    const bad = { networks: [{ name: 'b3' }, { name: 'b4', mtu: 1 }] }
    expect((await door.demo.post(`${v2}/networks`, bad)).status).toBe(400)
    expect((await door.demo.get(`${v2}/networks?name=b3`)).json).toEqual({ networks: [] })
  })

  it('lists by filters, in orders, page by page', async () => {
    const who = await door.stranger()
    for (const name of ['c', 'a', 'b']) await made('/networks', { network: { name } }, who)
    const own = `${v2}/networks?project_id=${who.projectId}`
    const names = async (query: string): Promise<unknown> =>
      (await who.get(`${own}&${query}`))
        .list('networks')
        .map((one) => (one as { name: string }).name)
    expect(await names('sort_key=name')).toEqual(['a', 'b', 'c'])
    expect(await names('sort_key=name&sort_dir=desc')).toEqual(['c', 'b', 'a'])
    expect(await names('sort_key=name&name=a&name=c')).toEqual(['a', 'c'])
    expect(await names('admin_state_up=False')).toEqual([])
    expect((await who.get(`${own}&sort_key=colour`)).status).toBe(400)

    const page = await who.get(`${own}&limit=2&sort_key=name`)
    const links = page.list('networks_links') as { rel: string; href: string }[]
    expect(links.map(({ rel }) => rel)).toEqual(['next', 'previous'])
    const next = await who.get(String(links[0]?.href).replace('http://cloud.test', ''))
    expect(next.at('networks.0.name')).toBe('c')
    expect(next.list('networks')).toHaveLength(1)
    const marker = next.string('networks.0.id')
    const back = await who.get(`${own}&limit=1&sort_key=name&marker=${marker}&page_reverse=True`)
    expect(back.at('networks.0.name')).toBe('b')
    expect((await who.get(`${own}&limit=-1`)).status).toBe(400)
  })

  it('N1: subnets and ports, and what is in use stays', async () => {
    const networkId = (await made('/networks', { network: { name: 'n' } })).string('network.id')
    const subnet = await made('/subnets', {
      subnet: { network_id: networkId, ip_version: 4, cidr: '10.9.0.0/24', name: 's' },
    })
    expect(subnet.at('subnet')).toMatchObject({
      gateway_ip: '10.9.0.1',
      enable_dhcp: true,
      allocation_pools: [{ start: '10.9.0.2', end: '10.9.0.254' }],
      ipv6_address_mode: null,
    })
    const overlap = await door.demo.post(`${v2}/subnets`, {
      subnet: { network_id: networkId, ip_version: 4, cidr: '10.9.0.0/25' },
    })
    expect([overlap.status, overlap.at('NeutronError.type')]).toEqual([400, 'InvalidInput'])
    // Clients look for these words, and try another block.
    expect(overlap.string('NeutronError.message')).toContain('overlaps with another subnet')
    const subnetId = subnet.string('subnet.id')
    const port = await made('/ports', {
      port: { network_id: networkId, fixed_ips: [{ subnet_id: subnetId, ip_address: '10.9.0.7' }] },
    })
    const portId = port.string('port.id')
    expect(port.at('port')).toMatchObject({
      device_id: '',
      device_owner: '',
      fixed_ips: [{ subnet_id: subnetId, ip_address: '10.9.0.7' }],
      status: 'DOWN',
      'binding:vnic_type': 'normal',
    })
    expect(port.at('port.binding:host_id')).toBeUndefined()
    const taken = await door.demo.post(`${v2}/ports`, {
      port: { network_id: networkId, fixed_ips: [{ ip_address: '10.9.0.7' }] },
    })
    expect([taken.status, taken.at('NeutronError.type')]).toEqual([409, 'IpAddressInUse'])
    for (const query of ['ip_address=10.9.0.7', 'ip_address_substr=9.0.7']) {
      const found = await door.demo.get(`${v2}/ports?fixed_ips=${query}`)
      expect(found.at('ports.0.id')).toBe(portId)
    }
    const inUse = await door.demo.delete(`${v2}/networks/${networkId}`)
    expect([inUse.status, inUse.at('NeutronError.type')]).toEqual([409, 'NetworkInUse'])
    const used = await door.demo.delete(`${v2}/subnets/${subnetId}`)
    expect([used.status, used.at('NeutronError.type')]).toEqual([409, 'SubnetInUse'])
    const asAdmin = await door.admin.get(`${v2}/ports/${portId}`)
    expect(asAdmin.at('port.binding:vif_type')).toBe('unbound')
    const renamed = await door.demo.put(`${v2}/ports/${portId}`, { port: { name: 'p' } })
    expect(renamed.at('port.name')).toBe('p')
    expect((await door.demo.delete(`${v2}/ports/${portId}`)).status).toBe(204)
    const many = await made('/ports', {
      ports: [{ network_id: networkId }, { network_id: networkId }],
    })
    expect(many.list('ports')).toHaveLength(2)
  })

  it('N5: tags are put on resources and taken off', async () => {
    const id = (await made('/networks', { network: { tags: ['red'] } })).string('network.id')
    const tags = `${v2}/networks/${id}/tags`
    expect((await door.demo.put(`${tags}/blue`)).status).toBe(201)
    expect((await door.demo.get(tags)).json).toEqual({ tags: ['red', 'blue'] })
    expect((await door.demo.get(`${tags}/blue`)).status).toBe(204)
    expect((await door.demo.get(`${v2}/networks?tags=red,blue`)).at('networks.0.id')).toBe(id)
    expect((await door.demo.get(`${v2}/networks?not-tags-any=red&id=${id}`)).json).toEqual({
      networks: [],
    })
    expect((await door.demo.delete(`${tags}/red`)).status).toBe(204)
    expect((await door.demo.delete(`${tags}/red`)).status).toBe(404)
    expect((await door.demo.put(tags, { tags: ['x'] })).json).toEqual({ tags: ['x'] })
    expect((await door.demo.delete(tags)).status).toBe(204)
  })

  it('a project does not see what is another one’s, which its administrator does', async () => {
    const other = await door.stranger()
    const id = (await made('/networks', { network: { name: 'mine' } })).string('network.id')
    const absent = await other.get(`${v2}/networks/00000000-0000-0000-0000-000000000000`)
    const foreign = await other.get(`${v2}/networks/${id}`)
    expect([foreign.status, foreign.at('NeutronError')]).toEqual([404, absent.at('NeutronError')])
    expect((await door.admin.get(`${v2}/networks/${id}`)).status).toBe(200)
  })
})
