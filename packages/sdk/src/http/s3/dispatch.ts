import { containerGet, objectGet } from '@nephos/core'
import { S3Error } from '../../wire/s3/error.ts'
import type { Reply } from '../reply.ts'
import { absentSetting } from './absent.ts'
import { asS3, xml } from './answer.ts'
import {
  aclReply,
  cannedAclOf,
  createBucket,
  deleteBucket,
  deleteObjects,
  getBucketAcl,
  getVersioning,
  headBucket,
  listBuckets,
  putBucketAcl,
  putVersioning,
} from './buckets.ts'
import { listObjects } from './listing.ts'
import {
  abortUpload,
  completeUpload,
  createUpload,
  listParts,
  listUploads,
  putPart,
} from './multipart.ts'
import { copyHere, deleteObject, getObject, putObject } from './objects.ts'
import { type S3Exchange, type S3Request, verified } from './request.ts'
import { listVersions } from './versions.ts'

type Handle = (request: S3Request) => Promise<Reply>

/** By method, and the parameter that the query must have; the last has none. */
type Table = Readonly<Record<string, readonly (readonly [parameter: string, handle: Handle])[]>>

const any = ''

const ofAll: Table = { GET: [[any, listBuckets]] }

const ofBucket: Table = {
  GET: [
    ['location', location],
    ['versioning', getVersioning],
    ['acl', getBucketAcl],
    ['uploads', listUploads],
    ['versions', listVersions],
    [any, listObjects],
  ],
  HEAD: [[any, headBucket]],
  PUT: [
    ['versioning', putVersioning],
    ['acl', putBucketAcl],
    [any, createBucket],
  ],
  DELETE: [[any, deleteBucket]],
  POST: [['delete', deleteObjects]],
}

const ofObject: Table = {
  GET: [
    ['uploadId', listParts],
    ['acl', getObjectAcl],
    [any, getObject],
  ],
  HEAD: [[any, getObject]],
  PUT: [
    ['uploadId', putPart],
    ['partNumber', putPart],
    ['acl', putObjectAcl],
    [any, (request) => (request.headers.has('x-amz-copy-source') ? copyHere : putObject)(request)],
  ],
  DELETE: [
    ['uploadId', abortUpload],
    [any, deleteObject],
  ],
  POST: [
    ['uploads', createUpload],
    ['uploadId', completeUpload],
  ],
}

/** Answers a signed request: which operation it is follows from its method, path and query. */
export function answerS3(x: S3Exchange): Promise<Reply> {
  return asS3(async () => {
    const request = await verified(x)
    const { bucket, key, query } = request
    const missing = bucket === '' ? undefined : await absentSetting(request)
    if (missing) return missing
    const table = bucket === '' ? ofAll : key === '' ? ofBucket : ofObject
    const found = table[x.request.method]?.find(
      ([parameter]) => parameter === any || query.has(parameter),
    )
    if (found) return found[1](request)
    throw new S3Error('MethodNotAllowed', 'The method is not allowed against this resource.')
  })
}

/** Empty: the first region that there was. */
async function location({ x, actor, account, bucket }: S3Request): Promise<Reply> {
  await x.invokeAs(actor, containerGet, { account, container: bucket })
  return xml('LocationConstraint', {})
}

async function getObjectAcl({ x, actor, account, bucket, key }: S3Request): Promise<Reply> {
  await x.invokeAs(actor, objectGet, { account, container: bucket, name: key })
  const { readAcl } = await x.invokeAs(actor, containerGet, { account, container: bucket })
  return aclReply(account, readAcl)
}

/** An object is as open as its bucket: only what says no more than that is taken. */
async function putObjectAcl(request: S3Request): Promise<Reply> {
  const canned = await cannedAclOf(request)
  if (canned !== 'private' && !canned.startsWith('bucket-owner-')) {
    throw new S3Error('AccessControlListNotSupported', 'Objects have no access lists of their own.')
  }
  const { x, actor, account, bucket, key } = request
  await x.invokeAs(actor, objectGet, { account, container: bucket, name: key })
  return { status: 200 }
}
