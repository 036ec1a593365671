import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Door, openDoor } from '../door.ts'

const v2 = '/network/v2.0'

describe('Neutron: what goes beyond networks, subnets and ports', () => {
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

  it('N3: administrators see and choose what carries a network', async () => {
    const plain = await made('/networks', { network: { name: 'carried' } })
    expect(plain.text).not.toContain('provider:')
    const id = plain.string('network.id')
    const shown = await door.admin.get(`${v2}/networks/${id}`)
    expect(shown.at('network.provider:network_type')).toBe('geneve')
    const vlan = {
      'provider:network_type': 'vlan',
      'provider:physical_network': 'rack-1',
      'provider:segmentation_id': 12,
    }
    expect((await made('/networks', { network: vlan }, door.admin)).at('network')).toMatchObject(
      vlan,
    )
    const again = await door.admin.post(`${v2}/networks`, { network: vlan })
    expect([again.status, again.at('NeutronError.type')]).toEqual([409, 'VlanIdInUse'])
    expect((await door.demo.post(`${v2}/networks`, { network: vlan })).status).toBe(403)
    const listed = await door.admin.get(`${v2}/networks?provider:physical_network=rack-1`)
    expect(listed.list('networks')).toHaveLength(1)
  })

  it('N6: ports have names, domains and options of DHCP', async () => {
    const domain = { name: 'named', dns_domain: 'example.org.' }
    const network = await made('/networks', { network: domain })
    expect(network.at('network.dns_domain')).toBe('example.org.')
    const network_id = network.string('network.id')
    const cidr = { network_id, ip_version: 4, cidr: '10.5.0.0/24' }
    await made('/subnets', { subnet: cidr })
    const option = { opt_name: 'bootfile-name', opt_value: 'pxe.0' }
    const port = await made('/ports', {
      port: { network_id, dns_name: 'web', extra_dhcp_opts: [option] },
    })
    const address = port.string('port.fixed_ips.0.ip_address')
    expect(port.at('port')).toMatchObject({
      dns_name: 'web',
      dns_assignment: [{ ip_address: address, hostname: 'web', fqdn: 'web.openstacklocal.' }],
      extra_dhcp_opts: [{ ...option, ip_version: 4 }],
    })
    const changed = await door.demo.put(`${v2}/ports/${port.string('port.id')}`, {
      port: { dns_name: '', extra_dhcp_opts: [{ ...option, opt_value: null }] },
    })
    const hostname = `host-${address.replaceAll('.', '-')}`
    expect(changed.at('port')).toMatchObject({
      dns_name: '',
      dns_assignment: [{ hostname }],
      extra_dhcp_opts: [],
    })
    const outside = await door.demo.get(`${v2}/networks?name=public`)
    const names = { dns_name: 'www', dns_domain: 'example.org.' }
    const floating = { floating_network_id: outside.string('networks.0.id'), ...names }
    const answer = await made('/floatingips', { floatingip: floating })
    expect(answer.at('floatingip')).toMatchObject(names)
  })

  it('N5: a network is shared with one project, by RBAC', async () => {
    const other = await door.stranger()
    const network = await made('/networks', { network: { name: 'lent' } })
    const id = network.string('network.id')
    const rbac_policy = {
      ...{ object_type: 'network', object_id: id },
      ...{ action: 'access_as_shared', target_tenant: other.projectId },
    }
    const answer = await made('/rbac-policies', { rbac_policy })
    expect(answer.at('rbac_policy')).toEqual({
      ...{ ...rbac_policy, id: answer.string('rbac_policy.id') },
      ...{ tenant_id: door.demo.projectId, project_id: door.demo.projectId },
    })
    const path = `${v2}/rbac-policies/${answer.string('rbac_policy.id')}`
    expect((await other.get(`${v2}/networks/${id}`)).at('network.shared')).toBe(true)
    expect((await door.demo.get(`${v2}/networks/${id}`)).at('network.shared')).toBe(false)
    expect((await door.demo.get(path)).at('rbac_policy.object_id')).toBe(id)
    const again = await door.demo.post(`${v2}/rbac-policies`, { rbac_policy })
    expect(again.status).toBe(409)
    const port = await made('/ports', { port: { network_id: id } }, other)
    const inUse = await door.demo.delete(path)
    expect([inUse.status, inUse.at('NeutronError.type')]).toEqual([409, 'RbacPolicyInUse'])
    await other.delete(`${v2}/ports/${port.string('port.id')}`)
    const change = { rbac_policy: { target_tenant: 'nobody' } }
    expect((await door.demo.put(path, change)).at('rbac_policy.target_tenant')).toBe('nobody')
    expect((await other.get(`${v2}/networks/${id}`)).status).toBe(404)
    const listed = await door.demo.get(`${v2}/rbac-policies?object_id=${id}`)
    expect(listed.list('rbac_policies')).toHaveLength(1)
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await door.demo.get(path)).at('NeutronError.type')).toBe('RbacPolicyNotFound')
    const wildcard = { rbac_policy: { ...rbac_policy, target_tenant: '*' } }
    expect((await door.demo.post(`${v2}/rbac-policies`, wildcard)).status).toBe(403)
    const strange = { rbac_policy: { ...rbac_policy, object_type: 'subnet' } }
    expect((await door.demo.post(`${v2}/rbac-policies`, strange)).status).toBe(400)
  })

  it('N4: administrators bind ports; refusals are in the words of clients', async () => {
    const network = await made('/networks', { network: { name: 'bound' } })
    const network_id = network.string('network.id')
    const bound = { port: { network_id, 'binding:host_id': 'host-7' } }
    const port = await made('/ports', bound, door.admin)
    expect(port.at('port.binding:host_id')).toBe('host-7')
    expect((await door.demo.post(`${v2}/ports`, bound)).status).toBe(403)
    const path = `${v2}/ports/${port.string('port.id')}`
    const moved = await door.admin.put(path, { port: { 'binding:host_id': 'host-8' } })
    expect(moved.at('port.binding:host_id')).toBe('host-8')
    const mac = '12:34:56:78:be:6d'
    expect((await door.demo.put(path, { port: { mac_address: mac } })).status).toBe(403)
    const renewed = await door.admin.put(path, { port: { mac_address: mac } })
    expect(renewed.at('port.mac_address'), renewed.text).toBe(mac)
    const twin = await made('/ports', { port: { network_id } }, door.admin)
    const same = await door.admin.put(`${v2}/ports/${twin.string('port.id')}`, {
      port: { mac_address: mac },
    })
    expect(same.status, same.text).toBe(409)
    const group = await made('/security-groups', { security_group: { name: 'mixed' } })
    const rule = {
      ...{ security_group_id: group.string('security_group.id'), direction: 'ingress' },
      ...{ ethertype: 'IPv6', remote_ip_prefix: '10.0.0.0/8' },
    }
    const mixed = await door.demo.post(`${v2}/security-group-rules`, { security_group_rule: rule })
    expect([mixed.status, mixed.at('NeutronError.message')]).toEqual([
      400,
      'Conflicting value ethertype IPv6 for CIDR 10.0.0.0/8',
    ])
    const other = await door.stranger()
    const quota = `${v2}/quotas/${other.projectId}`
    await door.admin.put(quota, { quota: { network: 0 } })
    const full = await other.post(`${v2}/networks`, { network: {} })
    expect(full.string('NeutronError.message')).toMatch(
      /^Quota exceeded for resources: \['network'\]/,
    )
  })

  it('N7: a QoS policy has rules', async () => {
    const answer = await made(
      '/qos/policies',
      { policy: { name: 'slow', is_default: true, project_id: door.demo.projectId } },
      door.admin,
    )
    const id = answer.string('policy.id')
    const path = `${v2}/qos/policies/${id}`
    expect(answer.at('policy')).toMatchObject({ name: 'slow', is_default: true, rules: [] })
    const second = await door.admin.post(`${v2}/qos/policies`, {
      policy: { is_default: true, project_id: door.demo.projectId },
    })
    expect(second.status).toBe(409)
    for (const [type, rule, change] of [
      ['bandwidth_limit', { max_kbps: 1000, max_burst_kbps: 100 }, { max_kbps: 2000 }],
      ['dscp_marking', { dscp_mark: 26 }, { dscp_mark: 14 }],
      ['minimum_bandwidth', { min_kbps: 500 }, { min_kbps: 600 }],
    ] as const) {
      const one = `${type}_rule`
      const rules = `/qos/policies/${id}/${one}s`
      const added = await made(rules, { [one]: rule }, door.admin)
      expect(added.at(one)).toMatchObject(rule)
      expect((await door.demo.post(`${v2}${rules}`, { [one]: rule })).status).toBe(403)
      expect((await door.admin.post(`${v2}${rules}`, { [one]: rule })).status).toBe(409)
      const own = `${v2}${rules}/${added.string(`${one}.id`)}`
      const changed = await door.admin.put(own, { [one]: change })
      expect(changed.at(one)).toMatchObject(change)
      expect((await door.demo.get(own)).at(one)).toEqual(changed.at(one))
      expect((await door.demo.get(`${v2}${rules}`)).list(`${one}s`)).toHaveLength(1)
    }
    const tags = `${v2}/policies/${id}/tags`
    const tag = `${tags}/gold`
    expect((await door.demo.put(tag)).status).toBe(201)
    expect((await door.demo.get(tag)).status).toBe(204)
    expect((await door.demo.get(tags)).json).toEqual({ tags: ['gold'] })
    expect((await door.demo.delete(tag)).status).toBe(204)
    expect((await door.demo.delete(tags)).status).toBe(204)
    const above = { minimum_bandwidth_rule: { min_kbps: 600, direction: 'sideways' } }
    const wrong = await door.admin.post(`${path}/minimum_bandwidth_rules`, above)
    expect(wrong.status).toBe(400)
    const strange = { dscp_marking_rule: { dscp_mark: 26, max_kbps: 1 } }
    expect((await door.admin.post(`${path}/dscp_marking_rules`, strange)).status).toBe(400)
    expect((await door.demo.get(path)).list('policy.rules')).toHaveLength(3)
    const renamed = await door.admin.put(path, { policy: { name: 'x', is_default: false } })
    expect(renamed.at('policy')).toMatchObject({ name: 'x', is_default: false })
    for (const shared of [true, false]) {
      const changed = await door.admin.put(path, { policy: { shared } })
      expect(changed.at('policy.shared')).toBe(shared)
    }
    expect((await door.demo.put(path, { policy: { name: 'y' } })).status).toBe(403)
    const [rule] = (await door.demo.get(path)).list('policy.rules') as { id: string }[]
    expect((await door.admin.delete(`${path}/bandwidth_limit_rules/${rule?.id}`)).status).toBe(204)
    for (const rules of [`${path}/dscp_marking_rules`, `${path}/minimum_bandwidth_rules`]) {
      const kind = rules.split('/').at(-1) ?? ''
      const [own] = (await door.demo.get(rules)).list(kind) as { id: string }[]
      expect((await door.admin.delete(`${rules}/${own?.id}`)).status).toBe(204)
    }
    const foreign = `${path}/dscp_marking_rules/${rule?.id}`
    expect((await door.demo.get(foreign)).at('NeutronError.type')).toBe('QosRuleNotFound')
    expect((await door.demo.get(`${v2}/qos/policies?name=x`)).list('policies')).toHaveLength(1)
    expect((await door.demo.get(`${v2}/qos/rule-types`)).list('rule_types')).toHaveLength(3)
    const detail = await door.admin.get(`${v2}/qos/rule-types/dscp_marking`)
    expect(detail.at('rule_type.drivers.0.name')).toBe('nephos')
    expect((await door.admin.get(`${v2}/qos/rule-types/colour`)).status).toBe(404)
    expect((await door.demo.put(tags, { tags: ['a'] })).list('tags')).toEqual(['a'])
    expect((await door.admin.delete(path)).status).toBe(204)
    expect(await door.cloud.audit()).toEqual([])
  })

  it('N7: networks and ports have a QoS policy, which stays meanwhile', async () => {
    const policy = { name: 'slow', is_default: true, project_id: door.demo.projectId }
    const id = (await made('/qos/policies', { policy }, door.admin)).string('policy.id')
    const path = `${v2}/qos/policies/${id}`
    const network = await made('/networks', { network: { name: 'slow' } })
    expect(network.at('network.qos_policy_id')).toBe(id)
    const network_id = network.string('network.id')
    const port = await made('/ports', { port: { network_id, qos_policy_id: id } })
    expect(port.at('port.qos_policy_id')).toBe(id)
    const inUse = await door.admin.delete(path)
    expect([inUse.status, inUse.at('NeutronError.type')]).toEqual([409, 'QosPolicyInUse'])
    const free = { port: { qos_policy_id: null } }
    await door.demo.put(`${v2}/ports/${port.string('port.id')}`, free)
    await door.demo.put(`${v2}/networks/${network_id}`, { network: { qos_policy_id: null } })
    expect((await door.admin.delete(path)).status).toBe(204)
    expect(await door.cloud.audit()).toEqual([])
  })

  it('N1: networks in bulk are all made or none', async () => {
    const two = await made('/networks', { networks: [{ name: 'bulk-a' }, { name: 'bulk-b' }] })
    expect(two.list('networks')).toHaveLength(2)
    const bad = { networks: [{ name: 'bulk-c' }, { name: 'bulk-d', mtu: 1 }] }
    expect((await door.demo.post(`${v2}/networks`, bad)).status).toBe(400)
    const found = await door.demo.get(`${v2}/networks?name=bulk-c`)
    expect(found.list('networks')).toEqual([])
    const other = (await door.stranger()).projectId
    const owners = [{ name: 'bulk-e', project_id: other }, { name: 'bulk-f' }]
    const mixed = await made('/networks', { networks: owners }, door.admin)
    expect(mixed.at('networks.0.project_id')).toBe(other)
    expect(mixed.at('networks.1.project_id')).toBe(door.admin.projectId)
  })
})
