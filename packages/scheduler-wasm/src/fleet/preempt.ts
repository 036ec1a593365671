import type { Footprint } from '../kernel.ts'
import type { Ask } from './api.ts'
import { refuse } from './check.ts'
import { countsOf } from './decide.ts'
import { fits } from './fits.ts'
import { footprintOf } from './footprints.ts'
import { allowedDomains, domainsOf } from './in-domains.ts'
import { checked } from './place.ts'
import { fleetLimits } from './limits.ts'
import { limitsOf } from './rules.ts'
import type { FleetState } from './state.ts'
import { bitsOf } from './views.ts'

export interface PreemptPlan {
  readonly hostId: string
  /** To be released; none if the ask fits as things are. */
  readonly victims: readonly number[]
}

interface Victim {
  readonly allocation: number
  readonly priority: number
  readonly footprint: Footprint
  readonly parts: number
}

/** Sets of victims are tried one by one while a host has no more of them than this. */
const exhaustive = 16

/**
 * The fewest allocations of lower priority on one host whose release makes room for one instance
 * that may lie there; among as few, those whose priorities sum to the least, then the host that
 * came first. Victims are counted exactly on hosts with at most sixteen; on others the lowest
 * priorities go first and those that are not needed are let off.
 *
 * @returns null if no host can be made free enough.
 */
export function preempt(state: FleetState, ask: Ask): PreemptPlan | null {
  const template = checked(state, ask)
  const [, max] = countsOf(ask)
  if (max !== 1) refuse('must be 1: room is made for one instance', 'count', 1)
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return null
  const by = domainsOf(ask)
  const domainOf = by && state.domainOf(by)
  const domains = by && allowedDomains(state, template, ask, by)
  const limitOn = limitsOf(state, template, ask)
  const asked = footprintOf(template, state.labels.classes, state.columns, state.frame)
  let best: { readonly slot: number; readonly chosen: readonly Victim[] } | undefined
  for (let slot = 0; slot < state.hosts.slots; slot++) {
    if (state.hosts.idOf(slot) === undefined || limitOn(slot) === 0) continue
    const kind = state.kernel.kindOf(slot)
    if (shape.filter[kind] !== 0) continue
    if (domains !== undefined && !domains.has(domainOf?.[kind] as number)) continue
    const chosen = victimsOn(state, slot, asked, ask.priority ?? 0, best?.chosen)
    if (chosen === undefined) continue
    if (best === undefined || isLess(chosen, best.chosen)) best = { slot, chosen }
    if (chosen.length === 0) break
  }
  if (best === undefined) return null
  const victims = best.chosen.map(({ allocation }) => allocation)
  return { hostId: state.hosts.idOf(best.slot) as string, victims }
}

function isLess(a: readonly Victim[], b: readonly Victim[]): boolean {
  return a.length < b.length || (a.length === b.length && sumOf(a) < sumOf(b))
}

function sumOf(victims: readonly Victim[]): number {
  return victims.reduce((total, each) => total + each.priority, 0)
}

/** The fewest to be released, undefined if none are enough or none can be less than `best`. */
function victimsOn(
  state: FleetState,
  slot: number,
  asked: Footprint,
  priority: number,
  best?: readonly Victim[],
): readonly Victim[] | undefined {
  const room = new HostRoom(state, slot)
  if (room.fits(asked, [])) return []
  const victims = lowerOn(state, slot, priority)
  if (victims.length === 0 || !room.fits(asked, victims)) return undefined
  if (victims.length > exhaustive) return pruned(room, asked, victims)
  for (let size = room.least(asked, victims); size <= victims.length; size++) {
    // No set of that size has lower priorities than the first ones.
    if (best !== undefined && !isLess(victims.slice(0, size), best)) return undefined
    const found = subset(room, asked, victims, size)
    if (found !== undefined) return found
  }
  return undefined
}

/** Allocations that may be displaced, the lowest priority first. */
function lowerOn(state: FleetState, slot: number, priority: number): Victim[] {
  const { kernel, footprints, labels, columns, frame } = state
  const victims: Victim[] = []
  for (const allocation of kernel.allocationsOf(slot).slice()) {
    const template = footprints.templateOf(kernel.footprintOf(allocation))
    const own = template.ask.priority ?? 0
    if (own >= priority) continue
    const footprint = footprintOf(template, labels.classes, columns, frame)
    const parts = kernel.partsOf(allocation)
    victims.push({ allocation, priority: own, footprint, parts })
  }
  return victims.sort((a, b) => a.priority - b.priority || a.allocation - b.allocation)
}

