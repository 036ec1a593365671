import type { ImageStore, ObjectStore } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { imageStoreConformance } from './image-store.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface ObjectStoreSuiteOptions extends SuiteOptions<ObjectStore> {
  /**
   * Opens what `make` made last once more, without closing it: for stores that outlive their
   * process.
   */
  readonly reopen?: () => Promise<ObjectStore>
}

/** The promises of `ObjectStore`: those of an `ImageStore`, and what it does with many keys. */
export function objectStoreConformance({ test, make, reopen }: ObjectStoreSuiteOptions): void {
  imageStoreConformance({
    test: (name, run) => test(name.replace('image store', 'object store'), run),
    make: async () => asImageStore(await make()),
    ...(reopen && { reopen: async () => asImageStore(await reopen()) }),
  })
  const check = (name: string, body: (store: ObjectStore) => Promise<void>): void => {
    test(`object store: ${name}`, () => withSubject(make, body))
  }

  check('measures many at once, in the order asked', async (store) => {
    await fill(store, 40)
    const keys = [...names(40), 'none', 'key-3', 'key-3']
    const sizes = names(40).map((_, index) => index)
    equal(await store.sizes(keys), [...sizes, undefined, 3, 3])
    equal(await store.sizes([]), [])
  })

  check('deletes many at once, and what is absent with them', async (store) => {
    await fill(store, 40)
    await store.delete(['none', ...names(40).slice(1), 'key-5'])
    equal(await store.list({ limit: 99 }), ['key-0'])
    await store.delete([])
  })

  check('refuses all keys for one that is none, before anything is done', async (store) => {
    await fill(store, 2)
    await rejects(store.delete(['key-0', '']), 'invalid')
    await rejects(store.sizes(['key-0', '']), 'invalid')
    equal((await store.list({ limit: 9 })).sort(), ['key-0', 'key-1'])
  })

  check('lists page by page, in one order, each key once', async (store) => {
    await fill(store, 57)
    const whole = await store.list({ limit: 1_000 })
    equal(whole.toSorted(), names(57).toSorted())
    for (const limit of [1, 10, 57]) {
      const found: string[] = []
      for (let after: string | undefined; ;) {
        const page = await store.list({ limit, ...(after !== undefined && { after }) })
        assert(page.length <= limit, 'a page keeps to its limit')
        found.push(...page)
        after = page.at(-1)
        if (page.length < limit) break
      }
      equal(found, whole)
    }
  })

  check('lists on after a key that is gone', async (store) => {
    await fill(store, 10)
    const whole = await store.list({ limit: 10 })
    const gone = whole[4] as string
    await store.delete([gone])
    equal(await store.list({ after: gone, limit: 10 }), whole.slice(5))
  })
}

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `key-${i}`)

async function fill(store: ObjectStore, count: number): Promise<void> {
  const put = (name: string, index: number): Promise<number> =>
    store.put(name, stream(new Uint8Array(index)))
  await Promise.all(names(count).map(put))
}

async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Keys of one page of a list. */
const pageKeys = 7

/** What both ports promise of one key. */
function asImageStore(store: ObjectStore): ImageStore {
  return {
    put: (key, data, options) => store.put(key, data, options),
    get: (key, options) => store.get(key, options),
    size: async (key) => (await store.sizes([key]))[0],
    delete: (key) => store.delete([key]),
    async *list() {
      for (let after: string | undefined; ;) {
        const page = { limit: pageKeys, ...(after !== undefined && { after }) }
        const keys = await store.list(page)
        yield* keys
        after = keys.at(-1)
        if (keys.length < pageKeys) return
      }
    },
    close: () => store.close(),
  }
}
