import type { ImageStore, ImageStoreInfo } from '@nephos/core'
import { twoImageStores } from '../../world/two-image-stores.ts'

/** Image bytes in memory, and at any moment which there are. */
export class KnownImages implements ImageStore {
  readonly #images = twoImageStores()
  readonly #sizes = new Map<string, number>()

  get stores(): readonly ImageStoreInfo[] {
    return this.#images.stores ?? []
  }

  /** Sizes in bytes, by key. */
  get sizes(): ReadonlyMap<string, number> {
    return this.#sizes
  }

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<number> {
    const size = await this.#images.put(key, data, options)
    this.#sizes.set(key, size)
    return size
  }

  get(
    key: string,
    options?: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Uint8Array> {
    return this.#images.get(key, options)
  }

  size(key: string): Promise<number | undefined> {
    return this.#images.size(key)
  }

  async delete(key: string): Promise<void> {
    await this.#images.delete(key)
    this.#sizes.delete(key)
  }

  list(): AsyncIterable<string> {
    return this.#images.list()
  }

  close(): Promise<void> {
    return this.#images.close()
  }
}
