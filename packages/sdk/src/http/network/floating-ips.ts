import {
  CloudError,
  type FloatingIp,
  floatingIpCreate,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
} from '@nephos/core'
import {
  floatingIpBody,
  floatingIpCreateBody,
  floatingIpUpdateBody,
} from '../../wire/network/floating-ip.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, projectOf, seenRevision, untilGone } from './calls.ts'
import type { ErrorNames } from './faults.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

/** One that is being deleted is gone, as far as clients are concerned. */
const noun: Noun<FloatingIp> = {
  id: 'network.floatingips',
  one: 'floatingip',
  many: 'floatingips',
  title: 'floating IP',
  titles: 'floating IPs',
  path: '/floatingips',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'floating_network_id', 'floating_ip_address', 'fixed_ip_address'],
    ...['port_id', 'router_id', 'status', 'port_forwardings', 'tags', 'dns_name'],
    'dns_domain',
  ],
  operations: { list: floatingIpList, get: floatingIpGet },
  read: (x, page, query) => ask(x, floatingIpList, { ...page, ...hint(query, filters) }),
  get: (x, id) => ask(x, floatingIpGet, { id }),
  bodies: (_x, rows) =>
    rows.map((row) => (row.status === 'DELETING' ? undefined : floatingIpBody(row))),
}

const filters = {
  floating_network_id: 'networkId',
  port_id: 'portId',
  router_id: 'routerId',
} as const

const names: ErrorNames = {
  conflict: ({ detail }) =>
    detail?.['reason'] === 'unreachable'
      ? [404, 'ExternalGatewayForFloatingIPNotFound']
      : 'FloatingIPPortAlreadyAssociated',
}

async function remove(x: Asked, id: string): Promise<void> {
  const before = await ask(x, floatingIpGet, { id })
  if (before.status === 'DELETING') {
    throw new CloudError('notFound', 'No such floatingIp.', { field: 'id' })
  }
  if (before.portForwardings.length > 0) {
    throw new CloudError('conflict', 'Ports are forwarded from the floating IP.', {
      field: 'id',
      detail: { type: 'FipInUseByPortForwarding' },
    })
  }
  await ask(x, floatingIpDelete, { ids: [id] })
  await untilGone(x, () => ask(x, floatingIpGet, { id }))
}

/** Floating IPs (https://docs.openstack.org/api-ref/network/v2/#floating-ips-floatingips). */
export const floatingIps: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.floatingips.create',
    method: 'POST',
    path: '/floatingips',
    summary: 'Takes an address of an external network, for a port or for later.',
    access: 'token',
    operations: [floatingIpCreate],
    body: floatingIpCreateBody,
    status: 201,
    run: async (x) => {
      const { body } = x
      const input = {
        networkId: body.floating_network_id,
        subnetId: body.subnet_id ?? undefined,
        address: body.floating_ip_address ?? undefined,
        portId: body.port_id ?? undefined,
        fixedAddress: body.fixed_ip_address ?? undefined,
        description: body.description,
        dnsName: body.dns_name || undefined,
        dnsDomain: body.dns_domain || undefined,
        tags: body.tags,
        projectId: projectOf(x, body),
      }
      return json({ floatingip: floatingIpBody(await ask(x, floatingIpCreate, input, names)) })
    },
  }),
  endpoint({
    id: 'network.floatingips.update',
    method: 'PUT',
    path: '/floatingips/{id}',
    summary: 'Associates a floating IP with a port, moves it or takes it off.',
    access: 'token',
    operations: [floatingIpUpdate],
    body: floatingIpUpdateBody,
    status: 200,
    run: async (x) => {
      const { body } = x
      const input = {
        id: x.param('id'),
        expectedRev: seenRevision(x),
        // Once it had nothing else to change: a body that says nothing takes it off.
        portId: Object.keys(body).length === 0 ? null : body.port_id,
        fixedAddress: body.fixed_ip_address ?? undefined,
        description: body.description,
      }
      return json({ floatingip: floatingIpBody(await ask(x, floatingIpUpdate, input, names)) })
    },
  }),
  deleteEndpoint(noun, [floatingIpGet, floatingIpDelete], remove),
  ...tagEndpoints(noun, floatingIpUpdate, (x, id, tags, expectedRev) =>
    ask(x, floatingIpUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
