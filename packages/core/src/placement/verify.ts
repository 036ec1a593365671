import { type Host, takesServers } from '../model/compute/host.ts'
import type { Assignment, GroupRule, PlacementAsk } from '../ports/scheduler.ts'
import type { Reservation } from './fleet.ts'

/**
 * False if something else was assigned than was asked for: because hosts changed since placement
 * heard of them, or because the engine was wrong. Room is not looked at: counters guard it at the
 * commit.
 *
 * @param hosts the rows of the assigned hosts as they are stored, in order.
 */
export function isAsAsked(
  { ask, assignments, placed }: Pick<Reservation, 'ask' | 'assignments' | 'placed'>,
  hosts: readonly (Host | undefined)[],
): boolean {
  return (
    isCountRight(ask, assignments, placed) &&
    hosts.every((host) => host !== undefined && isAllowed(ask, host)) &&
    (ask.group === undefined || keepsRule(ask.group, assignments))
  )
}

/** As many as the ask wants, each host named once. */
function isCountRight(
  { min, max }: PlacementAsk,
  assignments: readonly Assignment[],
  placed: number,
): boolean {
  const sum = assignments.reduce((total, { count }) => total + count, 0)
  if (sum !== placed || placed < min || placed > max) return false
  if (!assignments.every(({ count }) => Number.isInteger(count) && count > 0)) return false
  return new Set(assignments.map(({ hostId }) => hostId)).size === assignments.length
}

function isAllowed(ask: PlacementAsk, host: Host): boolean {
  const { id, zone, traits, aggregateIds } = host
  const isInOneOf = (aggregates: readonly string[]): boolean =>
    aggregates.some((aggregate) => aggregateIds.includes(aggregate))
  return (
    takesServers(host) &&
    (ask.zones?.includes(zone) ?? true) &&
    (ask.hostIds?.includes(id) ?? true) &&
    !ask.excludedHostIds?.includes(id) &&
    (ask.requiredTraits ?? []).every((trait) => traits.includes(trait)) &&
    !(ask.forbiddenTraits ?? []).some((trait) => traits.includes(trait)) &&
    (ask.memberOf ?? []).every(isInOneOf) &&
    !isInOneOf(ask.notMemberOf ?? [])
  )
}

/** Members together on one host, or apart: what strict policies demand. */
function keepsRule(
  { policy, maxPerHost = 1, members }: GroupRule,
  assignments: readonly Assignment[],
): boolean {
  const held = new Map(members.map(({ hostId, count }) => [hostId, count]))
  if (policy === 'anti-affinity') {
    return assignments.every(({ hostId, count }) => (held.get(hostId) ?? 0) + count <= maxPerHost)
  }
  if (policy !== 'affinity') return true
  return assignments.length === 1 && assignments.every(({ hostId }) => isHome(held, hostId))
}

/** A group without members may be anywhere. */
function isHome(held: ReadonlyMap<string, number>, hostId: string): boolean {
  return held.size === 0 || held.has(hostId)
}
