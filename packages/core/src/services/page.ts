import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Kernel } from '../kernel.ts'
import type { Kind, Stored } from '../model/kind.ts'
import type { IndexValue } from '../ports/store.ts'
import type { Call } from './call.ts'

/**
 * Bounds of a list: at most `limit` items, after the one whose id is `marker`. Fewer items mean the
 * end.
 */
export interface PageBounds {
  readonly limit: number
  readonly marker?: string | undefined
}

/**
 * A page of one index, or of the kind by id. A filter that keeps few rows costs a statement for
 * every page of rows it passes over; the call's signal ends it.
 *
 * @param keep rows for which it is false are passed over.
 * @param visible rows for which it is false do not exist for the caller, also not as a marker.
 * @throws CloudError `invalid` when the marker names no row that the caller sees, in a list whose
 *   order is not the id's alone; where it is, a list goes on after a row that is gone.
 */
export async function listPage<T extends Stored>(
  call: Call,
  kind: Kind<T>,
  query: {
    readonly index?: string
    readonly equals?: readonly IndexValue[]
    readonly reverse?: boolean
  },
  page: PageBounds,
  keep?: (row: T) => boolean,
  visible?: (row: T) => boolean,
): Promise<T[]> {
  const { store } = call.kernel
  const limit = keep || visible ? limits.pageRows : page.limit
  const items: T[] = []
  const isListed = (row: T): boolean => isIn(kind, query, row) && (visible?.(row) ?? true)
  for (let after = await markerPosition(call.kernel, kind, query, page.marker, isListed); ;) {
    throwIfAborted(call.signal)
    const rows: T[] = await store.query(kind, { ...query, limit, ...(after && { after }) })
    for (const row of rows) {
      if ((keep && !keep(row)) || (visible && !visible(row))) continue
      items.push(row)
      if (items.length === page.limit) return items
    }
    if (rows.length < limit) return items
    after = rows.at(-1)
  }
}

/**
 * Where a page begins. Where the order is the id, the marker says it all and its row is not read:
 * so one may delete while iterating, and a foreign marker is not told from one of none.
 */
async function markerPosition<T extends Stored>(
  kernel: Kernel,
  kind: Kind<T>,
  query: { readonly index?: string; readonly equals?: readonly IndexValue[] },
  marker: string | undefined,
  isListed: (row: T) => boolean,
): Promise<Stored | undefined> {
  if (marker === undefined) return undefined
  const equals = query.equals ?? []
  const fields = indexFields(kind, query.index)
  if (fields.length === equals.length) {
    const fixed = Object.fromEntries(fields.map((field, at) => [field, equals[at]]))
    return { ...fixed, id: marker, rev: 0 }
  }
  const [row] = await kernel.store.get(kind, [marker])
  if (row && isListed(row)) return row
  throw new CloudError('invalid', 'marker: names no item.', { field: 'marker' })
}

/** True if the row is among those that the query asks for. */
export function isIn<T extends Stored>(
  kind: Kind<T>,
  query: { readonly index?: string; readonly equals?: readonly IndexValue[] },
  row: T,
): boolean {
  const fields = indexFields(kind, query.index)
  const values = new Map<string, unknown>(Object.entries(row))
  return (query.equals ?? []).every((value, at) => values.get(fields[at] as string) === value)
}

function indexFields(kind: Kind, index: string | undefined): readonly string[] {
  return index === undefined ? [] : (kind.indexes[index]?.fields ?? [])
}

/** Reads up to `limit` rows whose ids come after a marker, in id order. */
export type IdSource<T extends Stored> = (
  after: string | undefined,
  limit: number,
) => Promise<{
  readonly rows: readonly T[]
  /** The last id looked at when more may follow; undefined at the end. */
  readonly last: string | undefined
}>

/** A page of the union of sources, in id order, each row once. */
export async function mergedPage<T extends Stored>(
  call: Call,
  sources: readonly IdSource<T>[],
  page: PageBounds,
  keep: (row: T) => boolean,
): Promise<T[]> {
  const items: T[] = []
  for (let after = page.marker; ;) {
    throwIfAborted(call.signal)
    const from = after
    const parts = await Promise.all(sources.map((source) => source(from, limits.pageRows)))
    // Beyond the nearest end of an unfinished source, a row of that source may still be missing.
    const horizon = parts.flatMap((part) => part.last ?? []).sort()[0]
    const rows = new Map(parts.flatMap((part) => part.rows.map((row) => [row.id, row] as const)))
    for (const id of [...rows.keys()].sort()) {
      if (horizon !== undefined && id > horizon) break
      const row = rows.get(id) as T
      if (keep(row)) items.push(row)
      if (items.length === page.limit) return items
    }
    if (horizon === undefined) return items
    after = horizon
  }
}

/** Every row of a kind, or of the leading values of an index, page by page. */
export async function* everyRow<T extends Stored>(
  kernel: Pick<Kernel, 'store'>,
  kind: Kind<T>,
  query: { readonly index?: string; readonly equals?: readonly IndexValue[] } = {},
): AsyncGenerator<readonly T[]> {
  let after: T | undefined
  for (;;) {
    const rows = await kernel.store.query(kind, {
      ...query,
      limit: limits.pageRows,
      ...(after && { after }),
    })
    if (rows.length > 0) yield rows
    after = rows.at(-1)
    if (rows.length < limits.pageRows) return
  }
}
