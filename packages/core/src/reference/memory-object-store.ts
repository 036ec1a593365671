import { CloudError, throwIfAborted } from '../base/errors.ts'
import type { ObjectStore } from '../ports/object-store.ts'
import { compareText } from '../ports/store-order.ts'

const loneSurrogate = /\p{Cs}/u

/** Characters of a key. */
const keyLength = 160

/** Bytes per chunk read. */
const chunkBytes = 256 * 1024

/** Bytes of objects in memory. Nothing handed in or out is shared with what is kept. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, Uint8Array>()
  #closed = false

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<number> {
    this.#check(key)
    throwIfAborted(options.signal)
    const chunks: Uint8Array[] = []
    let size = 0
    try {
      for await (const chunk of data) {
        throwIfAborted(options.signal)
        chunks.push(chunk.slice())
        size += chunk.length
      }
      throwIfAborted(options.signal)
      this.#check(key)
    } catch (error) {
      this.#objects.delete(key)
      throw error
    }
    const bytes = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    this.#objects.set(key, bytes)
    return size
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    this.#check(key)
    const bytes = this.#objects.get(key)
    if (!bytes) throw new CloudError('notFound', 'No such object data.', { field: 'key' })
    const end = Math.min(options.end ?? bytes.length, bytes.length)
    for (let at = options.start ?? 0; at < end; at += chunkBytes) {
      throwIfAborted(options.signal)
      yield bytes.slice(at, Math.min(at + chunkBytes, end))
    }
  }

  async sizes(keys: readonly string[]): Promise<(number | undefined)[]> {
    this.#check(...keys)
    return keys.map((key) => this.#objects.get(key)?.length)
  }

  async delete(keys: readonly string[]): Promise<void> {
    this.#check(...keys)
    for (const key of keys) this.#objects.delete(key)
  }

  async list(page: { readonly after?: string; readonly limit: number }): Promise<string[]> {
    this.#check()
    const { after, limit } = page
    const keys = [...this.#objects.keys()].sort(compareText)
    const from = after === undefined ? 0 : keys.findIndex((key) => compareText(key, after) > 0)
    return from < 0 ? [] : keys.slice(from, from + limit)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#objects.clear()
  }

  #check(...keys: readonly string[]): void {
    if (this.#closed) throw new CloudError('closed', 'This object store is closed.')
    for (const key of keys) {
      if (key.length >= 1 && key.length <= keyLength && !loneSurrogate.test(key)) continue
      throw new CloudError('invalid', `key: 1 to ${keyLength} characters of well-formed text.`, {
        field: 'key',
        limit: keyLength,
      })
    }
  }
}
