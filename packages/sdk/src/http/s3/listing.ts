import { objectList } from '@nephos/core'
import { S3Error } from '../../wire/s3/error.ts'
import { encoded } from '../../wire/s3/sigv4.ts'
import type { Reply } from '../reply.ts'
import { isoDate, ownerOf, xml } from './answer.ts'
import type { S3Request } from './request.ts'

/** Keys of one page. */
const mostKeys = 1_000

/** @throws S3Error `InvalidArgument`. */
export function maxKeysOf(query: URLSearchParams, name = 'max-keys'): number {
  const text = query.get(name)
  if (text === null || text === '') return mostKeys
  if (/^\d{1,10}$/.test(text)) return Math.min(mostKeys, Number(text))
  throw new S3Error('InvalidArgument', `Provided ${name} is not an integer.`)
}

/** Both versions of the listing of a bucket. */
export async function listObjects(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, query } = request
  const isSecond = query.get('list-type') === '2'
  const limit = maxKeysOf(query)
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const token = query.get('continuation-token')
  const start = isSecond
    ? token === null
      ? query.get('start-after')
      : nameIn(token)
    : query.get('marker')
  const path = { account, container: bucket }
  const found = await x.invokeAs(actor, objectList, {
    ...path,
    prefix,
    delimiter,
    ...(start !== null && start !== '' && { marker: start }),
    limit: limit + 1,
  })
  const shown = found.slice(0, limit)
  const isTruncated = limit > 0 && found.length > limit
  const last = shown.at(-1)?.name ?? ''
  const encode = query.get('encoding-type') === 'url' ? encoded : (text: string) => text
  const withOwner = !isSecond || query.get('fetch-owner') === 'true'
  const paging = isSecond
    ? {
        KeyCount: shown.length,
        ContinuationToken: token ?? undefined,
        StartAfter: query.has('start-after') ? encode(query.get('start-after') ?? '') : undefined,
        NextContinuationToken: isTruncated ? tokenOf(last) : undefined,
      }
    : {
        Marker: encode(query.get('marker') ?? ''),
        NextMarker: isTruncated && delimiter !== '' ? encode(last) : undefined,
      }
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    MaxKeys: limit,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    ...paging,
    Contents: shown.flatMap((one) =>
      one.type === 'object'
        ? [
            {
              Key: encode(one.name),
              LastModified: isoDate(one.object.lastModified),
              ETag: `"${one.object.etag ?? ''}"`,
              Size: one.object.size ?? 0,
              StorageClass: 'STANDARD',
              Owner: withOwner ? ownerOf(account) : undefined,
            },
          ]
        : [],
    ),
    CommonPrefixes: shown.flatMap((one) =>
      one.type === 'prefix' ? [{ Prefix: encode(one.name) }] : [],
    ),
  })
}

function tokenOf(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url')
}

function nameIn(token: string): string {
  const name = Buffer.from(token, 'base64url').toString('utf8')
  if (tokenOf(name) === token && name !== '') return name
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect')
}
