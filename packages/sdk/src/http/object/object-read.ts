import {
  type ObjectDownload,
  objectGet,
  objectList,
  objectManifestGet,
  objectVersionList,
  readObject,
} from '@nephos/core'
import { dateOf, etagsOf, headerText } from '../../wire/object/header.ts'
import { contentRange, multipartRanges, rangesOf } from '../../wire/object/range.ts'
import { manifestBody } from '../../wire/object/manifest.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { corsOf } from './cors.ts'
import { objectHeaders } from './object-headers.ts'
import { sitePage } from './site.ts'
import { forCaller, referrerOf, type SwiftExchange, type Who, whoAsks } from './who.ts'

/** Where the object in the path is. */
export function placeOf(x: SwiftExchange): { readonly container: string; readonly name: string } {
  return { container: x.param('container'), name: x.param('object') }
}

/** The version that is asked for. */
export function versionOf(x: SwiftExchange): { readonly versionId?: string } {
  const versionId = x.search.get('version-id')
  return versionId === null || versionId === 'null' ? {} : { versionId }
}

function openObject(x: SwiftExchange, who: Who): Promise<ObjectDownload> {
  const { headers } = x
  const [ifMatch, ifNoneMatch] = [etagsOf(headers, 'if-match'), etagsOf(headers, 'if-none-match')]
  const modified = dateOf(headers, 'if-modified-since')
  const unmodified = dateOf(headers, 'if-unmodified-since')
  const input = {
    account: who.account,
    ...placeOf(x),
    ...versionOf(x),
    ...referrerOf(headers),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    ...(modified !== undefined && { ifModifiedSince: modified }),
    ...(unmodified !== undefined && { ifUnmodifiedSince: unmodified }),
  }
  return readObject(x.plane.kernel, who.actor, input, x.callOptions, who.only)
}

async function show(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x, placeOf(x))
  return forCaller(who, async () => {
    const found = await openObject(x, who)
    const headers = { ...objectHeaders(found.object), ...(await corsOf(x, who)) }
    if (found.unchanged) return { status: 304, headers }
    const size = String(found.object.size ?? 0)
    return { headers: { ...headers, ...attachment(x, who), 'content-length': size } }
  })
}

/** The names under which holders of a temporary URL save what they get. */
function attachment(x: SwiftExchange, { bySignature }: Who): Record<string, string> {
  if (!bySignature) return {}
  if (x.search.has('inline') && !x.search.has('filename')) {
    return { 'content-disposition': 'inline' }
  }
  const name = x.search.get('filename') ?? x.param('object').split('/').at(-1) ?? ''
  const kind = x.search.has('inline') ? 'inline' : 'attachment'
  const plain = name.replaceAll(/["\\\r\n]/g, '_')
  const extended = `filename*=UTF-8''${encodeURIComponent(name)}`
  return { 'content-disposition': headerText(`${kind}; filename="${plain}"; ${extended}`) }
}

async function get(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x, placeOf(x))
  const manifest = x.search.get('multipart-manifest')
  const page = await sitePage(x, who, x.param('object'))
  if (page) return page
  return forCaller(who, async () => {
    if (manifest === 'get') {
      const shown = await manifestReply(x, who)
      if (shown) return shown
    }
    const found = await openObject(x, who)
    const headers = {
      ...objectHeaders(found.object),
      ...attachment(x, who),
      ...(await corsOf(x, who)),
    }
    if (found.unchanged) return { status: 304, headers }
    return bytesReply(x, found, headers)
  })
}

/** The segments of a static large object instead of its bytes; undefined for any other. */
async function manifestReply(x: SwiftExchange, who: Who): Promise<Reply | undefined> {
  const path = { account: who.account, ...placeOf(x), ...versionOf(x) }
  const object = await x.invokeAs(who.actor, objectGet, { ...path, ...referrerOf(x.headers) })
  if (object.manifest?.type !== 'static') return undefined
  const segments = await x.invokeAs(who.actor, objectManifestGet, path)
  const headers = { ...objectHeaders(object), 'content-type': 'application/json; charset=utf-8' }
  return { text: manifestBody(segments, x.search.get('format') === 'raw'), headers }
}

/** The object, or the ranges of it that are asked for. */
export function bytesReply(
  x: SwiftExchange,
  found: ObjectDownload,
  headers: Readonly<Record<string, string>>,
): Reply {
  const { object, slice } = found
  const size = object.size ?? 0
  const ranges = isStillThat(x, found) ? rangesOf(x.headers.get('range'), size) : undefined
  const [first, ...more] = ranges ?? []
  if (ranges && !first) {
    throw new HttpError(416, 'The requested range is not satisfiable.', {
      code: 'invalid',
      field: 'range',
      headers: { 'content-range': `bytes */${size}` },
    })
  }
  if (!first) {
    const whole = { ...headers, 'content-length': String(size) }
    return size === 0 ? { headers: whole } : { stream: found.bytes, headers: whole }
  }
  if (more.length === 0) {
    const part = {
      ...headers,
      'content-length': String(first.end - first.start),
      'content-range': contentRange(first, size),
    }
    return { status: 206, stream: slice(first.start, first.end), headers: part }
  }
  const { contentType } = object
  const parts = multipartRanges(
    ranges ?? [],
    { size, contentType },
    x.plane.kernel.ids.next(),
    slice,
  )
  const several = {
    ...headers,
    'content-type': parts.type,
    'content-length': String(parts.length),
  }
  return { status: 206, stream: parts.bytes, headers: several }
}

/** False when `If-Range` names another object: the whole of this one is sent then. */
function isStillThat({ headers }: SwiftExchange, { object }: ObjectDownload): boolean {
  const text = headers.get('if-range')
  if (text === null) return true
  const at = Date.parse(text)
  if (Number.isNaN(at)) return text.replaceAll('"', '') === object.etag
  return Math.ceil(object.lastModified / 1_000) * 1_000 <= at
}

const path = '/{account}/{container}/{object+}'

export const objectReads: readonly EndpointRow[] = [
  endpoint({
    id: 'object.objects.show',
    method: 'HEAD',
    path,
    summary: 'Shows what an object is, as headers.',
    access: 'optional',
    operations: [objectGet],
    status: 200,
    run: show,
  }),
  endpoint({
    id: 'object.objects.get',
    method: 'GET',
    path,
    summary: 'Reads an object, or ranges of it.',
    access: 'optional',
    operations: [objectGet, objectManifestGet, objectList, objectVersionList],
    status: 200,
    run: get,
  }),
]
