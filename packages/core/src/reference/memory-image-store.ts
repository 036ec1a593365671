import { CloudError, throwIfAborted } from '../base/errors.ts'
import type { ImageStore } from '../ports/image-store.ts'

const loneSurrogate = /\p{Cs}/u

/** Bytes per chunk read. */
const chunkBytes = 256 * 1024

/** Image bytes in memory. Nothing handed in or out is shared with what is kept. */
export class MemoryImageStore implements ImageStore {
  readonly #objects = new Map<string, Uint8Array>()
  #closed = false

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<number> {
    this.#requireOpen()
    requireKey(key)
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
      this.#requireOpen()
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
    this.#requireOpen()
    const bytes = this.#objects.get(requireKey(key))
    if (!bytes) throw new CloudError('notFound', 'No such image data.', { field: 'key' })
    const end = Math.min(options.end ?? bytes.length, bytes.length)
    for (let at = options.start ?? 0; at < end; at += chunkBytes) {
      throwIfAborted(options.signal)
      yield bytes.slice(at, Math.min(at + chunkBytes, end))
    }
  }

  async size(key: string): Promise<number | undefined> {
    this.#requireOpen()
    return this.#objects.get(requireKey(key))?.length
  }

  async delete(key: string): Promise<void> {
    this.#requireOpen()
    this.#objects.delete(requireKey(key))
  }

  async *list(): AsyncGenerator<string> {
    this.#requireOpen()
    yield* [...this.#objects.keys()]
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#objects.clear()
  }

  #requireOpen(): void {
    if (this.#closed) throw new CloudError('closed', 'This image store is closed.')
  }
}

function requireKey(key: string): string {
  if (key.length >= 1 && key.length <= imageKeyLength && !loneSurrogate.test(key)) return key
  throw new CloudError('invalid', `key: 1 to ${imageKeyLength} characters of well-formed text.`, {
    field: 'key',
    limit: imageKeyLength,
  })
}

/** Characters of a key: image id and attempt need fewer than 80. */
export const imageKeyLength = 160
