import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { type Container, containerKind } from '../../model/object/container.ts'
import { isExpired, objectKind, type ObjectVersion } from '../../model/object/object.ts'
import type { Call } from '../call.ts'
import { groupBy } from '../compute/host-counters.ts'
import { parseInput } from '../parse.ts'
import { fetchContainer } from './access.ts'
import { readParts } from './multipart/fetch-upload.ts'
import { listNames, type NameIndex } from './listing.ts'

/** A run of bytes of one stored object. */
export interface Piece {
  readonly key: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Digest of all bytes under the key, when they are all of it. */
  readonly sha256: string | undefined
}

/** A segment of a static large object, as its manifest names it. */
export interface Segment {
  readonly container: string
  readonly name: string
  readonly etag: string
  readonly size: number
  /** The part of it that counts: from `start` to `end` (exclusive). */
  readonly start: number
  readonly end: number
}

/** What a reader of an object gets, in order. */
export interface Content {
  readonly pieces: readonly Piece[]
  readonly size: number
  readonly etag: string
  readonly lastModified: number
}

const segmentField = z.strictObject({
  container: z.string(),
  name: z.string(),
  etag: z.string(),
  size: z.int(),
  start: z.int(),
  end: z.int(),
})
const manifestField = z.strictObject({ segments: z.array(segmentField) })

/** A manifest as the bytes of its object. */
export function manifestBytes(segments: readonly Segment[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ segments }))
}

/** The list of a static large object. */
export async function readManifest(
  kernel: Kernel,
  row: ObjectVersion,
): Promise<readonly Segment[]> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of kernel.objects.get(row.id))
    text += decoder.decode(chunk, { stream: true })
  const manifest: unknown = JSON.parse(text + decoder.decode())
  return parseInput(manifestField, manifest).segments
}

/**
 * Finds the bytes of an object. Those of a large one are looked up as they are now; what a static
 * one lists must be what it was when the list was checked.
 *
 * @param only the container in which alone segments may be, for readers who may not see others.
 * @throws CloudError `conflict` when a segment is gone or another one, or there are too many;
 *   `notFound` and `forbidden` for a container of segments that the caller may not read.
 */
export async function contentOf(
  call: Call,
  row: ObjectVersion,
  options: { readonly only?: string | undefined; readonly referrer?: string | undefined } = {},
): Promise<Content> {
  const { manifest, id: key, size, etag, sha256, lastModified } = row
  if (!manifest) {
    const pieces = size === 0 ? [] : [{ key, start: 0, end: size, sha256 }]
    return { pieces, size, etag, lastModified }
  }
  const read = async (name: string): Promise<Container> => {
    const path = { account: row.projectId, container: name, referrer: options.referrer }
    const container = await fetchContainer(call, path, 'read', 'container')
    if (options.only === undefined || options.only === container.id) return container
    throw new CloudError('forbidden', 'Its segments are in another container.', { field: 'name' })
  }
  if (manifest.type === 'dynamic') return dynamicContent(call, row, manifest, read)
  const pieces = await piecesOf(call, row, read, 0)
  return { pieces, size: manifest.size, etag: manifest.etag, lastModified }
}

/** Finds a container from which segments are read; throws unless the caller may. */
type Read = (name: string) => Promise<Container>

/**
 * The bytes of an object that is none, or one of parts, or a static large one: in as many
 * statements as there are large objects in it.
 */
async function piecesOf(
  call: Call,
  row: ObjectVersion,
  read: Read,
  depth: number,
): Promise<readonly Piece[]> {
  const { manifest, size } = row
  if (!manifest) return size === 0 ? [] : [pieceOf(row, 0, size)]
  if (manifest.type === 'parts') {
    const parts = await readParts(call.kernel, row.id)
    return parts.filter((part) => part.size > 0).map((part) => pieceOf(part, 0, part.size))
  }
  if (depth >= limits.manifestDepth) throw tooDeep(limits.manifestDepth)
  const segments = await readManifest(call.kernel, row)
  for (const name of new Set(segments.map(({ container }) => container))) await read(name)
  const rows = await findSegments(call, row.projectId, segments)
  const pieces: Piece[] = []
  for (const [index, segment] of segments.entries()) {
    const found = rows[index]
    const { etag, size: held } = found ? contentFacts(found) : {}
    if (!found || etag !== segment.etag || held !== segment.size) {
      throw new CloudError('conflict', 'A segment is gone, or is another object by now.', {
        field: 'name',
        detail: { segment: index },
      })
    }
    const all = await piecesOf(call, found, read, depth + 1)
    for (const piece of cutPieces(all, segment.start, segment.end)) pieces.push(piece)
    if (pieces.length > limits.manifestPieces) throw tooDeep(limits.manifestPieces)
  }
  return pieces
}

