import type { Ask } from './api.ts'
import { copied, countMembers, decideOn, nothing, type Outcome, tryOn } from './decide.ts'
import { decideInDomains } from './in-domains.ts'
import { releaseOne } from './release.ts'
import { anyNumber, isLevel, type Rules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

/** An ask that is to go into one zone or rack with others. */
export interface DomainMember {
  /** Of the ask in the gang. */
  readonly index: number
  readonly ask: Ask
  readonly template: Template
  readonly min: number
  readonly max: number
}

/** Marking so many hosts costs less than a shape that is bound to their zone or rack. */
const fewHosts = 256

/**
 * Places members in one zone or rack, one after the other.
 *
 * @param partial Each as far as it fits; else the first that does not fit is the last one tried.
 * @returns by index, what was placed.
 */
export function fillDomain(
  state: FleetState,
  by: 'zone' | 'rack',
  domain: number,
  members: readonly DomainMember[],
  partial: boolean,
): readonly (readonly [index: number, outcome: Outcome])[] {
  const found: [number, Outcome][] = []
  const simple = members.every(isSimple)
  if (simple) enter(state, by, domain)
  for (const member of members) {
    const { index, ask, template, min, max } = member
    const least = partial ? 1 : min
    const outcome = simple
      ? placeMarked(state, by, domain, member, least)
      : decideInDomains(state, template, ask, least, max, 2, domain)
    if (outcome.ok) found.push([index, outcome])
    else if (!partial) break
  }
  return found
}

function placeMarked(
  state: FleetState,
  by: 'zone' | 'rack',
  domain: number,
  { ask, template, max }: DomainMember,
  least: number,
): Outcome {
  const { slot, rules } = entrance(state, by, domain, template, ask)
  const placed = decideOn(state, template, slot, rules, least, max, ask, 2)
  if (placed.placed < least) return nothing(placed.placed)
  const outcome = copied(placed, 2)
  countMembers(state, template, outcome.slots, outcome.counts, 1)
  return outcome
}

/** Instances of members that fit in one zone or rack together; nothing is left behind. */
export function triedIn(
  state: FleetState,
  by: 'zone' | 'rack',
  domain: number,
  members: readonly DomainMember[],
  partial: boolean,
): number {
  if (!members.every(isSimple)) return triedByRules(state, by, domain, members, partial)
  let sum = 0
  const made: Float64Array[] = []
  enter(state, by, domain)
  for (const [at, { ask, template, min, max }] of members.entries()) {
    const least = partial ? 1 : min
    const most = partial ? max : min
    const { slot, rules } = entrance(state, by, domain, template, ask)
    const effect = at === members.length - 1 ? 0 : 2
    const { placed, allocations } = tryOn(state, template, slot, rules, least, most, ask, effect)
    if (placed >= least) {
      sum += placed
      if (effect === 2) made.push(allocations.slice())
    } else if (!partial) break
  }
  for (const allocations of made.reverse()) {
    for (const allocation of allocations.reverse()) state.kernel.release(allocation)
  }
  return sum
}

function triedByRules(
  state: FleetState,
  by: 'zone' | 'rack',
  domain: number,
  members: readonly DomainMember[],
  partial: boolean,
): number {
  const outcomes = fillDomain(state, by, domain, members, partial)
  takeBack(state, outcomes)
  return outcomes.reduce((sum, [, { placed }]) => sum + placed, 0)
}

/** Releases what was placed, the last first. */
export function takeBack(
  state: FleetState,
  outcomes: Iterable<readonly [index: number, outcome: Outcome]>,
): void {
  for (const [, { allocations }] of [...outcomes].reverse()) {
    for (const allocation of [...allocations].reverse()) releaseOne(state, allocation)
  }
}

/** Nothing is said of single hosts. */
function isSimple({ ask, template }: DomainMember): boolean {
  return ask.hostIds === undefined && ask.excludedHostIds === undefined && template.app < 0
}

function enter(state: FleetState, by: 'zone' | 'rack', domain: number): void {
  state.clearMarks()
  const hosts = state.hostsIn(by)[domain] ?? []
  if (hosts.length > fewHosts) return
  for (const slot of hosts) state.kernel.mark(slot, 0, anyNumber)
  state.marks = { members: undefined, version: 0, policy: '', limit: 0 }
}

function entrance(
  state: FleetState,
  by: 'zone' | 'rack',
  domain: number,
  template: Template,
  ask: Ask,
): { readonly slot: number; readonly rules: Rules } {
  const marked = state.marks !== undefined
  const shape = marked ? state.shapeOf(template) : state.shapeIn(template, { by, number: domain })
  const rules: Rules = {
    sharing: isLevel(ask.policy) ? 1 : 0,
    ranking: 0,
    limit: anyNumber,
    markedOnly: marked,
  }
  return { slot: shape.slot, rules }
}
