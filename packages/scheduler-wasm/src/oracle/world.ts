import type { Footprint, Frame, Shape } from '../kernel.ts'
import { type Layout, layoutOf, word } from './layout.ts'
import { Outlook } from './outlook.ts'
import { Records } from './records.ts'
import type { Typical } from './typical.ts'

/** Hosts of one capacity and one set of labels. */
export interface Kind {
  readonly capacity: Int32Array
  readonly hash: number
  /** NUMA cells: up to the last one with a capacity. */
  readonly cells: number
}

/** What instances are put on: a host, or a copy of its state to try something out. */
export interface Seat {
  /** The free amounts. */
  readonly state: Int32Array
  /** Which physical device each device column stands for. */
  readonly devices: readonly number[]
}

export interface Host extends Seat {
  readonly slot: number
  readonly kind: number
  /** When it came into its state: the larger, the newer. */
  readonly entered: number
  /** Records of its allocations, oldest first. */
  readonly records: readonly number[]
}

/** What a decision treats on its own. */
export interface Mark {
  readonly members: number
  readonly limit: number
}

/** Everything that the oracle knows. */
export interface World {
  readonly layout: Layout
  readonly kinds: Kind[]
  readonly hosts: Map<number, Host>
  readonly footprints: Map<number, Footprint>
  /** Dropped numbers of footprints, the next to be used again last. */
  readonly freeFootprints: number[]
  readonly shapes: Map<number, Shape>
  /** In the order of marking. */
  readonly marks: Map<number, Mark>
  records: Records
  typical: readonly Typical[]
  /** What typical asks make of states. */
  outlook: Outlook
  /** Entries of hosts into states so far. */
  entries: number
}

export function emptyWorld(frame: Frame): World {
  const layout = layoutOf(frame)
  return {
    layout,
    kinds: [],
    hosts: new Map(),
    footprints: new Map(),
    freeFootprints: [],
    shapes: new Map(),
    marks: new Map(),
    records: new Records(),
    typical: [],
    outlook: new Outlook(layout, []),
    entries: 0,
  }
}

export function setTypical(world: World, typical: readonly Typical[]): void {
  world.typical = typical
  world.outlook = new Outlook(world.layout, typical)
}

export function kindFrom(layout: Layout, capacity: Int32Array, hash: number): Kind {
  const { cellsAt, devicesAt, cellClasses } = layout
  const last = capacity.subarray(cellsAt, devicesAt).findLastIndex((amount) => amount !== 0)
  return { capacity: capacity.slice(), hash, cells: Math.ceil((last + 1) / cellClasses) || 0 }
}

export function kindAt(world: World, kind: number): Kind {
  const found = world.kinds[kind]
  if (found === undefined) throw new RangeError(`no kind ${kind}`)
  return found
}

export function hostAt(world: World, slot: number): Host {
  const found = world.hosts.get(slot)
  if (found === undefined) throw new RangeError(`no host ${slot}`)
  return found
}

export function shapeAt(world: World, slot: number): Shape {
  const found = world.shapes.get(slot)
  if (found === undefined) throw new RangeError(`no shape ${slot}`)
  return found
}

export function footprintAt(world: World, id: number): Footprint {
  const found = world.footprints.get(id)
  if (found === undefined) throw new RangeError(`no footprint ${id}`)
  return found
}

/** Keeps what a host has become; it is the newest in its state, even when that did not change. */
export function enter(world: World, host: Omit<Host, 'entered'>): Host {
  world.entries++
  const entered = { ...host, entered: world.entries }
  world.hosts.set(host.slot, entered)
  return entered
}

/** The expected end of a host: the last one of its allocations. */
export function untilOfHost(world: World, records: readonly number[]): number {
  return records.reduce((last, record) => Math.max(last, world.records.at(record).until), 0)
}

/** A state as it is with another word in the column of the expected end, if there is one. */
export function withUntil(layout: Layout, state: Int32Array, until: number): Int32Array {
  if (layout.untilAt < 0 || word(state, layout.untilAt) === until) return state
  return state.with(layout.untilAt, until)
}