/** A large object is made of more than it may be. */
export function tooDeep(limit: number): CloudError {
  return new CloudError('conflict', 'The object is made of too many others.', {
    field: 'name',
    limit,
  })
}

/** The pieces between two places of their whole. */
export function cutPieces(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const piece of pieces) {
    const length = piece.end - piece.start
    const from = Math.max(start, at)
    const to = Math.min(end, at + length)
    if (from < to) {
      const isWhole = from === at && to === at + length
      const offset = piece.start - at
      found.push({
        key: piece.key,
        start: from + offset,
        end: to + offset,
        sha256: isWhole ? piece.sha256 : undefined,
      })
    }
    at += length
  }
  return found
}

/** What a reader of an object gets, of one that is not made anew for each reader. */
export function contentFacts(row: ObjectVersion): { readonly size: number; readonly etag: string } {
  return row.manifest?.type === 'static' ? row.manifest : row
}

function pieceOf(
  row: Pick<ObjectVersion, 'id' | 'size' | 'sha256'>,
  start: number,
  end: number,
): Piece {
  const isWhole = start === 0 && end === row.size
  return { key: row.id, start, end, sha256: isWhole ? row.sha256 : undefined }
}

/**
 * The objects that segments name, in two statements whatever their number; undefined where there is
 * none, or a dynamic large one, which may be another for each reader.
 */
export async function findSegments(
  call: Call,
  projectId: string,
  segments: readonly { readonly container: string; readonly name: string }[],
): Promise<(ObjectVersion | undefined)[]> {
  const { store, clock } = call.kernel
  const names = [...new Set(segments.map(({ container }) => container))]
  const containers = await store.lookup(
    containerKind,
    'byName',
    names.map((name) => [projectId, name]),
  )
  const ids = new Map(containers.map(({ name, id }) => [name, id]))
  const keys = segments.map(({ container, name }) => [ids.get(container) ?? '', name])
  const rows = await store.lookup(objectKind, 'byName', keys)
  const now = clock.now()
  const usable = rows.filter(
    (row) => row.manifest?.type !== 'dynamic' && !row.marker && !isExpired(row, now),
  )
  const found = groupBy(usable, (row) => JSON.stringify([row.containerId, row.name]))
  return keys.map((key) => found.get(JSON.stringify(key))?.[0])
}

async function dynamicContent(
  call: Call,
  row: ObjectVersion,
  manifest: { readonly container: string; readonly prefix: string },
  read: (name: string) => Promise<Container>,
): Promise<Content> {
  const { kernel } = call
  const container = await read(manifest.container)
  const now = kernel.clock.now()
  const listed = await listNames(call, currentNames(container.id, now), {
    prefix: manifest.prefix,
    delimiter: '',
    reverse: false,
    limit: limits.listingEntries,
  })
  if (listed.length >= limits.listingEntries) {
    throw new CloudError('conflict', 'The object has too many segments.', {
      field: 'name',
      limit: limits.listingEntries,
    })
  }
  // What is made of others itself is none: often the object's own name begins so.
  const rows = listed.flatMap((one) => (one.type === 'row' && !one.row.manifest ? [one.row] : []))
  const pieces = rows.filter(({ size }) => size > 0).map((one) => pieceOf(one, 0, one.size))
  return {
    pieces,
    size: rows.reduce((sum, { size }) => sum + size, 0),
    etag: kernel.digest.hash('md5', rows.map(({ etag }) => etag).join('')),
    lastModified: rows.reduce((last, one) => Math.max(last, one.lastModified), row.lastModified),
  }
}

/** The current objects of a container, without those whose time is over. */
export function currentNames(containerId: string, now: number): NameIndex<ObjectVersion> {
  return {
    kind: objectKind,
    index: 'byName',
    equals: [containerId],
    nameOf: ({ name }: ObjectVersion): string => name,
    keep: (row: ObjectVersion): boolean => !isExpired(row, now),
  }
}
