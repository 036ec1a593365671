import {
  balancerPoolList,
  healthMonitorList,
  l7PolicyList,
  l7RuleList,
  listenerList,
  poolMemberList,
} from '@nephos/core'
import type { Reference } from '../../wire/load-balancer/common.ts'
import type { Exchange } from '../exchange.ts'
import { everything } from './listing.ts'

type AnyExchange = Exchange<unknown, unknown>

/** The load balancer that all rows are of; nothing when there are several. */
function scopeOf(rows: readonly { readonly balancerId: string }[]): { balancerId?: string } {
  const ids = new Set(rows.map(({ balancerId }) => balancerId))
  const [balancerId] = ids
  return ids.size === 1 && balancerId !== undefined ? { balancerId } : {}
}

function grouped<T extends Reference>(
  rows: readonly T[],
  key: (row: T) => string | null,
): (id: string) => readonly T[] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const own = key(row)
    if (own === null) continue
    const group = groups.get(own)
    if (group) group.push(row)
    else groups.set(own, [row])
  }
  return (id) => groups.get(id) ?? []
}

interface BelowBalancer {
  readonly listeners: readonly Reference[]
  readonly pools: readonly Reference[]
}

/** Listeners and pools of load balancers: two lists, however many there are. */
export async function belowBalancers(
  x: AnyExchange,
  rows: readonly Reference[],
): Promise<(id: string) => BelowBalancer> {
  const scope = scopeOf(rows.map(({ id }) => ({ balancerId: id })))
  if (rows.length === 0) return () => ({ listeners: [], pools: [] })
  const [listeners, pools] = await Promise.all([
    everything(x, listenerList, scope),
    everything(x, balancerPoolList, scope),
  ])
  const listenersOf = grouped(listeners, ({ balancerId }) => balancerId)
  const poolsOf = grouped(pools, ({ balancerId }) => balancerId)
  return (id) => ({ listeners: listenersOf(id), pools: poolsOf(id) })
}

interface Child extends Reference {
  readonly balancerId: string
}

/** Policies of listeners. */
export async function belowListeners(
  x: AnyExchange,
  rows: readonly Child[],
): Promise<(id: string) => { readonly policies: readonly Reference[] }> {
  if (rows.length === 0) return () => ({ policies: [] })
  const policies = await everything(x, l7PolicyList, scopeOf(rows))
  const policiesOf = grouped(policies, ({ listenerId }) => listenerId)
  return (id) => ({ policies: policiesOf(id) })
}

interface AroundPool {
  readonly members: readonly Reference[]
  readonly listeners: readonly Reference[]
  readonly monitorId: string | null
}

/** Members and monitors of pools, and the listeners that hand traffic to them. */
export async function aroundPools(
  x: AnyExchange,
  rows: readonly Child[],
): Promise<(id: string) => AroundPool> {
  if (rows.length === 0) return () => ({ members: [], listeners: [], monitorId: null })
  const scope = scopeOf(rows)
  const [only] = rows.length === 1 ? rows : []
  const [members, listeners, monitors] = await Promise.all([
    everything(x, poolMemberList, only ? { poolId: only.id } : scope),
    everything(x, listenerList, scope),
    everything(x, healthMonitorList, scope),
  ])
  const membersOf = grouped(members, ({ poolId }) => poolId)
  const listenersOf = grouped(listeners, ({ defaultPoolId }) => defaultPoolId)
  const monitorsOf = grouped(monitors, ({ poolId }) => poolId)
  return (id) => ({
    members: membersOf(id),
    listeners: listenersOf(id),
    monitorId: monitorsOf(id)[0]?.id ?? null,
  })
}

interface AroundPolicy {
  readonly rules: readonly Reference[]
  /** Which of its listener's policies it is, from 1 on. */
  readonly rank: number
}

/** Rules of policies, and where these stand among those of their listeners. */
export async function aroundPolicies(
  x: AnyExchange,
  rows: readonly (Child & { readonly listenerId: string })[],
): Promise<(id: string) => AroundPolicy> {
  if (rows.length === 0) return () => ({ rules: [], rank: 1 })
  const scope = scopeOf(rows)
  const [rules, policies] = await Promise.all([
    everything(x, l7RuleList, scope),
    everything(x, l7PolicyList, scope),
  ])
  const rulesOf = grouped(rules, ({ policyId }) => policyId)
  // Of those with the same position, the newer one goes first.
  const ordered = policies.toSorted((a, b) => a.position - b.position || (a.id < b.id ? 1 : -1))
  const policiesOf = grouped(ordered, ({ listenerId }) => listenerId)
  const ranks = new Map(
    rows.map(({ id, listenerId }) => [
      id,
      policiesOf(listenerId).findIndex((policy) => policy.id === id) + 1,
    ]),
  )
  return (id) => ({ rules: rulesOf(id), rank: ranks.get(id) || 1 })
}
