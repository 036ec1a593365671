import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json } from '../reply.ts'

/** What there is beyond networks, subnets and ports, by Neutron's names for it. */
const extensions: readonly (readonly [alias: string, name: string])[] = [
  ['address-group', 'Address group'],
  ['allowed-address-pairs', 'Allowed Address Pairs'],
  ['binding', 'Port Binding'],
  ['dns-integration', 'DNS names'],
  ['expose-port-forwarding-in-fip', 'Add Port Forwardings field to Floating IPs'],
  ['ext-gw-mode', 'Router external gateway mode'],
  ['default-subnetpools', 'Default subnet pools'],
  ['external-net', 'External network'],
  ['extra_dhcp_opt', 'Options of DHCP'],
  ['extraroute', 'Extra routes of routers'],
  ['extraroute-atomic', 'Atomic changes of extra routes'],
  ['filter-validation', 'Validation of filters'],
  ['fip-port-forwarding-port-ranges', 'Ranges in port forwardings'],
  ['floating-ip-port-forwarding', 'Port forwardings of floating IPs'],
  ['floating-ip-port-forwarding-detail', 'Details of port forwardings in floating IPs'],
  ['floating-ip-port-forwarding-description', 'Descriptions of port forwardings'],
  ['floating-ip-port-forwarding-port-ranges', 'Ranges in port forwardings'],
  ['ip-substring-filtering', 'Filtering by parts of addresses'],
  ['net-mtu', 'MTU of networks'],
  ['net-mtu-writable', 'MTU of networks that can be changed'],
  ['network-ip-availability', 'Addresses of networks that are held'],
  ['pagination', 'Pages of lists'],
  ['port-security', 'Port Security'],
  ['project-id', 'project_id beside tenant_id'],
  ['provider', 'Provider networks'],
  ['qos', 'Quality of service'],
  ['qos-bw-limit-direction', 'Directions of bandwidth limits'],
  ['qos-default', 'Default QoS policies'],
  ['qos-rule-type-details', 'What types of QoS rules take'],
  ['quotas', 'Quotas'],
  ['quota_details', 'Quotas with what is used'],
  ['rbac-address-group', 'Sharing of address groups'],
  ['rbac-policies', 'Sharing with chosen projects'],
  ['rbac-security-groups', 'Sharing of security groups'],
  ['rbac-subnetpool', 'Sharing of subnet pools'],
  ['revision-if-match', 'If-Match with revisions'],
  ['router', 'Routers'],
  ['security-group', 'Security groups'],
  ['security-groups-normalized-cidr', 'Canonical blocks in rules'],
  ['security-groups-remote-address-group', 'Address groups in rules'],
  ['sorting', 'Order of lists'],
  ['standard-attr-description', 'Descriptions'],
  ['standard-attr-revisions', 'Revision numbers'],
  ['standard-attr-tag', 'Tags'],
  ['standard-attr-timestamp', 'Times of creation and change'],
  ['subnet-service-types', 'Subnets for chosen owners of ports'],
  ['subnet_allocation', 'Subnet pools'],
  ['subnetpool-prefix-ops', 'Blocks of subnet pools that come and go'],
  ['stateful-security-group', 'Stateful and stateless security groups'],
]

const unknown = { code: 'notFound', detail: { type: 'ExtensionNotFound' } } as const

function extensionBody([alias, name]: readonly [string, string]) {
  const updated = '2020-01-01T00:00:00-00:00'
  return { alias, name, description: `${name}.`, updated, links: [] }
}

const common = { method: 'GET', access: 'open', operations: [], status: 200 } as const

/** Extensions (https://docs.openstack.org/api-ref/network/v2/#extensions). */
export const extensionEndpoints: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'network.extensions.list',
    path: '/extensions',
    summary: 'Lists the extensions of the interface.',
    run: () => json({ extensions: extensions.map(extensionBody) }),
  }),
  endpoint({
    ...common,
    id: 'network.extensions.get',
    path: '/extensions/{alias}',
    summary: 'Shows an extension.',
    run: (x) => {
      const found = extensions.find(([alias]) => alias === x.param('alias'))
      if (!found) throw new HttpError(404, 'No such extension.', unknown)
      return json({ extension: extensionBody(found) })
    },
  }),
]
