import type { Ask } from './api.ts'
import { copied, countMembers, decideOn, type Effect, nothing, type Outcome } from './decide.ts'
import { footprintOf } from './footprints.ts'
import { capped, type DomainView, gathered, level, levelWithin, together } from './quotas.ts'
import { anyNumber, applyRules, type Rules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Shape, Template } from './template.ts'

type By = 'zone' | 'rack'

interface View extends DomainView {
  /** Some members of the group lie in no domain. */
  readonly elsewhere: boolean
}

/** Zones or racks, if an ask is shared out among them. */
export function domainsOf({ spread, group }: Ask): By | undefined {
  if (spread !== undefined) return spread.by
  const scope = group?.scope
  return scope === 'rack' || scope === 'zone' ? scope : undefined
}

/**
 * Decides how many instances each zone or rack takes, and then in each of them on its own.
 *
 * @param only The one domain to be looked at, if it was chosen before.
 */
export function decideInDomains(
  state: FleetState,
  template: Template,
  ask: Ask,
  min: number,
  max: number,
  effect: Effect,
  only?: number,
): Outcome {
  const by = domainsOf(ask) as By
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return nothing(0)
  const rules = applyRules(state, template, ask)
  const view = viewOf(state, template, ask, by, shape, rules)
  if (only !== undefined) {
    view.room.set(view.room.map((room, at) => (at === only ? room : 0)))
  }
  const quotas = quotasOf(view, ask, max)
  const total = quotas.reduce((sum, quota) => sum + quota, 0)
  if (total < min) return nothing(total)
  return decideEach(state, template, ask, by, rules, view, quotas, effect)
}

/** Instances that an ask shared out among domains could have at most. */
export function roomInDomains(state: FleetState, template: Template, ask: Ask): number {
  const by = domainsOf(ask) as By
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return 0
  const rules = applyRules(state, template, ask)
  const view = viewOf(state, template, ask, by, shape, rules)
  const quotas = quotasOf(view, ask, anyNumber)
  return Math.min(
    anyNumber,
    quotas.reduce((sum, quota) => sum + quota, 0),
  )
}

/** The zones or racks that one more instance may lie in, whatever room there is. */
export function allowedDomains(
  state: FleetState,
  template: Template,
  ask: Ask,
  by: By,
): ReadonlySet<number> {
  const shape = state.shapeOf(template)
  const view = viewOf(state, template, ask, by, shape, applyRules(state, template, ask))
  const taken = domainsOfOtherParts(state, template, state.domainOf(by))
  const admits = admission(view, ask)
  return new Set([...view.room.keys()].filter((domain) => !taken.has(domain) && admits(domain)))
}

function admission(view: View, { spread, group }: Ask): (domain: number) => boolean {
  const { members, eligible, elsewhere } = view
  const held = (domain: number): number => members[domain] as number
  if (spread !== undefined) {
    if (spread.soft === true) return () => true
    const ceiling =
      (spread.maxSkew ?? 1) +
      members.reduce(
        (least, count, at) => (eligible[at] === 0 ? least : Math.min(least, count)),
        anyNumber,
      )
    return (domain) => eligible[domain] === 1 && held(domain) < ceiling
  }
  if (group?.policy === 'anti-affinity') return (domain) => held(domain) < (group.maxPerHost ?? 1)
  if (group?.policy !== 'affinity') return () => true
  const bound = members.some((count) => count > 0)
  return (domain) => (bound ? held(domain) > 0 : !elsewhere)
}

function quotasOf(view: View, ask: Ask, count: number): Int32Array {
  const { spread, group } = ask
  if (spread !== undefined) {
    return spread.soft === true ? level(view, count) : levelWithin(view, count, spread.maxSkew ?? 1)
  }
  switch (group?.policy) {
    case 'anti-affinity':
      return level(capped(view, group.maxPerHost ?? 1), count)
    case 'affinity':
      return together(view, count, view.elsewhere)
    case 'soft-affinity':
      return gathered(view, count)
    case 'soft-anti-affinity':
    case undefined:
      return level(view, count)
  }
}

function viewOf(
  state: FleetState,
  template: Template,
  ask: Ask,
  by: By,
  shape: Shape,
  rules: Rules,
): View {
  const domainOf = state.domainOf(by)
  const count = by === 'zone' ? state.labels.zones.size : state.labels.racks.size
  const found = state.kernel.domains(shape.slot, rules.limit, domainOf, count)
  const room = found.room.slice()
  const best = found.best.slice()
  if (rules.markedOnly || rules.sharing === 2) boundRooms(state, template, by, rules, room)
  const { members, elsewhere } = membersOf(state, template, ask, domainOf, count)
  for (const domain of domainsOfOtherParts(state, template, domainOf)) room[domain] = 0
  const eligible = new Uint8Array(count)
  for (let kind = 0; kind < domainOf.length; kind++) {
    const domain = domainOf[kind] as number
    if (domain < 0 || shape.filter[kind] !== 0 || state.kinds.hosts[kind] === 0) continue
    eligible[domain] = 1
  }
  return { room, members, best, eligible, elsewhere }
}

