import {
  containerCreate,
  containerDelete,
  containerGet,
  containerList,
  containerUpdate,
  multipartUploadAbort,
  multipartUploadComplete,
  multipartUploadCreate,
  multipartUploadList,
  objectDelete,
  objectDeleteMany,
  objectGet,
  objectList,
  objectPartList,
  objectVersionBrowse,
  objectVersionList,
  type OperationRow,
} from '@nephos/core'
import { xmlDocument } from '../../wire/xml.ts'
import { type Api, endpoint, type EndpointRow, type Method } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { answerS3 } from './dispatch.ts'

/** Who may is told by the signature, not by a token: so each is open to the door. */
function row(
  name: string,
  method: Method,
  path: string,
  summary: string,
  operations: readonly OperationRow[],
): EndpointRow {
  const access = 'open'
  const reads = 'stream'
  return endpoint({
    id: `s3.${name}`,
    method,
    path,
    summary,
    access,
    operations,
    status: 200,
    ...(['PUT', 'POST'].includes(method) && { reads }),
    run: answerS3,
  })
}

const [all, bucket, object] = ['/', '/{bucket}', '/{bucket}/{key+}']
const { listing, reading } = {
  listing: [containerGet, objectList, objectVersionBrowse, multipartUploadList],
  reading: [objectGet, objectVersionList],
}
const changing = [objectDelete, objectVersionList, multipartUploadAbort]

const ofBuckets = [bucket, `${bucket}/`].flatMap((path, index) => {
  const id = (verb: string): string => `buckets.${verb}${index === 0 ? '' : 'Slash'}`
  return [
    row(id('get'), 'GET', path, 'Lists objects, versions or uploads; shows settings.', listing),
    row(id('head'), 'HEAD', path, 'Tells whether a bucket is there.', [containerGet]),
    row(id('put'), 'PUT', path, 'Creates a bucket; changes its settings.', [
      containerCreate,
      containerUpdate,
    ]),
    row(id('delete'), 'DELETE', path, 'Deletes an empty bucket.', [
      containerDelete,
      multipartUploadList,
      multipartUploadAbort,
    ]),
    row(id('post'), 'POST', path, 'Deletes many objects.', [objectDeleteMany, objectDelete]),
  ]
})

/**
 * Amazon's S3, for requests that are signed (https://docs.aws.amazon.com/AmazonS3/latest/API/):
 * with access keys that are EC2 credentials of Keystone, at the root of the door.
 */
export const s3: Api = {
  name: 's3',
  type: 's3',
  title: 'S3',
  service: 's3',
  mount: '',
  bases: [''],
  claims: isSigned,
  fault: s3Fault,
  faultType: 'application/xml',
  requestIdHeader: 'x-amz-request-id',
  endpoints: [
    row('buckets.list', 'GET', all, 'Lists buckets.', [containerList]),
    ...ofBuckets,
    row('objects.get', 'GET', object, 'Reads an object; lists parts.', [
      ...reading,
      objectPartList,
    ]),
    row('objects.head', 'HEAD', object, 'Shows what an object is, as headers.', reading),
    row('objects.put', 'PUT', object, 'Stores an object, a copy or a part.', [objectGet]),
    row('objects.delete', 'DELETE', object, 'Deletes an object, a version or an upload.', changing),
    row('objects.post', 'POST', object, 'Begins and completes uploads in parts.', [
      multipartUploadCreate,
      multipartUploadComplete,
    ]),
  ],
}

function isSigned({ headers }: Request, { searchParams }: URL): boolean {
  const authorization = headers.get('authorization')
  if (authorization !== null) return /^AWS(?:4-HMAC-SHA256)?\s/.test(authorization)
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => searchParams.has(name))
  return has('X-Amz-Signature', 'X-Amz-Credential') || has('AWSAccessKeyId', 'Signature')
}

const names: Readonly<Record<number, string>> = {
  404: 'NoSuchKey',
  405: 'MethodNotAllowed',
  413: 'EntityTooLarge',
  429: 'SlowDown',
  503: 'ServiceUnavailable',
}

function s3Fault({ status, message, detail, requestId }: Fault): string {
  const named = detail?.['s3']
  const code =
    typeof named === 'string'
      ? named
      : (names[status] ?? (status < 500 ? 'InvalidRequest' : 'InternalError'))
  return xmlDocument('Error', { Code: code, Message: message, RequestId: requestId })
}
