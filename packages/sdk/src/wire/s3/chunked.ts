import { createHash } from 'node:crypto'
import { sha256, hmac, isSame } from './sigv4.ts'
import { S3Error } from './error.ts'

/** How chunks of a body are signed: each over the one before. */
export interface ChunkSigner {
  readonly key: Buffer
  readonly date: string
  readonly scope: string
  /** The signature of the request. */
  readonly seed: string
}

/** Bytes of a chunk's first line, and of all trailers. */
const most = { line: 1_024, trailer: 16_384 }

/**
 * The bytes of a body in `aws-chunked` encoding, each chunk verified as it ends; what is not signed
 * rightly ends the stream, so that nothing is stored of it.
 *
 * @param signer undefined where chunks are not signed.
 * @param onTrailer takes the trailers, once all bytes came.
 * @throws S3Error.
 */
export async function* chunkedBytes(
  data: AsyncIterable<Uint8Array>,
  signer: ChunkSigner | undefined,
  onTrailer: (trailers: ReadonlyMap<string, string>) => void,
): AsyncGenerator<Uint8Array> {
  const source = new Source(data)
  let previous = signer?.seed ?? ''
  for (;;) {
    const { size, signature } = headOf(await source.line(most.line))
    const hash = signer ? createHash('sha256') : undefined
    for await (const piece of source.take(size)) {
      hash?.update(piece)
      yield piece
    }
    if (signer && hash) {
      const wanted = signedChunk(signer, previous, hash.digest('hex'))
      if (!isSame(wanted, signature ?? '')) throw mismatch()
      previous = wanted
    }
    if (size > 0) {
      if ((await source.line(2)) !== '') throw incomplete()
      continue
    }
    onTrailer(await trailersOf(source, signer, previous))
    return
  }
}

function signedChunk({ key, date, scope }: ChunkSigner, previous: string, hash: string): string {
  const text = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), hash].join('\n')
  return hmac(key, text).toString('hex')
}

function mismatch(): S3Error {
  return new S3Error('SignatureDoesNotMatch', 'The signature of a chunk does not match.')
}

function incomplete(): S3Error {
  return new S3Error('IncompleteBody', 'The body is not in the encoding that it says.')
}

/** `400;chunk-signature=…` */
function headOf(line: string): { readonly size: number; readonly signature: string | undefined } {
  const parts = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
  if (!parts) throw incomplete()
  return { size: Number.parseInt(parts[1] ?? '', 16), signature: parts[2] }
}

async function trailersOf(
  source: Source,
  signer: ChunkSigner | undefined,
  previous: string,
): Promise<ReadonlyMap<string, string>> {
  const trailers = new Map<string, string>()
  let text = ''
  let size = 0
  for (;;) {
    const line = await source.line(most.line, true)
    if (line === undefined || line === '') break
    size += line.length
    if (size > most.trailer) throw incomplete()
    const at = line.indexOf(':')
    const name = line.slice(0, at).trim().toLowerCase()
    const value = line.slice(at + 1).trim()
    trailers.set(name, value)
    if (name !== 'x-amz-trailer-signature') text += `${name}:${value}\n`
  }
  const signature = trailers.get('x-amz-trailer-signature')
  if (!signer || trailers.size === 0) return trailers
  const { key, date, scope } = signer
  const signed = ['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, sha256(text)].join('\n')
  if (!isSame(hmac(key, signed).toString('hex'), signature ?? '')) throw mismatch()
  return trailers
}

/** Bytes in lines and in amounts. */
class Source {
  readonly #iterator: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(data: AsyncIterable<Uint8Array>) {
    this.#iterator = data[Symbol.asyncIterator]()
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#iterator.next()
    if (done) return false
    const next = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    this.#rest = this.#rest.length === 0 ? next : Buffer.concat([this.#rest, next])
    return true
  }

  /** A line without its end. */
  line(limit: number): Promise<string>
  line(limit: number, mayEnd: true): Promise<string | undefined>
  async line(limit: number, mayEnd = false): Promise<string | undefined> {
    for (;;) {
      const at = this.#rest.indexOf('\r\n')
      if (at >= 0) {
        const line = this.#rest.subarray(0, at).toString('latin1')
        this.#rest = this.#rest.subarray(at + 2)
        return line
      }
      if (this.#rest.length > limit) throw incomplete()
      if (await this.#more()) continue
      if (mayEnd && this.#rest.length === 0) return undefined
      throw incomplete()
    }
  }

  async *take(count: number): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) throw incomplete()
      const piece = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(piece.length)
      left -= piece.length
      if (piece.length > 0) yield piece
    }
  }
}
