import type { ObjectUploadInput, ObjectView } from '@nephos/core'
import { etagsOf, httpDate, metadataChange, textOf, wholeNumber } from '../../wire/object/header.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { etagHeader } from './object-headers.ts'
import { html } from './replies.ts'
import type { SwiftExchange } from './who.ts'

type Described = Pick<
  ObjectUploadInput,
  'contentEncoding' | 'contentDisposition' | 'deleteAt' | 'metadata'
>

/** What a request says of an object besides its bytes. */
export function describedBy(x: SwiftExchange): Described & { readonly contentType?: string } {
  const { headers } = x
  const type = textOf(headers, 'content-type')
  return {
    ...(type !== undefined && type !== '' && { contentType: type }),
    contentEncoding: textOf(headers, 'content-encoding') || null,
    contentDisposition: textOf(headers, 'content-disposition') || null,
    deleteAt: deleteAtOf(x),
    metadata: Object.fromEntries(metadataChange(headers, 'object').set),
  }
}

/** @throws HttpError 400 for a time that has passed, or is none. */
export function deleteAtOf(x: SwiftExchange): number | null {
  const [after, at] = [x.headers.get('x-delete-after'), x.headers.get('x-delete-at')]
  if (after !== null) {
    const seconds = wholeNumber(after, 'X-Delete-After')
    if (seconds === 0) throw new HttpError(400, 'X-Delete-After in past')
    return x.plane.kernel.clock.now() + seconds * 1_000
  }
  if (at === null || x.headers.has('x-remove-delete-at')) return null
  const ms = wholeNumber(at, 'X-Delete-At') * 1_000
  if (ms <= x.plane.kernel.clock.now()) throw new HttpError(400, 'X-Delete-At in past')
  return ms
}

/** The object as answered when it was stored. */
export function storedReply(object: ObjectView, headers: Record<string, string> = {}): Reply {
  return html(
    {
      etag: etagHeader(object),
      'last-modified': httpDate(object.lastModified),
      'x-object-version-id': object.id,
      ...headers,
    },
    201,
  )
}

/** Conditions of a store: only that there is nothing yet. */
export function storeConditions({ headers }: SwiftExchange): { readonly ifNoneMatch?: '*' } {
  const etags = etagsOf(headers, 'if-none-match')
  if (etags === undefined) return {}
  if (etags === '*') return { ifNoneMatch: '*' }
  throw new HttpError(400, 'Value for header If-None-Match must be *', { field: 'if-none-match' })
}

/** @throws HttpError 412 for what is not percent-encoded UTF-8. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new HttpError(412, 'A path is not percent-encoded UTF-8.', { code: 'invalid' })
  }
}
