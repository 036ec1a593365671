import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Door, openDoor } from '../door.ts'

const v2 = '/network/v2.0'

describe('Neutron: routers, floating IPs and security groups', () => {
  let door: Door
  let outside: string
  beforeAll(async () => {
    door = await openDoor()
    const networks = await door.demo.get(`${v2}/networks?router:external=True`)
    outside = networks.string('networks.0.id')
  })
  afterAll(() => door[Symbol.asyncDispose]())

  async function made(path: string, body: unknown): Promise<Answer> {
    const answer = await door.demo.post(`${v2}${path}`, body)
    expect(answer.status, answer.text).toBe(201)
    return answer
  }

  async function net(cidr: string): Promise<{ networkId: string; subnetId: string }> {
    const networkId = (await made('/networks', { network: { name: 'n' } })).string('network.id')
    const subnet = { network_id: networkId, ip_version: 4, cidr }
    return { networkId, subnetId: (await made('/subnets', { subnet })).string('subnet.id') }
  }

  it('N2: a router has interfaces, a gateway and routes, and leaves nothing behind', async () => {
    const { networkId, subnetId } = await net('10.20.0.0/24')
    const router = await made('/routers', { router: { name: 'r' } })
    const id = router.string('router.id')
    expect(router.at('router')).toMatchObject({ external_gateway_info: null, routes: [] })
    const path = `${v2}/routers/${id}`
    const added = await door.demo.put(`${path}/add_router_interface`, { subnet_id: subnetId })
    expect([added.status, added.at('subnet_id'), added.at('id')]).toEqual([200, subnetId, id])
    const ports = await door.demo.get(`${v2}/ports?device_id=${id}`)
    expect(ports.at('ports.0')).toMatchObject({
      id: added.string('port_id'),
      device_owner: 'network:router_interface',
      network_id: networkId,
    })
    const again = await door.demo.put(`${path}/add_router_interface`, { subnet_id: subnetId })
    expect(again.status).toBe(400)

    const info = { router: { external_gateway_info: { network_id: outside } } }
    const gated = await door.demo.put(path, info)
    expect(gated.at('router.external_gateway_info')).toMatchObject({
      network_id: outside,
      enable_snat: true,
    })
    const routes = { router: { routes: [{ destination: '10.99.0.0/24', nexthop: '10.20.0.9' }] } }
    expect((await door.demo.put(`${path}/add_extraroutes`, routes)).status).toBe(200)
    expect((await door.demo.get(path)).list('router.routes')).toHaveLength(1)
    const removed = await door.demo.put(`${path}/remove_extraroutes`, routes)
    expect(removed.at('router.routes')).toEqual([])

    const inUse = await door.demo.delete(path)
    expect([inUse.status, inUse.at('NeutronError.type')]).toEqual([409, 'RouterInUse'])
    const bare = await door.demo.put(path, { router: { external_gateway_info: {} } })
    expect(bare.at('router.external_gateway_info')).toBeNull()
    const off = await door.demo.put(`${path}/remove_router_interface`, { subnet_id: subnetId })
    expect(off.status).toBe(200)
    // Nothing holds an address any more: at once, as a client expects.
    expect((await door.demo.delete(`${v2}/subnets/${subnetId}`)).status).toBe(204)
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await door.demo.get(path)).at('NeutronError.type')).toBe('RouterNotFound')
    expect((await door.demo.delete(path)).status).toBe(404)
  })

  it('N2: gateways are refused on networks that lead nowhere', async () => {
    const { networkId } = await net('10.21.0.0/24')
    const none = '00000000-0000-0000-0000-000000000000'
    for (const [network, status] of [[networkId, 400] as const, [none, 404] as const]) {
      const router = { external_gateway_info: { network_id: network } }
      expect((await door.demo.post(`${v2}/routers`, { router })).status).toBe(status)
    }
  })

  it('A5: a floating IP stands for a port, or forwards to it', async () => {
    const { networkId, subnetId } = await net('10.22.0.0/24')
    const router = { name: 'out', external_gateway_info: { network_id: outside } }
    const routerId = (await made('/routers', { router })).string('router.id')
    const body = { subnet_id: subnetId }
    await door.demo.put(`${v2}/routers/${routerId}/add_router_interface`, body)
    const port = await made('/ports', { port: { network_id: networkId } })
    const portId = port.string('port.id')
    const fip = await made('/floatingips', {
      floatingip: { floating_network_id: outside, port_id: portId },
    })
    const path = `${v2}/floatingips/${fip.string('floatingip.id')}`
    expect(fip.at('floatingip')).toMatchObject({
      port_id: portId,
      router_id: routerId,
      fixed_ip_address: port.string('port.fixed_ips.0.ip_address'),
    })
    const needed = await door.demo.put(`${v2}/routers/${routerId}/remove_router_interface`, body)
    expect([needed.status, needed.at('NeutronError.type')]).toEqual([
      409,
      'RouterInterfaceInUseByFloatingIP',
    ])
    const off = await door.demo.put(path, { floatingip: { port_id: null } })
    expect(off.at('floatingip.port_id')).toBeNull()
    const found = await door.demo.get(`${v2}/floatingips?floating_network_id=${outside}`)
    expect(found.list('floatingips')).toHaveLength(1)

    const forwarding = {
      protocol: 'tcp',
      external_port: 2222,
      internal_port: 22,
      internal_port_id: portId,
      internal_ip_address: port.string('port.fixed_ips.0.ip_address'),
    }
    const forwardings = `${path}/port_forwardings`
    const first = await door.demo.post(forwardings, { port_forwarding: forwarding })
    expect(first.status, first.text).toBe(201)
    expect(first.at('port_forwarding')).toMatchObject({
      ...forwarding,
      external_port_range: '2222:2222',
    })
    const twice = await door.demo.post(forwardings, { port_forwarding: forwarding })
    expect(twice.status).toBe(400)
    const sameEnd = { ...forwarding, external_port: 2224 }
    const second = await door.demo.post(forwardings, { port_forwarding: sameEnd })
    expect([second.status, second.string('NeutronError.message')]).toEqual([
      400,
      'internal_ports: are reached by another forwarding already.',
    ])
    const one = `${forwardings}/${first.string('port_forwarding.id')}`
    expect((await door.demo.get(forwardings)).list('port_forwardings')).toHaveLength(1)
    expect((await door.demo.get(one)).at('port_forwarding.external_port')).toBe(2222)
    const moved = await door.demo.put(one, { port_forwarding: { external_port: 2223 } })
    expect(moved.at('port_forwarding.external_port')).toBe(2223)
    expect((await door.demo.get(path)).list('floatingip.port_forwardings')).toHaveLength(1)
    expect((await door.demo.delete(path)).status).toBe(409)
    expect((await door.demo.delete(one)).status).toBe(204)
    expect((await door.demo.get(one)).status).toBe(404)
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await door.demo.get(path)).at('NeutronError.type')).toBe('FloatingIPNotFound')
  })

  it('F1: groups show their rules as they were written', async () => {
    const group = await made('/security-groups', { security_group: { name: 'web' } })
    const id = group.string('security_group.id')
    expect(group.list('security_group.security_group_rules')).toHaveLength(2)
    const rule = {
      security_group_id: id,
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: '6',
      port_range_min: 80,
      port_range_max: 80,
      remote_ip_prefix: '0.0.0.0/0',
    }
    const answer = await made('/security-group-rules', { security_group_rule: rule })
    expect(answer.at('security_group_rule')).toMatchObject(rule)
    const twice = await door.demo.post(`${v2}/security-group-rules`, {
      security_group_rule: { ...rule, protocol: 'tcp', remote_ip_prefix: null },
    })
    expect([twice.status, twice.at('NeutronError.type')]).toEqual([409, 'SecurityGroupRuleExists'])
    for (const bad of [{ protocol: 'bogus' }, { ethertype: 'IPv7' }, { remote_ip_prefix: '1.2' }]) {
      const refused = await door.demo.post(`${v2}/security-group-rules`, {
        security_group_rule: { ...rule, ...bad },
      })
      expect(refused.status).toBe(400)
    }
    for (const [protocol, min, max, words] of [
      ['tcp', -16, 80, 'Invalid value for port -16'],
      ['tcp', 80, 79, 'port_range_min must be <= port_range_max'],
      ['tcp', null, 6, 'port_range_min must be <= port_range_max'],
      ['icmp', 1, 256, 'Invalid value for ICMP code'],
      ['icmp', 300, 1, 'Invalid value for ICMP type'],
      ['icmp', null, 6, 'ICMP type (port-range-min) is missing'],
    ] as const) {
      const ports = { ...rule, protocol, port_range_min: min, port_range_max: max }
      const refused = await door.demo.post(`${v2}/security-group-rules`, {
        security_group_rule: ports,
      })
      expect([refused.status, refused.string('NeutronError.message')]).toEqual([
        400,
        expect.stringContaining(words),
      ])
    }
    const many = await made('/security-group-rules', {
      security_group_rules: [
        { ...rule, port_range_min: 81, port_range_max: 81 },
        { security_group_id: id, direction: 'ingress', remote_group_id: id },
      ],
    })
    expect(many.list('security_group_rules')).toHaveLength(2)
    const shown = await door.demo.get(`${v2}/security-groups/${id}`)
    expect(shown.list('security_group.security_group_rules')).toHaveLength(5)
    const listed = await door.demo.get(`${v2}/security-groups?name=web`)
    expect(listed.list('security_groups.0.security_group_rules')).toHaveLength(5)
    const ruleId = answer.string('security_group_rule.id')
    const found = await door.demo.get(`${v2}/security-group-rules?id=${ruleId}`)
    expect(found.list('security_group_rules')).toHaveLength(1)
    expect((await door.demo.delete(`${v2}/security-group-rules/${ruleId}`)).status).toBe(204)
    const renamed = await door.demo.put(`${v2}/security-groups/${id}`, {
      security_group: { name: 'web2' },
    })
    expect(renamed.at('security_group.name')).toBe('web2')
    const standard = await door.demo.post(`${v2}/security-groups`, {
      security_group: { name: 'default' },
    })
    expect(standard.status).toBe(409)
    expect((await door.demo.delete(`${v2}/security-groups/${id}`)).status).toBe(204)
  })

  it('F4: address groups', async () => {
    const group = await made('/address-groups', {
      address_group: { name: 'ag', addresses: ['10.0.0.1/32', '10.1.0.0/16'] },
    })
    const bare = { address_group: { addresses: ['10.0.0.1'] } }
    expect((await door.demo.post(`${v2}/address-groups`, bare)).status).toBe(400)
    const path = `${v2}/address-groups/${group.string('address_group.id')}`
    expect(group.at('address_group.addresses')).toEqual(['10.0.0.1/32', '10.1.0.0/16'])
    const more = await door.demo.put(`${path}/add_addresses`, {
      addresses: ['10.2.0.0/16'],
    })
    expect(more.list('address_group.addresses')).toHaveLength(3)
    const less = await door.demo.put(`${path}/remove_addresses`, {
      address_group: { addresses: ['10.0.0.1/32'] },
    })
    expect(less.list('address_group.addresses')).toHaveLength(2)
    const gone = await door.demo.put(`${path}/remove_addresses`, { addresses: ['10.0.0.1'] })
    expect(gone.status).toBe(404)
    expect((await door.demo.put(path, { address_group: { name: 'x' } })).status).toBe(200)
    expect((await door.demo.get(`${v2}/address-groups`)).list('address_groups')).toHaveLength(1)
    expect((await door.demo.get(path)).at('address_group.id')).toBe(group.at('address_group.id'))
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await door.demo.get(path)).at('NeutronError.type')).toBe('AddressGroupNotFound')
  })

  it('F6: quotas are shown, set and reset by administrators', async () => {
    const who = await door.stranger()
    const path = `${v2}/quotas/${who.projectId}`
    expect((await who.put(path, { quota: { network: 1 } })).status).toBe(403)
    const set = await door.admin.put(path, { quota: { network: 1, subnet: -1 } })
    expect(set.at('quota')).toMatchObject({ network: 1, subnet: -1 })
    await who.post(`${v2}/networks`, { network: { name: 'first' } })
    const over = await who.post(`${v2}/networks`, { network: { name: 'second' } })
    expect([over.status, over.at('NeutronError.type')]).toEqual([409, 'OverQuota'])
    expect((await who.get(path)).at('quota.network')).toBe(1)
    const details = await who.get(`${path}/details.json`)
    expect(details.at('quota.network')).toEqual({ limit: 1, used: 1, reserved: 0 })
    const before = await who.get(`${path}/default`)
    expect((await door.admin.delete(path)).status).toBe(204)
    expect((await who.get(path)).at('quota.network')).toBe(before.at('quota.network'))
    expect((await who.get(`${v2}/quotas/${door.demo.projectId}`)).status).toBe(404)
  })
})

