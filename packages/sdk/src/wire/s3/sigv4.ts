import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { textOfHeader } from '../object/header.ts'
import { S3Error } from './error.ts'

/**
 * AWS Signature Version 4
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html).
 */

export const algorithm = 'AWS4-HMAC-SHA256'

/** Milliseconds by which a client's clock may differ, and the longest life of a signed URL. */
const mostSkewMs = 15 * 60_000
const mostLifeSeconds = 7 * 86_400

/** Who says to have signed a request, and how. */
export interface Claim {
  readonly access: string
  /** `20260102/us-east-1/s3/aws4_request` */
  readonly scope: string
  /** `20260102T030405Z` */
  readonly date: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** What stands for the body among what was signed. */
  readonly payload: string
  /** True: the query carries the signature. */
  readonly isPresigned: boolean
}

/** What of a request is signed. */
export interface Signed {
  readonly method: string
  /** As it was sent. */
  readonly path: string
  /** As it was sent, without the question mark. */
  readonly search: string
  readonly headers: Headers
  /** Where the request has no `Host` header of its own. */
  readonly host: string
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The same texts, compared in a time that does not tell where they differ. */
export function isSame(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(two, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Reads what a request says of its signature.
 *
 * @throws S3Error for what is malformed, too old, or made for another service.
 */
export function claimOf({ headers, search }: Signed, nowMs: number): Claim {
  const authorization = headers.get('authorization')
  const query = new URLSearchParams(search)
  const claim =
    authorization === null ? presigned(query, headers, nowMs) : inHeader(authorization, headers)
  const [day, , service, end] = claim.scope.split('/')
  if (service !== 's3' || end !== 'aws4_request' || !claim.date.startsWith(day ?? ' ')) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The credential scope is not right.')
  }
  if (!claim.signedHeaders.includes('host')) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The host header is not signed.')
  }
  if (!claim.isPresigned && Math.abs(timeOf(claim.date) - nowMs) > mostSkewMs) {
    throw new S3Error('RequestTimeTooSkewed', 'The request time differs too much from ours.')
  }
  return claim
}

function inHeader(authorization: string, headers: Headers): Claim {
  const [, list] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization) ?? []
  if (list === undefined) {
    throw new S3Error('InvalidRequest', `Please use ${algorithm}.`)
  }
  const fields = new Map(
    list.split(',').map((part) => {
      const at = part.indexOf('=')
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const
    }),
  )
  const date = headers.get('x-amz-date') ?? compactDate(headers.get('date'))
  const payload = headers.get('x-amz-content-sha256')
  if (payload === null) {
    throw new S3Error('InvalidRequest', 'Missing required header: x-amz-content-sha256')
  }
  return {
    ...credential(fields.get('Credential') ?? ''),
    date,
    signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
    signature: signature(fields.get('Signature') ?? ''),
    payload,
    isPresigned: false,
  }
}

function presigned(query: URLSearchParams, headers: Headers, nowMs: number): Claim {
  if (query.get('X-Amz-Algorithm') !== algorithm) {
    throw new S3Error('InvalidRequest', `Please use ${algorithm}.`)
  }
  const date = query.get('X-Amz-Date') ?? ''
  const text = query.get('X-Amz-Expires') ?? ''
  const life = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(life <= mostLifeSeconds)) {
    throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires is not right.')
  }
  const begun = timeOf(date)
  if (begun > nowMs + mostSkewMs) throw new S3Error('AccessDenied', 'Request is not yet valid')
  if (begun + life * 1_000 < nowMs) throw new S3Error('AccessDenied', 'Request has expired')
  return {
    ...credential(query.get('X-Amz-Credential') ?? ''),
    date,
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: signature(query.get('X-Amz-Signature') ?? ''),
    payload: headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    isPresigned: true,
  }
}

function credential(text: string): Pick<Claim, 'access' | 'scope'> {
  const [, access, scope] =
    /^([^/]{1,128})\/(\d{8}\/[A-Za-z0-9-]{1,64}\/[a-z0-9-]{1,32}\/[a-z0-9_]{1,32})$/.exec(text) ??
    []
  if (access !== undefined && scope !== undefined) return { access, scope }
  throw new S3Error('AuthorizationHeaderMalformed', 'The credential is malformed.')
}

function signature(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw new S3Error('SignatureDoesNotMatch', 'The signature is malformed.')
}

function timeOf(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (!Number.isNaN(ms)) return ms
  throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
}

function compactDate(date: string | null): string {
  const ms = Date.parse(date ?? '')
  if (Number.isNaN(ms)) return ''
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

/** What is signed for the request as a whole. */
export function stringToSign(request: Signed, claim: Claim): string {
  const { date, scope, payload, signedHeaders, isPresigned } = claim
  const headers = signedHeaders.map((name) => {
    const value = request.headers.get(name) ?? (name === 'host' ? request.host : '')
    return `${name}:${textOfHeader(value).trim().replaceAll(/ +/g, ' ')}\n`
  })
  const canonical = [
    request.method,
    encoded(decoded(request.path), true),
    canonicalQuery(request.search, isPresigned),
    headers.join(''),
    signedHeaders.join(';'),
    payload,
  ].join('\n')
  return [algorithm, date, scope, sha256(canonical)].join('\n')
}

/** The key that signs within a scope. */
export function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`) as Buffer
}

function canonicalQuery(search: string, isPresigned: boolean): string {
  return search
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
      return [encoded(decoded(name)), encoded(decoded(value))] as const
    })
    .filter(([name]) => !isPresigned || name !== 'X-Amz-Signature')
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', 'A path or query is not percent-encoded UTF-8.')
  }
}

/**
 * Percent-encodes all but the unreserved characters (RFC 3986), and slashes where they are kept.
 */
export function encoded(text: string, keepsSlashes = false): string {
  const all = encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return keepsSlashes ? all.replaceAll('%2F', '/') : all
}
