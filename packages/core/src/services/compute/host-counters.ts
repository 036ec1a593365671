import type { Writes } from '../../commit/writes.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host } from '../../model/compute/host.ts'
import type { Counter } from '../../ports/store.ts'
import { countMarks, type Marked } from '../placement/counters.ts'
import { unlimited } from '../quota.ts'

/**
 * What is counted about hosts, besides their use. Counters answer "how many" and "which" in one
 * statement whatever the number of hosts, and guard deletions against concurrent joins without a
 * row that all writers fight over.
 */

/** Hosts per zone: one counter per zone name. */
export const zoneHostsScope = 'zone:hosts'

/** Enabled hosts per zone. */
export const zoneEnabledScope = 'zone:enabled'

/** The number of hosts of an aggregate, in the counter `hosts`: as long as the aggregate exists. */
export function aggregateScope(aggregateId: string): string {
  return `aggregate:${aggregateId}`
}

/** The hosts of an aggregate: one counter per host id. */
export function aggregateHostsScope(aggregateId: string): string {
  return `aggregateHosts:${aggregateId}`
}

type CountedHost = Pick<Host, 'id' | 'zone' | 'enabled' | 'aggregateIds' | 'traits' | 'inventory'>

function marksOf({ traits, inventory }: CountedHost): Marked {
  return { traits, inventories: inventory }
}

/** Counts a host that comes, changes or goes. A conflict at the commit if an aggregate is gone. */
export function countHost(
  writes: Writes,
  before: CountedHost | null,
  after: CountedHost | null,
): void {
  countMarks(writes, before && marksOf(before), after && marksOf(after))
  moveCount(writes, zoneHostsScope, before?.zone, after?.zone)
  const enabledZone = (host: typeof before): string | undefined =>
    host?.enabled ? host.zone : undefined
  moveCount(writes, zoneEnabledScope, enabledZone(before), enabledZone(after))
  const id = (after ?? before)?.id as string
  const old = before?.aggregateIds ?? []
  const now = after?.aggregateIds ?? []
  for (const aggregateId of old.filter((one) => !now.includes(one)))
    joinAggregate(writes, aggregateId, id, -1)
  for (const aggregateId of now.filter((one) => !old.includes(one)))
    joinAggregate(writes, aggregateId, id, 1)
}

function moveCount(
  writes: Writes,
  scope: string,
  from: string | undefined,
  to: string | undefined,
): void {
  if (from === to) return
  if (from !== undefined) writes.add({ scope, name: from, add: -1, transient: true })
  if (to !== undefined) writes.add({ scope, name: to, add: 1, limit: unlimited, transient: true })
}

function joinAggregate(writes: Writes, aggregateId: string, hostId: string, sign: 1 | -1): void {
  writes.add({ scope: aggregateScope(aggregateId), name: 'hosts', add: sign })
  const member = {
    scope: aggregateHostsScope(aggregateId),
    name: hostId,
    add: sign,
    transient: true,
  }
  writes.add(sign === 1 ? { ...member, limit: 1 } : member)
}

/** A host's use and limit per class, the classes without a counter included. */
export function hostCounters(host: Host, counters: readonly Counter[]): Map<string, Counter> {
  const scope = hostScope(host.id)
  const made = Object.entries(host.inventory).map(([name, inventory]): [string, Counter] => [
    name,
    { scope, name, value: 0, limit: capacityOf(inventory) },
  ])
  const own = counters.filter((counter) => counter.scope === scope)
  return new Map([...made, ...own.map((counter): [string, Counter] => [counter.name, counter])])
}

export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
