export {
  allocationGet,
  allocationSet,
  providerAllocations,
} from '../services/placement/allocation.ts'
export type { AllocationView, ConsumerView } from '../services/placement/allocation.ts'
export type { ProviderConsumer } from '../services/placement/allocation.ts'
export type { Candidate } from '../services/placement/candidate-search.ts'
export { candidatesFind } from '../services/placement/candidates.ts'
export type { CandidatesAnswer, ProviderSummary } from '../services/placement/candidates.ts'
export { providerSetInventory } from '../services/placement/inventory.ts'
export { providerList } from '../services/placement/list.ts'
export { providerSetAggregates, providerSetTraits } from '../services/placement/marks.ts'
export { resourceClassCreate, resourceClassDelete } from '../services/placement/names.ts'
export { resourceClassList, traitCreate, traitDelete } from '../services/placement/names.ts'
export { traitList } from '../services/placement/names.ts'
export type { KnownName, NameDefined } from '../services/placement/names.ts'
export { providerCreate, providerDelete } from '../services/placement/provider.ts'
export { providerGet, providerUpdate } from '../services/placement/provider.ts'
export { reshape } from '../services/placement/reshape.ts'
export { providerUsage, placementUsageGet } from '../services/placement/usage.ts'
export type { ProviderUsage, TypeUsage } from '../services/placement/usage.ts'
export type { ProviderView } from '../services/placement/view.ts'
export type { ProviderInventory } from '../model/placement/provider.ts'
