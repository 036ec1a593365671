import { consumerKind, providerAllocationKind } from '../../model/placement/consumer.ts'
import { resourceClassKind, traitKind } from '../../model/placement/names.ts'
import { providerKind } from '../../model/placement/provider.ts'
import type { Service } from '../service.ts'
import { allocationGet, allocationSet, providerAllocations } from './allocation.ts'
import { candidatesFind } from './candidates.ts'
import { providerSetInventory } from './inventory.ts'
import { providerList } from './list.ts'
import { providerSetAggregates, providerSetTraits } from './marks.ts'
import {
  resourceClassCreate,
  resourceClassDelete,
  resourceClassList,
  traitCreate,
  traitDelete,
  traitList,
} from './names.ts'
import { providerCreate, providerDelete, providerGet, providerUpdate } from './provider.ts'
import { reshape } from './reshape.ts'
import { providerUsage, placementUsageGet } from './usage.ts'

/** What can be taken, of whom, and who takes it: beside the servers and hosts of compute. */
export const placement: Service = {
  name: 'placement',
  kinds: [providerKind, consumerKind, providerAllocationKind, traitKind, resourceClassKind],
  operations: [
    providerCreate,
    providerGet,
    providerList,
    providerUpdate,
    providerDelete,
    providerSetInventory,
    providerSetTraits,
    providerSetAggregates,
    providerUsage,
    providerAllocations,
    traitCreate,
    traitList,
    traitDelete,
    resourceClassCreate,
    resourceClassList,
    resourceClassDelete,
    allocationSet,
    allocationGet,
    placementUsageGet,
    candidatesFind,
    reshape,
  ],
}
