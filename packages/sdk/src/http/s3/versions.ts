import { objectVersionBrowse, objectVersionList, type ObjectView } from '@nephos/core'
import { S3Error } from '../../wire/s3/error.ts'
import { encoded } from '../../wire/s3/sigv4.ts'
import type { Reply } from '../reply.ts'
import { isoDate, ownerOf, xml } from './answer.ts'
import { maxKeysOf } from './listing.ts'
import type { S3Request } from './request.ts'

/** What stands for the version of an object that was made while its bucket kept none. */
export const nullVersion = 'null'

/** A version's id as S3 shows it. */
export function shownVersion({ id, isKept }: ObjectView): string {
  return isKept ? id : nullVersion
}

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * A version's id as the cloud knows it.
 *
 * @returns undefined for `null` where there is no such version.
 */
export async function versionIdOf(
  { x, actor, account, bucket }: S3Request,
  name: string,
  asked: string,
): Promise<string | undefined> {
  if (asked !== nullVersion) {
    if (idPattern.test(asked)) return asked
    throw new S3Error('InvalidArgument', 'Invalid version id specified')
  }
  const path = { account, container: bucket, name }
  const versions = await x.invokeAs(actor, objectVersionList, { ...path, limit: 1_000 })
  return versions.findLast(({ isKept }) => !isKept)?.id
}

export async function listVersions(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, query } = request
  const limit = maxKeysOf(query)
  const encode = query.get('encoding-type') === 'url' ? encoded : (text: string) => text
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const [keyMarker, versionMarker] = [query.get('key-marker'), query.get('version-id-marker')]
  const marker = await markerOf(request, keyMarker, versionMarker)
  const found = await x.invokeAs(actor, objectVersionBrowse, {
    account,
    container: bucket,
    prefix,
    delimiter,
    ...marker,
    limit: Math.min(1_000, limit + 1),
  })
  const shown = found.slice(0, limit)
  const isTruncated = limit > 0 && (found.length > limit || shown.length === 1_000)
  const last = shown.at(-1)
  const rows = shown.flatMap((one) => (one.type === 'version' ? [one.version] : []))
  const common = (version: ObjectView) => ({
    Key: encode(version.name),
    VersionId: shownVersion(version),
    IsLatest: newest.has(version.id),
    LastModified: isoDate(version.lastModified),
    Owner: ownerOf(account),
  })
  const newest = newestOf(rows, marker.versionMarker === undefined ? undefined : keyMarker)
  return xml('ListVersionsResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    KeyMarker: encode(keyMarker ?? ''),
    VersionIdMarker: versionMarker ?? '',
    MaxKeys: limit,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    ...(isTruncated &&
      last && {
        NextKeyMarker: encode(last.name),
        ...(last.type === 'version' && { NextVersionIdMarker: shownVersion(last.version) }),
      }),
    Version: rows
      .filter(({ isDeleteMarker }) => !isDeleteMarker)
      .map((version) => ({
        ...common(version),
        ETag: `"${version.etag ?? ''}"`,
        Size: version.size ?? 0,
        StorageClass: 'STANDARD',
      })),
    DeleteMarker: rows.filter(({ isDeleteMarker }) => isDeleteMarker).map(common),
    CommonPrefixes: shown.flatMap((one) =>
      one.type === 'prefix' ? [{ Prefix: encode(one.name) }] : [],
    ),
  })
}

async function markerOf(
  request: S3Request,
  nameMarker: string | null,
  versionMarker: string | null,
): Promise<{ readonly nameMarker?: string; readonly versionMarker?: string }> {
  if (nameMarker === null || nameMarker === '') return {}
  if (versionMarker === null || versionMarker === '') return { nameMarker }
  const id = await versionIdOf(request, nameMarker, versionMarker)
  return id === undefined ? { nameMarker } : { nameMarker, versionMarker: id }
}

/** The first of each name, unless the page goes on within it. */
function newestOf(rows: readonly ObjectView[], within: string | null | undefined): Set<string> {
  const seen = new Set(within ? [within] : [])
  const newest = new Set<string>()
  for (const { id, name } of rows) {
    if (!seen.has(name)) newest.add(id)
    seen.add(name)
  }
  return newest
}
