import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import type { ObjectVersion } from '../../model/object/object.ts'
import type { Actor, Call } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation, invoke, requireOptions } from '../operation.ts'
import { isUnchanged } from './conditions.ts'
import { objectPath, readConditions, referrerField } from './fields.ts'
import { fetchObject } from './fetch-object.ts'
import { type Content, contentOf, cutPieces, type Piece } from './segments.ts'
import type { StoreOptions } from './upload.ts'
import { objectView, type ObjectView } from './view.ts'

const downloadInput = z.strictObject({
  ...objectPath,
  ...readConditions,
  versionId: idField.optional(),
  referrer: referrerField,
  /** First byte. */
  start: z.int().min(0).optional(),
  /** Byte after the last; beyond the object's end it means that end. */
  end: z.int().min(0).optional(),
  /** Instead of `start` and `end`: so many bytes at the end. */
  last: z.int().min(1).optional(),
})
export type ObjectDownloadInput = z.input<typeof downloadInput>

export interface ObjectDownload {
  readonly object: ObjectView
  /** True: the reader has it already, by the conditions; there are no bytes then. */
  readonly unchanged: boolean
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /**
   * Throws `checksumMismatch` when what is stored is not what was uploaded: each segment that is
   * read as a whole is verified. Read it once.
   */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Others of its bytes, by the same look at what it is made of. Within its size. */
  readonly slice: (start: number, end: number) => AsyncIterable<Uint8Array>
}

interface Located {
  readonly object: ObjectView
  readonly content: Content
  readonly unchanged: boolean
  readonly start: number
  readonly end: number
}

/** @param only the container in which alone segments may be. */
function objectLocate(only: string | undefined) {
  return defineOperation({
    id: 'object.data.get',
    summary: 'Reads the bytes of an object.',
    policy: { scope: 'any', role: 'reader' },
    mutates: false,
    input: downloadInput,
    run: async (call, input): Promise<Located> => {
      const { row } = await fetchObject(call, input, 'read')
      const content = await contentOf(call, row, { only, referrer: input.referrer })
      const unchanged = isUnchanged(input, content)
      return { object: filled(row, content), content, unchanged, ...rangeOf(input, content.size) }
    },
  })
}

/** An object with what its segments make of it. */
export async function viewContent(call: Call, row: ObjectVersion): Promise<ObjectView> {
  return row.manifest?.type === 'dynamic'
    ? filled(row, await contentOf(call, row))
    : objectView(row)
}

function filled(row: ObjectVersion, { size, etag, lastModified }: Content): ObjectView {
  return { ...objectView(row), size, etag, lastModified }
}

/** @throws CloudError `invalid` for a range that begins beyond the end. */
function rangeOf(
  {
    start,
    end,
    last,
  }: { start?: number | undefined; end?: number | undefined; last?: number | undefined },
  size: number,
): { start: number; end: number } {
  if (last !== undefined) {
    if (start === undefined && end === undefined)
      return { start: Math.max(0, size - last), end: size }
    throw new CloudError('invalid', 'last: goes without start and end.', { field: 'last' })
  }
  const from = start ?? 0
  const to = Math.min(end ?? size, size)
  if (from <= to && (from < size || size === 0)) return { start: from, end: to }
  throw new CloudError('invalid', 'start: lies beyond the end.', { field: 'start', limit: to })
}

/**
 * The bytes of an object, or a range of them.
 *
 * @throws CloudError `notFound`; `forbidden`; `conflict` with the condition that does not hold as
 *   `field`, or when a segment of a large object is not what it was; `invalid` for a range outside.
 */
export function downloadObject(
  kernel: Kernel,
  actor: Actor,
  input: ObjectDownloadInput,
  options: StoreOptions = {},
): Promise<ObjectDownload> {
  return readObject(kernel, actor, input, options)
}

/** @param only the container in which alone segments may be, for readers who may not see others. */
export async function readObject(
  kernel: Kernel,
  actor: Actor,
  input: ObjectDownloadInput,
  options: StoreOptions,
  only?: string,
): Promise<ObjectDownload> {
  requireOptions(options)
  const located = await invoke(kernel, actor, objectLocate(only), input, options)
  const { object, content, unchanged, start, end } = located
  const pieces = unchanged ? [] : cutPieces(content.pieces, start, end)
  return {
    object,
    unchanged,
    start,
    end,
    bytes: readPieces(kernel, pieces, options.signal),
    slice: (from, to) => readPieces(kernel, cutPieces(content.pieces, from, to), options.signal),
  }
}

async function* readPieces(
  kernel: Kernel,
  pieces: readonly Piece[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield* readPiece(kernel, piece, signal)
}

async function* readPiece(
  kernel: Kernel,
  { key, start, end, sha256 }: Piece,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const hash = sha256 === undefined ? undefined : kernel.digest.stream('sha256')
  let length = 0
  for await (const chunk of kernel.objects.get(key, { start, end, ...(signal && { signal }) })) {
    length += chunk.length
    hash?.update(chunk)
    yield chunk
  }
  if (length === end - start && (!hash || hash.digest() === sha256)) return
  kernel.telemetry.meter.count('object_checksum_mismatch')
  throw new CloudError('checksumMismatch', 'The stored bytes are not those uploaded.', {
    field: 'name',
    internal: { key, length },
  })
}
