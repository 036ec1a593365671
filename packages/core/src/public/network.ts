export { addressKind } from '../model/network/address.ts'
export type { Address } from '../model/network/address.ts'
export { addressGroupKind } from '../model/network/address-group.ts'
export { securityGroupKind, securityGroupRuleKind } from '../model/network/security-group.ts'
export type { AddressGroup } from '../model/network/address-group.ts'
export { networkKind } from '../model/network/network.ts'
export { qosPolicyKind } from '../model/network/qos-policy.ts'
export type { QosPolicy, QosRule } from '../model/network/qos-policy.ts'
export {
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyList,
  qosPolicyUpdate,
} from '../services/network/qos/policy.ts'
export {
  dscpMarks,
  qosRuleCreate,
  qosRuleDelete,
  qosRuleUpdate,
} from '../services/network/qos/rule.ts'
export { rbacPolicyKind } from '../model/network/rbac-policy.ts'
export type { RbacPolicy } from '../model/network/rbac-policy.ts'
export {
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
} from '../services/network/rbac-policy.ts'
export { floatingIpKind, floatingIpTargets } from '../model/network/floating-ip.ts'
export type { FloatingIp, PortForwarding } from '../model/network/floating-ip.ts'
export { routerKind } from '../model/network/router.ts'
export type { Router } from '../model/network/router.ts'
export { heldIps, portKind } from '../model/network/port.ts'
export type { Port } from '../model/network/port.ts'
export { networkAddressesGet, networkAddressesList } from '../services/network/availability.ts'
export type { NetworkAddresses, SubnetAddresses } from '../services/network/availability.ts'
export {
  networkCreate,
  networkCreateMany,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
} from '../services/network/network.ts'
export {
  portCreate,
  portCreateMany,
  portDelete,
  portGet,
  portList,
  portUpdate,
} from '../services/network/port.ts'
export {
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupGet,
  addressGroupList,
  addressGroupRemove,
  addressGroupUpdate,
} from '../services/network/address-group.ts'
export {
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
} from '../services/network/floating-ip/floating-ip.ts'
export {
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
} from '../services/network/floating-ip/forwarding.ts'
export { reachabilityCheck } from '../services/network/reach/reachability.ts'
export type { PortStep, Reach, ReachReason } from '../services/network/reach/reach.ts'
export type { WayStep } from '../services/network/reach/walk.ts'
export { routerAddInterface, routerRemoveInterface } from '../services/network/router/interface.ts'
export {
  routerCreate,
  routerDelete,
  routerGet,
  routerList,
  routerUpdate,
} from '../services/network/router/router.ts'
export { routerAddRoutes, routerRemoveRoutes } from '../services/network/router/routes.ts'
export {
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
} from '../services/network/security-group.ts'
export {
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from '../services/network/security-rule.ts'
export { subnetPoolKind } from '../model/network/subnet-pool.ts'
export type { PoolAllocation, SubnetPool } from '../model/network/subnet-pool.ts'
export {
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolList,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
} from '../services/network/subnet-pool.ts'
export {
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from '../services/network/subnet.ts'
export type { Network } from '../model/network/network.ts'
export type { SecurityGroup, SecurityGroupRule } from '../model/network/security-group.ts'
export { subnetKind } from '../model/network/subnet.ts'
export type { Subnet } from '../model/network/subnet.ts'
