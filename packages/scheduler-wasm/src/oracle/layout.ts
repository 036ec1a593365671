import { stir } from '../hash.ts'
import type { Frame } from '../kernel.ts'

/** Where the columns of a state lie. */
export interface Layout {
  readonly resources: number
  readonly cells: number
  readonly cellClasses: number
  readonly devices: number
  /** Column of the first class of the first cell; the other classes and cells follow. */
  readonly cellsAt: number
  readonly devicesAt: number
  /** Column of the expected end, −1 without lifetimes. */
  readonly untilAt: number
  /** Words of a state: the columns, rounded up to four. */
  readonly width: number
}

export function layoutOf(frame: Frame): Layout {
  const { resources, cells, cellClasses, devices, lifetimes } = frame
  const devicesAt = resources + cells * cellClasses
  const columns = devicesAt + devices + (lifetimes ? 1 : 0)
  return {
    resources,
    cells,
    cellClasses,
    devices,
    cellsAt: resources,
    devicesAt,
    untilAt: lifetimes ? columns - 1 : -1,
    width: Math.ceil(columns / 4) * 4,
  }
}

/** A word of a row; every column that is asked for exists. */
export function word(row: Int32Array, column: number): number {
  return row[column] ?? 0
}

/** 2³² divided by the golden ratio: odd, so that no power of it loses bits. */
const golden = 0x9e3779b1

/**
 * What breaks ties of the score: the sum of words × powers of an odd number, stirred; an unsigned
 * 32-bit integer. (Powers, for multiples of the number would make +3 in one column the same as +1
 * in another.)
 */
export function stateHash(kindHash: number, state: Int32Array): number {
  let raw = kindHash | 0
  let factor = 1
  for (const value of state) {
    factor = Math.imul(factor, golden)
    raw = (raw + Math.imul(value, factor)) | 0
  }
  return stir(raw) >>> 0
}

/**
 * A part of a whole in 2¹⁵ths, rounded down twice as 32-bit integers do it: 0 … 32,768 for
 * 0 ≤ part ≤ whole. (Outside of that it is a number that means nothing, but the same everywhere.)
 */
export function share(part: number, whole: number): number {
  return Math.imul(part, Math.floor(2 ** 31 / Math.max(1, whole))) >>> 16
}
