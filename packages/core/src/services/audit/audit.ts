import { throwIfAborted } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import type { Store } from '../../ports/store.ts'
import type { CallOptions } from '../call.ts'
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
 *
 * @throws CloudError `aborted` when the signal fires.
 */
export async function* audit(
  kernel: Kernel,
  options: Pick<CallOptions, 'signal'> = {},
): AsyncGenerator<Finding> {
  const { signal } = options
  throwIfAborted(signal)
  const abortable: Kernel = signal
    ? { ...kernel, store: abortableReads(kernel.store, signal) }
    : kernel
  for (const checker of checkers) yield* checker(abortable)
}

/** The store as an audit uses it, which is over at the next read once the signal has fired. */
function abortableReads(store: Store, signal: AbortSignal): Store {
  return new Proxy(store, {
    get: (target, name) => {
      throwIfAborted(signal)
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
