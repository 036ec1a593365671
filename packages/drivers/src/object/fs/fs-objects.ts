import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CloudError, type ObjectStore, throwIfAborted } from '@nephos/core'
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

export interface FsObjectsOptions {
  /** Made when absent. Holds `data` and `tmp`; must be one file system, of one cloud only. */
  readonly directory: string
}

const guarded = guardedFor('object')

/** Files deleted or measured at the same time. */
const filesAtOnce = 16

/**
 * Bytes of objects as files, spread by a hash of their names over 4,096 directories, so that none
 * grows too large to be read: ten million objects are some 2,500 in each. A put is durable when it
 * resolves and visible only as a whole: it writes a temporary file, syncs it, renames it, and syncs
 * the directories. What a crash leaves is removed when a store is next opened.
 *
 * @throws CloudError `unavailable` when the directory cannot be used.
 */
export async function fsObjects(options: FsObjectsOptions): Promise<ObjectStore> {
  const root = resolve(options.directory)
  const [data, temporary] = [join(root, 'data'), join(root, 'tmp')]
  await guarded('open', async () => {
    await mkdir(data, { recursive: true, mode: 0o700 })
    await mkdir(temporary, { recursive: true, mode: 0o700 })
    await syncDirectory(root)
    await removeStale(temporary)
  })
  return new FsObjectStore(data, temporary)
}

/** Where a file is. */
interface Place {
  readonly shard: string
  readonly name: string
}

class FsObjectStore implements ObjectStore {
  readonly #data: string
  readonly #temporary: string
  /** Directories that are known to be there, durably. */
  readonly #shards = new Set<string>()
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
    const place = this.#place(key)
    throwIfAborted(options.signal)
    const { path, done } = beginTemporary(this.#temporary, place.name)
    try {
      const size = await writeAll(guarded, path, data, options.signal)
      this.#requireOpen()
      await this.#openShard(place.shard)
      await guarded('rename', () => rename(path, this.#path(place)))
      await guarded('sync', () => syncDirectory(join(this.#data, place.shard)))
      return size
    } catch (error) {
      await removeFile(guarded, path).catch(() => undefined)
      await removeFile(guarded, this.#path(place)).catch(() => undefined)
      throw error
    } finally {
      done()
    }
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    yield* readRange(guarded, this.#path(this.#place(key)), options)
  }

  async sizes(keys: readonly string[]): Promise<(number | undefined)[]> {
    const places = keys.map((key) => this.#place(key))
    return inTurns(places, (place) =>
      guarded('stat', async () => {
        try {
          return (await stat(this.#path(place))).size
        } catch (error) {
          if (isAbsent(error)) return undefined
          throw error
        }
      }),
    )
  }

  async delete(keys: readonly string[]): Promise<void> {
    const places = keys.map((key) => this.#place(key))
    const failures: unknown[] = []
    const changed = new Set<string>()
    await inTurns(places, async (place) => {
      try {
        if (await removeFile(guarded, this.#path(place))) changed.add(place.shard)
      } catch (error) {
        failures.push(error)
      }
    })
    await inTurns([...changed], (shard) =>
      guarded('sync', () => syncDirectory(join(this.#data, shard))),
    )
    if (failures.length > 0) throw failures[0]
  }

  /** In the order of directories, then of names. */
  async list(page: { readonly after?: string; readonly limit: number }): Promise<string[]> {
    this.#requireOpen()
    const after = page.after === undefined ? undefined : this.#place(page.after)
    const shards = await guarded('list', () => readdir(this.#data))
    const found: string[] = []
    for (const shard of shards.filter((name) => isShard.test(name)).sort()) {
      if (after !== undefined && shard < after.shard) continue
      const names = await this.#names(shard)
      for (const name of names.sort()) {
        if (after?.shard === shard && name <= after.name) continue
        const key = keyOfFile(name)
        if (key !== undefined && shardOf(name) === shard) found.push(key)
        if (found.length >= page.limit) return found
      }
    }
    return found
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  async #names(shard: string): Promise<string[]> {
    const entries = await guarded('list', () =>
      readdir(join(this.#data, shard), { withFileTypes: true }),
    )
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  }

  /** A directory is durable before a file in it is. */
  async #openShard(shard: string): Promise<void> {
    if (this.#shards.has(shard)) return
    await guarded('create', async () => {
      await mkdir(join(this.#data, shard), { recursive: true, mode: 0o700 })
      await syncDirectory(this.#data)
    })
    this.#shards.add(shard)
  }

  #place(key: string): Place {
    this.#requireOpen()
    const name = fileOfKey(key)
    return { shard: shardOf(name), name }
  }

  #path({ shard, name }: Place): string {
    return join(this.#data, shard, name)
  }

  #requireOpen(): void {
    if (this.#closed) throw new CloudError('closed', 'This object store is closed.')
  }
}

const isShard = /^[0-9a-f]{3}$/

function shardOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 3)
}

/** Runs for each item, a few at once; answers in their order. */
async function inTurns<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) answers[at] = await run(items[at] as T)
  }
  await Promise.all(Array.from({ length: Math.min(filesAtOnce, items.length) }, lane))
  return answers
}
