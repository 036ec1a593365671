import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { l7PolicyKind, policyScope } from '../../model/balancer/l7-policy.ts'
import { l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { healthMonitorKind } from '../../model/balancer/health-monitor.ts'
import { listenerKind, listenerScope } from '../../model/balancer/listener.ts'
import {
  balancerScope,
  type LoadBalancer,
  loadBalancerKind,
} from '../../model/balancer/load-balancer.ts'
import { memberKind } from '../../model/balancer/member.ts'
import { poolKind, poolScope } from '../../model/balancer/pool.ts'
import { workKind } from '../../model/work/work.ts'
import { Writes } from '../../commit/writes.ts'
import { planNamedWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { requireAtMost } from '../network/counters.ts'
import { requireRev } from '../network/access.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { removeInput } from './fields.ts'
import { type RemoveInput, removeProgram } from './remove.ts'
import { allRows, loadChildren, type TreeRows } from './tree.ts'

const deleteInput = z.strictObject({
  ...removeInput.shape,
  /** True: with everything below it. */
  cascade: z.boolean().default(false),
})

/**
 * Accepted in whatever status. What is below goes at once, in one commit; the load balancer and its
 * address when nothing answers for it any more.
 *
 * @throws CloudError `conflict` when something is below it and `cascade` is false.
 */
export const loadBalancerDelete = defineOperation({
  id: 'balancer.loadBalancer.delete',
  summary: 'Deletes a load balancer, if asked with everything below it.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const { kernel } = call
    const { id } = input
    const balancer = await fetchOne(call, loadBalancerKind, id)
    requireRev(balancer, input.expectedRev)
    const writes = new Writes()
    if (!balancer.deleting) {
      const rows = await loadChildren(kernel, id)
      if (!input.cascade) requireBare(rows)
      planEnd(call, writes, balancer, rows)
    }
    // One row of work does for any number of deletions.
    const workId = `${removeProgram.name}:${id}`
    const [work] = await kernel.store.get(workKind, [workId])
    if (!work) {
      const at = kernel.clock.now()
      const order: RemoveInput = { balancerId: id }
      // It counts as one more only if it is one more, even if an old read shows none.
      planNamedWork(writes, workId, removeProgram, {
        input: order,
        at,
        deadline: at + kernel.settings.buildDeadlineMs,
        requestId: call.requestId,
      })
      writes.add({ scope: balancerScope(id), name: 'open', add: 1 })
    }
    await call.commit(writes, [id], null)
    return null
  },
})

/** @throws CloudError `conflict` counting what is below. */
function requireBare(rows: TreeRows): void {
  const { listeners, pools } = rows
  if (listeners.length + pools.length === 0) return
  throw new CloudError('conflict', 'The load balancer has listeners or pools.', {
    field: 'cascade',
    detail: { listeners: listeners.length, pools: pools.length },
  })
}

/**
 * Marks a load balancer, and removes what is below it. That fills it up: the commit fails when
 * there is more below than was read, and nothing can come to it afterwards.
 */
function planEnd(call: Call, writes: Writes, balancer: LoadBalancer, rows: TreeRows): void {
  const all = allRows(rows)
  const scope = balancerScope(balancer.id)
  const mark = call.kernel.random.uint32()
  const updatedAt = call.kernel.clock.now()
  writes
    .update(loadBalancerKind, { ...balancer, deleting: true, mark, updatedAt })
    .remove(poolKind, ...rows.pools)
    .remove(memberKind, ...rows.members)
    .remove(healthMonitorKind, ...rows.monitors)
    .remove(listenerKind, ...rows.listeners)
    .remove(l7PolicyKind, ...rows.policies)
    .remove(l7RuleKind, ...rows.rules)
  for (const { id } of rows.pools) writes.drop(poolScope(id))
  for (const { id } of rows.listeners) writes.drop(listenerScope(id))
  for (const { id } of rows.policies) writes.drop(policyScope(id))
  requireAtMost(writes, { scope, name: 'rows', limit: limits.balancerRows }, all.length)
  const gone = all.reduce((sum, row) => sum + row.mark, 0)
  writes
    .add({ scope, name: 'edits', add: 1 })
    .add({ scope, name: 'marks', add: mark - balancer.mark - gone })
  const usage = {
    listeners: rows.listeners.length,
    pools: rows.pools.length,
    members: rows.members.length,
    healthMonitors: rows.monitors.length,
    l7Policies: rows.policies.length,
  }
  chargeQuota(writes, balancer.projectId, usage, -1)
}
