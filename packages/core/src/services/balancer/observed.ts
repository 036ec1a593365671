import {
  type MemberHealth,
  memberStatus,
  type OperatingStatus,
  parentStatus,
  poolStatus,
} from '../../model/balancer/operating.ts'
import type {
  InForce,
  ListenerTraffic,
  LoadBalancerStatus,
  Traffic,
} from '../../model/balancer/status.ts'
import type { BalancerReport } from '../../ports/balancer-driver.ts'
import { allRows, type Tree } from './tree.ts'

const noTraffic: Traffic = Object.freeze({
  activeConnections: 0,
  totalConnections: 0,
  bytesIn: 0,
  bytesOut: 0,
  requestErrors: 0,
})

/**
 * What is observed of a load balancer whose rows are in force: a pure function of these and of what
 * the driver reports.
 */
export function observedStatus(tree: Tree, report: BalancerReport): LoadBalancerStatus {
  const { balancer } = tree
  const monitored = new Set(tree.monitors.flatMap((one) => (one.adminStateUp ? [one.poolId] : [])))
  const known = new Map<string, OperatingStatus>()
  const below = new Map<string, OperatingStatus[]>()
  for (const member of tree.members) {
    const health: MemberHealth = report.members[member.id] ?? 'unknown'
    const own = memberStatus(member, monitored.has(member.poolId), health)
    known.set(member.id, own)
    below.set(member.poolId, [...(below.get(member.poolId) ?? []), own])
  }
  // What no listener sends anything to is not there for the driver.
  const used = new Set([
    ...tree.listeners.map(({ defaultPoolId }) => defaultPoolId),
    ...tree.policies.map(({ redirectPoolId }) => redirectPoolId),
  ])
  for (const pool of tree.pools) {
    const isUsed = pool.adminStateUp && used.has(pool.id)
    known.set(pool.id, poolStatus(isUsed, below.get(pool.id) ?? []))
  }
  for (const listener of tree.listeners) {
    const ids = tree.policies.flatMap((policy) =>
      policy.listenerId === listener.id ? (policy.redirectPoolId ?? []) : [],
    )
    const pools = [...ids, ...(listener.defaultPoolId === null ? [] : [listener.defaultPoolId])]
    const statuses = pools.map((id) => known.get(id) ?? 'ONLINE')
    known.set(listener.id, parentStatus(listener.adminStateUp, statuses))
  }
  const inForce: Record<string, InForce> = {}
  for (const row of allRows(tree)) {
    const status = known.get(row.id) ?? (row.adminStateUp ? 'ONLINE' : 'OFFLINE')
    inForce[row.id] = { mark: row.mark, status }
  }
  const parts = [...tree.listeners, ...tree.pools].map(({ id }) => known.get(id) ?? 'ONLINE')
  return {
    ...tree.status,
    generation: tree.edits,
    operating: parentStatus(balancer.adminStateUp, parts),
    inForce,
    health: report.members,
    traffic: trafficOf(
      tree.listeners.map(({ id }) => id),
      tree.status,
      report,
    ),
  }
}

/** Adds what earlier incarnations have counted. Listeners that are gone are forgotten. */
export function trafficOf(
  listenerIds: readonly string[],
  status: Pick<LoadBalancerStatus, 'traffic'>,
  report: BalancerReport,
): Readonly<Record<string, ListenerTraffic>> {
  const traffic: Record<string, ListenerTraffic> = {}
  for (const id of listenerIds) {
    const before = status.traffic[id]
    const last = report.traffic[id]
    if (last === undefined) {
      if (before) traffic[id] = before
    } else if (before?.epoch === report.epoch) {
      traffic[id] = { ...before, last }
    } else {
      const base = before ? { ...totalTraffic(before), activeConnections: 0 } : noTraffic
      traffic[id] = { epoch: report.epoch, base, last }
    }
  }
  return traffic
}

/** All that a listener has carried. */
export function totalTraffic(counted: ListenerTraffic | undefined): Traffic {
  if (!counted) return noTraffic
  const { base, last } = counted
  return {
    activeConnections: last.activeConnections,
    totalConnections: base.totalConnections + last.totalConnections,
    bytesIn: base.bytesIn + last.bytesIn,
    bytesOut: base.bytesOut + last.bytesOut,
    requestErrors: base.requestErrors + last.requestErrors,
  }
}

/** The traffic of several listeners together. */
export function sumTraffic(parts: readonly Traffic[]): Traffic {
  return parts.reduce(
    (sum, one) => ({
      activeConnections: sum.activeConnections + one.activeConnections,
      totalConnections: sum.totalConnections + one.totalConnections,
      bytesIn: sum.bytesIn + one.bytesIn,
      bytesOut: sum.bytesOut + one.bytesOut,
      requestErrors: sum.requestErrors + one.requestErrors,
    }),
    noTraffic,
  )
}
