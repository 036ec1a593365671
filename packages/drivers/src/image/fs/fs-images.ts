import { mkdir, opendir, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CloudError, type ImageStore, throwIfAborted } from '@nephos/core'
import {
  guardedFor,
  isAbsent,
  readRange,
  removeFile,
  syncDirectory,
  writeAll,
} from '../../files/durable.ts'
import { fileOfKey, keyOfFile } from '../../files/key-file.ts'
import { beginTemporary, removeStale } from '../../files/temporary.ts'

export interface FsImagesOptions {
  /** Made when absent. Holds `data` and `tmp`; must be one file system, of one cloud only. */
  readonly directory: string
}

const guarded = guardedFor('image')

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
      const size = await writeAll(guarded, path, data, options.signal)
      this.#requireOpen()
      await guarded('rename', () => rename(path, join(this.#data, name)))
      await guarded('sync', () => syncDirectory(this.#data))
      return size
    } catch (error) {
      await removeFile(guarded, path).catch(() => undefined)
      await removeFile(guarded, join(this.#data, name)).catch(() => undefined)
      throw error
    } finally {
      done()
    }
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    yield* readRange(guarded, join(this.#data, this.#file(key)), options)
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
    if (await removeFile(guarded, path)) await guarded('sync', () => syncDirectory(this.#data))
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
