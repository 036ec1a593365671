import { octaviaFault } from '../../wire/load-balancer/fault.ts'
import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { catalogues } from './catalogues.ts'
import { healthMonitors } from './health-monitors.ts'
import { l7Policies } from './l7-policies.ts'
import { l7Rules } from './l7-rules.ts'
import { listeners } from './listeners.ts'
import { loadBalancers } from './load-balancers.ts'
import { members } from './members.ts'
import { pools } from './pools.ts'
import { quotas } from './quotas.ts'
import { versions } from './versions.ts'

/** Octavia (https://docs.openstack.org/api-ref/load-balancer/v2/). */
export const loadBalancer: Api = {
  name: 'load-balancer',
  type: 'load-balancer',
  title: 'Load balancer',
  service: 'octavia',
  mount: '/load-balancer',
  bases: ['/v2.0', '/v2'],
  // Clients put the version behind it themselves.
  catalogPath: () => '',
  fault: (fault: Fault) => octaviaFault(fault),
  discovery: versions,
  endpoints: [
    ...loadBalancers,
    ...listeners,
    ...pools,
    ...members,
    ...healthMonitors,
    ...l7Policies,
    ...l7Rules,
    ...quotas,
    ...catalogues,
  ],
}
