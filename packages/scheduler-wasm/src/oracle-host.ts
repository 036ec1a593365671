import { firstBasis, hashId, secondBasis } from './hash.ts'
import type { HostView, PlacementAsk, RefusalReason } from './types.ts'

/** A host as the oracle knows it. */
export interface OracleHost {
  readonly view: HostView
  readonly capacity: ReadonlyMap<string, number>
  readonly used: Map<string, number>
  readonly hash: number
  readonly secondHash: number
}

export function oracleHost(view: HostView, used: Map<string, number>): OracleHost {
  return {
    // Copied: a caller may change its arrays later.
    view: { ...view, traits: [...view.traits], aggregates: [...view.aggregates] },
    capacity: new Map(Object.entries(view.capacity)),
    used,
    hash: hashId(view.id, firstBasis),
    secondHash: hashId(view.id, secondBasis) >>> 0,
  }
}

export function capacityOf(host: OracleHost, name: string): number {
  return host.capacity.get(name) ?? 0
}

export function usedOf(host: OracleHost, name: string): number {
  return host.used.get(name) ?? 0
}

export function freeOf(host: OracleHost, name: string): number {
  return capacityOf(host, name) - usedOf(host, name)
}

export function isEmpty(host: OracleHost): boolean {
  return [...host.used.values()].every((amount) => amount === 0)
}

/** Members of the ask's group that a host holds. */
export function membersOn(ask: PlacementAsk, hostId: string): number {
  return (ask.group?.members ?? [])
    .filter((member) => member.hostId === hostId)
    .reduce((sum, member) => Math.min(sum + member.count, 2 ** 24 - 1), 0)
}

/** The largest number of members that anti-affinity lets a host hold, or Infinity. */
export function membersLimitOf({ group }: PlacementAsk): number {
  return group?.policy === 'anti-affinity' ? (group.maxPerHost ?? 1) : Infinity
}

/** The first reason, resources apart, that rules a host out. */
export function ruledOutBy(
  host: OracleHost,
  ask: PlacementAsk,
  members: number,
): RefusalReason | undefined {
  const { id, zone, traits, aggregates, enabled } = host.view
  if (!enabled) return 'disabled'
  if (ask.excludedHostIds?.includes(id) || (ask.hostIds && !ask.hostIds.includes(id))) {
    return 'notListed'
  }
  if (ask.zones && !ask.zones.includes(zone)) return 'zone'
  const isIn = (name: string): boolean => aggregates.includes(name)
  if (!(ask.memberOf ?? []).every((names) => names.some(isIn))) return 'aggregate'
  if ((ask.notMemberOf ?? []).some(isIn)) return 'aggregate'
  if (!(ask.requiredTraits ?? []).every((name) => traits.includes(name))) return 'requiredTrait'
  if ((ask.forbiddenTraits ?? []).some((name) => traits.includes(name))) return 'forbiddenTrait'
  const bound = ask.group?.policy === 'affinity' && ask.group.members.some(({ count }) => count > 0)
  if ((bound && members === 0) || members >= membersLimitOf(ask)) return 'group'
  return undefined
}
