import { type FeatureTable, partial, works } from './feature.ts'

export const balancer: FeatureTable = {
  service: 'Load balancing',
  features: [
    works(
      'L1',
      'must',
      'Load balancers: the whole tree in one call, cascade, statuses, statistics, failover',
    ),
    works('L2', 'must', 'Provisioning and operating statuses'),
    works('L3', 'must', 'Listeners of all protocols, TLS, headers, allowed CIDRs, timeouts'),
    works('L4', 'must', 'Pools: algorithms, session persistence, TLS to members'),
    works('L5', 'must', 'Members with weights and backups; a batch replaces the set'),
    works('L6', 'must', 'Health monitors'),
    works('L7', 'must', 'L7 policies and rules'),
    partial(
      'L8',
      'should',
      'Providers, flavors, topologies, quotas, further VIPs',
      'providers, flavors and zones with profiles',
    ),
    works('L9', 'beyond', 'No lock of the tree; what is stuck ends, and can be mended'),
  ],
}