/** The first `size` of a list that are enough; of such sets, the one of the lowest priorities. */
function subset(
  room: HostRoom,
  asked: Footprint,
  victims: readonly Victim[],
  size: number,
): readonly Victim[] | undefined {
  let best: readonly Victim[] | undefined
  const chosen: Victim[] = []
  const choose = (from: number): void => {
    if (chosen.length === size) {
      if (!room.fits(asked, chosen)) return
      if (best === undefined || isLess(chosen, best)) best = [...chosen]
      return
    }
    for (let at = from; at <= victims.length - (size - chosen.length); at++) {
      chosen.push(victims[at] as Victim)
      choose(at + 1)
      chosen.pop()
    }
  }
  choose(0)
  return best
}

/** The lowest priorities until there is room; then all that it does without are let off. */
function pruned(room: HostRoom, asked: Footprint, victims: readonly Victim[]): readonly Victim[] {
  const chosen: Victim[] = []
  for (const victim of victims) {
    if (room.fits(asked, chosen)) break
    chosen.push(victim)
  }
  for (const victim of chosen.toReversed()) {
    const rest = chosen.filter((each) => each !== victim)
    if (room.fits(asked, rest)) chosen.splice(chosen.indexOf(victim), 1)
  }
  return chosen
}

/** A host's free amounts, with its devices in the order of their numbers. */
class HostRoom {
  readonly #state: FleetState
  readonly #kind: number
  readonly #row: Int32Array
  readonly #devicesAt: number

  constructor(state: FleetState, slot: number) {
    const { kernel, kinds, frame, footprints } = state
    this.#state = state
    this.#kind = kernel.kindOf(slot)
    const row = kernel.state(slot).slice()
    this.#row = row
    this.#devicesAt = frame.resources + frame.cells * frame.cellClasses
    const end = this.#devicesAt + frame.devices
    row.fill(0, this.#devicesAt, end)
    row.fill(fleetLimits.units, this.#devicesAt, this.#devicesAt + kinds.at(this.#kind).devices)
    for (const allocation of kernel.allocationsOf(slot).slice()) {
      const { ask } = footprints.templateOf(kernel.footprintOf(allocation))
      const { units = fleetLimits.units } = ask.devices ?? {}
      for (const device of bitsOf(kernel.partsOf(allocation) & 0xffff)) {
        row[this.#devicesAt + device] = (row[this.#devicesAt + device] as number) - units
      }
    }
  }

  /** A number of victims below which no class has enough, whichever they are. */
  least(asked: Footprint, victims: readonly Victim[]): number {
    let least = 1
    for (let at = 0; at < this.#state.frame.resources; at++) {
      const amount = asked.amounts[at] as number
      let short = amount === 0 ? 0 : amount - (this.#row[at] as number)
      if (short <= 0) continue
      const given = victims.map(({ footprint }) => footprint.amounts[at] as number)
      given.sort((a, b) => b - a)
      let count = 0
      while (short > 0 && count < given.length) short -= given[count++] as number
      least = Math.max(least, count)
    }
    return least
  }

  /** Whether one instance fits once some are gone. */
  fits(asked: Footprint, without: readonly Victim[]): boolean {
    const { frame } = this.#state
    const row = this.#row.slice()
    const give = (at: number, amount: number): void => {
      row[at] = (row[at] as number) + amount
    }
    for (const { footprint, parts } of without) {
      for (let at = 0; at < frame.resources; at++) give(at, footprint.amounts[at] as number)
      for (const cell of bitsOf((parts >> 16) & 0xff)) {
        const cellAt = frame.resources + cell * frame.cellClasses
        for (const [at, amount] of footprint.cellAmounts.entries()) give(cellAt + at, amount)
      }
      for (const device of bitsOf(parts & 0xffff)) give(this.#devicesAt + device, footprint.units)
    }
    row.subarray(this.#devicesAt, this.#devicesAt + frame.devices).sort((a, b) => b - a)
    return fits(this.#state, this.#kind, asked, row)
  }
}
