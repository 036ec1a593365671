import {
  copyObject,
  isCloudError,
  objectDelete,
  objectGet,
  type ObjectDownload,
  type ObjectUploadInput,
  type ObjectView,
  readObject,
  uploadObject,
} from '@nephos/core'
import { dateOf, etagsOf, headerText, textOf, textOfHeader } from '../../wire/object/header.ts'
import { contentRange, rangesOf } from '../../wire/object/range.ts'
import { S3Error } from '../../wire/s3/error.ts'
import type { Reply } from '../reply.ts'
import { empty, isoDate, xml } from './answer.ts'
import { deleteVersion } from './buckets.ts'
import type { S3Request } from './request.ts'
import { versionIdOf } from './versions.ts'

/** Names and values of `x-amz-meta-*`. */
export function metadataOf(headers: Headers): Record<string, string> {
  const prefix = 'x-amz-meta-'
  return Object.fromEntries(
    [...headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), textOfHeader(value)]),
  )
}

/** What a request says of an object besides its bytes. */
export function describedBy(
  headers: Headers,
): Pick<ObjectUploadInput, 'contentType' | 'contentEncoding' | 'contentDisposition' | 'metadata'> {
  const canned = headers.get('x-amz-acl')
  if (canned !== null && canned !== 'private' && !canned.startsWith('bucket-owner-')) {
    throw new S3Error('AccessControlListNotSupported', 'Objects have no access lists of their own.')
  }
  const encodings = (textOf(headers, 'content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'aws-chunked')
  const type = textOf(headers, 'content-type')
  return {
    contentType: type === undefined || type === '' ? 'binary/octet-stream' : type,
    contentEncoding: encodings.length === 0 ? null : encodings.join(','),
    contentDisposition: textOf(headers, 'content-disposition') || null,
    metadata: metadataOf(headers),
  }
}

/** Conditions of a store. */
export function storeConditions(headers: Headers): {
  readonly ifMatch?: '*' | string[]
  readonly ifNoneMatch?: '*' | string[]
} {
  const [ifMatch, ifNoneMatch] = [etagsOf(headers, 'if-match'), etagsOf(headers, 'if-none-match')]
  return {
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
  }
}

/** What the bytes must be: by `Content-MD5`, else by what was signed. */
export function checksumOf({ headers, body }: S3Request): Pick<ObjectUploadInput, 'checksum'> {
  const text = headers.get('content-md5')
  if (text !== null) {
    const value = Buffer.from(text, 'base64').toString('hex')
    if (value.length === 32) return { checksum: { algorithm: 'md5', value } }
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.')
  }
  return body.sha256 === undefined ? {} : { checksum: { algorithm: 'sha256', value: body.sha256 } }
}

export function versionHeader({ isKept, id }: ObjectView): Record<string, string> {
  return isKept ? { 'x-amz-version-id': id } : {}
}

export async function putObject(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, key, headers, body } = request
  requireSize(request)
  const input: ObjectUploadInput = {
    account,
    container: bucket,
    name: key,
    ...describedBy(headers),
    ...storeConditions(headers),
    ...checksumOf(request),
    ...(body.size !== undefined && { size: body.size }),
  }
  const object = await storing(request, () =>
    uploadObject(x.plane.kernel, actor, input, body.bytes(), x.callOptions),
  )
  return empty(200, { etag: `"${object.etag ?? ''}"`, ...versionHeader(object) })
}

/** @throws S3Error for a body of which nobody says how long it is. */
export function requireSize({ x, body }: S3Request): void {
  if (body.size !== undefined || x.headers.has('transfer-encoding')) return
  throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.')
}

/** Stores, and names a body by what was signed of it where it is another. */
export async function storing<T>({ headers }: S3Request, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const isOther = isCloudError(error) && error.code === 'checksumMismatch'
    if (isOther && !headers.has('content-md5') && error.field === 'checksum') {
      throw new S3Error('XAmzContentSHA256Mismatch', 'The body is not what was signed.')
    }
    throw error
  }
}

async function openObject(request: S3Request): Promise<ObjectDownload> {
  const { x, actor, account, bucket, key, headers } = request
  const modified = dateOf(headers, 'if-modified-since')
  const unmodified = dateOf(headers, 'if-unmodified-since')
  const asked = request.query.get('versionId')
  const versionId = asked === null ? undefined : await versionIdOf(request, key, asked)
  if (asked !== null && versionId === undefined) {
    throw new S3Error('NoSuchVersion', 'The specified version does not exist.')
  }
  const input = {
    account,
    container: bucket,
    name: key,
    ...storeConditions(headers),
    ...(modified !== undefined && { ifModifiedSince: modified }),
    ...(unmodified !== undefined && { ifUnmodifiedSince: unmodified }),
    ...(versionId !== undefined && { versionId }),
  }
  return readObject(x.plane.kernel, actor, input, x.callOptions)
}

/** Headers that the query of a signed URL sets in the answer. */
const overrides = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
]

