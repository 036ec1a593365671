import { describe, expect, it } from 'vitest'
import type { Cloud, ProjectApi } from '@nephos/sdk'
import { addHosts, basics, collect, openWorld } from '../support/world.ts'

async function settled(acme: ProjectApi, id: string, status: string) {
  const stack = await acme.stacks.done({ id })
  expect(`${stack?.stackStatus} ${stack?.reason}`.trim()).toBe(status)
  const outputs = (stack?.outputs ?? []).map(({ name, value }) => [name, value] as const)
  return Object.fromEntries(outputs) as Record<string, unknown>
}

async function clean(cloud: Cloud, acme: ProjectApi, id: string): Promise<void> {
  expect(await cloud.audit()).toEqual([])
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
}

async function world() {
  const { cloud } = await openWorld()
  const base = await basics(cloud)
  await addHosts(cloud, 4)
  return { cloud, ...base }
}

/** A server on two subnets of one network, with the interfaces that are said. */
function serverTemplate(imageId: string, flavorId: string, networks: string): string {
  return `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net, properties: { name: inner } }
  left:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.1.0/24 }
  right:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.2.0/24 }
  web:
    type: OS::Nova::Server
    depends_on: [left, right]
    properties: { image: ${imageId}, flavor: ${flavorId}, networks: ${networks} }
outputs:
  ports: { value: { get_attr: [web, addresses, inner] } }
`
}

const addressesOf = (outputs: Record<string, unknown>): string[] =>
  (outputs['ports'] as { addr: string }[]).map(({ addr }) => addr)
const portsOf = (outputs: Record<string, unknown>): string[] =>
  (outputs['ports'] as { port: string }[]).map(({ port }) => port)

