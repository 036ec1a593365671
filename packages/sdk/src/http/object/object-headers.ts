import type { ObjectView } from '@nephos/core'
import { headerText, httpDate, metadataHeaders, timestamp } from '../../wire/object/header.ts'

/** An ETag as Swift writes it: those of large objects are in quotes. */
export function etagHeader({ etag, manifest }: ObjectView): string {
  return manifest ? `"${etag ?? ''}"` : (etag ?? '')
}

/** What an object is, as headers; without its length. */
export function objectHeaders(object: ObjectView): Record<string, string> {
  const { manifest, contentEncoding, contentDisposition, deleteAt } = object
  return {
    'content-type': headerText(object.contentType),
    etag: etagHeader(object),
    'last-modified': httpDate(object.lastModified),
    'x-timestamp': timestamp(object.lastModified),
    'accept-ranges': 'bytes',
    ...metadataHeaders('object', object.metadata),
    ...(contentEncoding !== null && { 'content-encoding': contentEncoding }),
    ...(contentDisposition !== null && { 'content-disposition': contentDisposition }),
    ...(deleteAt !== null && { 'x-delete-at': String(Math.ceil(deleteAt / 1_000)) }),
    ...(manifest?.type === 'dynamic' && {
      'x-object-manifest': [
        encodeURIComponent(manifest.container),
        encodeURI(manifest.prefix),
      ].join('/'),
    }),
    ...((manifest?.type === 'static' || manifest?.type === 'parts') && {
      'x-static-large-object': 'True',
    }),
    'x-object-version-id': object.id,
  }
}
