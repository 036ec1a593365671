import { type Actor, authenticateAccessKey, isCloudError } from '@nephos/core'
import { bodyChecksum, checksumHeaders } from '../../wire/s3/checksum.ts'
import { chunkedBytes, type ChunkSigner } from '../../wire/s3/chunked.ts'
import { S3Error } from '../../wire/s3/error.ts'
import {
  claimOf,
  hmac,
  isSame,
  sha256,
  type Signed,
  signingKey,
  stringToSign,
} from '../../wire/s3/sigv4.ts'
import { textOf } from '../body.ts'
import type { Exchange } from '../exchange.ts'
import type { RawQuery } from '../paging.ts'

export type S3Exchange = Exchange<RawQuery, undefined>

/** A signed request, verified: who asks, about what. */
export interface S3Request {
  readonly x: S3Exchange
  readonly actor: Actor
  /** The project of the access key: its account. */
  readonly account: string
  /** Empty for all buckets. */
  readonly bucket: string
  /** Empty for the bucket. */
  readonly key: string
  readonly headers: Headers
  readonly query: URLSearchParams
  readonly body: S3Body
}

/** The body of a request, as it was signed. */
export interface S3Body {
  /** Bytes of the content, without its encoding; undefined when nobody says. */
  readonly size: number | undefined
  /** What the content's SHA-256 must be, in hex. */
  readonly sha256: string | undefined
  /** The content; fails where it is not what was signed, or what a checksum says. */
  bytes(): AsyncIterable<Uint8Array>
  /** A short text. @throws S3Error. */
  text(): Promise<string>
}

/** Bytes of an XML body: ten thousand parts, or a thousand long keys. */
const mostText = 8 * 1024 * 1024

/**
 * Verifies the signature of a request.
 *
 * @throws S3Error `SignatureDoesNotMatch` alike for a wrong signature and a key that is not there.
 */
export async function verified(x: S3Exchange): Promise<S3Request> {
  const url = new URL(x.request.url)
  const { headers, method } = x.request
  const signed: Signed = {
    method,
    path: url.pathname,
    search: url.search.slice(1),
    headers,
    host: url.host,
  }
  const claim = claimOf(signed, x.plane.kernel.clock.now())
  const text = stringToSign(signed, claim)
  let key: Buffer | undefined
  const { actor } = await asSigned(() =>
    authenticateAccessKey(x.plane.kernel, claim.access, (secret) => {
      key = signingKey(secret, claim.scope)
      return isSame(hmac(key, text).toString('hex'), claim.signature)
    }),
  )
  if (!actor || actor.projectId === null || !key) throw doesNotMatch()
  const { date, scope, payload, signature } = claim
  const signer = { key, date, scope, seed: signature }
  return {
    x,
    actor,
    account: actor.projectId,
    ...placeOf(x, url),
    headers,
    query: url.searchParams,
    body: bodyOf(x, payload, signer),
  }
}

function doesNotMatch(): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  )
}

async function asSigned<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isCloudError(error) && error.code === 'unauthenticated') throw doesNotMatch()
    throw error
  }
}

/**
 * The bucket and the key: in the path, or the bucket in the host, which is then beneath that of
 * this door, or beneath `localhost`.
 */
function placeOf(x: S3Exchange, url: URL): { readonly bucket: string; readonly key: string } {
  const path = decoded(url.pathname.slice(1))
  const host = (x.headers.get('host') ?? url.host).replace(/:\d+$/, '').toLowerCase()
  const bucket = bucketOfHost(host, new URL(x.origin).hostname)
  if (bucket !== undefined) return { bucket, key: path }
  const at = path.indexOf('/')
  return at < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, at), key: path.slice(at + 1) }
}

function bucketOfHost(host: string, own: string): string | undefined {
  for (const domain of [`.s3.${own}`, `.${own}`, '.s3.localhost', '.localhost']) {
    if (!host.endsWith(domain)) continue
    const bucket = host.slice(0, -domain.length)
    return bucket === 's3' ? undefined : bucket
  }
  return undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', 'The path is not percent-encoded UTF-8.')
  }
}

const streaming: Readonly<Record<string, 'signed' | 'unsigned'>> = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': 'signed',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': 'signed',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': 'unsigned',
}

function bodyOf(x: S3Exchange, payload: string, signer: ChunkSigner): S3Body {
  const { headers } = x
  const form = streaming[payload]
  const digest = /^[0-9a-f]{64}$/.test(payload) ? payload : undefined
  if (!form && digest === undefined && payload !== 'UNSIGNED-PAYLOAD') {
    throw new S3Error('InvalidArgument', 'x-amz-content-sha256 is not right.')
  }
  const length = headers.get(form ? 'x-amz-decoded-content-length' : 'content-length')
  const size = length !== null && /^\d{1,16}$/.test(length) ? Number(length) : undefined
  const bytes = (): AsyncIterable<Uint8Array> => {
    const trailers = new Map<string, string>()
    const content = form
      ? chunkedBytes(x.stream, form === 'signed' ? signer : undefined, (found) => {
          for (const [name, value] of found) trailers.set(name, value)
        })
      : x.stream
    return checked(content, headers, trailers)
  }
  return {
    size: size ?? (x.request.body === null ? 0 : undefined),
    sha256: digest,
    bytes,
    text: async () => {
      const text = form ? await joined(bytes()) : await textOf(x.request, mostText)
      if (digest === undefined || sha256(text) === digest) return text
      throw new S3Error('XAmzContentSHA256Mismatch', 'The body is not what was signed.')
    },
  }
}

/** Passes bytes on, and fails at the end when a checksum in a header or a trailer is another. */
async function* checked(
  content: AsyncIterable<Uint8Array>,
  headers: Headers,
  trailers: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  const announced = (headers.get('x-amz-trailer') ?? '').toLowerCase().split(',')
  const names = new Set(
    checksumHeaders([...headers.keys(), ...announced.map((name) => name.trim())]),
  )
  const sums = [...names].map((name) => ({ name, sum: bodyChecksum(name) }))
  for await (const chunk of content) {
    for (const { sum } of sums) sum.update(chunk)
    yield chunk
  }
  for (const { name, sum } of sums) {
    const wanted = trailers.get(name) ?? headers.get(name)
    if (wanted !== sum.digest()) throw new S3Error('BadDigest', `${name} is another.`)
  }
}

async function joined(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > mostText) throw new S3Error('EntityTooLarge', 'The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
