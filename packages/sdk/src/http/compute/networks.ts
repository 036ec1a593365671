import { networkGet, networkList } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json } from '../reply.ts'

type Asking = Exchange<unknown, unknown>

/** The last microversion that speaks of networks: those after it leave them to Neutron. */
const until = 35
const most = 1_000

/** Fields of networks that nova-network had, and Neutron keeps elsewhere: Nova shows null. */
const absent = [
  ...['bridge', 'bridge_interface', 'broadcast', 'cidr', 'cidr_v6', 'created_at', 'deleted'],
  ...['deleted_at', 'dhcp_server', 'dhcp_start', 'dns1', 'dns2', 'enable_dhcp', 'gateway'],
  ...['gateway_v6', 'host', 'injected', 'mtu', 'multi_host', 'netmask', 'netmask_v6', 'priority'],
  ...['project_id', 'rxtx_base', 'share_address', 'updated_at', 'vlan', 'vpn_private_address'],
  ...['vpn_public_address', 'vpn_public_port'],
]

interface Row {
  readonly id: string
  readonly name: string
}

function networkBody({ id, name }: Row): object {
  return { ...Object.fromEntries(absent.map((field) => [field, null])), id, label: name }
}

/** What a tenant sees of a network. Its CIDR is not looked for, as in Nova. */
function tenantBody({ id, name }: Row): object {
  return { id, label: name, cidr: 'None' }
}

const rows = (x: Asking): Promise<readonly Row[]> => x.invoke(networkList, { limit: most })
const row = (x: Asking): Promise<Row> => x.invokeAny(networkGet, { id: x.param('network_id') })

/**
 * Networks as Nova passes them on
 * (https://docs.openstack.org/api-ref/compute/#networks-os-networks-deprecated).
 */
export const networks: readonly EndpointRow[] = [
  { noun: 'networks', path: '/os-networks', body: networkBody },
  { noun: 'tenantNetworks', path: '/os-tenant-networks', body: tenantBody },
].flatMap(({ noun, path, body }) => [
  endpoint({
    id: `compute.${noun}.list`,
    method: 'GET',
    path,
    summary: 'Lists networks.',
    until,
    access: 'token',
    operations: [networkList],
    status: 200,
    run: async (x) => json({ networks: (await rows(x)).map(body) }),
  }),
  endpoint({
    id: `compute.${noun}.show`,
    method: 'GET',
    path: `${path}/{network_id}`,
    summary: 'Shows a network.',
    until,
    access: 'token',
    operations: [networkGet],
    status: 200,
    run: async (x) => json({ network: body(await row(x)) }),
  }),
])