describe('Neutron: subnet pools', () => {
  it('A3: subnets are cut from a pool', async () => {
    await using door = await openDoor()
    const pool = await door.demo.post(`${v2}/subnetpools`, {
      subnetpool: { name: 'p', prefixes: ['10.64.0.0/16'], default_prefixlen: 26 },
    })
    expect(pool.status, pool.text).toBe(201)
    expect(pool.at('subnetpool')).toMatchObject({
      prefixes: ['10.64.0.0/16'],
      ip_version: 4,
      min_prefixlen: '8',
      max_prefixlen: '32',
      default_prefixlen: '26',
      default_quota: null,
      is_default: false,
      address_scope_id: null,
    })
    const id = pool.string('subnetpool.id')
    const path = `${v2}/subnetpools/${id}`
    const network = await door.demo.post(`${v2}/networks`, { network: { name: 'n' } })
    const subnet = { network_id: network.string('network.id'), ip_version: 4, subnetpool_id: id }
    const cut = await door.demo.post(`${v2}/subnets`, { subnet })
    expect(cut.at('subnet')).toMatchObject({ cidr: '10.64.0.0/26', subnetpool_id: id })
    const inUse = await door.demo.delete(path)
    expect([inUse.status, inUse.at('NeutronError.type')]).toEqual([409, 'SubnetPoolInUse'])
    const more = await door.demo.put(`${path}/add_prefixes`, { prefixes: ['10.65.0.0/16'] })
    expect(more.json).toEqual({ prefixes: ['10.64.0.0/15'] })
    const less = await door.demo.put(`${path}/remove_prefixes`, { prefixes: ['10.64.0.0/16'] })
    expect(less.status).toBe(409)
    const renamed = await door.demo.put(path, { subnetpool: { name: 'q' } })
    expect(renamed.at('subnetpool.name')).toBe('q')
    expect((await door.demo.get(`${v2}/subnetpools?name=q`)).list('subnetpools')).toHaveLength(1)
    const shared = { subnetpool: { name: 's', prefixes: ['10.0.0.0/8'], is_default: true } }
    expect((await door.demo.post(`${v2}/subnetpools`, shared)).status).toBe(403)
    await door.demo.delete(`${v2}/subnets/${cut.string('subnet.id')}`)
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await door.demo.get(path)).at('NeutronError.type')).toBe('SubnetPoolNotFound')
  })
})

