import {
  limits,
  multipartUploadAbort,
  multipartUploadComplete,
  multipartUploadCreate,
  multipartUploadList,
  objectPartList,
  type ObjectPartInput,
  readObject,
  uploadObjectPart,
} from '@nephos/core'
import { S3Error } from '../../wire/s3/error.ts'
import { childrenOf, malformed, readXml, wordIn } from '../../wire/s3/read-xml.ts'
import { encoded } from '../../wire/s3/sigv4.ts'
import type { Reply } from '../reply.ts'
import { empty, isoDate, ownerOf, xml } from './answer.ts'
import { maxKeysOf } from './listing.ts'
import {
  checksumOf,
  copySourceOf,
  describedBy,
  requireSize,
  sourceConditions,
  storeConditions,
  storing,
  versionHeader,
} from './objects.ts'
import type { S3Request } from './request.ts'
import { versionIdOf } from './versions.ts'

export async function createUpload(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, key, headers } = request
  const path = { account, container: bucket, name: key }
  const input = { ...path, ...describedBy(headers) }
  const { id } = await x.invokeAs(actor, multipartUploadCreate, input)
  return xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id })
}

/** @throws S3Error `NoSuchUpload` for what cannot be the id of one. */
function uploadPathOf({ account, bucket, key, query }: S3Request) {
  const uploadId = query.get('uploadId') ?? ''
  if (/^[0-9a-f-]{36}$/.test(uploadId)) return { account, container: bucket, name: key, uploadId }
  throw new S3Error('NoSuchUpload', 'The specified upload does not exist.')
}

function partNumberOf(query: URLSearchParams): number {
  const text = query.get('partNumber') ?? ''
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= limits.uploadParts) return number
  throw new S3Error(
    'InvalidArgument',
    `Part number must be an integer between 1 and ${limits.uploadParts}, inclusive`,
  )
}

export async function putPart(request: S3Request): Promise<Reply> {
  const { x, actor, body, headers, query } = request
  const number = partNumberOf(query)
  if (headers.has('x-amz-copy-source')) return copyPart(request, number)
  requireSize(request)
  const input: ObjectPartInput = {
    ...uploadPathOf(request),
    number,
    ...checksumOf(request),
    ...(body.size !== undefined && { size: body.size }),
  }
  const part = await storing(request, () =>
    uploadObjectPart(x.plane.kernel, actor, input, body.bytes(), x.callOptions),
  )
  return empty(200, { etag: `"${part.etag}"` })
}

/** A part whose bytes are those of an object, or a range of them. */
async function copyPart(request: S3Request, number: number): Promise<Reply> {
  const { x, actor, account, headers } = request
  const { container, name, version } = copySourceOf(request)
  const from = { ...request, bucket: container }
  const versionId = version === undefined ? undefined : await versionIdOf(from, name, version)
  const source = await readObject(
    x.plane.kernel,
    actor,
    {
      account,
      container,
      name,
      ...sourceConditions(headers),
      ...(versionId !== undefined && { versionId }),
    },
    x.callOptions,
  )
  const size = source.object.size ?? 0
  const { start, end } = copyRangeOf(headers.get('x-amz-copy-source-range'), size)
  const input: ObjectPartInput = { ...uploadPathOf(request), number, size: end - start }
  const part = await uploadObjectPart(
    x.plane.kernel,
    actor,
    input,
    source.slice(start, end),
    x.callOptions,
  )
  return xml('CopyPartResult', {
    LastModified: isoDate(part.lastModified),
    ETag: `"${part.etag}"`,
  })
}

function copyRangeOf(
  text: string | null,
  size: number,
): { readonly start: number; readonly end: number } {
  if (text === null) return { start: 0, end: size }
  const parts = /^bytes=(\d{1,16})-(\d{1,16})$/.exec(text)
  const [start, end] = [Number(parts?.[1]), Number(parts?.[2]) + 1]
  if (parts && start < end && end <= size) return { start, end }
  throw new S3Error('InvalidArgument', 'The x-amz-copy-source-range value is not right.')
}

