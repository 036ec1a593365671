import { compareIndexValues, fieldOf, type IndexValue, type Kind, type Query } from '@nephos/core'
import { columnKey } from './keys.ts'
import { column, quote } from './names.ts'

/** A statement and what it is bound to. */
export interface Select {
  readonly sql: string
  readonly values: unknown[]
}

/** A condition on one column; without a value it is on null. */
interface Condition {
  readonly field: string
  readonly operator: '=' | '<' | '>' | '>=' | 'IS NULL' | 'IS NOT NULL'
  readonly value?: string | null
}

/**
 * One page of an index. The records after another are the union of ranges: same fields and a
 * greater id; same but for the last field, and that greater; and so on. Each range is one walk
 * along the index, so a page costs the same however far down it is, nulls or not.
 *
 * @returns undefined when nothing can match.
 */
export function selectPage(
  place: string,
  kind: Kind,
  fields: readonly string[],
  query: Query,
): Select | undefined {
  const columns = [...new Set([...fields, 'id'])]
  const order = orderOf(columns, query.reverse ?? false)
  const ranges = rangesOf(columns, query)
  if (ranges.length === 0) return undefined
  const values: unknown[] = [query.limit]
  const table = `${place}.${quote(kind.name)}`
  const names = columns.map(column).join(', ')
  const parts = ranges.map(
    (conditions) =>
      `SELECT doc, ${names} FROM ${table} ${whereOf(conditions, values)}
       ORDER BY ${order} LIMIT $1`,
  )
  if (parts.length === 1) return { sql: `SELECT doc FROM (${parts[0]}) page`, values }
  const union = parts.map((part) => `(${part})`).join(' UNION ALL ')
  return { sql: `SELECT doc FROM (${union}) page ORDER BY ${order} LIMIT $1`, values }
}

/**
 * As the index has its rows. The primary key is the only one that was not made with nulls first:
 * PostgreSQL takes no index of another order, though an id is never null.
 */
function orderOf(columns: readonly string[], reverse: boolean): string {
  const direction = reverse ? 'DESC' : 'ASC'
  if (columns.length === 1 && columns[0] === 'id') return `${column('id')} ${direction}`
  const nulls = reverse ? 'NULLS LAST' : 'NULLS FIRST'
  return columns.map((field) => `${column(field)} ${direction} ${nulls}`).join(', ')
}

export function selectCount(
  place: string,
  kind: Kind,
  fields: readonly string[],
  equals: readonly IndexValue[],
): Select {
  const values: unknown[] = []
  const where = whereOf(
    equals.map((value, at) => same(fields[at] as string, value)),
    values,
  )
  return { sql: `SELECT count(*)::float8 FROM ${place}.${quote(kind.name)} ${where}`, values }
}

/**
 * The index's rows for many key tuples. Tuples that are null in the same places, and of one length,
 * are one statement.
 */
export function lookups(
  place: string,
  kind: Kind,
  fields: readonly string[],
  keys: readonly (readonly IndexValue[])[],
): Select[] {
  const shapes = new Map<string, { sql: string; lists: (string | null)[][] }>()
  for (const key of keys) {
    const mask = key.map((value) => (value === null ? '0' : '1')).join('')
    let shape = shapes.get(mask)
    if (!shape) {
      const lists = key.filter((value) => value !== null).map(() => [])
      shape = { sql: lookupSql(place, kind, fields, key), lists }
      shapes.set(mask, shape)
    }
    let at = 0
    for (const [index, value] of key.entries()) {
      if (value !== null) shape.lists[at++]?.push(columnKey(fields[index] as string, value))
    }
  }
  return [...shapes.values()].map(({ sql, lists }) => ({ sql, values: lists }))
}

function lookupSql(
  place: string,
  kind: Kind,
  fields: readonly string[],
  key: readonly IndexValue[],
): string {
  const table = `${place}.${quote(kind.name)}`
  const names = fields.slice(0, key.length).map(column)
  const nulls = names.filter((_, at) => key[at] === null).map((name) => `t.${name} IS NULL`)
  const given = names.filter((_, at) => key[at] !== null)
  if (given.length === 0) return `SELECT t.id, t.doc FROM ${table} t WHERE ${nulls.join(' AND ')}`
  const lists = given.map((_, at) => `$${at + 1}::text[]`).join(', ')
  const on = [...given.map((name, at) => `t.${name} = k.k${at}`), ...nulls].join(' AND ')
  return `SELECT t.id, t.doc FROM unnest(${lists}) AS k(${given.map((_, at) => `k${at}`).join()})
    JOIN ${table} t ON ${on}`
}

/** Adds the values to those of the statement. */
function whereOf(conditions: readonly Condition[], values: unknown[]): string {
  if (conditions.length === 0) return ''
  const texts = conditions.map(({ field, operator, value }) => {
    if (value === undefined) return `${column(field)} ${operator}`
    return `${column(field)} ${operator} $${values.push(value)}`
  })
  return `WHERE ${texts.join(' AND ')}`
}

function rangesOf(columns: readonly string[], query: Query): (readonly Condition[])[] {
  const { equals = [], after, reverse = false } = query
  const prefix = equals.map((value, at) => same(columns[at] as string, value))
  const bounded = columns[equals.length] ?? 'id'
  const whole = [...prefix, ...bounds(bounded, query)]
  if (after === undefined) return [whole]
  const standing = standingOf(columns, query, after)
  // Records still to come are those in the direction of the walk.
  if (standing !== 0) return (reverse ? standing > 0 : standing < 0) ? [whole] : []
  const ranges: Condition[][] = []
  for (let at = columns.length - 1; at >= equals.length; at--) {
    const name = columns[at] as string
    const fixed = columns.slice(equals.length, at).map((each) => same(each, fieldOf(after, each)))
    const ahead = name === bounded ? bounds(name, query, reverse ? 'from' : 'to') : []
    const nulls = name !== bounded || (query.from === undefined && query.to === undefined)
    for (const further of beyond(name, fieldOf(after, name), reverse, nulls)) {
      ranges.push([...prefix, ...fixed, further, ...ahead])
    }
  }
  return ranges
}

/** Where the record before the page stands: before (negative), within or after the query's rows. */
function standingOf(columns: readonly string[], query: Query, after: object): number {
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

function bounds(field: string, query: Query, only?: 'from' | 'to'): Condition[] {
  const { from, to } = query
  const conditions: Condition[] = []
  if (from !== undefined && only !== 'to') conditions.push(compared(field, '>=', from))
  if (to !== undefined && only !== 'from') conditions.push(compared(field, '<', to))
  return conditions
}

/**
 * Rows beyond a value, in the direction of the walk, as ranges of the index. Nulls come first, so a
 * walk down ends with them, unless a bound leaves them out.
 */
function beyond(
  field: string,
  value: IndexValue,
  reverse: boolean,
  nulls: boolean,
): readonly Condition[] {
  if (value === null) return reverse ? [] : [{ field, operator: 'IS NOT NULL' }]
  if (!reverse) return [compared(field, '>', value)]
  const below = compared(field, '<', value)
  return nulls && field !== 'id' ? [below, same(field, null)] : [below]
}

function same(field: string, value: IndexValue): Condition {
  if (value === null) return { field, operator: 'IS NULL' }
  return compared(field, '=', value)
}

function compared(field: string, operator: Condition['operator'], value: IndexValue): Condition {
  return { field, operator, value: columnKey(field, value) }
}
