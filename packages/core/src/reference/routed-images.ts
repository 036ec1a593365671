import { CloudError } from '../base/errors.ts'
import { defaultImageStore, imageStoreName, mostImageStores } from '../model/image/image.ts'
import type { ImageStore, ImageStoreInfo } from '../ports/image-store.ts'

/** One of the stores behind a `RoutedImageStore`. */
export interface RoutedStore {
  readonly store: ImageStore
  readonly description?: string
}

export interface RoutedImageStoreOptions {
  /** By name; one is called `default`, and holds what was stored before there were several. */
  readonly stores: Readonly<Record<string, RoutedStore>>
  /** The store of what names none; `default` if it is not said. */
  readonly preferred?: string
}

type Options = { readonly signal?: AbortSignal }

/** Several image stores as one: the key says which. Closing it closes them all. */
export class RoutedImageStore implements ImageStore {
  readonly stores: readonly ImageStoreInfo[]
  readonly #behind: ReadonlyMap<string, ImageStore>

  /** @throws CloudError `invalid` for names, and for a preferred store that there is not. */
  constructor({ stores, preferred = defaultImageStore }: RoutedImageStoreOptions) {
    const entries = Object.entries(stores)
    const wrong = entries.find(([name]) => !imageStoreName.test(name))
    if (wrong || entries.length > mostImageStores) {
      throw new CloudError('invalid', 'stores: up to 16, named by a to z, 0 to 9, - and _.', {
        field: 'stores',
        limit: mostImageStores,
      })
    }
    this.#behind = new Map(entries.map(([name, { store }]) => [name, store]))
    for (const name of [defaultImageStore, preferred]) {
      if (this.#behind.has(name)) continue
      throw new CloudError('invalid', `stores: none is called ${name}.`, { field: 'stores' })
    }
    this.stores = entries
      .map(([name, { description = '' }]) => ({ name, description }))
      .sort((a, b) => Number(b.name === preferred) - Number(a.name === preferred))
  }

  async put(key: string, data: AsyncIterable<Uint8Array>, options?: Options): Promise<number> {
    return await this.#at(key).put(key, data, options)
  }

  async *get(
    key: string,
    options?: Options & { readonly start?: number; readonly end?: number },
  ): AsyncGenerator<Uint8Array> {
    yield* this.#at(key).get(key, options)
  }

  async size(key: string): Promise<number | undefined> {
    return await this.#behind.get(storeOf(key))?.size(key)
  }

  async delete(key: string): Promise<void> {
    await this.#at(key).delete(key)
  }

  async *list(): AsyncGenerator<string> {
    for (const [name, store] of this.#behind) {
      // A key that was brought here from another store would be looked for there.
      for await (const key of store.list()) if (storeOf(key) === name) yield key
    }
  }

  async close(): Promise<void> {
    for (const store of this.#behind.values()) await store.close()
  }

  #at(key: string): ImageStore {
    const store = this.#behind.get(storeOf(key))
    if (store) return store
    throw new CloudError('notFound', 'There is no such image store.', { field: 'key' })
  }
}

function storeOf(key: string): string {
  const at = key.lastIndexOf('@')
  return at === -1 ? defaultImageStore : key.slice(at + 1)
}
