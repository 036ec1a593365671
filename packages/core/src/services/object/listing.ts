import { throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import type { IndexValue } from '../../ports/store.ts'
import { afterPrefix, compareText } from '../../ports/store-order.ts'
import type { Call } from '../call.ts'

/** What a listing is asked for. Names are compared by code point. */
export interface ListingBounds {
  readonly prefix: string
  /** Names that share what comes before it, after the prefix, are rolled into one entry. */
  readonly delimiter: string
  /** Begins after this entry; with `reverse`, at those before it. */
  readonly marker?: string | undefined
  /** Ends before this entry; with `reverse`, after it. */
  readonly endMarker?: string | undefined
  readonly reverse: boolean
  readonly limit: number
}

/** Names in an index: its leading values, and the field after them, which holds the name. */
export interface NameIndex<T extends Stored> {
  readonly kind: Kind<T>
  readonly index: string
  readonly equals: readonly IndexValue[]
  readonly nameOf: (row: T) => string
  /** Rows for which it is false are passed over. */
  readonly keep?: (row: T) => boolean
}

export type Listed<T> =
  | { readonly type: 'row'; readonly name: string; readonly row: T }
  | { readonly type: 'prefix'; readonly name: string }

/** Where reading goes on. */
interface Span {
  readonly from: string | undefined
  readonly to: string | undefined
}

/**
 * Lists names in order. Of names that a delimiter rolls into one entry only the first few are read:
 * the index is then asked for what comes after all of them. So the cost is that of the entries
 * listed, however many names stand behind them.
 */
export async function listNames<T extends Stored>(
  call: Call,
  names: NameIndex<T>,
  bounds: ListingBounds,
): Promise<Listed<T>[]> {
  const entries: Listed<T>[] = []
  const span: { from: string | undefined; to: string | undefined } = { ...spanOf(bounds) }
  let size = bounds.delimiter === '' ? bounds.limit + 1 : fewRows
  let after: T | undefined
  while (!isEmpty(span)) {
    throwIfAborted(call.signal)
    const wanted = Math.min(size, limits.listingRows)
    const rows: T[] = await call.kernel.store.query(names.kind, {
      index: names.index,
      equals: names.equals,
      from: span.from ?? '',
      ...(span.to !== undefined && { to: span.to }),
      ...(after && { after }),
      reverse: bounds.reverse,
      limit: wanted,
    })
    const before = entries.length
    const jump = addEntries(entries, rows, names, bounds)
    if (entries.length >= bounds.limit) return entries.slice(0, bounds.limit)
    if (rows.length < wanted) return entries
    after = rows.at(-1)
    // Pages grow while names are entries of their own, and shrink while they are rolled up.
    size = entries.length - before > 1 ? size * 2 : Math.max(fewRows, Math.floor(size / 4))
    if (jump === undefined) continue
    after = undefined
    if (bounds.reverse) span.to = jump
    else {
      const next = afterPrefix(jump)
      if (next === undefined) return entries
      span.from = next
    }
  }
  return entries
}

/** Rows read at once where a delimiter may make them one entry. */
const fewRows = 4

function isEmpty({ from, to }: Span): boolean {
  return from !== undefined && to !== undefined && compareText(from, to) >= 0
}

/** @returns the common prefix in which the rows ended, if they did. */
function addEntries<T extends Stored>(
  entries: Listed<T>[],
  rows: readonly T[],
  { nameOf, keep }: NameIndex<T>,
  bounds: ListingBounds,
): string | undefined {
  let common: string | undefined
  for (const row of rows) {
    const name = nameOf(row)
    if (keep && !keep(row)) continue
    common = rolledInto(name, bounds)
    if (common === undefined) {
      if (!isMarker(name, bounds)) entries.push({ type: 'row', name, row })
      continue
    }
    const last = entries.at(-1)
    if (last?.type === 'prefix' && last.name === common) continue
    entries.push({ type: 'prefix', name: common })
  }
  return common
}

function isMarker(name: string, { marker, endMarker, reverse }: ListingBounds): boolean {
  return name === (reverse ? endMarker : marker)
}

/** The entry that stands for the name, or undefined when it stands for itself. */
function rolledInto(name: string, { prefix, delimiter }: ListingBounds): string | undefined {
  if (delimiter === '') return undefined
  const at = name.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : name.slice(0, at + delimiter.length)
}

/**
 * The names to read: those with the prefix, cut to the markers. A marker that a delimiter rolls
 * into an entry stands for that entry, wherever within it the marker is.
 */
function spanOf(bounds: ListingBounds): Span {
  const { prefix, reverse } = bounds
  const above = reverse ? bounds.endMarker : bounds.marker
  const below = reverse ? bounds.marker : bounds.endMarker
  const lows = [prefix === '' ? undefined : prefix, above && afterEntry(above, bounds)]
  const highs = [afterPrefix(prefix), below && beforeEntry(below, bounds)]
  return { from: extreme(lows, 1), to: extreme(highs, -1) }
}

/** From where entries come after this one; itself is left out later. */
function afterEntry(marker: string, bounds: ListingBounds): string | undefined {
  if (!marker.startsWith(bounds.prefix)) return marker
  const common = rolledInto(marker, bounds)
  return common === undefined ? marker : (afterPrefix(common) ?? marker)
}

/** Up to where entries come before this one. */
function beforeEntry(marker: string, bounds: ListingBounds): string | undefined {
  if (!marker.startsWith(bounds.prefix)) return marker
  const common = rolledInto(marker, bounds)
  // Within it: the entry itself comes before the marker.
  return common === undefined || common === marker ? marker : afterPrefix(common)
}

function extreme(texts: readonly (string | undefined)[], sign: 1 | -1): string | undefined {
  let found: string | undefined
  for (const text of texts) {
    if (text === undefined || text === '') continue
    if (found === undefined || compareText(text, found) * sign > 0) found = text
  }
  return found
}
