import { compute } from './compute/api.ts'
import { webConsole } from './console/api.ts'
import type { Api } from './endpoint.ts'
import { identity } from './identity/api.ts'
import { image } from './image/api.ts'
import { metadata } from './metadata/api.ts'
import { network } from './network/api.ts'
import { objectStore } from './object/api.ts'
import { placement } from './placement/api.ts'
import { loadBalancer } from './load-balancer/api.ts'
import { orchestration } from './orchestration/api.ts'
import { s3 } from './s3/api.ts'
import { share } from './share/api.ts'
import { volume } from './volume/api.ts'

/** Every HTTP interface that a cloud has: a service joins by its line here. */
export const apis: readonly Api[] = [
  identity,
  compute,
  network,
  volume,
  image,
  placement,
  objectStore,
  s3,
  share,
  loadBalancer,
  orchestration,
  metadata,
  webConsole,
]
