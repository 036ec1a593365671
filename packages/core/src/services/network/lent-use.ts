import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { networkKind } from '../../model/network/network.ts'
import { portKind } from '../../model/network/port.ts'
import type { Lent } from '../../model/network/rbac-policy.ts'
import { securityGroupRuleKind } from '../../model/network/security-group.ts'
import { everyRow } from '../page.ts'
import { addressGroupScope, groupScope, qosScope } from './counters.ts'
import type { Lending } from './sharing.ts'

/** What may be lent to projects that then have it on rows of their own. */
type LentForUse = 'securityGroup' | 'qosPolicy' | 'addressGroup'

interface Use {
  /** The counter of all rows that have it, its own project's among them. */
  readonly counter: (id: string) => readonly [scope: string, name: string]
  readonly count: (kernel: Kernel, projectId: string, id: string) => Promise<number>
}

const uses: Readonly<Record<LentForUse, Use>> = {
  securityGroup: {
    counter: (id) => [groupScope(id), 'ports'],
    count: (kernel, projectId, id) =>
      countRows(kernel, portKind, projectId, (port) => port.securityGroupIds.includes(id)),
  },
  qosPolicy: {
    counter: (id) => [qosScope(id), 'uses'],
    count: async (kernel, projectId, id) => {
      const has = (row: { readonly qosPolicyId?: string }): boolean => row.qosPolicyId === id
      const ports = await countRows(kernel, portKind, projectId, has)
      return ports + (await countRows(kernel, networkKind, projectId, has))
    },
  },
  addressGroup: {
    counter: (id) => [addressGroupScope(id), 'references'],
    count: (kernel, projectId, id) =>
      countRows(
        kernel,
        securityGroupRuleKind,
        projectId,
        (rule) => rule.remoteAddressGroupId === id,
      ),
  },
}

async function countRows<T extends Stored>(
  kernel: Kernel,
  kind: Kind<T>,
  projectId: string,
  has: (row: T) => boolean,
): Promise<number> {
  let count = 0
  for await (const rows of everyRow(kernel, kind, { index: 'byProject', equals: [projectId] })) {
    count += rows.filter(has).length
  }
  return count
}

/**
 * Refuses to take something from projects that have it on rows of theirs. What nobody has is told
 * by one counter; else the rows of those who lose it are read, or of those who keep it when
 * everyone else does.
 *
 * @param lending to whom it is lent from now on.
 * @throws CloudError `conflict` with `field`.
 */
export async function requireUnusedByLosers(
  kernel: Kernel,
  type: LentForUse,
  before: Lent & { readonly id: string; readonly projectId: string; readonly shared?: boolean },
  lending: Lending,
  field: string,
): Promise<void> {
  if (lending.shared) return
  const keepers = new Set([before.projectId, ...lending.sharedWith])
  const gone = (before.sharedWith ?? []).filter((projectId) => !keepers.has(projectId))
  if (gone.length === 0 && before.shared !== true) return
  const { counter, count } = uses[type]
  const [scope, name] = counter(before.id)
  const counters = await kernel.store.counters([scope])
  const all = counters.find((one) => one.name === name)?.value ?? 0
  if (all === 0) return
  const countOf = async (projects: Iterable<string>): Promise<number> => {
    let sum = 0
    for (const projectId of projects) sum += await count(kernel, projectId, before.id)
    return sum
  }
  const used = before.shared === true ? all - (await countOf(keepers)) : await countOf(gone)
  if (used <= 0) return
  throw new CloudError('conflict', 'Other projects have it in use.', {
    field,
    detail: { uses: used },
  })
}
