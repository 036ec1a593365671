import { CloudError, type ImageStore, type ImageStoreInfo } from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** What one process sees of the place where image bytes are kept. */
export class ImageClient implements ImageStore {
  readonly #ground: Ground
  readonly #life: Life
  readonly #images: ImageStore

  constructor(ground: Ground, life: Life, images: ImageStore) {
    this.#ground = ground
    this.#life = life
    this.#images = images
  }

  get stores(): readonly ImageStoreInfo[] {
    return this.#images.stores ?? []
  }

  async put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<number> {
    // The bytes leave the process piece by piece, so it may die between any two of them.
    const chunks: Uint8Array[] = []
    for await (const chunk of data) {
      await this.#send(`put ${key} part ${chunks.length}`, false, () => undefined)
      chunks.push(chunk)
    }
    return this.#send(`put ${key}`, true, () => this.#images.put(key, replay(chunks), options))
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    yield* await this.#send(`get ${key}`, false, async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of this.#images.get(key, options)) chunks.push(chunk)
      return chunks
    })
  }

  size(key: string): Promise<number | undefined> {
    return this.#send(`size ${key}`, false, () => this.#images.size(key))
  }

  delete(key: string): Promise<void> {
    return this.#send(`delete ${key}`, true, () => this.#images.delete(key))
  }

  async *list(): AsyncGenerator<string> {
    yield* await this.#send('list', false, async () => {
      const keys: string[] = []
      for await (const key of this.#images.list()) keys.push(key)
      return keys.sort()
    })
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }

  #send<T>(label: string, writes: boolean, effect: () => Promise<T> | T): Promise<T> {
    return this.#life.call({
      to: 'images',
      label: `images.${label}`,
      latency: this.#ground.latency.store,
      writes,
      effect: async () => {
        const fails = this.#ground.hits('imagesFail', this.#life.name)
        // Half of the failures come after the deed.
        const isDone = !fails || (writes && this.#ground.chance.happens(0.5))
        const value = isDone ? await effect() : undefined
        if (fails) throw new CloudError('unavailable', 'The image store does not answer.')
        return value as T
      },
    })
  }
}

async function* replay(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
