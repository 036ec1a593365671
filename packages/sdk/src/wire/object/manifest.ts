import type { Segment } from '@nephos/core'
import { z } from 'zod'
import { listDate } from './header.ts'

/** The list of a static large object, as it is put: paths are `/container/object`. */
export const manifestBodySchema = z
  .array(
    z.strictObject({
      path: z.string().min(1).max(2_048),
      etag: z.string().max(64).nullish(),
      size_bytes: z.coerce.number().int().min(0).nullish(),
      range: z
        .string()
        .regex(/^\d*-\d*$/)
        .max(64)
        .nullish(),
    }),
  )
  .min(1)
  .max(1_000)
type ManifestBody = z.output<typeof manifestBodySchema>

/** A segment as the core takes it. */
export interface AskedSegment {
  readonly container: string
  readonly name: string
  readonly etag?: string
  readonly size?: number
  readonly start?: number
  readonly end?: number
}

/**
 * The segments that a manifest names.
 *
 * @returns undefined for the first that names no object.
 */
export function segmentsOf(body: ManifestBody): readonly (AskedSegment | undefined)[] {
  return body.map(({ path, etag, size_bytes: size, range }) => {
    const [, container, name] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? []
    if (container === undefined || name === undefined) return undefined
    return {
      container,
      name,
      ...(etag && { etag: etag.replaceAll('"', '') }),
      ...(typeof size === 'number' && { size }),
      ...(range && rangeOf(range, size ?? undefined)),
    }
  })
}

/** A range of a segment; from its end only where the segment's size is said. */
function rangeOf(range: string, size: number | undefined): { start?: number; end?: number } {
  const [from = '', to = ''] = range.split('-')
  if (from !== '') return { start: Number(from), ...(to !== '' && { end: Number(to) + 1 }) }
  if (to === '' || size === undefined) return {}
  return { start: Math.max(0, size - Number(to)) }
}

/** The segments as Swift shows them; `raw` as they could be put again. */
export function manifestBody(segments: readonly Segment[], raw: boolean): string {
  const rows = segments.map(({ container, name, etag, size, start, end }) => {
    const range = start === 0 && end === size ? undefined : `${start}-${end - 1}`
    const path = `/${container}/${name}`
    return raw
      ? { path, etag, size_bytes: size, ...(range !== undefined && { range }) }
      : {
          name: path,
          hash: etag,
          bytes: size,
          content_type: 'application/octet-stream',
          last_modified: listDate(0),
          ...(range !== undefined && { range }),
        }
  })
  return JSON.stringify(rows)
}
