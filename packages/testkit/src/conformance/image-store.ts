import type { ImageStore } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface ImageStoreSuiteOptions extends SuiteOptions<ImageStore> {
  /**
   * Opens what `make` made last once more, without closing it: for stores that outlive their
   * process.
   */
  readonly reopen?: () => Promise<ImageStore>
}

/** The promises of `ImageStore`. */
export function imageStoreConformance({ test, make, reopen }: ImageStoreSuiteOptions): void {
  const check = (name: string, body: (store: ImageStore) => Promise<void>): void => {
    test(`image store: ${name}`, () => withSubject(make, body))
  }
  checkBytes(check)
  checkFailures(check)
  checkAbsence(check)
  checkKeys(check)
  test('image store: everything is refused after close, which is idempotent', async () => {
    const store = await make()
    await store.put('a', stream([bytes(1)]))
    await store.close()
    await store.close()
    await rejects(store.put('a', stream([])), 'closed')
    await rejects(collect(store.get('a')), 'closed')
    await rejects(store.size('a'), 'closed')
    await rejects(store.delete('a'), 'closed')
    await rejects(keys(store), 'closed')
  })
  if (!reopen) return
  check('what a put stored is there for the next process, and nothing else', async (store) => {
    await store.put('kept', stream([bytes(70_000)]))
    await store.put('gone', stream([bytes(10)]))
    await store.delete('gone')
    await store.put('failed', failing([bytes(10)])).catch(() => undefined)
    await withSubject(reopen, async (again) => {
      equal(await keys(again), ['kept'])
      equal(await collect(again.get('kept')), bytes(70_000))
    })
  })
}

type Check = (name: string, body: (store: ImageStore) => Promise<void>) => void

function checkBytes(check: Check): void {
  check('gives back what was put, in whatever chunks it came', async (store) => {
    const whole = bytes(700_001)
    const sizes = [0, 1, 65_535, 65_536, 300_000, 268_929]
    const chunks: Uint8Array[] = []
    for (let at = 0, i = 0; i < sizes.length; at += sizes[i++] ?? 0) {
      chunks.push(whole.subarray(at, at + (sizes[i] ?? 0)))
    }
    equal(await store.put('a', stream(chunks)), whole.length, 'bytes stored')
    equal(await store.size('a'), whole.length)
    equal(await collect(store.get('a')), whole)
  })

  check('stores nothing at all as 0 bytes', async (store) => {
    equal(await store.put('a', stream([])), 0)
    equal(await store.size('a'), 0)
    equal(await collect(store.get('a')), new Uint8Array())
  })

  check('gives ranges: start inclusive, end exclusive', async (store) => {
    const whole = bytes(600_000)
    await store.put('a', stream([whole]))
    const ranges = [
      [0, 1],
      [1, 2],
      [262_143, 262_145],
      [599_999, 600_000],
      [100, 100],
      [0, 600_000],
    ] as const
    for (const [start, end] of ranges) {
      equal(await collect(store.get('a', { start, end })), whole.slice(start, end))
    }
    equal(await collect(store.get('a', { start: 5 })), whole.slice(5), 'no end')
    equal(await collect(store.get('a', { end: 5 })), whole.slice(0, 5), 'no start')
    equal(await collect(store.get('a', { start: 599_998, end: 700_000 })), whole.slice(599_998))
  })

  check('replaces the whole of what was there', async (store) => {
    await store.put('a', stream([bytes(1_000)]))
    await store.put('a', stream([bytes(10)]))
    equal(await store.size('a'), 10)
    equal(await collect(store.get('a')), bytes(10))
  })

  check('keeps no tie to the chunks it was handed, nor to those it hands out', async (store) => {
    const chunk = bytes(10)
    async function* reused(): AsyncGenerator<Uint8Array> {
      yield chunk
      chunk.fill(255)
    }
    await store.put('a', reused())
    for await (const given of store.get('a')) given.fill(7)
    equal(await collect(store.get('a')), bytes(10))
  })

  check('takes many keys at once', async (store) => {
    const names = Array.from({ length: 20 }, (_, index) => `key-${index}`)
    await Promise.all(names.map((name, index) => store.put(name, stream([bytes(index * 1_000)]))))
    for (const [index, name] of names.entries()) equal(await store.size(name), index * 1_000)
    equal(await keys(store), names.sort())
  })
}

