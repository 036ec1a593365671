import { planParts } from '../domains/plan-parts.ts'
import type { Accepted, Ask, FleetExplanation } from './api.ts'
import { checkList } from './check.ts'
import { answerOf, countsOf, type Outcome } from './decide.ts'
import { explainAsk } from './explain.ts'
import { domainsOf } from './in-domains.ts'
import { fleetLimits } from './limits.ts'
import { checked, decideAsk } from './place.ts'
import { releaseOne } from './release.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

export type GangAnswer =
  | { readonly ok: true; readonly parts: readonly Accepted[] }
  | { readonly ok: false; readonly part: number; readonly explanation: FleetExplanation }

/**
 * Places all asks, or none: the largest instances first, and if that way one is left over, in the
 * order given. What was placed is taken back in reverse.
 */
export function placeAll(state: FleetState, asks: readonly Ask[]): GangAnswer {
  checkList(asks, 'asks', fleetLimits.hostIds)
  for (const ask of asks) checked(state, ask)
  const given = [...asks.keys()]
  const sizes = sizesOf(asks)
  const largest = given.toSorted((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
  const sorted = largest.some((part, index) => part !== index)
  const first = sorted ? tryOrder(state, asks, largest) : undefined
  return first?.ok === true ? first : tryOrder(state, asks, given)
}

/** How large one instance is: the sum of its amounts, each in parts of the largest of the gang. */
function sizesOf(asks: readonly Ask[]): number[] {
  const most = new Map<string, number>()
  const amountsOf = ({ resources, devices }: Ask): [string, number][] => [
    ...Object.entries(resources),
    ...(devices === undefined
      ? []
      : [['', devices.count * (devices.units ?? 1_000)] as [string, number]]),
  ]
  for (const ask of asks) {
    for (const [name, amount] of amountsOf(ask)) {
      most.set(name, Math.max(most.get(name) ?? 1, amount))
    }
  }
  return asks.map((ask) => {
    let size = 1_000 * (ask.cells ?? 0)
    for (const [name, amount] of amountsOf(ask)) size += amount / (most.get(name) as number)
    return size
  })
}

function tryOrder(state: FleetState, asks: readonly Ask[], order: readonly number[]): GangAnswer {
  const chosen = chooseDomains(state, asks, order)
  const parts: Accepted[] = []
  const done: Outcome[] = []
  for (const part of order) {
    const ask = asks[part] as Ask
    const template = state.templates.of(ask)
    const [min, max] = countsOf(ask)
    const outcome = decideAsk(state, template, ask, min, max, 2, chosen.get(template.group))
    if (!outcome.ok) {
      const explanation = explainAsk(state, template, ask, outcome.placed)
      takeBack(state, done)
      return { ok: false, part, explanation }
    }
    done.push(outcome)
    parts[part] = answerOf(state, outcome)
  }
  return { ok: true, parts }
}

function takeBack(state: FleetState, done: Outcome[]): void {
  for (const { allocations } of done.reverse()) {
    for (const allocation of [...allocations].reverse()) releaseOne(state, allocation)
  }
}

/**
 * The zone or rack for every group of the gang that is to lie in one: one that takes all of its
 * parts, the tightest of these.
 */
function chooseDomains(
  state: FleetState,
  asks: readonly Ask[],
  order: readonly number[],
): ReadonlyMap<number, number> {
  const chosen = new Map<number, number>()
  const byGroup = new Map<number, Ask[]>()
  for (const part of order) {
    const ask = asks[part] as Ask
    if (domainsOf(ask) === undefined || ask.group?.policy !== 'affinity') continue
    const { group } = state.templates.of(ask)
    if (group < 0 || state.groups.of(group).hosts.size > 0) continue
    byGroup.set(group, [...(byGroup.get(group) ?? []), ask])
  }
  for (const [group, members] of byGroup) {
    const domain = members.length > 1 ? chooseDomain(state, members) : -1
    if (domain >= 0) chosen.set(group, domain)
  }
  return chosen
}

function chooseDomain(state: FleetState, members: readonly Ask[]): number {
  const by = domainsOf(members[0] as Ask) as 'zone' | 'rack'
  const count = by === 'zone' ? state.labels.zones.size : state.labels.racks.size
  const domainOf = state.domainOf(by)
  const templates = members.map((ask) => state.templates.of(ask))
  const rooms = templates.map((template) => {
    const { slot, missing } = state.shapeOf(template)
    if (missing !== undefined) return new Int32Array(count)
    state.clearMarks()
    return state.kernel.domains(slot, 2 ** 31 - 1, domainOf, count).room.slice()
  })
  const domains = Array.from({ length: count }, (_, domain) => {
    const room = rooms.map((each) => each[domain] as number)
    return { domain, room, value: room.reduce((sum, each) => sum + each, 0) }
  })
  const needs = [members.map((ask) => countsOf(ask)[0])]
  const trial = (_: number, domain: number): number => tryDomain(state, members, templates, domain)
  return planParts({ needs, domains, trial, partial: false })[0]?.domain ?? -1
}

/** Instances of the parts that fit in a domain together; nothing is left behind. */
function tryDomain(
  state: FleetState,
  members: readonly Ask[],
  templates: readonly Template[],
  domain: number,
): number {
  const done: Outcome[] = []
  let placed = 0
  for (const [index, ask] of members.entries()) {
    const [min] = countsOf(ask)
    const outcome = decideAsk(state, templates[index] as Template, ask, min, min, 2, domain)
    if (!outcome.ok) break
    done.push(outcome)
    placed += outcome.placed
  }
  takeBack(state, done)
  return placed
}
