import { address } from './address.ts'
import { balancer } from './balancer.ts'
import { block } from './block.ts'
import { common } from './common.ts'
import { compute } from './compute.ts'
import { firewall } from './firewall.ts'
import { image } from './image.ts'
import { network } from './network.ts'
import { object } from './object.ts'
import { stack } from './stack.ts'
import type { FeatureTable } from './feature.ts'

/** Features by service, as the page shows them. */
export const featureTables: readonly FeatureTable[] = [
  compute,
  image,
  block,
  object,
  firewall,
  balancer,
  address,
  network,
  stack,
  common,
]
