import { throwIfAborted } from '../../base/errors.ts'
import { objectKind, type ObjectVersion } from '../../model/object/object.ts'
import { afterPrefix, compareText } from '../../ports/store-order.ts'
import type { Call } from '../call.ts'

/** What a listing of versions is asked for. */
interface Bounds {
  readonly prefix: string
  readonly delimiter: string
  readonly nameMarker?: string | undefined
  readonly versionMarker?: string | undefined
  readonly limit: number
}

type Found =
  | { readonly type: 'version'; readonly row: ObjectVersion }
  | { readonly type: 'prefix'; readonly name: string }

/** Rows read at once where a delimiter may make them one entry. */
const fewRows = 8

/**
 * Versions by name, newest first. The index has them oldest first: each run of one name is turned
 * round, and one that a page cuts through is read again from its end.
 */
export async function browseVersions(
  call: Call,
  containerId: string,
  bounds: Bounds,
): Promise<Found[]> {
  const { store } = call.kernel
  const { prefix, delimiter, nameMarker, versionMarker, limit } = bounds
  const to = afterPrefix(prefix)
  const found: Found[] = []
  if (nameMarker !== undefined && versionMarker !== undefined) {
    const marker = (await store.get(objectKind, [versionMarker]))[0]
    if (marker?.containerId === containerId && marker.name === nameMarker) {
      const rest = await newestFirst(call, containerId, nameMarker, limit, marker)
      for (const row of rest) found.push({ type: 'version', row })
    }
  }
  let from: string | undefined = startOf(bounds)
  while (found.length < limit && from !== undefined) {
    throwIfAborted(call.signal)
    const wanted: number = delimiter === '' ? limit - found.length + 1 : fewRows
    const rows: ObjectVersion[] = await store.query(objectKind, {
      index: 'byVersion',
      equals: [containerId],
      from,
      ...(to !== undefined && { to }),
      limit: wanted,
    })
    from = await addRuns(call, containerId, rows, bounds, found, rows.length < wanted)
  }
  return found.slice(0, limit)
}

/**
 * Adds what a page of rows stands for.
 *
 * @param isEnd true: nothing comes after these rows, so the last run is whole.
 * @returns the name from which to read on; undefined at the end.
 */
async function addRuns(
  call: Call,
  containerId: string,
  rows: readonly ObjectVersion[],
  { prefix, delimiter, limit }: Bounds,
  found: Found[],
  isEnd: boolean,
): Promise<string | undefined> {
  for (let at = 0; at < rows.length;) {
    const { name } = rows[at] as ObjectVersion
    const cut = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
    if (cut >= 0) {
      const common = name.slice(0, cut + delimiter.length)
      found.push({ type: 'prefix', name: common })
      // However many names stand behind it, none of them is read.
      return afterPrefix(common)
    }
    const next = rows.findIndex((row, index) => index > at && row.name !== name)
    const run = rows.slice(at, next < 0 ? rows.length : next)
    const isWhole = next >= 0 || isEnd
    const all = isWhole
      ? run.toReversed()
      : await newestFirst(call, containerId, name, Math.max(1, limit - found.length))
    for (const row of all) found.push({ type: 'version', row })
    if (next < 0 || found.length >= limit) return isEnd && next < 0 ? undefined : nameAfter(name)
    at = next
  }
  return undefined
}

function newestFirst(
  call: Call,
  containerId: string,
  name: string,
  limit: number,
  after?: ObjectVersion,
): Promise<ObjectVersion[]> {
  return call.kernel.store.query(objectKind, {
    index: 'byVersion',
    equals: [containerId, name],
    reverse: true,
    limit,
    ...(after && { after }),
  })
}

/** The first name to read: one behind the marker, or behind what the marker is rolled into. */
function startOf({ prefix, delimiter, nameMarker }: Bounds): string | undefined {
  if (nameMarker === undefined || nameMarker === '') return prefix
  const cut =
    delimiter === '' || !nameMarker.startsWith(prefix)
      ? -1
      : nameMarker.indexOf(delimiter, prefix.length)
  const next =
    cut < 0 ? nameAfter(nameMarker) : afterPrefix(nameMarker.slice(0, cut + delimiter.length))
  if (next === undefined) return undefined
  return compareText(next, prefix) > 0 ? next : prefix
}

/** The text that comes next after a name: names have no NUL. */
function nameAfter(name: string): string {
  return `${name}\u0001`
}
