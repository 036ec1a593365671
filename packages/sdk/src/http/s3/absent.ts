import { containerGet } from '@nephos/core'
import { type S3Code, S3Error } from '../../wire/s3/error.ts'
import type { Reply } from '../reply.ts'
import { xml } from './answer.ts'
import type { S3Request } from './request.ts'

/** Settings of buckets and objects that there are not: as S3 answers where nobody made them. */
const absent: Readonly<Record<string, S3Code | (() => Reply)>> = {
  accelerate: () => xml('AccelerateConfiguration', {}),
  cors: 'NoSuchCORSConfiguration',
  encryption: 'ServerSideEncryptionConfigurationNotFoundError',
  lifecycle: 'NoSuchLifecycleConfiguration',
  logging: () => xml('BucketLoggingStatus', {}),
  notification: () => xml('NotificationConfiguration', {}),
  'object-lock': 'ObjectLockConfigurationNotFoundError',
  ownershipControls: 'OwnershipControlsNotFoundError',
  policy: 'NoSuchBucketPolicy',
  policyStatus: 'NoSuchBucketPolicy',
  publicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
  replication: 'ReplicationConfigurationNotFoundError',
  requestPayment: () => xml('RequestPaymentConfiguration', { Payer: 'BucketOwner' }),
  tagging: 'NoSuchTagSet',
  website: 'NoSuchWebsiteConfiguration',
}

const unknown = [
  'analytics',
  'attributes',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'metrics',
  'restore',
  'retention',
  'select',
  'session',
  'torrent',
]

/**
 * The answer about a setting that no bucket has here; undefined where the query names none.
 *
 * @throws S3Error: named as S3 does where there is none, and `NotImplemented` for changes.
 */
export async function absentSetting(request: S3Request): Promise<Reply | undefined> {
  const { x, query, bucket, key, account, actor } = request
  const name = [...query.keys()].find((own) => Object.hasOwn(absent, own) || unknown.includes(own))
  if (name === undefined) return undefined
  const { method } = x.request
  const answer = absent[name]
  if (answer === undefined || (method !== 'GET' && method !== 'HEAD')) {
    throw new S3Error('NotImplemented', `A header or query (${name}) means what is not offered.`)
  }
  await x.invokeAs(actor, containerGet, { account, container: bucket })
  if (name === 'tagging' && key !== '') return xml('Tagging', { TagSet: {} })
  if (typeof answer === 'function') return answer()
  throw new S3Error(answer, 'The configuration does not exist.')
}
