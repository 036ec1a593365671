import {
  containerCreate,
  containerDelete,
  containerGet,
  containerList,
  containerUpdate,
  isCloudError,
  multipartUploadAbort,
  multipartUploadList,
  objectDelete,
  objectDeleteMany,
} from '@nephos/core'
import { S3Error, s3Error } from '../../wire/s3/error.ts'
import {
  childrenOf,
  malformed,
  readXml,
  textIn,
  wordIn,
  type XmlNode,
} from '../../wire/s3/read-xml.ts'
import type { Reply } from '../reply.ts'
import { asS3, empty, isoDate, ownerOf, xml } from './answer.ts'
import type { S3Request } from './request.ts'
import { versionIdOf } from './versions.ts'

export async function listBuckets({ x, actor, account }: S3Request): Promise<Reply> {
  const entries = await x.invokeAs(actor, containerList, { account })
  return xml('ListAllMyBucketsResult', {
    Owner: ownerOf(account),
    Buckets: {
      Bucket: entries.flatMap((entry) =>
        entry.type === 'container'
          ? [{ Name: entry.name, CreationDate: isoDate(entry.container.createdAt) }]
          : [],
      ),
    },
  })
}

const bucketName = /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

export async function createBucket(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, headers, body } = request
  if (!bucketName.test(bucket)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.')
  }
  const text = await body.text()
  if (text !== '') readXml(text, 'CreateBucketConfiguration')
  try {
    await x.invokeAs(actor, containerCreate, {
      account,
      name: bucket,
      readAcl: readAclOf(headers.get('x-amz-acl')),
    })
  } catch (error) {
    if (isCloudError(error) && error.code === 'conflict' && error.field === 'name') {
      throw new S3Error('BucketAlreadyOwnedByYou', 'You have a bucket of this name already.')
    }
    throw error
  }
  return empty(200, { location: `/${bucket}` })
}

export async function headBucket({ x, actor, account, bucket }: S3Request): Promise<Reply> {
  await x.invokeAs(actor, containerGet, { account, container: bucket })
  return empty(200, { 'x-amz-bucket-region': 'us-east-1' })
}

/** Uploads in parts that nobody completed do not keep a bucket, as in S3. */
export async function deleteBucket(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket: container } = request
  const path = { account, container }
  try {
    for (;;) {
      try {
        await x.invokeAs(actor, containerDelete, path)
        return empty(204)
      } catch (error) {
        const isHeld = isCloudError(error) && error.code === 'conflict'
        const held = isHeld ? Object.keys(error.detail ?? {}) : []
        const isByUploads = held.includes('uploads') && !held.includes('objects')
        if (!isByUploads || held.includes('versions')) throw error
      }
      for (const { id, name } of await x.invokeAs(actor, multipartUploadList, path)) {
        await x.invokeAs(actor, multipartUploadAbort, { ...path, name, uploadId: id })
      }
    }
  } catch (error) {
    if (isCloudError(error) && error.code === 'conflict') {
      throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty.')
    }
    throw error
  }
}

/** @throws S3Error for one that cannot be given to a container. */
export function readAclOf(canned: string | null): string {
  if (canned === null || canned === 'private' || canned.startsWith('bucket-owner-')) return ''
  if (canned === 'public-read') return '.r:*,.rlistings'
  if (canned === 'authenticated-read') return '*:*'
  throw new S3Error(
    'NotImplemented',
    `The canned access list ${canned.slice(0, 64)} is not offered.`,
  )
}

export async function getBucketAcl(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket } = request
  const { readAcl } = await x.invokeAs(actor, containerGet, { account, container: bucket })
  return aclReply(account, readAcl)
}

/** Who may do what: the owner everything, and others what the container's list says. */
export function aclReply(account: string, readAcl: string): Reply {
  const instance = 'http://www.w3.org/2001/XMLSchema-instance'
  const group = (name: string) => ({
    Grantee: {
      '@xmlns:xsi': instance,
      '@xsi:type': 'Group',
      URI: `http://acs.amazonaws.com/groups/global/${name}`,
    },
    Permission: 'READ',
  })
  return xml('AccessControlPolicy', {
    Owner: ownerOf(account),
    AccessControlList: {
      Grant: [
        {
          Grantee: {
            '@xmlns:xsi': instance,
            '@xsi:type': 'CanonicalUser',
            ...ownerOf(account),
          },
          Permission: 'FULL_CONTROL',
        },
        ...(readAcl.includes('.r:*') ? [group('AllUsers')] : []),
        ...(readAcl.includes('*:*') ? [group('AuthenticatedUsers')] : []),
      ],
    },
  })
}

