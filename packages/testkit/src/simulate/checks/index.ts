import type { Check } from '../check.ts'
import { usage } from './03-usage.ts'
import { outcomes } from './05-outcomes.ts'
import { accepted } from './06-accepted.ts'
import { guestsKept } from './06-guests-kept.ts'
import { keys } from './07-keys.ts'
import { linearKeys } from './07-linear-keys.ts'
import { allOrNothing } from './08-all-or-nothing.ts'
import { linearAddresses } from './09-linear-addresses.ts'
import { linearNames } from './09-linear-names.ts'
import { reuse } from './09-reuse.ts'
import { volumesAsWritten } from './10-volumes.ts'
import { oneHost } from './11-one-host.ts'
import { onlyGrow } from './12-only-grow.ts'
import { serial } from './12-serial.ts'
import { deletion } from './14-deletion.ts'
import { neverAgain } from './15-never-again.ts'
import { edges } from './16-edges.ts'
import { work } from './17-work.ts'
import { workflows } from './18-workflows.ts'
import { balancersAreActual } from './19-balancers.ts'
import { desiredIsActual } from './19-desired-is-actual.ts'
import { networkObjects } from './19-network-objects.ts'
import { ownDataOnly } from './21-own-data-only.ts'
import { auditChain } from './25-audit-chain.ts'
import { auditTrail } from './25-audit-trail.ts'
import { watch } from './26-watch.ts'
import { changeFeed } from './27-change-feed.ts'
import { placementView } from './29-placement-view.ts'
import { imageBytes } from './30-image-bytes.ts'
import { withinLimits } from './32-limits.ts'
import { secrets } from './33-secrets.ts'
import { nobodyStarves } from './34-nobody-starves.ts'

/** Every check that watches a story. */
export const checks: readonly Check[] = [
  usage,
  outcomes,
  accepted,
  guestsKept,
  keys,
  linearKeys,
  allOrNothing,
  reuse,
  linearNames,
  linearAddresses,
  volumesAsWritten,
  oneHost,
  onlyGrow,
  serial,
  deletion,
  neverAgain,
  edges,
  work,
  workflows,
  desiredIsActual,
  balancersAreActual,
  networkObjects,
  ownDataOnly,
  auditTrail,
  auditChain,
  watch,
  changeFeed,
  placementView,
  imageBytes,
  withinLimits,
  secrets,
  nobodyStarves,
]
