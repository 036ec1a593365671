import { CloudError } from '@nephos/core'

/** A file of an archive: its bytes are read before the next file is asked for. */
export interface TarFile {
  readonly name: string
  readonly size: number
  readonly bytes: AsyncIterable<Uint8Array>
}

const block = 512
/** Bytes of an entry that tells a long name, or of extended headers. */
const mostHeader = 64 * 1024

/**
 * The files of a tar archive (POSIX.1 ustar, with pax and GNU long names), as its bytes come.
 *
 * @throws CloudError `invalid` for what is no archive, or ends within a file.
 */
export async function* tarFiles(data: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const source = new Source(data)
  let longName: string | undefined
  for (;;) {
    const header = await source.exactly(block)
    if (!header || header.every((byte) => byte === 0)) return
    checkSum(header)
    const size = numberIn(header, 124, 12)
    const type = String.fromCharCode(header[156] ?? 0)
    const padding = (block - (size % block)) % block
    if (type === 'L' || type === 'x') {
      if (size > mostHeader) throw broken('a name is too long')
      const body = await source.exactly(size + padding)
      if (!body) throw broken('it ends too early')
      const text = new TextDecoder().decode(body.subarray(0, size))
      longName = type === 'L' ? text.replace(/\0+$/, '') : (paxPath(text) ?? longName)
      continue
    }
    const name = longName ?? nameIn(header)
    longName = undefined
    const isFile = type === '0' || type === '\0' || type === '7'
    if (!isFile) {
      await source.skip(size + padding)
      continue
    }
    const bytes = source.take(size)
    yield { name, size, bytes }
    // What the reader did not want.
    for await (const _ of bytes) void _
    await source.skip(padding)
  }
}

function broken(why: string): CloudError {
  return new CloudError('invalid', `Invalid Tar File: ${why}.`, { field: 'body' })
}

/** The sum of all bytes of a header, its own field taken as spaces. */
function checkSum(header: Uint8Array): void {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (sum !== numberIn(header, 148, 8)) throw broken('a header is damaged')
}

/** An octal number, or a large one in base 256. */
function numberIn(header: Uint8Array, at: number, length: number): number {
  const field = header.subarray(at, at + length)
  if (((field[0] ?? 0) & 0x80) !== 0) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0)
    if (Number.isSafeInteger(value)) return value
    throw broken('a file is too large')
  }
  const text = textIn(header, at, length).trim()
  if (!/^[0-7]*$/.test(text)) throw broken('a number is none')
  return text === '' ? 0 : Number.parseInt(text, 8)
}

function textIn(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

function nameIn(header: Uint8Array): string {
  const name = textIn(header, 0, 100)
  const isUstar = textIn(header, 257, 6).startsWith('ustar')
  const prefix = isUstar ? textIn(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The path of a pax header: records of `length key=value`. */
function paxPath(text: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1]
}

/** Bytes in the amounts that are wanted. */
class Source {
  readonly #iterator: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array(0)

  constructor(data: AsyncIterable<Uint8Array>) {
    this.#iterator = data[Symbol.asyncIterator]()
  }

  /** So many bytes, or undefined when there are none at all. */
  async exactly(count: number): Promise<Uint8Array | undefined> {
    const found = new Uint8Array(count)
    let at = 0
    for await (const chunk of this.#upTo(count)) {
      found.set(chunk, at)
      at += chunk.length
    }
    if (at === 0 && count > 0) return undefined
    if (at < count) throw broken('it ends too early')
    return found
  }

  /** So many bytes as they come; iterated again, it goes on where it stopped. */
  take(count: number): AsyncIterable<Uint8Array> {
    let left = count
    const upTo = (wanted: number): AsyncGenerator<Uint8Array> => this.#upTo(wanted)
    return {
      async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
        for await (const chunk of upTo(left)) {
          left -= chunk.length
          yield chunk
        }
        if (left > 0) throw broken('it ends too early')
      },
    }
  }

  async skip(count: number): Promise<void> {
    for await (const _ of this.take(count)) void _
  }

  async *#upTo(count: number): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#iterator.next()
        if (done) return
        this.#rest = value
        continue
      }
      const chunk = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(chunk.length)
      left -= chunk.length
      yield chunk
    }
  }
}