export async function putBucketAcl(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket } = request
  const readAcl = readAclOf(await cannedAclOf(request))
  await x.invokeAs(actor, containerUpdate, { account, container: bucket, readAcl })
  return empty()
}

const everybody: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'public-read',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'authenticated-read',
}

/**
 * The canned access list that a request names, or that its grants come to.
 *
 * @throws S3Error `NotImplemented` for grants that no canned list has.
 */
export async function cannedAclOf({ account, headers, body }: S3Request): Promise<string> {
  const canned = headers.get('x-amz-acl')
  if (canned !== null) return canned
  const text = await body.text()
  if (text === '') return 'private'
  const [list] = childrenOf(readXml(text, 'AccessControlPolicy'), 'AccessControlList')
  let found = 'private'
  for (const grant of list === undefined ? [] : childrenOf(list, 'Grant')) {
    const [grantee = ''] = childrenOf(grant, 'Grantee')
    const permission = wordIn(grant, 'Permission')
    if (wordIn(grantee, 'ID') === account && permission === 'FULL_CONTROL') continue
    const group = everybody[wordIn(grantee, 'URI') ?? '']
    if (group === undefined || permission !== 'READ' || found !== 'private') {
      throw new S3Error('NotImplemented', 'The grants are those of no canned access list.')
    }
    found = group
  }
  return found
}

export async function getVersioning(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket } = request
  const { versioning } = await x.invokeAs(actor, containerGet, { account, container: bucket })
  const status = { off: undefined, enabled: 'Enabled', suspended: 'Suspended' }[versioning]
  return xml('VersioningConfiguration', { Status: status })
}

export async function putVersioning(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, body } = request
  const status = wordIn(readXml(await body.text(), 'VersioningConfiguration'), 'Status')
  if (status !== 'Enabled' && status !== 'Suspended') throw malformed()
  const versioning = status === 'Enabled' ? 'enabled' : 'suspended'
  await x.invokeAs(actor, containerUpdate, { account, container: bucket, versioning })
  return empty()
}

/** Keys of one deletion. */
const mostDeleted = 1_000

interface Doomed {
  readonly key: string
  readonly versionId: string | undefined
}

/** Those without a version go in one transaction. */
export async function deleteObjects(request: S3Request): Promise<Reply> {
  const { x, actor, account, bucket, body } = request
  const root = readXml(await body.text(), 'Delete')
  const objects = childrenOf(root, 'Object').map(doomed)
  if (objects.length === 0 || objects.length > mostDeleted) throw malformed()
  const isQuiet = wordIn(root, 'Quiet') === 'true'
  const path = { account, container: bucket }
  const names = objects.filter(({ versionId }) => versionId === undefined).map(({ key }) => key)
  if (names.length > 0) await x.invokeAs(actor, objectDeleteMany, { ...path, names })
  const errors: { Key: string; VersionId: string; Code: string; Message: string }[] = []
  for (const { key, versionId } of objects) {
    if (versionId === undefined) continue
    try {
      await asS3(() => deleteVersion(request, key, versionId))
    } catch (error) {
      if (!isCloudError(error)) throw error
      const { detail, message } = s3Error(error)
      const named = detail?.['s3']
      const code = typeof named === 'string' ? named : 'InternalError'
      errors.push({ Key: key, VersionId: versionId, Code: code, Message: message })
    }
  }
  const failed = new Set(errors.map(({ Key, VersionId }) => `${VersionId} ${Key}`))
  const deleted = objects.filter(({ key, versionId }) => !failed.has(`${versionId} ${key}`))
  return xml('DeleteResult', {
    Deleted: isQuiet
      ? []
      : deleted.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })),
    Error: errors,
  })
}

function doomed(node: XmlNode): Doomed {
  const key = textIn(node, 'Key')
  if (key === undefined || key === '') throw malformed()
  const versionId = wordIn(node, 'VersionId')
  return { key, versionId: versionId === '' ? undefined : versionId }
}

/** One version goes for good; the one before becomes current. One that is not there is no error. */
export async function deleteVersion(
  request: S3Request,
  name: string,
  asked: string,
): Promise<{ readonly wasDeleteMarker: boolean }> {
  const { x, actor, account, bucket } = request
  const path = { account, container: bucket, name }
  const versionId = await versionIdOf(request, name, asked)
  if (versionId === undefined) return { wasDeleteMarker: false }
  try {
    return await x.invokeAs(actor, objectDelete, { ...path, versionId, promote: true })
  } catch (error) {
    if (isCloudError(error) && error.code === 'notFound' && error.field === 'versionId') {
      return { wasDeleteMarker: false }
    }
    throw error
  }
}
