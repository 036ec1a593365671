import { limits } from '../../../base/limits.ts'
import { type Port, portKind } from '../../../model/network/port.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { portCreate, portDelete, portGet, portUpdate } from '../../network/port.ts'
import { each, removal } from './each.ts'
import { Finder } from './found.ts'
import { networkWord } from './implied.ts'
import { flagOf, listOf, present, textOf, textsOf } from './property.ts'
import type { Done } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const text = { type: 'string' } as const

export const neutronPort: ResourceType = {
  name: 'OS::Neutron::Port',
  summary: 'A port of a network.',
  properties: {
    network: { type: 'string', required: true, alias: 'network_id' },
    name: { type: 'string', updatable: true, max: limits.nameLength },
    admin_state_up: { type: 'boolean', default: true, updatable: true },
    mac_address: text,
    fixed_ips: {
      type: 'list',
      updatable: true,
      max: limits.portAddresses,
      items: {
        type: 'map',
        members: { subnet: { ...text, alias: 'subnet_id' }, ip_address: text },
      },
    },
    security_groups: { type: 'list', updatable: true, items: text, max: limits.portSecurityGroups },
    port_security_enabled: { type: 'boolean', updatable: true },
    allowed_address_pairs: {
      type: 'list',
      updatable: true,
      max: limits.portAddressPairs,
      items: {
        type: 'map',
        members: { ip_address: { type: 'string', required: true }, mac_address: text },
      },
    },
    tags: { type: 'list', items: text, default: [], updatable: true },
  },
  attributes: {
    name: 'Its name.',
    network_id: 'The network that it is on.',
    mac_address: 'Its MAC.',
    fixed_ips: 'Its addresses with their subnets.',
    security_groups: 'Ids of its security groups.',
    status: 'Its status when it was last looked at.',
  },
  awaits: (properties) => networkWord(properties['network'] ?? properties['network_id']),
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    return done(
      await work.call(
        portCreate,
        present({
          ...(await fieldsOf(work, properties)),
          networkId: await new Finder(work).network(textOf(properties, 'network') as string),
          mac: textOf(properties, 'mac_address'),
        }),
        work.keyOf(row, 'create'),
      ),
    )
  }),
  update: each(async (work, row) => {
    const id = row.physicalId as string
    const fields = await fieldsOf(work, row.target as JsonMap)
    return done(await work.call(portUpdate, { id, ...fields }, work.keyOf(row, 'update')))
  }),
  vacate: async (work, before, after) => {
    const items = listOf(after.target ?? {}, 'fixed_ips') ?? []
    if (items.every((item) => textOf(item as JsonMap, 'ip_address') === undefined)) return true
    const [port] = await work.kernel.store.get(portKind, [before.physicalId ?? ''])
    if (port?.projectId !== work.stack.projectId) return true
    if (port.fixedIps.length > 0) {
      await work.call(portUpdate, { id: port.id, fixedIps: [] }, work.keyOf(after, 'vacate'))
    }
    return port.fixedIps.length + (port.leaving?.length ?? 0) === 0
  },
  remove: removal((work, id, row) =>
    work.call(portDelete, { ids: [id] }, work.keyOf(row, 'delete')),
  ),
  verify: each(async (work, row) => done(await work.call(portGet, { id: row.physicalId ?? '' }))),
}

async function fieldsOf(work: ResourceWork, properties: JsonMap) {
  const finder = new Finder(work)
  const groups = textsOf(properties, 'security_groups')
  const addresses: { subnetId?: string; address?: string }[] = []
  for (const item of listOf(properties, 'fixed_ips') ?? []) {
    const subnet = textOf(item as JsonMap, 'subnet')
    addresses.push(
      present({
        subnetId: subnet === undefined ? undefined : await finder.subnet(subnet),
        address: textOf(item as JsonMap, 'ip_address'),
      }),
    )
  }
  const pairs = listOf(properties, 'allowed_address_pairs')?.map((item) =>
    present({
      ipAddress: textOf(item as JsonMap, 'ip_address') as string,
      mac: textOf(item as JsonMap, 'mac_address'),
    }),
  )
  return present({
    name: textOf(properties, 'name'),
    adminStateUp: flagOf(properties, 'admin_state_up'),
    fixedIps: properties['fixed_ips'] === undefined ? undefined : addresses,
    securityGroupIds: groups && (await finder.securityGroups(groups)),
    portSecurity: flagOf(properties, 'port_security_enabled'),
    allowedAddressPairs: pairs,
    tags: textsOf(properties, 'tags'),
  })
}

function done(port: Port): Done {
  return {
    state: 'done',
    physicalId: port.id,
    attributes: {
      name: port.name,
      network_id: port.networkId,
      mac_address: port.mac,
      fixed_ips: port.fixedIps.map(({ subnetId, address }) => ({
        subnet_id: subnetId,
        ip_address: address,
      })),
      security_groups: port.securityGroupIds,
      status: port.status,
    },
  }
}
