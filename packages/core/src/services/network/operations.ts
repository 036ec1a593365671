import type { Operation } from '../operation.ts'
import { networkOperations } from './network.ts'
import { portOperations } from './port.ts'
import { securityGroupOperations } from './security-group.ts'
import { securityRuleOperations } from './security-rule.ts'
import { subnetOperations } from './subnet.ts'

/** Every operation of the network service. */
export const allNetworkOperations = [
  ...networkOperations,
  ...subnetOperations,
  ...portOperations,
  ...securityGroupOperations,
  ...securityRuleOperations,
] as const satisfies readonly Pick<Operation, 'id'>[]
