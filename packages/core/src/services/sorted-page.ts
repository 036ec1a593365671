import { z } from 'zod'
import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Kind, Stored } from '../model/kind.ts'
import type { IndexValue } from '../ports/store.ts'
import type { Call } from './call.ts'
import { isIn, listPage, type PageBounds } from './page.ts'

type Value = string | number | boolean | null

/** Schemas of an order, and of a number of items to pass over. */
export interface SortFields<K extends string> {
  readonly sort: z.ZodOptional<
    z.ZodArray<
      z.ZodObject<{ key: z.ZodEnum<{ [P in K]: P }>; descending: z.ZodBoolean }, z.core.$strict>
    >
  >
  readonly offset: z.ZodDefault<z.ZodInt>
}

/** Input fields of a list that can be in any order. */
export function sortFields<K extends string>(keys: readonly [K, ...K[]]): SortFields<K> {
  return {
    sort: z
      .array(z.strictObject({ key: z.enum(keys), descending: z.boolean() }))
      .min(1)
      .max(keys.length)
      .optional(),
    /** Items to pass over, after the marker. */
    offset: z.int().min(0).max(2_147_483_647).default(0),
  }
}

export interface Sorting<K extends string> extends PageBounds {
  readonly sort?: readonly { readonly key: K; readonly descending: boolean }[] | undefined
  readonly offset: number
}

/**
 * As `listPage`, in any order. The order of creation is that of ids, and is read as far as the page
 * goes; for others all rows that the query finds are read, and as many held as two pages have.
 *
 * @throws CloudError `notFound` when the marker names no row that the caller sees.
 */
export async function sortedPage<T extends Stored, K extends string>(
  call: Call,
  kind: Kind<T>,
  query: { readonly index?: string; readonly equals?: readonly IndexValue[] },
  page: Sorting<K>,
  options: {
    readonly keep: (row: T) => boolean
    readonly visible?: (row: T) => boolean
    readonly valueOf: (row: T, key: K) => Value
  },
): Promise<T[]> {
  const { keep, visible = () => true, valueOf } = options
  const { sort, offset, limit } = page
  if (!sort && offset === 0) return listPage(call, kind, query, page, keep, visible)
  const isListed = (row: T): boolean => isIn(kind, query, row) && visible(row)
  const marker = await markerRow(call, kind, page.marker, isListed)
  const [first] = sort ?? [{ key: 'id', descending: false }]
  const isById = sort === undefined || sort.length === 1
  const wanted = offset + limit
  const rows =
    isById && (first?.key === 'id' || first?.key === 'createdAt')
      ? await inOrder(call, kind, { ...query, reverse: first.descending }, marker, (row, found) => {
          if (keep(row) && visible(row)) found.push(row)
          return found.length < wanted
        })
      : await chosen(call, kind, query, {
          wanted,
          keep: (row) => keep(row) && visible(row),
          compare: comparer(sort ?? [], valueOf),
          marker,
        })
  return rows.slice(offset, wanted)
}

async function markerRow<T extends Stored>(
  call: Call,
  kind: Kind<T>,
  id: string | undefined,
  isListed: (row: T) => boolean,
): Promise<T | undefined> {
  if (id === undefined) return undefined
  const [row] = await call.kernel.store.get(kind, [id])
  if (row && isListed(row)) return row
  throw new CloudError('notFound', 'marker: names no item.', { field: 'marker' })
}

/** Reads rows as the index has them, until there are enough. */
async function inOrder<T extends Stored>(
  call: Call,
  kind: Kind<T>,
  query: {
    readonly index?: string
    readonly equals?: readonly IndexValue[]
    readonly reverse?: boolean
  },
  marker: T | undefined,
  take: (row: T, found: T[]) => boolean,
): Promise<T[]> {
  const found: T[] = []
  const limit = limits.pageRows
  for (let after = marker; ;) {
    throwIfAborted(call.signal)
    const rows: T[] = await call.kernel.store.query(kind, {
      ...query,
      limit,
      ...(after && { after }),
    })
    for (const row of rows) if (!take(row, found)) return found
    if (rows.length < limit) return found
    after = rows.at(-1)
  }
}

/** The first of all rows, in an order. */
async function chosen<T extends Stored>(
  call: Call,
  kind: Kind<T>,
  query: { readonly index?: string; readonly equals?: readonly IndexValue[] },
  options: {
    readonly wanted: number
    readonly keep: (row: T) => boolean
    readonly compare: (a: T, b: T) => number
    readonly marker: T | undefined
  },
): Promise<T[]> {
  const { wanted, keep, compare, marker } = options
  let held: T[] = []
  await inOrder(call, kind, query, undefined, (row) => {
    if (!keep(row) || (marker && compare(row, marker) <= 0)) return true
    held.push(row)
    if (held.length >= 2 * wanted + limits.pageRows) held = held.toSorted(compare).slice(0, wanted)
    return true
  })
  return held.toSorted(compare).slice(0, wanted)
}

/** Rows that are alike in all keys are in the order of their ids. */
function comparer<T extends Stored, K extends string>(
  sort: readonly { readonly key: K; readonly descending: boolean }[],
  valueOf: (row: T, key: K) => Value,
): (a: T, b: T) => number {
  const last = sort.at(-1)?.descending ?? false
  return (a, b) => {
    for (const { key, descending } of sort) {
      const order = compareValues(valueOf(a, key), valueOf(b, key))
      if (order !== 0) return descending ? -order : order
    }
    const order = compareValues(a.id, b.id)
    return last ? -order : order
  }
}

/** Null comes first. */
function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return a < b ? -1 : 1
}
