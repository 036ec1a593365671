import { limits } from '../../base/limits.ts'
import { hostKind } from '../../model/compute/host.ts'
import {
  consumerKind,
  providerAllocationId,
  providerAllocationKind,
} from '../../model/placement/consumer.ts'
import { providerKind } from '../../model/placement/provider.ts'
import { pointerRule } from './pointer.ts'
import { type RowRule, rowRule } from './rule.ts'

/** Trees hang together, and what is allocated has a consumer and a provider; of hosts, see 2. */
export const placementPointers = [
  pointerRule(providerKind, providerKind, (row) => (row.parentIsHost ? null : row.parentId), {
    place: 'parent',
  }),
  pointerRule(providerKind, hostKind, (row) => (row.parentIsHost ? row.parentId : null), {
    place: 'parent-host',
  }),
  pointerRule(providerAllocationKind, consumerKind, (row) => row.consumerId),
  pointerRule(providerAllocationKind, providerKind, (row) => (row.onHost ? null : row.providerId)),
  pointerRule(consumerKind, providerAllocationKind, (row) =>
    row.providerIds.map((providerId) => providerAllocationId(row.id, providerId)),
  ),
]

/** Bounds of placement's rows. */
export const placementLimits: readonly RowRule[] = [
  rowRule('provider-limits', providerKind, function* (row) {
    const classes = Object.keys(row.inventories).length
    if (classes > limits.providerClasses)
      yield `inventories has ${classes} of at most ${limits.providerClasses}`
    if (row.traits.length > limits.traits)
      yield `traits has ${row.traits.length} of at most ${limits.traits}`
    if (row.aggregateIds.length > limits.providerAggregates)
      yield `aggregateIds has ${row.aggregateIds.length} of at most ${limits.providerAggregates}`
  }),
]
