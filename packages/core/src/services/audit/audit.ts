import type { Kernel } from '../../kernel.ts'
import { auditHosts } from '../compute/host-audit.ts'
import { countKeyPairUsage } from '../compute/key-pair.ts'
import { auditServers, countServerUsage } from '../compute/server-audit.ts'
import { countServerGroups } from '../compute/server-group.ts'
import { auditIdentity } from '../identity/audit.ts'
import { auditImages, countImageUsage } from '../image/audit.ts'
import { auditNetworks, countNetworkUsage } from '../network/audit.ts'
import type { Checker, Finding, UsageCount } from './finding.ts'
import { auditQuotas } from './quota-audit.ts'

const usageCounts: readonly UsageCount[] = [
  countServerUsage,
  countServerGroups,
  countKeyPairUsage,
  countImageUsage,
  countNetworkUsage,
]

const checkers: readonly Checker[] = [
  auditIdentity,
  auditHosts,
  auditServers,
  auditNetworks,
  auditImages,
  (kernel) => auditQuotas(kernel, usageCounts),
]

/**
 * Every invariant, recomputed from the rows. Exact when nothing is under way; memory does not grow
 * with the cloud.
 */
export async function* audit(kernel: Kernel): AsyncGenerator<Finding> {
  for (const checker of checkers) yield* checker(kernel)
}
