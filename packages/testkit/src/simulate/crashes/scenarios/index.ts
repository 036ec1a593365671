import type { Scenario } from '../scenario.ts'
import { actionScenarios } from './actions.ts'
import { balancerScenarios } from './balancer.ts'
import { computeScenarios } from './compute.ts'
import { identityScenarios } from './identity.ts'
import { lentScenarios } from './identity-lent.ts'
import { imageScenarios } from './images.ts'
import { lendingScenarios } from './lending.ts'
import { networkScenarios } from './network.ts'
import { objectScenarios } from './objects.ts'
import { placementScenarios } from './placement.ts'
import { repairScenarios } from './repairs.ts'
import { routingScenarios } from './routing.ts'
import { serverScenarios } from './servers.ts'
import { shareScenarios } from './shares.ts'
import { stackActionScenarios } from './stack-actions.ts'
import { stackScenarios } from './stacks.ts'
import { volumeGroupScenarios } from './volume-groups.ts'
import { volumeUseScenarios } from './volume-uses.ts'
import { volumeScenarios } from './volumes.ts'

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  ...serverScenarios,
  ...actionScenarios,
  ...repairScenarios,
  ...computeScenarios,
  ...placementScenarios,
  ...identityScenarios,
  ...lentScenarios,
  ...imageScenarios,
  ...networkScenarios,
  ...routingScenarios,
  ...lendingScenarios,
  ...objectScenarios,
  ...shareScenarios,
  ...volumeScenarios,
  ...volumeUseScenarios,
  ...volumeGroupScenarios,
  ...stackScenarios,
  ...stackActionScenarios,
  ...balancerScenarios,
]
