import { limits } from '@nephos/core'
import { listingForm, type ListingForm } from '../../wire/object/listing.ts'
import { HttpError } from '../faults.ts'
import type { SwiftExchange } from './who.ts'

/** What every listing may be asked for. */
export interface Bounds {
  readonly prefix: string
  readonly delimiter: string
  readonly marker?: string
  readonly endMarker?: string
  readonly reverse: boolean
  readonly limit: number
}

const yes = new Set(['true', '1', 'yes', 'on', 't', 'y'])

/** True for what Swift takes as true. */
export function isTrue(text: string | null): boolean {
  return text !== null && yes.has(text.toLowerCase())
}

/** @throws HttpError 412 for a limit beyond what a listing has, or that is no number. */
export function boundsOf({ search }: SwiftExchange): Bounds {
  const path = search.get('path')
  const [marker, endMarker] = [search.get('marker'), search.get('end_marker')]
  // `path` is an older way to look into one folder.
  const folder = path === null || path === '' || path.endsWith('/') ? path : `${path}/`
  return {
    prefix: folder ?? search.get('prefix') ?? '',
    delimiter: path === null ? (search.get('delimiter') ?? '') : '/',
    ...(marker !== null && marker !== '' && { marker }),
    ...(endMarker !== null && endMarker !== '' && { endMarker }),
    reverse: isTrue(search.get('reverse')),
    limit: limitOf(search.get('limit')),
  }
}

function limitOf(text: string | null): number {
  if (text === null || text === '') return limits.listingEntries
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (limit <= limits.listingEntries) return limit
  throw new HttpError(412, `Maximum limit is ${limits.listingEntries}`, {
    code: 'invalid',
    field: 'limit',
    limit: limits.listingEntries,
  })
}

/** @throws HttpError 406 when only forms are accepted that there are not. */
export function formOf({ search, headers }: SwiftExchange): ListingForm {
  const form = listingForm(search.get('format'), headers.get('accept'))
  if (form) return form
  throw new HttpError(406, 'Not Acceptable', { code: 'invalid', field: 'accept' })
}
