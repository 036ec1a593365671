import type { Kind } from '../kind.ts'
import { addressKind } from './address.ts'
import { macBlockKind } from './mac-block.ts'
import { networkKind } from './network.ts'
import { portKind } from './port.ts'
import { securityGroupKind, securityGroupRuleKind } from './security-group.ts'
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
])
