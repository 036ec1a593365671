import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CloudError } from '@nephos/core'

/** Characters of one line: far above any row, and a bound for files that have no lines. */
const lineLength = 65_536

export interface TextLine {
  /** From 1. */
  readonly number: number
  /** What stands before the line feed: a carriage return, or a byte order mark, is left to trim. */
  readonly text: string
}

/**
 * The lines of a text file, gunzipped when its name ends in `.gz`. Streamed: memory holds one
 * chunk.
 *
 * @throws CloudError `notFound` without such a file; `invalid` for a directory, for bytes that are
 *   not gzip, or a line that is too long; `unavailable` when it cannot be read.
 */
export async function* textLines(file: string): AsyncGenerator<TextLine, void, undefined> {
  let number = 0
  let rest = ''
  try {
    for await (const chunk of chunksOf(file)) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() as string
      for (const line of lines) yield checkedLine(file, ++number, line)
      if (rest.length > lineLength) checkedLine(file, number + 1, rest)
    }
  } catch (error) {
    throw readError(file, error)
  }
  if (rest !== '') yield checkedLine(file, ++number, rest)
}

function chunksOf(file: string): AsyncIterable<string> {
  const source = createReadStream(file)
  if (!file.endsWith('.gz')) return source.setEncoding('utf8')
  // The consumer hears errors through iteration; the callback is asked for by the signature.
  return pipeline(source, createGunzip(), () => undefined).setEncoding('utf8')
}

function checkedLine(file: string, number: number, line: string): TextLine {
  if (line.length > lineLength) {
    throw new CloudError('invalid', `${file}:${number}: the line is too long.`, {
      field: 'file',
      limit: lineLength,
      detail: { file, line: number },
    })
  }
  return { number, text: line }
}

function readError(file: string, error: unknown): unknown {
  const code = (error as { readonly code?: unknown } | null)?.code
  const options = { field: 'file', cause: error }
  switch (code) {
    case 'ENOENT':
      return new CloudError('notFound', `There is no file ${file}.`, options)
    case 'EISDIR':
      return new CloudError('invalid', `${file} is a directory, not a file.`, options)
    case 'Z_DATA_ERROR':
      return new CloudError('invalid', `${file} ends in .gz but is not sound gzip data.`, options)
    case 'Z_BUF_ERROR':
      return new CloudError('invalid', `${file} is gzip data that ends too early.`, options)
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new CloudError('unavailable', `${file} cannot be read: ${code}.`, options)
    default:
      return error
  }
}
