import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { qosPolicyKind } from '../../../model/network/qos-policy.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { isLentTo } from '../access.ts'
import { qosScope } from '../counters.ts'

/**
 * Checks that a project may have these QoS policies, in one statement. Operators give it any.
 *
 * @param field of the policy at this place.
 * @throws CloudError `notFound`.
 */
export async function requirePolicies(
  { actor, kernel }: Pick<Call, 'actor' | 'kernel'>,
  projectId: string,
  wanted: readonly (string | null | undefined)[],
  field: (index: number) => string,
): Promise<void> {
  const ids = [...new Set(wanted.filter((id) => typeof id === 'string'))]
  if (ids.length === 0) return
  const rows = await kernel.store.get(qosPolicyKind, ids)
  const usable = new Set(
    rows.flatMap((row) =>
      row && (actor.system || row.projectId === projectId || isLentTo(row, projectId))
        ? [row.id]
        : [],
    ),
  )
  const at = wanted.findIndex((id) => typeof id === 'string' && !usable.has(id))
  if (at >= 0) throw notFound('qosPolicy', field(at))
}

/** The policy that new networks of a project get, if there is one. */
export async function defaultPolicy(
  kernel: Kernel,
  projectId: string,
): Promise<string | undefined> {
  const [policy] = await kernel.store.lookup(qosPolicyKind, 'byDefault', [[projectId]])
  return policy?.id
}

/** Counts that something has another policy than before; a policy that is counted stays. */
export function countPolicy(
  writes: Writes,
  before: string | undefined,
  after: string | undefined,
  count = 1,
): void {
  if (before === after) return
  if (before !== undefined) writes.add({ scope: qosScope(before), name: 'uses', add: -count })
  if (after !== undefined) writes.add({ scope: qosScope(after), name: 'uses', add: count })
}
