import { consumerKind, providerAllocationKind } from '../src/model/placement/consumer.ts'
import {
  classUseScope,
  providerKind,
  providerScope,
  traitUseScope,
} from '../src/model/placement/provider.ts'
import { usedCounter } from '../src/services/placement/counters.ts'
import { deviceClass } from './placement-rows.ts'
import { edit, gone, move, overcount, type Plant } from './plants.ts'

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`)

/** Breaks of what holds of providers and consumers, by invariant and rule. */
export const placementPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'provider-use': overcount(() => providerScope(gone, deviceClass), usedCounter),
    'trait-counters': overcount(() => traitUseScope, 'CUSTOM_GONE'),
    'resourceClass-counters': overcount(() => classUseScope, 'CUSTOM_GONE'),
  },
  14: {
    'provider-parent': edit(
      providerKind,
      () => ({ parentId: gone }),
      undefined,
      (row) => row.parentId !== null && !row.parentIsHost,
    ),
    'provider-parent-host': edit(
      providerKind,
      () => ({ parentId: gone }),
      undefined,
      (row) => row.parentIsHost,
    ),
    'providerAllocation-consumer': edit(providerAllocationKind, () => ({ consumerId: gone })),
    'providerAllocation-provider': edit(
      providerAllocationKind,
      () => ({ providerId: gone }),
      (writes, row) =>
        move(
          writes,
          providerScope(row.providerId, deviceClass),
          providerScope(gone, deviceClass),
          usedCounter,
        ),
      (row) => !row.onHost,
    ),
    'consumer-providerAllocation': edit(consumerKind, (row) => ({
      providerIds: [...row.providerIds, gone],
    })),
  },
  32: {
    'provider-limits': edit(providerKind, () => ({ aggregateIds: many(1_001) })),
  },
}
