import { MemoryObjectStore, type ObjectStore } from '@nephos/core'

/** Bytes of objects in memory, and at any moment which there are. */
export class KnownObjects implements ObjectStore {
  readonly #objects = new MemoryObjectStore()
  readonly #sizes = new Map<string, number>()
  #version = 0

  /** Sizes in bytes, by key. */
  get known(): ReadonlyMap<string, number> {
    return this.#sizes
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<number> {
    const size = await this.#objects.put(key, data, options)
    this.#sizes.set(key, size)
    this.#version++
    return size
  }

  get(
    key: string,
    options?: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Uint8Array> {
    return this.#objects.get(key, options)
  }

  sizes(keys: readonly string[]): Promise<(number | undefined)[]> {
    return this.#objects.sizes(keys)
  }

  async delete(keys: readonly string[]): Promise<void> {
    await this.#objects.delete(keys)
    for (const key of keys) this.#sizes.delete(key)
    this.#version++
  }

  list(page: { readonly after?: string; readonly limit: number }): Promise<string[]> {
    return this.#objects.list(page)
  }

  close(): Promise<void> {
    return this.#objects.close()
  }
}
