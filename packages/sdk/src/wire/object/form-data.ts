import { CloudError } from '@nephos/core'

/** A part of a form: its bytes are read before the next part is asked for. */
export interface FormPart {
  readonly name: string
  /** Absent for a field that is no file. */
  readonly filename: string | undefined
  readonly type: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
  /** A short field. @throws CloudError `invalid` for a long one. */
  text(): Promise<string>
}

/** Bytes of a part's headers, of a field, and how many parts there may be. */
const most = { header: 4_096, field: 16_384, parts: 10_100 }

/**
 * The parts of `multipart/form-data` (RFC 7578), as their bytes come.
 *
 * @throws CloudError `invalid` for what is none.
 */
export async function* formParts(
  data: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart> {
  const reader = new Delimited(data)
  const mark = Buffer.from(`--${boundary}`)
  const inner = Buffer.from(`\r\n--${boundary}`)
  for await (const _ of reader.until(mark)) void _
  for (let count = 0; ; count++) {
    const after = await reader.short(Buffer.from('\r\n'), most.header)
    if (after.startsWith('--')) return
    if (count >= most.parts) throw broken('it has too many parts')
    const head = await reader.short(Buffer.from('\r\n\r\n'), most.header)
    const bytes = once(reader.until(inner))
    yield { ...described(head), bytes, text: () => textOf(bytes) }
    for await (const _ of bytes) void _
  }
}

/** One generator, for all who iterate. */
function once(bytes: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }),
  }
}

function broken(why: string): CloudError {
  return new CloudError('invalid', `FormPost: ${why}.`, { field: 'body' })
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > most.field) throw broken('a field is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function described(head: string): Pick<FormPart, 'name' | 'filename' | 'type'> {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1]
  if (disposition === undefined) throw broken('a part has no name')
  const name = /(?:^|;)\s*name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined) throw broken('a part has no name')
  return {
    name,
    filename: /(?:^|;)\s*filename="([^"]*)"/i.exec(disposition)?.[1],
    type: /^content-type:\s*(\S.*?)\s*$/im.exec(head)?.[1],
  }
}

/** Bytes up to a delimiter. */
class Delimited {
  readonly #iterator: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(data: AsyncIterable<Uint8Array>) {
    this.#iterator = data[Symbol.asyncIterator]()
  }

  /**
   * All bytes before the delimiter, which is taken as well. @throws CloudError `invalid` without
   * one.
   */
  async *until(delimiter: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#rest.indexOf(delimiter)
      if (at >= 0) {
        const chunk = this.#rest.subarray(0, at)
        this.#rest = this.#rest.subarray(at + delimiter.length)
        if (chunk.length > 0) yield chunk
        return
      }
      // The delimiter may have begun at the end of what is here.
      const sure = this.#rest.length - delimiter.length + 1
      if (sure > 0) {
        const chunk = this.#rest.subarray(0, sure)
        this.#rest = this.#rest.subarray(sure)
        yield chunk
      }
      const { done, value } = await this.#iterator.next()
      if (done) throw broken('it ends too early')
      this.#rest = Buffer.concat([this.#rest, value])
    }
  }

  /** A short text before the delimiter. */
  async short(delimiter: Buffer, limit: number): Promise<string> {
    let text = Buffer.alloc(0)
    for await (const chunk of this.until(delimiter)) {
      text = Buffer.concat([text, chunk])
      if (text.length > limit) throw broken('a header is too long')
    }
    return text.toString('utf8')
  }
}
