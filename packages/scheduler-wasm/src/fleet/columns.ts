import type { Frame } from '../kernel.ts'
import type { Amounts } from './amounts.ts'
import { refuse } from './check.ts'
import type { Kind } from './kinds.ts'
import { fleetLimits } from './limits.ts'

/** Which resource class lies in which column. Those that lie in cells come first. */
export class Columns {
  readonly #classes: readonly number[]
  /** How many of them lie in cells. */
  readonly cellClasses: number
  readonly #columns = new Map<number, number>()

  constructor(classes: readonly number[] = [], cellClasses = 0) {
    this.#classes = classes
    this.cellClasses = cellClasses
    for (const [column, name] of classes.entries()) this.#columns.set(name, column)
  }

  get size(): number {
    return this.#classes.length
  }

  /** The number of the class in a column. */
  at(column: number): number {
    return this.#classes[column] as number
  }

  /** The column of a class's number, or −1. */
  of(name: number): number {
    return this.#columns.get(name) ?? -1
  }

  /**
   * Columns for more classes; these if none is new.
   *
   * @throws EngineError if there would be too many, under the field given.
   */
  with(names: Iterable<number>, inCells: Iterable<number>, field: string): Columns {
    const cells = new Set(this.#classes.slice(0, this.cellClasses))
    for (const name of inCells) cells.add(name)
    const all = new Set([...cells, ...this.#classes, ...names])
    if (all.size === this.size && cells.size === this.cellClasses) return this
    if (all.size > fleetLimits.classes) {
      refuse(`at most ${fleetLimits.classes} classes in a fleet`, field, fleetLimits.classes)
    }
    if (cells.size > fleetLimits.cellClasses) {
      refuse(
        `at most ${fleetLimits.cellClasses} classes in cells`,
        `${field}.cells`,
        fleetLimits.cellClasses,
      )
    }
    return new Columns([...all], cells.size)
  }

  /** Whether what lies in these columns lies in the same ones of the others. */
  isPrefixOf(others: Columns): boolean {
    if (this.cellClasses !== others.cellClasses) return false
    return this.#classes.every((name, column) => others.at(column) === name)
  }

  /** Amounts as a row, classes without a column left out. */
  row(given: Amounts, length: number): Int32Array {
    const row = new Int32Array(length)
    for (const [index, name] of given.names.entries()) {
      const column = this.of(name)
      if (column >= 0) row[column] = given.amounts[index] as number
    }
    return row
  }
}

/** The classes that a kind needs columns for. */
export function classesOf(kind: Kind): number[] {
  return positive(kind.capacity)
}

export function cellClassesOf(kind: Kind): number[] {
  return kind.cells.flatMap(positive)
}

function positive({ names, amounts }: Amounts): number[] {
  return names.filter((_, index) => (amounts[index] as number) > 0)
}

/**
 * The smallest frame for columns, cells and devices. The padding that a row has anyway is given to
 * resource classes to come.
 */
export function frameFor(
  columns: Columns,
  cells: number,
  devices: number,
  lifetimes: boolean,
): Frame {
  const rest = cells * columns.cellClasses + devices + (lifetimes ? 1 : 0)
  const least = Math.max(1, columns.size)
  const width = Math.ceil((least + rest) / 4) * 4
  const resources = Math.min(fleetLimits.classes, width - rest)
  return { resources, cells, cellClasses: columns.cellClasses, devices, lifetimes }
}

const unitsOfWhole = fleetLimits.units

/** A kind's capacity as a row of a kernel. */
export function capacityRow(kind: Kind, columns: Columns, frame: Frame, width: number): Int32Array {
  const row = columns.row(kind.capacity, width)
  for (const [index, cell] of kind.cells.entries()) {
    for (let at = 0; at < frame.cellClasses; at++) {
      const found = cell.names.indexOf(columns.at(at))
      const amount = found < 0 ? 0 : (cell.amounts[found] as number)
      row[frame.resources + index * frame.cellClasses + at] = amount
    }
  }
  const devicesAt = frame.resources + frame.cells * frame.cellClasses
  row.fill(unitsOfWhole, devicesAt, devicesAt + kind.devices)
  return row
}
