import type { Workload } from '../workload.ts'
import { blockWorkload } from './block.ts'
import { balancerWorkload } from './balancer.ts'
import { computeWorkload } from './compute.ts'
import { identityWorkload } from './identity.ts'
import { imageWorkload } from './image.ts'
import { meterWorkload } from './meter.ts'
import { networkWorkload } from './network.ts'
import { objectWorkload } from './object.ts'
import { placementWorkload } from './placement.ts'
import { shareWorkload } from './share.ts'
import { stackWorkload } from './stack.ts'

/** Of every service there is, in the order in which they are prepared. */
export const workloads: readonly Workload[] = [
  identityWorkload,
  imageWorkload,
  networkWorkload,
  balancerWorkload,
  objectWorkload,
  shareWorkload,
  computeWorkload,
  placementWorkload,
  blockWorkload,
  stackWorkload,
  meterWorkload,
]
