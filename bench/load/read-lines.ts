import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DataError } from '../errors.ts'

/** Bytes that a file may have, unzipped, unless told otherwise: 1 GiB. */
export const defaultByteLimit = 2 ** 30

/**
 * The lines of a text file, plain or (by its name ending in `.gz`) zipped. Line ends are taken off
 * (`\n` or `\r\n`), and what follows the last one is a line only if it is not empty.
 *
 * @param path File to read.
 * @param byteLimit Bytes allowed after unzipping, against archives that unfold without end.
 * @throws DataError when the file is missing, no file, empty, too big or a broken archive.
 */
export async function readLines(
  path: string,
  byteLimit: number = defaultByteLimit,
): Promise<readonly string[]> {
  await checkFile(path)
  const lines: string[] = []
  const decoder = new TextDecoder()
  let rest = ''
  let bytes = 0
  const take = (text: string): void => {
    const parts = text.split('\n')
    parts[0] = rest + (parts[0] ?? '')
    rest = parts.pop() ?? ''
    for (const part of parts) lines.push(part.endsWith('\r') ? part.slice(0, -1) : part)
  }
  try {
    for await (const chunk of opened(path)) {
      bytes += chunk.length
      if (bytes > byteLimit) throw new DataError(path, 0, null, `is over ${byteLimit} bytes`)
      take(decoder.decode(chunk, { stream: true }))
    }
  } catch (error) {
    if (error instanceof DataError) throw error
    throw new DataError(path, 0, null, `cannot be read: ${(error as Error).message}`)
  }
  take(decoder.decode())
  if (rest !== '') take('\n')
  if (lines.length === 0) throw new DataError(path, 0, null, 'is empty')
  return lines
}

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(
      path,
      0,
      null,
      error.code === 'ENOENT' ? 'no such file' : `cannot be read: ${error.message}`,
    )
  })
  if (!found.isFile()) throw new DataError(path, 0, null, 'is no file')
}

async function* opened(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 2 ** 18 })
  if (!path.endsWith('.gz')) {
    yield* file as AsyncIterable<Uint8Array>
    return
  }
  const unzipped: Readable = file.pipe(createGunzip({ chunkSize: 2 ** 18 }))
  file.on('error', (error) => unzipped.destroy(error))
  try {
    yield* unzipped as AsyncIterable<Uint8Array>
  } finally {
    file.destroy()
  }
}
