import type { Scenario } from '../scenario.ts'
import { actionScenarios } from './actions.ts'
import { balancerScenarios } from './balancer.ts'
import { computeScenarios } from './compute.ts'
import { identityScenarios } from './identity.ts'
import { imageScenarios } from './images.ts'
import { networkScenarios } from './network.ts'
import { placementScenarios } from './placement.ts'
import { repairScenarios } from './repairs.ts'
import { serverScenarios } from './servers.ts'
import { stackScenarios } from './stacks.ts'

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  ...serverScenarios,
  ...actionScenarios,
  ...repairScenarios,
  ...computeScenarios,
  ...placementScenarios,
  ...identityScenarios,
  ...imageScenarios,
  ...networkScenarios,
  ...stackScenarios,
  ...balancerScenarios,
]