export async function listParts(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, key, query } = request
  const limit = maxKeysOf(query, 'max-parts')
  const text = query.get('part-number-marker')
  const after = text !== null && /^\d{1,5}$/.test(text) ? Number(text) : 0
  const path = uploadPathOf(request)
  const found = await x.invokeAs(actor, objectPartList, {
    ...path,
    after: Math.min(after, limits.uploadParts),
    limit: Math.max(1, limit),
  })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const isTruncated = limit > 0 && found.length === limit && last?.number !== limits.uploadParts
  const more =
    isTruncated && last
      ? await x.invokeAs(actor, objectPartList, { ...path, after: last.number, limit: 1 })
      : []
  return xml('ListPartsResult', {
    Bucket: bucket,
    Key: key,
    UploadId: path.uploadId,
    Initiator: ownerOf(account),
    Owner: ownerOf(account),
    StorageClass: 'STANDARD',
    PartNumberMarker: after,
    NextPartNumberMarker: last?.number ?? 0,
    MaxParts: limit,
    IsTruncated: more.length > 0,
    Part: shown.map(({ number, size, etag, lastModified }) => ({
      PartNumber: number,
      LastModified: isoDate(lastModified),
      ETag: `"${etag}"`,
      Size: size,
    })),
  })
}

export async function completeUpload(request: S3Request): Promise<Reply> {
  const { x, actor, bucket, key, headers, body } = request
  const root = readXml(await body.text(), 'CompleteMultipartUpload')
  const parts = childrenOf(root, 'Part').map((node) => {
    const number = Number(wordIn(node, 'PartNumber'))
    const etag = (wordIn(node, 'ETag') ?? '').replaceAll('"', '')
    if (!Number.isInteger(number) || number < 1 || number > limits.uploadParts) throw malformed()
    if (!/^[0-9a-fA-F]{32}$/.test(etag)) {
      throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.')
    }
    return { number, etag }
  })
  if (parts.length === 0 || parts.length > limits.uploadParts) throw malformed()
  const input = { ...uploadPathOf(request), ...storeConditions(headers), parts }
  const object = await x.invokeAs(actor, multipartUploadComplete, input)
  const answer = {
    Location: `${x.origin}/${bucket}/${encoded(key, true)}`,
    Bucket: bucket,
    Key: key,
    ETag: `"${object.etag ?? ''}"`,
  }
  return xml('CompleteMultipartUploadResult', answer, versionHeader(object))
}

export async function abortUpload(request: S3Request): Promise<Reply> {
  const { x, actor } = request
  await x.invokeAs(actor, multipartUploadAbort, uploadPathOf(request))
  return empty(204)
}

export async function listUploads(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, query } = request
  const limit = maxKeysOf(query, 'max-uploads')
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? '']
  const found = await x.invokeAs(actor, multipartUploadList, {
    account,
    container: bucket,
    prefix,
    ...(keyMarker !== '' && { nameMarker: keyMarker }),
    ...(keyMarker !== '' && /^[0-9a-f-]{36}$/.test(idMarker) && { idMarker }),
    limit: Math.min(1_000, limit + 1),
  })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const isTruncated = limit > 0 && (found.length > limit || shown.length === 1_000)
  const encode = query.get('encoding-type') === 'url' ? encoded : (text: string) => text
  const commonOf = (name: string): string | undefined => {
    const at = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
    return at < 0 ? undefined : name.slice(0, at + delimiter.length)
  }
  const commons = new Set(shown.flatMap(({ name }) => commonOf(name) ?? []))
  return xml('ListMultipartUploadsResult', {
    Bucket: bucket,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: isTruncated && last ? encode(last.name) : undefined,
    NextUploadIdMarker: isTruncated && last ? last.id : undefined,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    Prefix: encode(prefix),
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxUploads: limit,
    IsTruncated: isTruncated,
    Upload: shown
      .filter(({ name }) => commonOf(name) === undefined)
      .map(({ id, name, createdAt }) => ({
        Key: encode(name),
        UploadId: id,
        Initiator: ownerOf(account),
        Owner: ownerOf(account),
        StorageClass: 'STANDARD',
        Initiated: isoDate(createdAt),
      })),
    CommonPrefixes: [...commons].map((name) => ({ Prefix: encode(name) })),
  })
}