function checkFailures(check: Check): void {
  check('a stream that fails leaves nothing, and its error passes', async (store) => {
    await store.put('old', stream([bytes(5)]))
    for (const key of ['new', 'old']) {
      let passed: unknown
      await store.put(key, failing([bytes(100_000)])).catch((error: unknown) => (passed = error))
      assert(passed === sourceError, `the error of the source passes, got ${String(passed)}`)
      equal(await store.size(key), undefined, 'size')
      await rejects(collect(store.get(key)), 'notFound')
    }
    equal(await keys(store), [])
  })

  check('a signal that fires leaves nothing', async (store) => {
    const controller = new AbortController()
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let chunk = 1; ; chunk++) {
        if (chunk === 4) controller.abort()
        yield bytes(1_000)
      }
    }
    await rejects(store.put('a', endless(), { signal: controller.signal }), 'aborted')
    equal(await store.size('a'), undefined)
    equal(await keys(store), [])
    await rejects(store.put('a', stream([]), { signal: AbortSignal.abort() }), 'aborted')
  })

  check('a signal that fires ends a read', async (store) => {
    await store.put('a', stream([bytes(1_000_000)]))
    await rejects(collect(store.get('a', { signal: AbortSignal.abort() })), 'aborted')
  })

  check('a put that fails in the middle ends its source', async (store) => {
    const controller = new AbortController()
    let ended = false
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield bytes(10)
        controller.abort()
        yield bytes(10)
        yield bytes(10)
      } finally {
        ended = true
      }
    }
    await rejects(store.put('a', source(), { signal: controller.signal }), 'aborted')
    assert(ended, 'the source is told to end')
  })
}

function checkAbsence(check: Check): void {
  check('an absent key: no size, notFound, and nothing to delete', async (store) => {
    equal(await store.size('none'), undefined)
    await rejects(collect(store.get('none')), 'notFound')
    await store.delete('none')
  })

  check('a deleted key is gone; deleting it again is no error', async (store) => {
    await store.put('a', stream([bytes(10)]))
    await store.put('b', stream([bytes(10)]))
    await store.delete('a')
    await store.delete('a')
    equal(await store.size('a'), undefined)
    equal(await keys(store), ['b'])
  })

  check('a reader that stops early does no harm', async (store) => {
    await store.put('a', stream([bytes(1_000_000)]))
    for await (const chunk of store.get('a')) {
      assert(chunk.length > 0, 'chunks are not empty')
      break
    }
    await store.delete('a')
    equal(await store.size('a'), undefined)
  })
}

/** Keys that would be trouble as paths. */
const hostileKeys = [
  '../escape',
  '..',
  '.',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'C:\\x',
  'nul\u0000byte',
  'line\nbreak',
  '%2e%2e%2f',
  'a%',
  'A',
  'a',
  'CON',
  'a.',
  ' a ',
  '~',
  '-rf',
  '__proto__',
  'constructor',
  'u\u0308',
  '\u00fc',
  '\u{1f600}',
  'tmp',
]

function checkKeys(check: Check): void {
  check('keys are opaque: each its own object, none a path', async (store) => {
    for (const [index, key] of hostileKeys.entries()) {
      equal(await store.put(key, stream([bytes(index + 1)])), index + 1)
    }
    equal(await keys(store), hostileKeys.toSorted())
    for (const [index, key] of hostileKeys.entries()) {
      equal(await store.size(key), index + 1, JSON.stringify(key))
    }
    for (const key of hostileKeys) await store.delete(key)
    equal(await keys(store), [])
  })

  check('refuses an empty key, an endless one, and broken text', async (store) => {
    for (const key of ['', 'k'.repeat(100_000), '\ud800']) {
      await rejects(store.put(key, stream([bytes(1)])), 'invalid')
      await rejects(store.size(key), 'invalid')
      await rejects(store.delete(key), 'invalid')
      await rejects(collect(store.get(key)), 'invalid')
    }
    equal(await keys(store), [])
  })
}

const sourceError = new Error('from the source')

async function* stream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function* failing(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
  throw sourceError
}

/** Bytes in which no two neighbourhoods are alike, so that a shift shows. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 17) & 255)
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

async function keys(store: ImageStore): Promise<string[]> {
  const found: string[] = []
  for await (const key of store.list()) found.push(key)
  return found.sort()
}
