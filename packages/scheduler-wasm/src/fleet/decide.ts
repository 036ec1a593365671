import { seedBits } from '../hash.ts'
import type { Decision, Placed } from '../kernel.ts'
import type { Accepted, Ask, FleetAssignment } from './api.ts'
import { addMembers, anyNumber, applyRules, type Rules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

/** What was decided, copied out of the kernel. */
export interface Outcome {
  /** Instances placed or, if fewer than were needed, how many would fit. */
  readonly placed: number
  readonly ok: boolean
  /** Hosts, and instances of each, in the order of the decision. */
  readonly slots: readonly number[]
  readonly counts: readonly number[]
  readonly allocations: readonly number[]
}

type Mutable = { -readonly [Key in keyof Decision]: Decision[Key] }

/** The one that is filled in for every call: nothing is made on the way to the kernel. */
const decision: Mutable = {
  shape: 0,
  min: 1,
  max: 1,
  limit: anyNumber,
  sharing: 0,
  ranking: 0,
  markedOnly: false,
  oldestFirst: false,
  seed: 0,
  until: 0,
  now: 0,
  effect: 0,
  footprint: -1,
}

export type Effect = Decision['effect']

/** Three bits of any finite number; small whole numbers are what they say. */
export function seedOf(seed: number | undefined): number {
  if (seed === undefined) return 0
  return Number.isSafeInteger(seed) && seed >= 0 ? seed % 8 : seedBits(seed) & 7
}

export const lastBin = 65_535

export function untilOf(state: FleetState, until: number | undefined): number {
  if (state.lifetimeBin === 0) return 0
  return until === undefined ? lastBin : state.binOf(until)
}

export function nowOf(state: FleetState, now: number | undefined): number {
  return state.lifetimeBin === 0 || now === undefined ? 0 : state.binOf(now)
}

/** One call of the kernel. Allocations are counted; members are not. */
export function decideOn(
  state: FleetState,
  template: Template,
  slot: number,
  rules: Rules,
  min: number,
  max: number,
  ask: Ask,
  effect: Effect,
): Placed {
  const placed = tryOn(state, template, slot, rules, min, max, ask, effect)
  if (effect === 2 && placed.placed >= min && placed.placed > 0) {
    state.footprints.add(template.footprint, placed.placed)
  }
  if (effect !== 0 && placed.placed >= min && placed.placed > 0) {
    state.demand.note(template, placed.placed)
  }
  return placed
}

/** One call of the kernel, of which nothing else knows. */
export function tryOn(
  state: FleetState,
  template: Template,
  slot: number,
  rules: Rules,
  min: number,
  max: number,
  ask: Ask,
  effect: Effect,
): Placed {
  decision.shape = slot
  decision.min = min
  decision.max = max
  decision.limit = rules.limit
  decision.sharing = rules.sharing
  decision.ranking = rules.ranking
  decision.markedOnly = rules.markedOnly
  decision.seed = seedOf(ask.seed)
  decision.now = nowOf(state, ask.now)
  decision.until = untilOf(state, ask.until)
  decision.effect = effect
  decision.footprint = effect === 2 ? state.footprintOf(template) : -1
  return state.kernel.decide(decision)
}

/** The quickest way: one instance of a bare template, by no rules. Its allocation, or −1. */
export function placeOne(
  state: FleetState,
  template: Template,
  until: number | undefined,
  now: number | undefined,
): number {
  state.demand.learn(state)
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return -1
  if (state.marks !== undefined) state.clearMarks()
  const nowBin = nowOf(state, now)
  const allocation = state.kernel.placeOne(shape.slot, untilOf(state, until), nowBin)
  if (allocation < 0) return -1
  state.footprints.add(template.footprint, 1)
  state.demand.note(template, 1)
  return allocation
}

/** Decides for hosts as they are, and with effect 2 makes allocations and counts members. */
export function decide(
  state: FleetState,
  template: Template,
  ask: Ask,
  min: number,
  max: number,
  effect: Effect,
): Outcome {
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return nothing(0)
  const rules = applyRules(state, template, ask)
  const placed = decideOn(state, template, shape.slot, rules, min, max, ask, effect)
  if (placed.placed < min) return nothing(placed.placed)
  const outcome = copied(placed, effect)
  if (effect === 2) countMembers(state, template, outcome.slots, outcome.counts, 1)
  return outcome
}

export function nothing(placed: number): Outcome {
  return { placed, ok: false, slots: [], counts: [], allocations: [] }
}

/** Out of the kernel's memory, before the next call of it. */
export function copied({ placed, entries, allocations }: Placed, effect: Effect): Outcome {
  const length = entries.length >> 1
  const slots: number[] = []
  const counts: number[] = []
  for (let index = 0; index < length; index++) {
    slots.push(entries[2 * index] as number)
    counts.push(entries[2 * index + 1] as number)
  }
  const made = effect === 2 ? Array.from(allocations) : []
  return { placed, ok: true, slots, counts, allocations: made }
}

/** Counts members of the template's group and application, or takes them back (`sign` −1). */
export function countMembers(
  state: FleetState,
  { group, app }: Template,
  slots: readonly number[],
  counts: readonly number[],
  sign: 1 | -1,
): void {
  if (group < 0 && app < 0) return
  for (const [index, slot] of slots.entries()) {
    const count = sign * (counts[index] as number)
    if (group >= 0) addMembers(state, state.groups.of(group), slot, count)
    if (app >= 0) addMembers(state, state.apps.of(app), slot, count)
  }
}

/** The outcome with names. */
export function answerOf(state: FleetState, outcome: Outcome): Accepted {
  const { placed, slots, counts, allocations } = outcome
  const assignments: FleetAssignment[] = slots.map((slot, index) => ({
    hostId: state.hosts.idOf(slot) as string,
    count: counts[index] as number,
  }))
  return { ok: true, placed, assignments, allocations }
}

/** The least and the most that an ask wants. */
export function countsOf({ count, min, max }: Ask): readonly [min: number, max: number] {
  if (count !== undefined) return [count, count]
  const most = max ?? min ?? 1
  return [min ?? (max === undefined ? 1 : max), most]
}
