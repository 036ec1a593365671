import type { Kernel } from '../../kernel.ts'
import { type HealthMonitor, healthMonitorKind } from '../../model/balancer/health-monitor.ts'
import { type L7Policy, l7PolicyKind } from '../../model/balancer/l7-policy.ts'
import { type L7Rule, l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { type Listener, listenerKind } from '../../model/balancer/listener.ts'
import {
  balancerScope,
  type LoadBalancer,
  loadBalancerKind,
} from '../../model/balancer/load-balancer.ts'
import { type Member, memberKind } from '../../model/balancer/member.ts'
import { type Pool, poolKind } from '../../model/balancer/pool.ts'
import { type LoadBalancerStatus, loadBalancerStatusKind } from '../../model/balancer/status.ts'
import type { Child } from '../../model/balancer/tree.ts'
import type { Kind } from '../../model/kind.ts'
import { everyRow } from '../page.ts'

/** Rows below a load balancer, each list by id. */
export interface TreeRows {
  readonly listeners: readonly Listener[]
  readonly pools: readonly Pool[]
  readonly members: readonly Member[]
  readonly monitors: readonly HealthMonitor[]
  readonly policies: readonly L7Policy[]
  readonly rules: readonly L7Rule[]
}

/** A load balancer with everything that belongs to it. */
export interface Tree extends TreeRows {
  readonly balancer: LoadBalancer
  readonly status: LoadBalancerStatus
  /** Changes made so far: the generation of what these rows say, if they are whole. */
  readonly edits: number
  /** True: these are all rows, as of one time. */
  readonly isWhole: boolean
}

/** All counters of a load balancer, by name. */
export async function balancerCounters(
  kernel: Pick<Kernel, 'store'>,
  balancerId: string,
): Promise<ReadonlyMap<string, number>> {
  const counters = await kernel.store.counters([balancerScope(balancerId)])
  return new Map(counters.map(({ name, value }) => [name, value]))
}

/** Rows of every kind below a load balancer. A statement for each kind and page. */
export async function loadChildren(
  kernel: Pick<Kernel, 'store'>,
  balancerId: string,
): Promise<TreeRows> {
  const rowsOf = async <T extends Child>(kind: Kind<T>): Promise<T[]> => {
    const rows: T[] = []
    const query = { index: 'byBalancer', equals: [balancerId] }
    for await (const page of everyRow(kernel, kind, query)) rows.push(...page)
    return rows
  }
  const [listeners, pools, members, monitors, policies, rules] = await Promise.all([
    rowsOf(listenerKind),
    rowsOf(poolKind),
    rowsOf(memberKind),
    rowsOf(healthMonitorKind),
    rowsOf(l7PolicyKind),
    rowsOf(l7RuleKind),
  ])
  return { listeners, pools, members, monitors, policies, rules }
}

/** Every row below a load balancer. */
export function allRows(rows: TreeRows): readonly Child[] {
  const { listeners, pools, members, monitors, policies, rules } = rows
  return [...pools, ...members, ...monitors, ...listeners, ...policies, ...rules]
}

/**
 * Reads a whole tree. Reads of different times do not add up to the sum of marks, however little
 * differs: look at `isWhole`.
 *
 * @returns undefined if the load balancer is not there, or not yet to be seen.
 */
export async function loadTree(
  kernel: Pick<Kernel, 'store'>,
  balancerId: string,
): Promise<Tree | undefined> {
  const counters = await balancerCounters(kernel, balancerId)
  const [[balancer], [status], rows] = await Promise.all([
    kernel.store.get(loadBalancerKind, [balancerId]),
    kernel.store.get(loadBalancerStatusKind, [balancerId]),
    loadChildren(kernel, balancerId),
  ])
  const edits = counters.get('edits')
  if (!balancer || !status || edits === undefined) return undefined
  const marks = [balancer, status, ...allRows(rows)].reduce((sum, { mark }) => sum + mark, 0)
  return { ...rows, balancer, status, edits, isWhole: marks === counters.get('marks') }
}

/** Rows by a key, in their order. */
export function groupBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
