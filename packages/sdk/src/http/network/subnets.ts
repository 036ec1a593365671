import {
  CloudError,
  type Subnet,
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from '@nephos/core'
import { isLent } from '../../wire/network/fields.ts'
import {
  subnetBody,
  type SubnetCreateBody,
  subnetCreateBody,
  subnetFields,
  subnetUpdateBody,
} from '../../wire/network/subnet.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, eachOrNone, seenRevision } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

const noun: Noun<Subnet> = {
  id: 'network.subnets',
  one: 'subnet',
  many: 'subnets',
  title: 'subnet',
  titles: 'subnets',
  path: '/subnets',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'network_id', 'ip_version', 'cidr', 'gateway_ip'],
    ...['enable_dhcp', 'allocation_pools', 'dns_nameservers', 'host_routes'],
    ...['ipv6_address_mode', 'ipv6_ra_mode', 'subnetpool_id', 'service_types', 'tags'],
    'shared',
  ],
  hidden: ['shared'],
  operations: { list: subnetList, get: subnetGet },
  read: (x, page, query) =>
    ask(x, subnetList, { ...page, ...hint(query, { name: 'name', network_id: 'networkId' }) }),
  get: (x, id) => ask(x, subnetGet, { id }),
  bodies: (x, rows) =>
    rows.map((row) => ({ ...subnetBody(row), shared: isLent(row, x.actor.projectId) })),
}

/** What overlaps, or lies in the way of the gateway, is a bad request to Neutron. */
const createNames = { conflict: [400, 'InvalidInput'] } as const

function create(x: Asked, body: SubnetCreateBody, step?: string): Promise<Subnet> {
  const version = body.ip_version === 4 ? 4 : body.ip_version === 6 ? 6 : undefined
  const cidr = body.cidr ?? undefined
  if (version === undefined) throw badVersion('is 4 or 6')
  if (cidr !== undefined && version !== (cidr.includes(':') ? 6 : 4)) {
    throw badVersion('is not that of the cidr')
  }
  const poolId = body.subnetpool_id ?? undefined
  const isDefault = body.use_default_subnetpool === true && poolId === undefined
  const input = {
    ...subnetFields(body),
    networkId: body.network_id,
    cidr,
    subnetPoolId: poolId,
    ...(isDefault && { defaultPoolOf: version === 6 ? (6 as const) : (4 as const) }),
    prefixLength: body.prefixlen,
    ipv6AddressMode: body.ipv6_address_mode as 'slaac',
    ipv6RaMode: body.ipv6_ra_mode as 'slaac',
    tags: body.tags,
  } as const
  return ask(x, subnetCreate, input, createNames, step)
}

function badVersion(message: string): CloudError {
  return new CloudError('invalid', `ip_version: ${message}.`, { field: 'subnet.ip_version' })
}

/** Subnets (https://docs.openstack.org/api-ref/network/v2/#subnets). */
export const subnets: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.subnets.create',
    method: 'POST',
    path: '/subnets',
    summary: 'Creates a subnet, or several.',
    access: 'token',
    operations: [subnetCreate, subnetDelete],
    body: subnetCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      const rows = await eachOrNone(
        items,
        (body, step) => create(x, body, isMany ? step : undefined),
        ({ id }) => ask(x, subnetDelete, { id }),
      )
      const bodies = rows.map(subnetBody)
      return json(isMany ? { subnets: bodies } : { subnet: bodies[0] })
    },
  }),
  endpoint({
    id: 'network.subnets.update',
    method: 'PUT',
    path: '/subnets/{id}',
    summary: 'Changes a subnet.',
    access: 'token',
    operations: [subnetUpdate],
    body: subnetUpdateBody,
    status: 200,
    run: async (x) => {
      const input = { id: x.param('id'), expectedRev: seenRevision(x), ...subnetFields(x.body) }
      const names = { conflict: 'GatewayConflictWithAllocationPools' }
      return json({ subnet: subnetBody(await ask(x, subnetUpdate, input, names)) })
    },
  }),
  deleteEndpoint(noun, [subnetDelete], (x, id) =>
    ask(x, subnetDelete, { id, expectedRev: seenRevision(x) }, { conflict: 'SubnetInUse' }),
  ),
  ...tagEndpoints(noun, subnetUpdate, (x, id, tags, expectedRev) =>
    ask(x, subnetUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
