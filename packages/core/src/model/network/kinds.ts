import type { Kind } from '../kind.ts'
import { addressGroupKind } from './address-group.ts'
import { addressKind } from './address.ts'
import { floatingIpKind } from './floating-ip.ts'
import { macBlockKind } from './mac-block.ts'
import { networkKind } from './network.ts'
import { portKind } from './port.ts'
import { qosPolicyKind } from './qos-policy.ts'
import { rbacPolicyKind } from './rbac-policy.ts'
import { routerKind, subnetRouterKind } from './router.ts'
import { securityGroupKind, securityGroupRuleKind } from './security-group.ts'
import { subnetPoolKind } from './subnet-pool.ts'
import { subnetKind } from './subnet.ts'

/** Every kind of the network service, for `Store.open`. */
export const networkKinds: readonly Kind[] = Object.freeze([
  networkKind,
  subnetKind,
  portKind,
  addressKind,
  macBlockKind,
  securityGroupKind,
  securityGroupRuleKind,
  routerKind,
  subnetRouterKind,
  floatingIpKind,
  addressGroupKind,
  subnetPoolKind,
  rbacPolicyKind,
  qosPolicyKind,
])
