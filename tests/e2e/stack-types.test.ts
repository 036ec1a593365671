import { expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld } from '../support/world.ts'

it('H6: a web tier is one stack: network, router, servers, floating IP', async () => {
  const { cloud } = await openWorld()
  const { acme, imageId, flavorId } = await basics(cloud)
  await addHosts(cloud, 4)
  const shop = await cloud.project('provider')
  const outside = await cloud.system.networks.create({
    name: 'outside',
    external: true,
    projectId: shop.id,
  })
  await cloud.system.subnets.create({ networkId: outside.id, cidr: '203.0.113.0/24' })
  const template = tier(outside.id, imageId, flavorId)
  const { id } = await acme.stacks.create({ name: 'tier', template })
  const stack = await acme.stacks.done({ id })
  expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
  expect(stack?.outputs[0]?.value).toMatch(/^203\.0\.113\./)
  expect(await collect(acme.stacks.resources.list({ stackId: id }))).toHaveLength(17)
  expect(await cloud.audit()).toEqual([])
  const changed = template.replace('external_port: 2222', 'external_port: 2223')
  await acme.stacks.update({ id, template: changed })
  const after = await acme.stacks.done({ id })
  expect(after).toMatchObject({ stackStatus: 'UPDATE_COMPLETE', reason: '' })
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  expect(await collect(acme.networks.list())).toHaveLength(1)
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

it('H6: a load balancer with members of a group, and servers with volumes', async () => {
  const { cloud } = await openWorld()
  const { acme, imageId, flavorId } = await basics(cloud)
  await addHosts(cloud, 4)
  await cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 100 })
  const template = balanced(imageId, flavorId)
  const { id } = await acme.stacks.create({ name: 'tier', template })
  const stack = await acme.stacks.done({ id })
  expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
  expect(await cloud.audit()).toEqual([])
  const changed = template
    .replace('size: 1', 'size: 2')
    .replace('value: /old', 'value: /older')
    .replace('www.example.org', 'web.example.org')
  await acme.stacks.update({ id, template: changed })
  const after = await acme.stacks.done({ id })
  expect(after).toMatchObject({ stackStatus: 'UPDATE_COMPLETE', reason: '' })
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

function tier(outsideId: string, imageId: string, flavorId: string): string {
  return `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network_id: { get_resource: net }, cidr: 10.0.0.0/24 }
  router:
    type: OS::Neutron::Router
    properties: { external_gateway_info: { network: ${outsideId} } }
  interface:
    type: OS::Neutron::RouterInterface
    properties: { router_id: { get_resource: router }, subnet_id: { get_resource: subnet } }
  port: { type: OS::Neutron::Port, properties: { network_id: { get_resource: net } } }
  address:
    type: OS::Neutron::FloatingIP
    properties: { floating_network: outside, port_id: { get_resource: port } }
  other: { type: OS::Neutron::Port, properties: { network_id: { get_resource: net } } }
  spare: { type: OS::Neutron::FloatingIP, properties: { floating_network: outside } }
  use:
    type: OS::Neutron::FloatingIPAssociation
    properties: { floatingip_id: { get_resource: spare }, port_id: { get_resource: other } }
  third: { type: OS::Neutron::Port, properties: { network_id: { get_resource: net } } }
  gate: { type: OS::Neutron::FloatingIP, properties: { floating_network: outside } }
  forward:
    type: OS::Neutron::FloatingIPPortForward
    properties:
      floating_ip: { get_resource: gate }
      internal_port: { get_resource: third }
      internal_port_number: 22
      external_port: 2222
      protocol: tcp
  web:
    type: OS::Heat::ResourceGroup
    properties:
      count: 3
      resource_def:
        type: OS::Nova::Server
        properties:
          name: web-%index%
          image: ${imageId}
          flavor: ${flavorId}
          networks: [{ network: { get_resource: net } }]
  site: { type: OS::Swift::Container, properties: { name: site } }
outputs:
  address: { value: { get_attr: [address, floating_ip_address] } }
`
}

function balanced(imageId: string, flavorId: string): string {
  return `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.0.0/24 }
  balancer:
    type: OS::Octavia::LoadBalancer
    properties: { vip_subnet: { get_resource: subnet } }
  listener:
    type: OS::Octavia::Listener
    properties: { loadbalancer: { get_resource: balancer }, protocol: HTTP, protocol_port: 80 }
  pool:
    type: OS::Octavia::Pool
    properties: { listener: { get_resource: listener }, protocol: HTTP, lb_algorithm: ROUND_ROBIN }
  monitor:
    type: OS::Octavia::HealthMonitor
    properties: { pool: { get_resource: pool }, type: HTTP, delay: 5, timeout: 2, max_retries: 3 }
  policy:
    type: OS::Octavia::L7Policy
    properties:
      listener: { get_resource: listener }
      action: REDIRECT_TO_URL
      redirect_url: https://www.example.org/
  rule:
    type: OS::Octavia::L7Rule
    properties:
      l7policy: { get_resource: policy }
      type: PATH
      compare_type: STARTS_WITH
      value: /old
  members:
    type: OS::Heat::ResourceGroup
    properties:
      count: 5
      resource_def:
        type: OS::Octavia::PoolMember
        properties: { pool: { get_resource: pool }, address: 10.0.0.1%index%, protocol_port: 80 }
  server:
    type: OS::Nova::Server
    properties:
      image: ${imageId}
      flavor: ${flavorId}
      networks: [{ network: { get_resource: net } }]
  volume: { type: OS::Cinder::Volume, properties: { size: 1 } }
  attachment:
    type: OS::Cinder::VolumeAttachment
    properties: { instance_uuid: { get_resource: server }, volume_id: { get_resource: volume } }
`
}