describe('interfaces of servers in stacks', () => {
  it('H6: a subnet says where the address is from, and another one moves it in place', async () => {
    const { cloud, acme, imageId, flavorId } = await world()
    const template = (networks: string): string => serverTemplate(imageId, flavorId, networks)
    const of = (subnet: string): string => template(`[{ subnet: { get_resource: ${subnet} } }]`)
    const { id } = await acme.stacks.create({ name: 'web', template: of('right') })
    const before = addressesOf(await settled(acme, id, 'CREATE_COMPLETE'))
    expect(before).toEqual([expect.stringMatching(/^10\.0\.2\./)])
    const [server] = await collect(acme.servers.list())
    await acme.stacks.update({ id, template: of('left') })
    const after = addressesOf(await settled(acme, id, 'UPDATE_COMPLETE'))
    expect(after).toEqual([expect.stringMatching(/^10\.0\.1\./)])
    expect((await collect(acme.servers.list())).map((one) => one.id)).toEqual([server?.id])
    await clean(cloud, acme, id)
  })

  it('H6: ports that fit stay, in whatever words they are asked for', async () => {
    const { cloud, acme, imageId, flavorId } = await world()
    const template = (networks: string): string => serverTemplate(imageId, flavorId, networks)
    const net = 'network: { get_resource: net }'
    const left = 'subnet: { get_resource: left }'
    const wordings = [
      `[{ ${net} }, { ${net}, fixed_ip: 10.0.1.33 }, { subnet: { get_resource: left } }]`,
      `[{ ${left} }, { ${net} }, { ${net}, ${left} }]`,
    ]
    const [first = '', second = ''] = wordings.map(template)
    const { id } = await acme.stacks.create({ name: 'web', template: first })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    const ports = portsOf(before)
    expect(ports).toHaveLength(3)
    await acme.stacks.update({ id, template: second })
    expect(portsOf(await settled(acme, id, 'UPDATE_COMPLETE'))).toEqual(ports)
    await acme.stacks.update({ id, template: template(`[{ port: ${ports[1] ?? ''} }]`) })
    expect(portsOf(await settled(acme, id, 'UPDATE_COMPLETE'))).toEqual([ports[1]])
    await clean(cloud, acme, id)
  })

  it('H5: a port that is replaced hands its address on', async () => {
    const { cloud, acme } = await world()
    const template = (mac: string, more = ''): string => `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.1.0/24 }
  port:
    type: OS::Neutron::Port
    properties:
      network: { get_resource: net }
      mac_address: ${mac}
      fixed_ips: [{ subnet: { get_resource: subnet }, ip_address: 10.0.1.11 }]
  ${more}
outputs:
  port: { value: { get_resource: port } }
  address: { value: { get_attr: [port, fixed_ips, 0, ip_address] } }
`
    const [one, two] = ['fa:16:3e:00:00:01', 'fa:16:3e:00:00:02'] as const
    const { id } = await acme.stacks.create({ name: 'port', template: template(one) })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    await acme.stacks.update({ id, template: template(two) })
    const after = await settled(acme, id, 'UPDATE_COMPLETE')
    expect(after['address']).toBe('10.0.1.11')
    expect(after['port']).not.toBe(before['port'])
    // Rolled back, the port that was replaced for a moment takes it back.
    const broken = `broken:
    type: OS::Heat::TestResource
    depends_on: port
    properties: { fail: true }`
    await acme.stacks.update({ id, template: template(one, broken), rollback: true })
    const stack = await acme.stacks.done({ id })
    expect(stack?.stackStatus).toBe('ROLLBACK_COMPLETE')
    const ports = await collect(acme.ports.list())
    expect(ports.map(({ id: port, mac, fixedIps }) => [port, mac, fixedIps[0]?.address])).toEqual([
      [after['port'], two, '10.0.1.11'],
    ])
    await clean(cloud, acme, id)
  })

  it('H5: a server that is replaced hands its port on, and its volume', async () => {
    const { cloud, acme, imageId, flavorId } = await world()
    await cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 100 })
    const template = (zone: string): string => `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.1.0/24 }
  port:
    type: OS::Neutron::Port
    properties:
      network: { get_resource: net }
      fixed_ips: [{ subnet: { get_resource: subnet } }]
  volume: { type: OS::Cinder::Volume, properties: { size: 1 } }
  use:
    type: OS::Cinder::VolumeAttachment
    properties: { instance_uuid: { get_resource: web }, volume_id: { get_resource: volume } }
  web:
    type: OS::Nova::Server
    properties:
      image: ${imageId}
      flavor: ${flavorId}
      user_data: "${zone}"
      networks: [{ port: { get_resource: port } }]
outputs:
  server: { value: { get_resource: web } }
`
    const { id } = await acme.stacks.create({ name: 'web', template: template('one') })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    await acme.stacks.update({ id, template: template('two') })
    const after = await settled(acme, id, 'UPDATE_COMPLETE')
    expect(after['server']).not.toBe(before['server'])
    const [port] = await collect(acme.ports.list())
    expect(port?.deviceId).toBe(after['server'])
    const [volume] = await collect(acme.volumes.list())
    expect(volume?.status).toBe('in-use')
    const failing = template('three').replace(
      'resources:',
      `resources:
  broken: { type: OS::Heat::TestResource, depends_on: web, properties: { fail: true } }`,
    )
    await acme.stacks.update({ id, template: failing, rollback: true })
    expect((await acme.stacks.done({ id }))?.stackStatus).toBe('ROLLBACK_COMPLETE')
    const [kept] = await collect(acme.ports.list())
    expect(kept?.deviceId).toBe(after['server'])
    await clean(cloud, acme, id)
  })

  it('H5: what a subnet does not say any more is reset', async () => {
    const { cloud, acme } = await world()
    const template = (fields: string): string => `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties:
      network: { get_resource: net }
      cidr: 10.0.1.0/24
      ${fields}
outputs:
  gateway: { value: { get_attr: [subnet, gateway_ip] } }
  pools: { value: { get_attr: [subnet, allocation_pools] } }
`
    const pool = { start: '10.0.1.10', end: '10.0.1.250' }
    const all = `gateway_ip: 10.0.1.5
      allocation_pools: [{ start: ${pool.start}, end: ${pool.end} }]`
    const { id } = await acme.stacks.create({ name: 'net', template: template(all) })
    expect(await settled(acme, id, 'CREATE_COMPLETE')).toEqual({
      gateway: '10.0.1.5',
      pools: [pool],
    })
    await acme.stacks.update({ id, template: template('') })
    expect(await settled(acme, id, 'UPDATE_COMPLETE')).toEqual({ gateway: null, pools: [] })
    await clean(cloud, acme, id)
  })

  it('H5: a resource of the stack does not become one from outside', async () => {
    const { cloud, acme } = await world()
    const other = await acme.networks.create({ name: 'other' })
    const template = (fields: string): string => `
heat_template_version: rocky
resources: { net: { type: OS::Neutron::Net${fields} } }
`
    const { id } = await acme.stacks.create({ name: 'net', template: template('') })
    await settled(acme, id, 'CREATE_COMPLETE')
    const changed = template(`, external_id: ${other.id}`)
    await expect(acme.stacks.previewUpdate({ id, template: changed })).rejects.toMatchObject({
      code: 'invalid',
      field: 'resources.net.external_id',
    })
    await acme.stacks.update({ id, template: changed })
    const reason = 'Update to property external_id of net (OS::Neutron::Net) is not supported.'
    await settled(acme, id, `UPDATE_FAILED Resource net: ${reason}`)
    await acme.stacks.update({ id, template: template('') })
    await settled(acme, id, 'UPDATE_COMPLETE')
    await clean(cloud, acme, id)
  })
})
