import type { Kernel } from '../kernel.ts'
import type { Kind } from '../model/kind.ts'
import type { Program } from '../work/program.ts'
import type { Reconciler } from '../work/reconciler.ts'
import { balancer } from './balancer/service.ts'
import { block } from './block/service.ts'
import { compute } from './compute/service.ts'
import { event } from './event/service.ts'
import { identity } from './identity/service.ts'
import { image } from './image/service.ts'
import { meter } from './meter/service.ts'
import { network } from './network/service.ts'
import { object } from './object/service.ts'
import { placement } from './placement/service.ts'
import type { OperationRow } from './operation.ts'
import { share } from './share/service.ts'
import type { Service } from './service.ts'
import { stack } from './stack/service.ts'
import { upkeep } from './upkeep/service.ts'

/** Every service of a cloud; their reconcilers take turns in this order. */
const services: readonly Service[] = [
  compute,
  placement,
  identity,
  image,
  network,
  balancer,
  object,
  share,
  block,
  stack,
  meter,
  event,
  upkeep,
]

/** Every kind of record, for the store to open. */
export const kinds: readonly Kind[] = Object.freeze(services.flatMap((service) => service.kinds))

/** Every operation of every service, as a table: transports, tests and docs read it. */
export const operations: readonly OperationRow[] = Object.freeze(
  services.flatMap((service) => service.operations),
)

/** Every workflow that a worker can run. */
export function programs(kernel: Kernel): Program[] {
  return services.flatMap((service) => service.programs?.(kernel) ?? [])
}

/** Every reconciler, in the order in which they take turns. */
export function reconcilers(kernel: Kernel): Reconciler[] {
  return services.flatMap((service) => service.reconcilers?.(kernel) ?? [])
}
