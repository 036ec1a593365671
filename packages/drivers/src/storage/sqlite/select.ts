import {
  compareIndexValues,
  fieldOf,
  type IndexValue,
  type Kind,
  plainValue,
  type Query,
} from '@nephos/core'
import { quote } from './schema.ts'

/** A statement and what it is bound to. */
export interface Select {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

type Condition = Select

/**
 * One page of an index. The records after another are the union of ranges, nearest first: same
 * fields and a greater id; same but for the last field, and that greater; and so on. Each range is
 * one walk along the index, so a page costs the same however far down it is, nulls or not.
 *
 * @returns undefined when nothing can match.
 */
export function selectPage(
  kind: Kind,
  fields: readonly string[],
  query: Query,
): Select | undefined {
  const columns = [...new Set([...fields, 'id'])]
  const direction = query.reverse ? ' DESC' : ''
  const order = columns.map((column) => `${quote(column)}${direction}`).join(', ')
  const parts = rangesOf(columns, query).map((conditions) => ({
    sql: `SELECT doc FROM ${quote(kind.name)} ${whereOf(conditions)} ORDER BY ${order} LIMIT ?`,
    parameters: [...conditions.flatMap((condition) => condition.parameters), query.limit],
  }))
  const [first, ...others] = parts
  if (first === undefined || others.length === 0) return first
  return {
    sql: `${parts.map(({ sql }) => `SELECT doc FROM (${sql})`).join(' UNION ALL ')} LIMIT ?`,
    parameters: [...parts.flatMap(({ parameters }) => parameters), query.limit],
  }
}

export function selectCount(
  kind: Kind,
  fields: readonly string[],
  equals: readonly IndexValue[],
): Select {
  const conditions = equals.map((value, at) => same(fields[at] as string, value))
  return {
    sql: `SELECT count(*) FROM ${quote(kind.name)} ${whereOf(conditions)}`,
    parameters: conditions.flatMap((condition) => condition.parameters),
  }
}

/**
 * The index's rows for many key tuples. Tuples of one length are one statement; those that hold a
 * null are another, since that takes a comparison which the planner is worse at.
 */
export function lookups(
  kind: Kind,
  fields: readonly string[],
  keys: readonly (readonly IndexValue[])[],
): { readonly sql: string; readonly tuples: string }[] {
  const shapes = new Map<string, Set<string>>()
  for (const key of keys) {
    const sql = lookupSql(kind, fields.slice(0, key.length), key.includes(null) ? 'IS' : '=')
    const tuples = shapes.get(sql) ?? new Set()
    shapes.set(sql, tuples.add(JSON.stringify(key.map(plainValue))))
  }
  return [...shapes].map(([sql, tuples]) => ({ sql, tuples: `[${[...tuples].join()}]` }))
}

function lookupSql(kind: Kind, fields: readonly string[], equal: 'IS' | '='): string {
  const on = fields.map((field, at) => `t.${quote(field)} ${equal} k.value ->> ${at}`)
  return `SELECT t.id, t.doc FROM json_each(?) k
    CROSS JOIN ${quote(kind.name)} t ON ${on.join(' AND ')}`
}

function whereOf(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return ''
  return `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
}

function rangesOf(columns: readonly string[], query: Query): (readonly Condition[])[] {
  const { equals = [], after, reverse = false } = query
  const prefix = equals.map((value, at) => same(columns[at] as string, value))
  const bounded = columns[equals.length] ?? 'id'
  const whole = [...prefix, ...bounds(bounded, query)]
  if (after === undefined) return [whole]
  const place = placeOf(columns, query, after)
  // Records still to come are those in the direction of the walk.
  if (place !== 0) return (reverse ? place > 0 : place < 0) ? [whole] : []
  const ranges: Condition[][] = []
  for (let at = columns.length - 1; at >= equals.length; at--) {
    const column = columns[at] as string
    const fixed = columns.slice(equals.length, at).map((name) => same(name, fieldOf(after, name)))
    // The bound that the walk has passed already would only mislead the planner.
    const ahead = column === bounded ? bounds(column, query, reverse ? 'from' : 'to') : []
    const nulls = column !== bounded || (query.from === undefined && query.to === undefined)
    for (const further of beyond(column, fieldOf(after, column), reverse, nulls)) {
      ranges.push([...prefix, ...fixed, further, ...ahead])
    }
  }
  return ranges
}

/** Where the record before the page stands: before (negative), within or after the query's rows. */
function placeOf(columns: readonly string[], query: Query, after: object): number {
  const { equals = [], from, to } = query
  for (const [at, value] of equals.entries()) {
    const order = compareIndexValues(fieldOf(after, columns[at] as string), value)
    if (order !== 0) return order
  }
  if (from === undefined && to === undefined) return 0
  const value = fieldOf(after, columns[equals.length] ?? 'id')
  if (value === null) return -1
  if (from !== undefined && compareIndexValues(value, from) < 0) return -1
  return to !== undefined && compareIndexValues(value, to) >= 0 ? 1 : 0
}

function bounds(column: string, query: Query, only?: 'from' | 'to'): Condition[] {
  const conditions: Condition[] = []
  if (query.from !== undefined && only !== 'to') {
    conditions.push(compared(column, '>=', query.from))
  }
  if (query.to !== undefined && only !== 'from') conditions.push(compared(column, '<', query.to))
  return conditions
}

/**
 * Rows beyond a value, in the direction of the walk, as ranges of the index. Nulls come first, so a
 * walk down ends with them, unless a bound leaves them out.
 */
function beyond(
  column: string,
  value: IndexValue,
  reverse: boolean,
  nulls: boolean,
): readonly Condition[] {
  if (value === null) {
    return reverse ? [] : [{ sql: `${quote(column)} IS NOT NULL`, parameters: [] }]
  }
  if (!reverse) return [compared(column, '>', value)]
  const below = compared(column, '<', value)
  return nulls && column !== 'id' ? [below, same(column, null)] : [below]
}

function same(column: string, value: IndexValue): Condition {
  if (value === null) return { sql: `${quote(column)} IS NULL`, parameters: [] }
  return compared(column, '=', value)
}

function compared(column: string, operator: string, value: IndexValue): Condition {
  return { sql: `${quote(column)} ${operator} ?`, parameters: [plainValue(value)] }
}