/** Zones or racks that other parts of the group lie in. */
export function domainsOfOtherParts(
  { groups, kernel, parts }: FleetState,
  { group, ask }: Template,
  domainOf: Int32Array,
): ReadonlySet<number> {
  const taken = new Set<number>()
  for (const part of parts.besides(group, ask.group)) {
    const { hosts } = groups.of(part)
    for (let index = 0; index < hosts.size; index++) {
      taken.add(domainOf[kernel.kindOf(hosts.slotAt(index))] as number)
    }
  }
  return taken
}

/** Rooms of domains where only marked hosts are candidates. */
function boundRooms(
  state: FleetState,
  template: Template,
  by: By,
  rules: Rules,
  room: Int32Array,
): void {
  for (let number = 0; number < room.length; number++) {
    if ((room[number] as number) === 0) continue
    const { slot } = state.shapeIn(template, { by, number })
    room[number] =
      rules.sharing === 2
        ? decideOn(state, template, slot, rules, anyNumber, anyNumber, {} as Ask, 0).placed
        : state.kernel.room(slot, rules.limit, rules.markedOnly, anyNumber)
  }
}

/**
 * Members of the group by domain: those that the fleet counts, and those given with the ask; and
 * whether there are any in no domain.
 */
function membersOf(
  { hosts, kernel, groups }: FleetState,
  { group }: Template,
  ask: Ask,
  domainOf: Int32Array,
  count: number,
): { readonly members: Int32Array; readonly elsewhere: boolean } {
  const members = new Int32Array(count)
  let elsewhere = false
  const add = (slot: number, more: number): void => {
    const domain = slot < 0 ? -1 : (domainOf[kernel.kindOf(slot)] as number)
    if (domain >= 0) members[domain] = (members[domain] as number) + more
    else if (more > 0) elsewhere = true
  }
  if (group >= 0) {
    const known = groups.of(group).hosts
    for (let index = 0; index < known.size; index++) add(known.slotAt(index), known.countAt(index))
  }
  for (const each of ask.group?.members ?? []) add(hosts.find(each.hostId), each.count)
  return { members, elsewhere }
}

/** The best domains first. What was placed is taken back if one of them does not keep its word. */
function decideEach(
  state: FleetState,
  template: Template,
  ask: Ask,
  by: By,
  rules: Rules,
  view: DomainView,
  quotas: Int32Array,
  effect: Effect,
): Outcome {
  const order = [...quotas.keys()].filter((number) => (quotas[number] as number) > 0)
  order.sort((a, b) => (view.best[a] as number) - (view.best[b] as number) || a - b)
  const parts: Outcome[] = []
  for (const number of order) {
    const quota = quotas[number] as number
    const { slot } = state.shapeIn(template, { by, number })
    const placed = decideOn(state, template, slot, rules, quota, quota, ask, effect)
    if (placed.placed < quota) {
      takeBack(state, template, parts, effect)
      return nothing(parts.reduce((sum, part) => sum + part.placed, placed.placed))
    }
    parts.push(copied(placed, effect))
  }
  const outcome: Outcome = {
    ok: true,
    placed: parts.reduce((sum, part) => sum + part.placed, 0),
    slots: parts.flatMap(({ slots }) => slots),
    counts: parts.flatMap(({ counts }) => counts),
    allocations: parts.flatMap(({ allocations }) => allocations),
  }
  if (effect === 2) countMembers(state, template, outcome.slots, outcome.counts, 1)
  return outcome
}

/** Their members were not counted yet. */
function takeBack(state: FleetState, template: Template, parts: Outcome[], effect: Effect): void {
  const { kernel, footprints, labels, columns, frame } = state
  if (effect === 0) return
  const { amounts } = footprintOf(template, labels.classes, columns, frame)
  for (const { allocations, slots, counts } of parts.reverse()) {
    for (const allocation of [...allocations].reverse()) kernel.release(allocation)
    if (allocations.length > 0) footprints.add(template.footprint, -allocations.length)
    if (effect === 2) continue
    for (const [index, slot] of slots.entries()) {
      kernel.shift(slot, amounts, -(counts[index] as number))
    }
  }
}
