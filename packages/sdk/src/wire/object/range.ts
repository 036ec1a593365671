/** A run of bytes, `end` exclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Ranges of one request: more are not served in parts (Swift: 50). */
const mostRanges = 50

/**
 * The ranges that a `Range` header asks for of so many bytes (RFC 9110, 14.2).
 *
 * @returns undefined when the header is to be left out of account; an empty list when none of its
 *   ranges can be served.
 */
export function rangesOf(header: string | null, size: number): readonly ByteRange[] | undefined {
  const [, list] = /^\s*bytes\s*=\s*(.+)$/i.exec(header ?? '') ?? []
  if (list === undefined) return undefined
  const ranges: ByteRange[] = []
  const specs = list.split(',')
  if (specs.length > mostRanges) return []
  for (const spec of specs) {
    const parts = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(spec)
    const [, from = '', to = ''] = parts ?? []
    if (!parts || (from === '' && to === '')) return undefined
    if (from !== '' && to !== '' && Number(from) > Number(to)) return undefined
    const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
    const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1)
    if (start < end) ranges.push({ start, end })
  }
  return ranges
}

/** `bytes 0-4/10` */
export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end - 1}/${size}`
}

/** Several ranges as one body, each with its own headers (`multipart/byteranges`). */
export interface Parts {
  readonly type: string
  readonly length: number
  readonly bytes: AsyncIterable<Uint8Array>
}

export function multipartRanges(
  ranges: readonly ByteRange[],
  object: { readonly size: number; readonly contentType: string },
  boundary: string,
  slice: (start: number, end: number) => AsyncIterable<Uint8Array>,
): Parts {
  const encoder = new TextEncoder()
  const heads = ranges.map((range, index) =>
    encoder.encode(
      `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${object.contentType}\r\n` +
        `Content-Range: ${contentRange(range, object.size)}\r\n\r\n`,
    ),
  )
  const tail = encoder.encode(`\r\n--${boundary}--`)
  const length = ranges.reduce(
    (sum, { start, end }, index) => sum + end - start + (heads[index]?.length ?? 0),
    tail.length,
  )
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const [index, { start, end }] of ranges.entries()) {
      yield heads[index] as Uint8Array
      yield* slice(start, end)
    }
    yield tail
  }
  return { type: `multipart/byteranges;boundary=${boundary}`, length, bytes: bytes() }
}