describe('Neutron: what administrators ask', () => {
  it('A4: tells of addresses, quotas and agents', async () => {
    await using door = await openDoor()
    const network = await door.demo.post(`${v2}/networks`, { network: { name: 'counted' } })
    const id = network.string('network.id')
    const subnet = { network_id: id, ip_version: 4, cidr: '10.70.0.0/29' }
    await door.demo.post(`${v2}/subnets`, { subnet })
    await door.demo.post(`${v2}/ports`, { port: { network_id: id } })
    const path = `${v2}/network-ip-availabilities`
    const counted = { network_id: id, network_name: 'counted', total_ips: 5, used_ips: 1 }
    const one = await door.admin.get(`${path}/${id}`)
    expect(one.at('network_ip_availability')).toMatchObject(counted)
    const listed = await door.admin.get(`${path}?network_name=counted&ip_version=4`)
    expect(listed.at('network_ip_availabilities.0')).toMatchObject(counted)
    const six = await door.admin.get(`${path}?network_name=counted&ip_version=6`)
    expect(six.json).toEqual({ network_ip_availabilities: [] })
    expect((await door.demo.get(path)).status).toBe(403)

    expect((await door.admin.get(`${v2}/quotas`)).json).toEqual({ quotas: [] })
    await door.admin.put(`${v2}/quotas/${door.demo.projectId}`, { quota: { port: 7 } })
    const quotas = await door.admin.get(`${v2}/quotas`)
    expect(quotas.list('quotas')).toHaveLength(1)
    expect(quotas.at('quotas.0')).toMatchObject({ project_id: door.demo.projectId, port: 7 })
    expect((await door.demo.get(`${v2}/quotas`)).status).toBe(403)

    expect((await door.demo.get(`${v2}/agents`)).json).toEqual({ agents: [] })
    expect((await door.demo.get(`${v2}/agents/x`)).at('NeutronError.type')).toBe('AgentNotFound')
    expect((await door.demo.get(`${v2}/service-providers`)).json).toEqual({
      service_providers: [],
    })
  })

  it('makes ports on networks of others, and takes idle floating IPs with a network', async () => {
    await using door = await openDoor()
    const network = await door.demo.post(`${v2}/networks`, { network: { name: 'n' } })
    const port = { network_id: network.string('network.id') }
    const made = await door.admin.post(`${v2}/ports`, { port })
    expect(made.at('port.project_id')).toBe(door.demo.projectId)
    const foreign = { ...port, project_id: door.admin.projectId }
    expect((await door.admin.post(`${v2}/ports`, { port: foreign })).status).toBe(409)

    const outside = await door.admin.post(`${v2}/networks`, {
      network: { name: 'out', 'router:external': true },
    })
    const id = outside.string('network.id')
    const subnet = { network_id: id, ip_version: 4, cidr: '198.51.100.0/24' }
    expect((await door.admin.post(`${v2}/subnets`, { subnet })).status).toBe(201)
    const fip = { floatingip: { floating_network_id: id } }
    const floating = await door.demo.post(`${v2}/floatingips`, fip)
    expect(floating.status, floating.text).toBe(201)
    expect((await door.admin.delete(`${v2}/networks/${id}`)).status).toBe(204)
  })
})
