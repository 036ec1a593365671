import type { Footprint, Frame, Shape } from '../../../src/kernel.ts'

/** What a kind was made of, whatever the frame. */
export interface KindModel {
  readonly capacity: readonly number[]
  readonly cells: number
  readonly cell: readonly number[]
  readonly devices: number
  readonly hash: number
}

/** What the player has to remember to make sensible calls. Plain data, to be cloned. */
export interface Model {
  readonly frame: Frame
  readonly kinds: KindModel[]
  /** Hosts there are, by slot. */
  readonly slots: number[]
  /** The next slot never used. */
  nextSlot: number
  readonly footprints: Map<number, Footprint>
  readonly shapes: Map<number, Shape>
  readonly marks: Map<number, { readonly members: number; readonly limit: number }>
  typical: {
    readonly picks: readonly number[]
    readonly weights: readonly number[]
    readonly counts: readonly number[]
    readonly filter: readonly number[]
  }
  /** Allocations' numbers, dead ones too. */
  readonly numbers: number[]
  /** Those that are live. */
  readonly live: Set<number>
}

export function emptyModel(frame: Frame): Model {
  return {
    frame,
    kinds: [],
    slots: [],
    nextSlot: 0,
    footprints: new Map(),
    shapes: new Map(),
    marks: new Map(),
    typical: { picks: [], weights: [], counts: [], filter: [] },
    numbers: [],
    live: new Set(),
  }
}

export function frameFrom(numbers: readonly number[]): Frame {
  const [resources = 1, cells = 0, cellClasses = 0, devices = 0, lifetimes = 0] = numbers
  const most = Math.min(4, Math.max(1, resources), cellClasses)
  return {
    resources: Math.max(1, resources),
    cells: most > 0 ? cells : 0,
    cellClasses: cells > 0 ? most : 0,
    devices,
    lifetimes: lifetimes > 0,
  }
}

/** A kind's capacity as a state of so many words. */
export function capacityRow(frame: Frame, width: number, kind: KindModel): Int32Array {
  const row = new Int32Array(width)
  row.set(kind.capacity.slice(0, frame.resources))
  const cellWords = Math.min(kind.cells, frame.cells) * frame.cellClasses
  row.set(kind.cell.slice(0, cellWords), frame.resources)
  const devicesAt = frame.resources + frame.cells * frame.cellClasses
  row.fill(1000, devicesAt, devicesAt + Math.min(kind.devices, frame.devices))
  return row
}

/** The first numbers of a list, as a row of just so many. */
export function rowOf(numbers: readonly number[], length: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => numbers[index] ?? 0)
}

/** Footprints that take the same as one. */
export function twinsOf(model: Model, id: number): number[] {
  const key = keyOf(model.footprints.get(id))
  return [...model.footprints.keys()].filter((other) => keyOf(model.footprints.get(other)) === key)
}

function keyOf(footprint: Footprint | undefined): string {
  if (!footprint) return ''
  const { amounts, cells, cellAmounts, devices, units } = footprint
  return [amounts.join(), cells, cellAmounts.join(), devices, units].join(' ')
}
