import { type FeatureTable, partial, works } from './feature.ts'

export const address: FeatureTable = {
  service: 'Addresses',
  features: [
    works('A1', 'must', 'Floating IPs: allocate, associate, move, release; one holder'),
    partial(
      'A2',
      'must',
      'Subnets: pools, gateway, host routes, IPv4 and IPv6 with its modes',
      'subnets without DHCP state (SLAAC)',
    ),
    partial(
      'A3',
      'must',
      'Subnet pools, address scopes, service subnets, segments',
      'address scopes, segments',
    ),
    works(
      'A4',
      'must',
      'External networks, gateways of routers with SNAT; use of addresses per network',
    ),
    partial(
      'A5',
      'should',
      'Port forwarding, pools and QoS of floating IPs, DNS names',
      'QoS and pools of floating IPs',
    ),
    works('A6', 'beyond', 'Floating IPs for many servers in one transaction'),
  ],
}
