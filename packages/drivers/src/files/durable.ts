import { constants } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { CloudError, isCloudError, throwIfAborted } from '@nephos/core'
import { WriteBehind } from './write-behind.ts'

/** Bytes per chunk read. */
const chunkBytes = 256 * 1024

/** Runs what touches files: what fails is an error as data, whose path stays private. */
export type Guarded = <T>(what: string, run: () => Promise<T>) => Promise<T>

/** @param noun what the store holds, as errors name it. */
export function guardedFor(noun: string): Guarded {
  return async (what, run) => {
    try {
      return await run()
    } catch (error) {
      if (isCloudError(error)) throw error
      if (what === 'open' && isAbsent(error)) {
        throw new CloudError('notFound', `No such ${noun} data.`, { field: 'key', cause: error })
      }
      const { code } = error as NodeJS.ErrnoException
      throw new CloudError(
        'unavailable',
        `The ${noun} store cannot ${what} (${code ?? 'unknown'}).`,
        { cause: error },
      )
    }
  }
}

/** Writes a new file and syncs it. What the source throws passes as it is. */
export async function writeAll(
  guarded: Guarded,
  path: string,
  data: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const file = await guarded('create', () => open(path, 'wx', 0o600))
  try {
    const behind = new WriteBehind((chunk, position) =>
      guarded('write', () => writeChunk(file, chunk, position)),
    )
    const size = await behind.writeAll(data, signal)
    throwIfAborted(signal)
    await guarded('sync', () => file.sync())
    return size
  } finally {
    await file.close()
  }
}

async function writeChunk(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    const left = chunk.length - written
    const { bytesWritten } = await file.write(chunk, written, left, position + written)
    written += bytesWritten
  }
}

/** The bytes of a file from `start` (inclusive) to `end` (exclusive). Links are not followed. */
export async function* readRange(
  guarded: Guarded,
  path: string,
  options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  throwIfAborted(options.signal)
  const file = await guarded('open', () => open(path, constants.O_RDONLY | constants.O_NOFOLLOW))
  try {
    let at = options.start ?? 0
    const end = options.end ?? Number.MAX_SAFE_INTEGER
    while (at < end) {
      throwIfAborted(options.signal)
      const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, end - at))
      const from = at
      const { bytesRead } = await guarded('read', () => file.read(buffer, 0, buffer.length, from))
      if (bytesRead === 0) return
      at += bytesRead
      yield new Uint8Array(buffer.buffer, 0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** @returns true if there was one. */
export async function removeFile(guarded: Guarded, path: string): Promise<boolean> {
  return guarded('delete', async () => {
    try {
      await unlink(path)
      return true
    } catch (error) {
      if (isAbsent(error)) return false
      throw error
    }
  })
}

/** Makes names that were added, replaced or removed survive a power loss. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** True for the error of a file or directory that is not there. */
export function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
