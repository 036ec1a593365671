import type { Api } from '../endpoint.ts'
import { addressGroups } from './address-groups.ts'
import { agents } from './agents.ts'
import { availability } from './availability.ts'
import { extensionEndpoints } from './extensions.ts'
import { networkFault } from './faults.ts'
import { floatingIps } from './floating-ips.ts'
import { networks } from './networks.ts'
import { portForwardings } from './port-forwardings.ts'
import { ports } from './ports.ts'
import { qosPolicies } from './qos-policies.ts'
import { qosRules } from './qos-rules.ts'
import { quotas } from './quotas.ts'
import { rbacPolicies } from './rbac-policies.ts'
import { routerInterfaces } from './router-interfaces.ts'
import { routers } from './routers.ts'
import { securityGroups } from './security-groups.ts'
import { securityRules } from './security-rules.ts'
import { subnetPools } from './subnet-pools.ts'
import { subnets } from './subnets.ts'
import { versions } from './versions.ts'

/** Neutron (https://docs.openstack.org/api-ref/network/v2/). */
export const network: Api = {
  name: 'network',
  type: 'network',
  title: 'Network',
  service: 'neutron',
  mount: '/network',
  bases: ['/v2.0'],
  catalogPath: () => '',
  statuses: { quotaExceeded: 409 },
  fault: networkFault,
  discovery: versions,
  endpoints: [
    ...networks,
    ...subnets,
    ...ports,
    ...routers,
    ...routerInterfaces,
    ...floatingIps,
    ...portForwardings,
    ...securityGroups,
    ...securityRules,
    ...addressGroups,
    ...subnetPools,
    ...rbacPolicies,
    ...qosPolicies,
    ...qosRules,
    ...quotas,
    ...availability,
    ...agents,
    ...extensionEndpoints,
  ],
}
