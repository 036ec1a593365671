import { type MemberOrder, type PartPlan, planParts } from '../domains/plan-parts.ts'
import type { DomainRoom } from '../domains/domain-room.ts'
import type { Ask } from './api.ts'
import { countsOf, type Outcome } from './decide.ts'
import { domainValues } from './domain-values.ts'
import { type DomainMember, fillDomain, takeBack, triedIn } from './fill-domain.ts'
import { domainsOf, domainsOfOtherParts } from './in-domains.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

/** Asks of a gang whose instances share one zone or rack. */
export interface GangPart {
  readonly template: Template
  /** The hardest to place first. */
  readonly members: readonly DomainMember[]
}

/** Parts of one group that nothing of was placed yet: no two of them share a zone or rack. */
export interface GangGroup {
  readonly by: 'zone' | 'rack'
  readonly parts: readonly GangPart[]
}

/**
 * Groups of a gang that are planned as a whole, by the indices of their asks: those with affinity
 * in zones or racks of which nothing lies anywhere yet.
 */
export function groupsOf(
  state: FleetState,
  asks: readonly Ask[],
  order: readonly number[],
  sizes: readonly number[],
): ReadonlyMap<number, GangGroup> {
  const lists = new Map<string, number[]>()
  for (const index of order) {
    const ask = asks[index] as Ask
    const { group } = ask
    const by = domainsOf(ask)
    if (by === undefined || ask.spread !== undefined || group?.policy !== 'affinity') continue
    if (group.id === undefined || group.members !== undefined) continue
    if (state.groups.of(state.templates.of(ask).group).hosts.size > 0) continue
    const key = `${by} ${group.id}`
    const known = lists.get(key)
    if (known === undefined) lists.set(key, [index])
    else known.push(index)
  }
  const found = new Map<number, GangGroup>()
  for (const list of lists.values()) {
    const group = groupFrom(state, asks, list, sizes)
    for (const index of list) found.set(index, group)
  }
  return found
}

function groupFrom(
  state: FleetState,
  asks: readonly Ask[],
  list: readonly number[],
  sizes: readonly number[],
): GangGroup {
  const parts = new Map<number, { template: Template; members: DomainMember[]; weight: number }>()
  for (const index of list) {
    const ask = asks[index] as Ask
    const template = state.templates.of(ask)
    const [min, max] = countsOf(ask)
    const known = parts.get(template.group)
    const part = known ?? { template, members: [], weight: 0 }
    if (known === undefined) parts.set(template.group, part)
    part.members.push({ index, ask, template, min, max })
    // Few hosts have several cells free at once.
    part.weight += max * (sizes[index] as number) * Math.max(1, 2 * (ask.cells ?? 0) - 1)
  }
  const by = domainsOf(asks[list[0] as number] as Ask) as 'zone' | 'rack'
  return { by, parts: [...parts.values()].sort((a, b) => b.weight - a.weight) }
}

/** What was placed of a member: by index of its ask. */
export type Placements = Map<number, Outcome>

/**
 * Places a group, every part in a zone or rack of its own: see `planParts`.
 *
 * @param partial Members that do not fit are left out; their minimum does not count.
 * @returns what was placed; a member is missing when nothing of it was.
 */
export function placeGroup(state: FleetState, group: GangGroup, partial: boolean): Placements {
  const placements: Placements = new Map()
  const plans = planGroup(state, group, partial)
  for (const [at, { domain, order }] of plans.entries()) {
    if (domain < 0) continue
    const members = ordered((group.parts[at] as GangPart).members, order)
    let outcomes = fillDomain(state, group.by, domain, members, partial)
    if (!partial && outcomes.length < members.length) {
      // The most of the first was too much for the least of the others.
      takeBack(state, outcomes)
      const least = members.map((member) => ({ ...member, max: member.min }))
      outcomes = fillDomain(state, group.by, domain, least, partial)
    }
    for (const [index, outcome] of outcomes) placements.set(index, outcome)
  }
  return placements
}

function ordered(members: readonly DomainMember[], order: MemberOrder): readonly DomainMember[] {
  return order === 'large-first' ? members : members.toReversed()
}

function planGroup(
  state: FleetState,
  { by, parts }: GangGroup,
  partial: boolean,
): readonly PartPlan[] {
  const shapes = [...new Set(parts.flatMap((part) => part.members.map(bareOf)))]
  const needs = parts.map(({ members }) => {
    const need = shapes.map(() => 0)
    for (const member of members) {
      const at = shapes.indexOf(bareOf(member))
      need[at] = (need[at] as number) + (partial ? member.max : member.min)
    }
    return need
  })
  const domains = roomsOf(state, by, shapes, (parts[0] as GangPart).template)
  return planParts({
    needs,
    domains,
    partial,
    trial: (part, domain, order) => {
      const members = ordered((parts[part] as GangPart).members, order)
      return triedIn(state, by, domain, members, partial)
    },
  })
}

function bareOf({ template }: DomainMember): Template {
  return template.bare
}

/** Domains that any of the shapes fits in, but for those of other parts of the group. */
function roomsOf(
  state: FleetState,
  by: 'zone' | 'rack',
  shapes: readonly Template[],
  of: Template,
): readonly DomainRoom[] {
  state.clearMarks()
  const rooms = shapes.map((template) => state.roomIn(by, template))
  const taken = domainsOfOtherParts(state, of, state.domainOf(by))
  const values = domainValues(state, by, shapes, rooms)
  const found: DomainRoom[] = []
  for (let domain = 0; domain < values.length; domain++) {
    if (taken.has(domain)) continue
    const room = rooms.map((each) => each[domain] as number)
    if (room.some((count) => count > 0)) found.push({ domain, room, value: values[domain] ?? 0 })
  }
  return found
}
