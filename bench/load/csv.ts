import { DataError } from '../errors.ts'
import { readLines } from './read-lines.ts'

/** One row of a table, with its cells by column. */
export interface Row {
  /** Line in the file, the first being 1. */
  readonly line: number
  /** Text of a cell; an empty string where the file has no such column. */
  text(column: string): string
  /**
   * A cell as a number.
   *
   * @throws DataError naming line and column unless it is a number within the bounds.
   */
  number(column: string, bounds?: NumberBounds): number
}

export interface NumberBounds {
  /** 0 if undefined. */
  readonly min?: number
  /** The largest safe integer if undefined. */
  readonly max?: number
  /** Whether fractions are allowed; not so if undefined. */
  readonly fraction?: boolean
}

export interface Table {
  readonly columns: ReadonlySet<string>
  readonly count: number
  rows(): Generator<Row>
}

export interface TableOptions {
  /** Columns that must be there. */
  readonly required: readonly string[]
  /** Between cells; a comma if undefined. */
  readonly separator?: string
}

/**
 * A table of separated values whose first line names its columns. Quotes are not understood: none
 * of the sets in use has any.
 *
 * @throws DataError when the file cannot be read, lacks a column, or a row is of another width.
 */
export async function readTable(path: string, options: TableOptions): Promise<Table> {
  const { required, separator = ',' } = options
  const lines = await readLines(path)
  const names = (lines[0] ?? '').replace(/^\uFEFF/, '').split(separator)
  const at = new Map(names.map((name, index) => [name.trim(), index]))
  for (const column of required) {
    if (!at.has(column)) throw new DataError(path, 1, column, 'is missing')
  }
  if (lines.length === 1) throw new DataError(path, 0, null, 'has no rows')
  function* rows(): Generator<Row> {
    for (let index = 1; index < lines.length; index++) {
      const cells = (lines[index] ?? '').split(separator)
      if (cells.length !== names.length) {
        throw new DataError(
          path,
          index + 1,
          null,
          `${cells.length} cells where ${names.length} columns are named`,
        )
      }
      yield rowOf(path, index + 1, cells, at)
    }
  }
  return { columns: new Set(at.keys()), count: lines.length - 1, rows }
}

function rowOf(
  path: string,
  line: number,
  cells: readonly string[],
  at: ReadonlyMap<string, number>,
): Row {
  const text = (column: string): string => {
    const index = at.get(column)
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
  const number = (column: string, bounds: NumberBounds = {}): number => {
    const { min = 0, max = Number.MAX_SAFE_INTEGER, fraction = false } = bounds
    const given = text(column)
    const value = given === '' ? Number.NaN : Number(given)
    if (!Number.isFinite(value)) {
      throw new DataError(path, line, column, `${JSON.stringify(given)} is no number`)
    }
    if (!fraction && !Number.isInteger(value)) {
      throw new DataError(path, line, column, `${given} is no whole number`)
    }
    if (value < min || value > max) {
      throw new DataError(path, line, column, `${given} is not within ${min} and ${max}`)
    }
    return value
  }
  return { line, text, number }
}
