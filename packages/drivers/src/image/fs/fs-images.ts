import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, opendir, rename, stat, unlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CloudError, type ImageStore, isCloudError, throwIfAborted } from '@nephos/core'
import { fileOfKey, keyOfFile } from './key-file.ts'
import { beginTemporary, removeStale } from './temporary.ts'

export interface FsImagesOptions {
  /** Made when absent. Holds `data` and `tmp`; must be one file system, of one cloud only. */
  readonly directory: string
}

/** Bytes per chunk read. */
const chunkBytes = 256 * 1024

/**
 * Image bytes as files. A put is durable when it resolves and visible only as a whole: it writes a
 * temporary file, syncs it, renames it, and syncs the directory. What a crash leaves is removed
 * when a store is next opened.
 *
 * @throws CloudError `unavailable` when the directory cannot be used.
 */
export async function fsImages(options: FsImagesOptions): Promise<ImageStore> {
  const root = resolve(options.directory)
  const [data, temporary] = [join(root, 'data'), join(root, 'tmp')]
  await guarded('open', async () => {
    await mkdir(data, { recursive: true, mode: 0o700 })
    await mkdir(temporary, { recursive: true, mode: 0o700 })
    await syncDirectory(root)
    await removeStale(temporary)
  })
  return new FsImageStore(data, temporary)
}

class FsImageStore implements ImageStore {
  readonly #data: string
  readonly #temporary: string
  #closed = false

  constructor(data: string, temporary: string) {
    this.#data = data
    this.#temporary = temporary
  }

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<number> {
    const name = this.#file(key)
    throwIfAborted(options.signal)
    const { path, done } = beginTemporary(this.#temporary, name)
    try {
      const size = await writeAll(path, data, options.signal)
      this.#requireOpen()
      await guarded('rename', () => rename(path, join(this.#data, name)))
      await guarded('sync', () => syncDirectory(this.#data))
      return size
    } catch (error) {
      await removeFile(path).catch(() => undefined)
      await removeFile(join(this.#data, name)).catch(() => undefined)
      throw error
    } finally {
      done()
    }
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    const path = join(this.#data, this.#file(key))
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

  async size(key: string): Promise<number | undefined> {
    const path = join(this.#data, this.#file(key))
    return guarded('stat', async () => {
      try {
        return (await stat(path)).size
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    })
  }

  async delete(key: string): Promise<void> {
    const path = join(this.#data, this.#file(key))
    if (await removeFile(path)) await guarded('sync', () => syncDirectory(this.#data))
  }

  async *list(): AsyncGenerator<string> {
    this.#requireOpen()
    const directory = await guarded('list', () => opendir(this.#data))
    for await (const entry of directory) {
      const key = entry.isFile() ? keyOfFile(entry.name) : undefined
      if (key !== undefined) yield key
    }
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #file(key: string): string {
    this.#requireOpen()
    return fileOfKey(key)
  }

  #requireOpen(): void {
    if (this.#closed) throw new CloudError('closed', 'This image store is closed.')
  }
}

/** Writes a new file and syncs it. What the source throws passes as it is. */
async function writeAll(
  path: string,
  data: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const file = await guarded('create', () => open(path, 'wx', 0o600))
  try {
    let size = 0
    for await (const chunk of data) {
      throwIfAborted(signal)
      await guarded('write', () => writeChunk(file, chunk, size))
      size += chunk.length
    }
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

/** @returns true if there was one. */
async function removeFile(path: string): Promise<boolean> {
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
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/** File system errors as data; the path stays private. */
async function guarded<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isCloudError(error)) throw error
    if (what === 'open' && isAbsent(error)) {
      throw new CloudError('notFound', 'No such image data.', { field: 'key', cause: error })
    }
    const { code } = error as NodeJS.ErrnoException
    throw new CloudError('unavailable', `The image store cannot ${what} (${code ?? 'unknown'}).`, {
      cause: error,
    })
  }
}
