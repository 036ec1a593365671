import { absent, type FeatureTable, partial, works } from './feature.ts'

export const network: FeatureTable = {
  service: 'Networks',
  features: [
    works('N1', 'must', 'Networks, subnets and ports, in bulk, with filters, order and pages'),
    partial(
      'N2',
      'must',
      'Routers: interfaces, gateways, extra routes',
      'HA and distributed routers, ECMP',
    ),
    partial(
      'N3',
      'must',
      'Provider attributes, segments, MTU',
      'several segments of one network, ranges of segments',
    ),
    partial('N4', 'must', 'Ports bound to hosts; events that plug them', 'events from hosts'),
    works('N5', 'must', 'Sharing by RBAC, tags, revisions, quotas'),
    partial(
      'N6',
      'must',
      'DHCP options, metadata service, DNS',
      'a DNS server of the world that is told of names',
    ),
    partial(
      'N7',
      'should',
      'Trunks, QoS, network zones, auto-allocated topology',
      'trunks, packet rates, network zones, auto-allocated topology',
    ),
    absent('N8', 'should', 'VPN, BGP, service chains, taps'),
    absent('N9', 'beyond', 'A topology as one declared object'),
  ],
}