function objectHeaders({ query }: S3Request, object: ObjectView): Record<string, string> {
  const { contentEncoding, contentDisposition } = object
  const asked = overrides.flatMap((name) => {
    const value = query.get(`response-${name}`)
    return value === null ? [] : [[name, headerText(value.replaceAll(/[\r\n]/g, ' '))]]
  })
  return {
    'content-type': headerText(object.contentType),
    etag: `"${object.etag ?? ''}"`,
    'last-modified': new Date(Math.floor(object.lastModified / 1_000) * 1_000).toUTCString(),
    'accept-ranges': 'bytes',
    ...(contentEncoding !== null && { 'content-encoding': contentEncoding }),
    ...(contentDisposition !== null && { 'content-disposition': contentDisposition }),
    ...Object.fromEntries(
      Object.entries(object.metadata).map(([name, value]) => [
        `x-amz-meta-${headerText(name)}`,
        headerText(value),
      ]),
    ),
    ...versionHeader(object),
    ...(Object.fromEntries(asked) as Record<string, string>),
  }
}

export async function getObject(request: S3Request): Promise<Reply> {
  const found = await openObject(request)
  const { object } = found
  const headers = objectHeaders(request, object)
  if (found.unchanged) return { status: 304, headers }
  const size = object.size ?? 0
  const isHead = request.x.request.method === 'HEAD'
  const ranges = rangesOf(request.headers.get('range'), size)
  const [range] = ranges ?? []
  if (ranges && !range) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${size}`,
    })
  }
  // Several ranges are answered with the whole, as S3 does.
  if (!range || (ranges?.length ?? 0) > 1) {
    const whole = { ...headers, 'content-length': String(size) }
    return { headers: whole, ...(!isHead && size > 0 && { stream: found.bytes }) }
  }
  const part = {
    ...headers,
    'content-length': String(range.end - range.start),
    'content-range': contentRange(range, size),
  }
  const stream = isHead ? undefined : found.slice(range.start, range.end)
  return { status: 206, headers: part, ...(stream && { stream }) }
}

export async function deleteObject(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, key, query } = request
  const asked = query.get('versionId')
  if (asked !== null) {
    const { wasDeleteMarker } = await deleteVersion(request, key, asked)
    return empty(204, {
      'x-amz-version-id': asked,
      ...(wasDeleteMarker && { 'x-amz-delete-marker': 'true' }),
    })
  }
  try {
    const path = { account, container: bucket, name: key }
    const { deleteMarkerId } = await x.invokeAs(actor, objectDelete, path)
    if (deleteMarkerId === null) return empty(204)
    return empty(204, { 'x-amz-delete-marker': 'true', 'x-amz-version-id': deleteMarkerId })
  } catch (error) {
    const isGone = isCloudError(error) && error.code === 'notFound' && error.field === 'name'
    if (isGone) return empty(204)
    throw error
  }
}

/** Where a copy comes from. @throws S3Error `InvalidArgument`. */
export function copySourceOf({ headers }: S3Request): {
  readonly container: string
  readonly name: string
  readonly version: string | undefined
} {
  const [path = '', query = ''] = (textOf(headers, 'x-amz-copy-source') ?? '').split('?', 2)
  const [, container, name] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path)) ?? []
  if (container === undefined || name === undefined) {
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key')
  }
  return { container, name, version: new URLSearchParams(query).get('versionId') ?? undefined }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidArgument', 'Copy Source is not percent-encoded UTF-8')
  }
}

/** Conditions of the source of a copy. */
export function sourceConditions(headers: Headers): {
  readonly ifMatch?: '*' | string[]
  readonly ifUnmodifiedSince?: number
} {
  const match = etagsOf(headers, 'x-amz-copy-source-if-match')
  const unmodified = dateOf(headers, 'x-amz-copy-source-if-unmodified-since')
  return {
    ...(match !== undefined && { ifMatch: match }),
    ...(unmodified !== undefined && { ifUnmodifiedSince: unmodified }),
  }
}

export async function copyHere(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, key, headers } = request
  const { container, name, version } = copySourceOf(request)
  const from = { ...request, bucket: container }
  const versionId = version === undefined ? undefined : await versionIdOf(from, name, version)
  const isReplaced = headers.get('x-amz-metadata-directive')?.toUpperCase() === 'REPLACE'
  if (container === bucket && name === key && !isReplaced && version === undefined) {
    throw new S3Error('InvalidRequest', 'A copy onto itself must change its metadata.')
  }
  const { contentType, metadata } = describedBy(headers)
  const source = { account, container, name, ...(versionId !== undefined && { versionId }) }
  await refuseUnchanged(request, source)
  const object = await copyObject(
    x.plane.kernel,
    actor,
    {
      ...source,
      ...sourceConditions(headers),
      to: { account, container: bucket, name: key },
      ...(isReplaced && { freshMetadata: true, metadata, contentType }),
    },
    x.callOptions,
  )
  return xml(
    'CopyObjectResult',
    { LastModified: isoDate(object.lastModified), ETag: `"${object.etag ?? ''}"` },
    versionHeader(object),
  )
}

/** Conditions of a copy that the source is another than somebody has. */
async function refuseUnchanged(
  { x, actor, headers }: S3Request,
  source: { readonly account: string; readonly container: string; readonly name: string },
): Promise<void> {
  const etags = etagsOf(headers, 'x-amz-copy-source-if-none-match')
  const since = dateOf(headers, 'x-amz-copy-source-if-modified-since')
  if (etags === undefined && since === undefined) return
  const object = await x.invokeAs(actor, objectGet, source)
  const isSame = etags === '*' || (etags?.includes(object.etag ?? '') ?? false)
  const isOld = since !== undefined && Math.floor(object.lastModified / 1_000) * 1_000 <= since
  if (isSame || isOld) throw new S3Error('PreconditionFailed', 'The source has not changed.')
}
