import type { Invariant } from '../rule.ts'
import { hostCapacity } from './01-host-capacity.ts'
import { allocations } from './02-allocations.ts'
import { counters } from './03-counters.ts'
import { placementRules } from './04-placement-rules.ts'
import { batches } from './05-batches.ts'
import { idempotency } from './07-idempotency.ts'
import { addresses } from './09-addresses.ts'
import { volumeUses } from './10-volumes.ts'
import { quotas } from './13-quotas.ts'
import { parents } from './14-parents.ts'
import { states } from './16-states.ts'
import { work } from './17-work.ts'
import { noOrphans } from './19-no-orphans.ts'
import { auditLog } from './25-audit-log.ts'
import { imageBytes } from './30-image-bytes.ts'
import { rowLimits } from './32-limits.ts'

/** Every invariant that the rows show, in order of their numbers. */
export const invariants: readonly Invariant[] = [
  hostCapacity,
  allocations,
  counters,
  placementRules,
  batches,
  idempotency,
  addresses,
  volumeUses,
  quotas,
  parents,
  states,
  work,
  noOrphans,
  auditLog,
  imageBytes,
  rowLimits,
]
