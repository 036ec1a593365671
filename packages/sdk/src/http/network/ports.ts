import {
  networkGet,
  type Port,
  portCreate,
  portCreateMany,
  portDelete,
  portGet,
  portList,
  portUpdate,
} from '@nephos/core'
import {
  portBody,
  type PortCreateBody,
  portCreateBody,
  portFields,
  portNames,
  portUpdateBody,
} from '../../wire/network/port.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, eachOrNone, projectOf, seenRevision } from './calls.ts'
import type { ErrorNames } from './faults.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

const noun: Noun<Port> = {
  id: 'network.ports',
  one: 'port',
  many: 'ports',
  title: 'port',
  titles: 'ports',
  path: '/ports',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'network_id', 'mac_address', 'admin_state_up', 'status'],
    ...['device_id', 'device_owner', 'fixed_ips', 'security_groups', 'port_security_enabled'],
    ...['allowed_address_pairs', 'tags', 'binding:vnic_type', 'binding:host_id'],
    ...['binding:vif_type', 'dns_name', 'dns_assignment', 'extra_dhcp_opts'],
    'qos_policy_id',
  ],
  operations: { list: portList, get: portGet },
  read: (x, page, query) => ask(x, portList, { ...page, ...hint(query, filters) }),
  get: (x, id) => ask(x, portGet, { id }),
  bodies: (x, rows) => {
    const isOperator = x.operator !== undefined
    return rows.map((row) => portBody(row, isOperator))
  },
}

const filters = {
  name: 'name',
  network_id: 'networkId',
  device_id: 'deviceId',
  'binding:host_id': 'hostId',
} as const

const createNames: ErrorNames = { conflict: 'IpAddressInUse' }

/** What needs port security is in its way: a conflict with what the port is. */
const updateNames: ErrorNames = {
  ...createNames,
  invalid: ({ detail, field }) =>
    detail?.['needs'] !== 'portSecurity'
      ? 'HTTPBadRequest'
      : field === 'allowedAddressPairs'
        ? [409, 'AddressPairAndPortSecurityRequired']
        : [409, 'PortSecurityPortHasSecurityGroup'],
}

function fieldsOf(body: PortCreateBody) {
  const { network_id: networkId, mac_address: mac, tags } = body
  return { ...portFields(body), ...portNames(body), networkId, mac, tags }
}

/**
 * The project that a port is to belong to. On a network that only its own project may use, the port
 * that an administrator makes is that project's.
 */
async function ownersOf(
  x: Asked,
  bodies: readonly PortCreateBody[],
): Promise<readonly (string | undefined)[]> {
  const own = bodies.map((body) => projectOf(x, body))
  const free = x.operator
    ? bodies.filter((body) => (body.project_id ?? body.tenant_id) === undefined)
    : []
  const owners = new Map<string, string>()
  for (const id of new Set(free.map((body) => body.network_id))) {
    const network = await ask(x, networkGet, { id }).catch(() => undefined)
    if (network && !network.shared) owners.set(id, network.projectId)
  }
  return bodies.map((body, at) => {
    const isFree = free.includes(body)
    return isFree ? (owners.get(body.network_id) ?? own[at]) : own[at]
  })
}

async function createAll(x: Asked, bodies: readonly PortCreateBody[]): Promise<readonly Port[]> {
  const own = await ownersOf(x, bodies)
  const owners = new Set(own)
  if (owners.size === 1) {
    const [projectId] = owners
    return ask(x, portCreateMany, { ports: bodies.map(fieldsOf), projectId }, createNames)
  }
  return eachOrNone(
    bodies.map((body, at) => ({ body, projectId: own[at] })),
    ({ body, projectId }, step) => create(x, body, projectId, step),
    ({ id }) => ask(x, portDelete, { ids: [id] }),
  )
}

function create(
  x: Asked,
  body: PortCreateBody,
  projectId: string | undefined,
  step?: string,
): Promise<Port> {
  const input = { ...fieldsOf(body), projectId }
  return ask(x, portCreate, input, createNames, step)
}

async function createOne(x: Asked, items: readonly PortCreateBody[]): Promise<Port> {
  const [projectId] = await ownersOf(x, items)
  return create(x, items[0] as PortCreateBody, projectId)
}

/** Ports (https://docs.openstack.org/api-ref/network/v2/#ports). */
export const ports: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.ports.create',
    method: 'POST',
    path: '/ports',
    summary: 'Creates a port, or several.',
    access: 'token',
    operations: [networkGet, portCreate, portCreateMany, portDelete],
    body: portCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      const isOperator = x.operator !== undefined
      const rows = isMany ? await createAll(x, items) : [await createOne(x, items)]
      const bodies = rows.map((row) => portBody(row, isOperator))
      return json(isMany ? { ports: bodies } : { port: bodies[0] })
    },
  }),
  endpoint({
    id: 'network.ports.update',
    method: 'PUT',
    path: '/ports/{id}',
    summary: 'Changes a port.',
    access: 'token',
    operations: [portUpdate],
    body: portUpdateBody,
    status: 200,
    run: async (x) => {
      const expectedRev = seenRevision(x)
      const fields = { ...portFields(x.body), mac: x.body.mac_address }
      const input = { id: x.param('id'), expectedRev, ...fields }
      const row = await ask(x, portUpdate, input, updateNames)
      return json({ port: portBody(row, x.operator !== undefined) })
    },
  }),
  deleteEndpoint(noun, [portDelete], (x, id) =>
    ask(x, portDelete, { ids: [id] }, { conflict: 'PortInUse' }),
  ),
  ...tagEndpoints(noun, portUpdate, (x, id, tags, expectedRev) =>
    ask(x, portUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
