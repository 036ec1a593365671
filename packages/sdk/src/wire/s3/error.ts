import type { CloudError } from '@nephos/core'
import { HttpError } from '../../http/faults.ts'

const statuses = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NoSuchWebsiteConfiguration: 404,
  NotImplemented: 501,
  ObjectLockConfigurationNotFoundError: 404,
  OperationAborted: 409,
  OwnershipControlsNotFoundError: 404,
  PreconditionFailed: 412,
  QuotaExceeded: 403,
  ReplicationConfigurationNotFoundError: 404,
  RequestTimeTooSkewed: 403,
  ServerSideEncryptionConfigurationNotFoundError: 404,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
} as const satisfies Readonly<Record<string, number>>
export type S3Code = keyof typeof statuses

/** An error by its name in S3, with the status that goes with it. */
export class S3Error extends HttpError {
  constructor(code: S3Code, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(statuses[code], message, {
      code: codes[statuses[code]] ?? 'invalid',
      detail: { s3: code },
      headers,
    })
  }
}

const codes: Readonly<
  Record<number, 'forbidden' | 'notFound' | 'conflict' | 'unavailable' | 'internal'>
> = {
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  412: 'conflict',
  500: 'internal',
  501: 'unavailable',
  503: 'unavailable',
}

const noKey: Readonly<Record<string, S3Code>> = {
  uploadId: 'NoSuchUpload',
  versionId: 'NoSuchVersion',
  name: 'NoSuchKey',
}

const preconditions = new Set(['ifMatch', 'ifNoneMatch', 'ifUnmodifiedSince'])

/** An error of an operation as S3 names it. */
export function s3Error(error: CloudError): CloudError {
  if (error instanceof HttpError) return error
  const name = nameOf(error)
  return new S3Error(name, messages[name] ?? error.message)
}

/** As S3 says it, where clients show it to people. */
const messages: Readonly<Partial<Record<S3Code, string>>> = {
  NoSuchBucket: 'The specified bucket does not exist',
  NoSuchKey: 'The specified key does not exist.',
  NoSuchUpload: 'The specified upload does not exist.',
  NoSuchVersion: 'The specified version does not exist.',
  PreconditionFailed: 'At least one of the pre-conditions you specified did not hold',
}

function nameOf({ code, field = '', limit }: CloudError): S3Code {
  switch (code) {
    case 'notFound':
      return noKey[field] ?? 'NoSuchBucket'
    case 'unauthenticated':
      return 'SignatureDoesNotMatch'
    case 'forbidden':
      return 'AccessDenied'
    case 'conflict':
      return preconditions.has(field) ? 'PreconditionFailed' : 'OperationAborted'
    case 'quotaExceeded':
      return 'QuotaExceeded'
    case 'tooLarge':
      return 'EntityTooLarge'
    case 'checksumMismatch':
      return 'BadDigest'
    case 'stale':
    case 'overloaded':
      return 'SlowDown'
    case 'unavailable':
    case 'closed':
    case 'deadline':
      return 'ServiceUnavailable'
    case 'invalid':
      return invalidName(field, limit)
    default:
      return 'InternalError'
  }
}

function invalidName(field: string, limit: number | string | undefined): S3Code {
  if (/^parts\[\d+\]\.number$/.test(field)) return 'InvalidPartOrder'
  if (/^parts\[\d+\]\.etag$/.test(field)) return 'InvalidPart'
  if (/^parts\[\d+\]\.size$/.test(field)) return 'EntityTooSmall'
  if (field === 'size') return limit === undefined ? 'InvalidArgument' : 'IncompleteBody'
  if (field === 'name') return 'KeyTooLongError'
  if (field === 'start') return 'InvalidRange'
  if (field.startsWith('metadata')) return 'MetadataTooLarge'
  return 'InvalidArgument'
}
