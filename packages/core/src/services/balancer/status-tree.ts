import type { z } from 'zod'
import { loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { loadBalancerStatusKind, type Traffic } from '../../model/balancer/status.ts'
import type { Child } from '../../model/balancer/tree.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { defineOperation } from '../operation.ts'
import { loadStandings, type Standing, standingOf } from './child.ts'
import { getInput } from './fields.ts'
import { balancerViews } from './load-balancer-view.ts'
import { sumTraffic, totalTraffic } from './observed.ts'
import { groupBy, loadChildren } from './tree.ts'

interface Node extends Standing {
  readonly id: string
  readonly name: string
}

export interface MemberNode extends Node {
  readonly address: string
  readonly protocolPort: number
}

export interface PoolNode extends Node {
  readonly members: readonly MemberNode[]
  readonly healthMonitor: (Node & { readonly type: string }) | null
}

export interface L7PolicyNode extends Node {
  readonly action: string
  readonly redirectPoolId: string | null
  readonly rules: readonly Omit<Node, 'name'>[]
}

export interface ListenerNode extends Node {
  readonly defaultPoolId: string | null
  readonly l7Policies: readonly L7PolicyNode[]
}

/** How everything of a load balancer stands. */
export interface StatusTree extends Node {
  readonly listeners: readonly ListenerNode[]
  readonly pools: readonly PoolNode[]
}

export const loadBalancerStatusTree = defineOperation({
  id: 'balancer.loadBalancer.status',
  summary: 'Shows how a load balancer and everything below it stand.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof getInput>): Promise<StatusTree> => {
    const { kernel } = call
    const balancer = await fetchOne(call, loadBalancerKind, id)
    const [[view], standings, rows] = await Promise.all([
      balancerViews(kernel, [balancer]),
      loadStandings(kernel, [id]),
      loadChildren(kernel, id),
    ])
    const standing = (row: Child): Standing => standingOf(row, standings.get(id))
    const node = (row: Child & { readonly name: string }): Node => {
      return { id: row.id, name: row.name, ...standing(row) }
    }
    const members = groupBy(rows.members, ({ poolId }) => poolId)
    const policies = groupBy(rows.policies, ({ listenerId }) => listenerId)
    const rules = groupBy(rows.rules, ({ policyId }) => policyId)
    const monitors = new Map(rows.monitors.map((row) => [row.poolId, row]))
    return {
      id,
      name: balancer.name,
      provisioningStatus: view?.provisioningStatus ?? 'PENDING_CREATE',
      operatingStatus: view?.operatingStatus ?? 'OFFLINE',
      listeners: rows.listeners.map((row) => ({
        ...node(row),
        defaultPoolId: row.defaultPoolId,
        l7Policies: (policies.get(row.id) ?? []).map((policy) => ({
          ...node(policy),
          action: policy.action,
          redirectPoolId: policy.redirectPoolId,
          rules: (rules.get(policy.id) ?? []).map((rule) => ({ id: rule.id, ...standing(rule) })),
        })),
      })),
      pools: rows.pools.map((row) => {
        const monitor = monitors.get(row.id)
        return {
          ...node(row),
          members: (members.get(row.id) ?? []).map((one) => {
            return { ...node(one), address: one.address, protocolPort: one.protocolPort }
          }),
          healthMonitor: monitor ? { ...node(monitor), type: monitor.type } : null,
        }
      }),
    }
  },
})

export const loadBalancerStats = defineOperation({
  id: 'balancer.loadBalancer.stats',
  summary: 'Tells what traffic a load balancer has carried: that of its listeners together.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof getInput>): Promise<Traffic> => {
    await fetchOne(call, loadBalancerKind, id)
    const [status] = await call.kernel.store.get(loadBalancerStatusKind, [id])
    return sumTraffic(Object.values(status?.traffic ?? {}).map((one) => totalTraffic(one)))
  },
})
