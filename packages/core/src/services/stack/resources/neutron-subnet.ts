import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { Ipv6Mode, Subnet } from '../../../model/network/subnet.ts'
import { subnetCreate, subnetDelete, subnetGet, subnetUpdate } from '../../network/subnet.ts'
import { templateError, within } from '../template/error.ts'
import { each, removal } from './each.ts'
import { Finder } from './found.ts'
import { networkWord } from './implied.ts'
import { flagOf, listOf, present, textOf, textsOf } from './property.ts'
import type { Done } from './result.ts'
import type { ResourceType } from './type.ts'

const mode = {
  type: 'string',
  allowed: ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'],
} as const

export const neutronSubnet: ResourceType = {
  name: 'OS::Neutron::Subnet',
  summary: 'A block of addresses on a network.',
  properties: {
    network: { type: 'string', required: true, alias: 'network_id' },
    cidr: { type: 'string', required: true },
    ip_version: { type: 'integer', default: 4, allowed: [4, 6] },
    name: { type: 'string', updatable: true, max: limits.nameLength },
    /** Empty: none. */
    gateway_ip: { type: 'string', updatable: true },
    enable_dhcp: { type: 'boolean', default: true, updatable: true },
    allocation_pools: {
      type: 'list',
      updatable: true,
      max: limits.subnetPools,
      items: {
        type: 'map',
        members: {
          start: { type: 'string', required: true },
          end: { type: 'string', required: true },
        },
      },
    },
    dns_nameservers: { type: 'list', default: [], updatable: true, items: { type: 'string' } },
    host_routes: {
      type: 'list',
      updatable: true,
      max: limits.subnetHostRoutes,
      items: {
        type: 'map',
        members: {
          destination: { type: 'string', required: true },
          nexthop: { type: 'string', required: true },
        },
      },
    },
    ipv6_address_mode: mode,
    ipv6_ra_mode: mode,
    tags: { type: 'list', items: { type: 'string' }, default: [], updatable: true },
  },
  attributes: {
    name: 'Its name.',
    network_id: 'The network that it is on.',
    cidr: 'Its block.',
    gateway_ip: 'Its gateway; null when it has none.',
    ip_version: '4 or 6.',
    enable_dhcp: 'Whether addresses are told by DHCP.',
    allocation_pools: 'Where addresses are taken from.',
    dns_nameservers: 'Its DNS servers.',
    host_routes: 'Its routes.',
  },
  check: (properties, path) => {
    const cidr = textOf(properties, 'cidr')
    const version = properties['ip_version']
    if (cidr === undefined || typeof version !== 'number') return
    if ((version === 6) !== cidr.includes(':')) {
      throw templateError(within(path, 'ip_version'), 'is not the one of the cidr.')
    }
  },
  provides: (properties) => networkWord(properties['network'] ?? properties['network_id']),
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    return done(
      await work.call(
        subnetCreate,
        present({
          ...fieldsOf(properties),
          networkId: await new Finder(work).network(textOf(properties, 'network') as string),
          cidr: textOf(properties, 'cidr') as string,
          ipv6AddressMode: textOf(properties, 'ipv6_address_mode') as Ipv6Mode | undefined,
          ipv6RaMode: textOf(properties, 'ipv6_ra_mode') as Ipv6Mode | undefined,
        }),
        work.keyOf(row, 'create'),
      ),
    )
  }),
  update: each(async (work, row) => {
    const id = row.physicalId as string
    return done(
      await work.call(
        subnetUpdate,
        { id, ...resetOf(row), ...fieldsOf(row.target as JsonMap) },
        work.keyOf(row, 'update'),
      ),
    )
  }),
  remove: removal((work, id, row) => work.call(subnetDelete, { id }, work.keyOf(row, 'delete'))),
  verify: each(async (work, row) => done(await work.call(subnetGet, { id: row.physicalId ?? '' }))),
}

interface Pool {
  readonly start: string
  readonly end: string
}
interface Route {
  readonly destination: string
  readonly nexthop: string
}

function fieldsOf(properties: JsonMap) {
  const gateway = textOf(properties, 'gateway_ip')
  return present({
    name: textOf(properties, 'name'),
    gatewayIp: gateway === '' ? null : gateway,
    enableDhcp: flagOf(properties, 'enable_dhcp'),
    allocationPools: listOf(properties, 'allocation_pools') as Pool[] | undefined,
    dnsNameservers: textsOf(properties, 'dns_nameservers'),
    hostRoutes: listOf(properties, 'host_routes') as Route[] | undefined,
    tags: textsOf(properties, 'tags'),
  })
}

/** What is not said any more: as without a say it was chosen at the beginning, it is none now. */
function resetOf(row: StackResource) {
  const { properties: before, target } = row
  const isDropped = (name: string): boolean =>
    before?.[name] !== undefined && target?.[name] === undefined
  return present({
    gatewayIp: isDropped('gateway_ip') ? null : undefined,
    allocationPools: isDropped('allocation_pools') ? [] : undefined,
    hostRoutes: isDropped('host_routes') ? [] : undefined,
  })
}

function done(subnet: Subnet): Done {
  return {
    state: 'done',
    physicalId: subnet.id,
    attributes: {
      name: subnet.name,
      network_id: subnet.networkId,
      cidr: subnet.cidr,
      gateway_ip: subnet.gatewayIp,
      ip_version: subnet.version,
      enable_dhcp: subnet.enableDhcp,
      allocation_pools: subnet.allocationPools.map(({ start, end }) => ({ start, end })),
      dns_nameservers: subnet.dnsNameservers,
      host_routes: subnet.hostRoutes.map(({ destination, nexthop }) => ({ destination, nexthop })),
    },
  }
}
