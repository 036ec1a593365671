import type { Kernel } from '../../kernel.ts'
import { networkKinds } from '../../model/network/kinds.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import type { Service } from '../service.ts'
import { networkAddressesGet, networkAddressesList } from './availability.ts'
import {
  networkCreate,
  networkCreateMany,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
} from './network.ts'
import {
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupGet,
  addressGroupList,
  addressGroupRemove,
  addressGroupUpdate,
} from './address-group.ts'
import { configureProgram } from './configure/configure.ts'
import {
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
} from './floating-ip/floating-ip.ts'
import {
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
} from './floating-ip/forwarding.ts'
import { plugProgram } from './port-plug.ts'
import { unplugProgram } from './port-unplug.ts'
import { portCreate, portCreateMany, portDelete, portGet, portList, portUpdate } from './port.ts'
import {
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyList,
  qosPolicyUpdate,
} from './qos/policy.ts'
import { qosRuleCreate, qosRuleDelete, qosRuleUpdate } from './qos/rule.ts'
import {
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
} from './rbac-policy.ts'
import { reachabilityCheck } from './reach/reachability.ts'
import { routerAddInterface, routerRemoveInterface } from './router/interface.ts'
import { routerCreate, routerDelete, routerGet, routerList, routerUpdate } from './router/router.ts'
import { routerAddRoutes, routerRemoveRoutes } from './router/routes.ts'
import {
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
} from './security-group.ts'
import {
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from './security-rule.ts'
import {
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolList,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
} from './subnet-pool.ts'
import { subnetCreate, subnetDelete, subnetGet, subnetList, subnetUpdate } from './subnet.ts'
import { sweepAddresses } from './sweep.ts'

/** Networks, subnets, ports, addresses, routers, floating IPs and security groups. */
export const network: Service = {
  name: 'network',
  kinds: [...networkKinds],
  operations: [
    networkCreate,
    networkCreateMany,
    networkGet,
    networkList,
    networkUpdate,
    networkDelete,
    networkAddressesGet,
    networkAddressesList,
    portCreate,
    portCreateMany,
    portGet,
    portList,
    portUpdate,
    portDelete,
    routerCreate,
    routerGet,
    routerList,
    routerUpdate,
    routerDelete,
    routerAddInterface,
    routerRemoveInterface,
    routerAddRoutes,
    routerRemoveRoutes,
    floatingIpCreate,
    floatingIpCreateMany,
    floatingIpGet,
    floatingIpList,
    floatingIpUpdate,
    floatingIpDelete,
    portForwardingCreate,
    portForwardingList,
    portForwardingUpdate,
    portForwardingDelete,
    securityGroupCreate,
    securityGroupGet,
    securityGroupList,
    securityGroupUpdate,
    securityGroupDelete,
    securityRuleCreate,
    securityRuleCreateMany,
    securityRuleGet,
    securityRuleList,
    securityRuleDelete,
    reachabilityCheck,
    addressGroupCreate,
    addressGroupGet,
    addressGroupList,
    addressGroupUpdate,
    addressGroupAdd,
    addressGroupRemove,
    addressGroupDelete,
    qosPolicyCreate,
    qosPolicyGet,
    qosPolicyList,
    qosPolicyUpdate,
    qosPolicyDelete,
    qosRuleCreate,
    qosRuleUpdate,
    qosRuleDelete,
    rbacPolicyCreate,
    rbacPolicyGet,
    rbacPolicyList,
    rbacPolicyUpdate,
    rbacPolicyDelete,
    subnetPoolCreate,
    subnetPoolGet,
    subnetPoolList,
    subnetPoolUpdate,
    subnetPoolAddPrefixes,
    subnetPoolRemovePrefixes,
    subnetPoolDelete,
    subnetCreate,
    subnetGet,
    subnetList,
    subnetUpdate,
    subnetDelete,
  ],
  programs: (kernel) => [plugProgram(kernel), unplugProgram(kernel), configureProgram(kernel)],
  reconcilers: (kernel) => [addresses(kernel)],
}

/** Rows of released addresses, whose subnet is gone, go. */
function addresses(kernel: Kernel): Reconciler {
  let after: string | null = null
  return {
    name: 'addresses',
    run: async () => {
      const { next }: { next: string | null } = await sweepAddresses(kernel, after ?? undefined)
      after = next
    },
  }
}
