import { CloudError, type ObjectStore } from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** What one process sees of the place where the bytes of objects are kept. */
export class ObjectClient implements ObjectStore {
  readonly #ground: Ground
  readonly #life: Life
  readonly #objects: ObjectStore

  constructor(ground: Ground, life: Life, objects: ObjectStore) {
    this.#ground = ground
    this.#life = life
    this.#objects = objects
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
    return this.#send(`put ${key}`, true, () => this.#objects.put(key, replay(chunks), options))
  }

  async *get(
    key: string,
    options: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    yield* await this.#send(`get ${key}`, false, async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of this.#objects.get(key, options)) chunks.push(chunk)
      return chunks
    })
  }

  sizes(keys: readonly string[]): Promise<(number | undefined)[]> {
    return this.#send(`sizes ${keys.length}`, false, () => this.#objects.sizes(keys))
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.#send(`delete ${keys.length}`, true, () => this.#objects.delete(keys))
  }

  list(page: { readonly after?: string; readonly limit: number }): Promise<string[]> {
    return this.#send('list', false, () => this.#objects.list(page))
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }

  #send<T>(label: string, writes: boolean, effect: () => Promise<T> | T): Promise<T> {
    return this.#life.call({
      to: 'objects',
      label: `objects.${label}`,
      latency: this.#ground.latency.store,
      writes,
      effect: async () => {
        const fails = this.#ground.hits('objectsFail', this.#life.name)
        // Half of the failures come after the deed.
        const isDone = !fails || (writes && this.#ground.chance.happens(0.5))
        const value = isDone ? await effect() : undefined
        if (fails) throw new CloudError('unavailable', 'The object store does not answer.')
        return value as T
      },
    })
  }
}

async function* replay(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
