import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Writes } from '../../commit/writes.ts'
import { objectKind, type ObjectVersion } from '../../model/object/object.ts'
import { compareText } from '../../ports/store-order.ts'
import type { Query } from '../../ports/store.ts'
import { memoryStore } from '../../reference/memory-store.ts'
import type { Call } from '../call.ts'
import { type ListingBounds, listNames } from './listing.ts'
import { currentNames } from './segments.ts'

const row = (name: string, index: number): Omit<ObjectVersion, 'rev'> => ({
  id: `o${index}`,
  projectId: 'p',
  containerId: 'c',
  name,
  currentName: name,
  sequence: 1,
  marker: false,
  kept: false,
  size: 0,
  etag: '',
  sha256: '',
  contentType: 'text/plain',
  contentEncoding: null,
  contentDisposition: null,
  metadata: {},
  deleteAt: null,
  manifest: null,
  damaged: false,
  lastModified: 1,
})

/** A container of these names, and every question asked of its index. */
async function containerOf(names: readonly string[]) {
  const store = memoryStore()
  await store.open([objectKind])
  const writes = new Writes().insert(objectKind, ...names.map(row))
  await store.transact([writes.batch('test', 1)])
  const asked: { readonly query: Query; readonly rows: number }[] = []
  const query = async (kind: typeof objectKind, question: Query): Promise<ObjectVersion[]> => {
    const rows = await store.query(kind, question)
    asked.push({ query: question, rows: rows.length })
    return rows
  }
  const call = { kernel: { store: { query } }, signal: undefined } as unknown as Call
  const list = async (bounds: Partial<ListingBounds> = {}): Promise<string[]> => {
    const whole = { prefix: '', delimiter: '', reverse: false, limit: 10_000, ...bounds }
    return (await listNames(call, currentNames('c', 0), whole)).map(({ name }) => name)
  }
  return { list, asked }
}

/** The same by looking at every name. */
function listedByHand(names: readonly string[], bounds: ListingBounds): string[] {
  const { prefix, delimiter, marker = '', endMarker = '', reverse, limit } = bounds
  const [above, below] = reverse ? [endMarker, marker] : [marker, endMarker]
  const entries = new Set<string>()
  for (const name of names) {
    if (!name.startsWith(prefix)) continue
    const at = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
    entries.add(at < 0 ? name : name.slice(0, at + delimiter.length))
  }
  const found = [...entries]
    .filter((entry) => above === '' || compareText(entry, above) > 0)
    .filter((entry) => below === '' || compareText(entry, below) < 0)
    .sort(compareText)
  return (reverse ? found.toReversed() : found).slice(0, limit)
}

const nameOf = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '-', 'ü', '\u{1f600}', '\u{ff61}'),
  minLength: 1,
  maxLength: 5,
})
const part = fc.oneof(fc.constant(''), nameOf)

describe('listings', () => {
  it('O1: are those that looking at every name would give', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(nameOf, { maxLength: 40 }),
        fc.record({
          prefix: fc.oneof(fc.constant(''), fc.constantFrom('a', 'a/', 'b/', '/', '\u{1f600}')),
          delimiter: fc.constantFrom('', '/', '-', 'a/', '\u{ff61}'),
          marker: part,
          endMarker: part,
          reverse: fc.boolean(),
          limit: fc.integer({ min: 1, max: 50 }),
        }),
        async (names, bounds) => {
          const { list } = await containerOf(names)
          expect(await list(bounds)).toEqual(listedByHand(names, bounds))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('O1: jump over a common prefix by the index, and do not read through it', async () => {
    const many = 20
    const each = 1_000
    const names = Array.from({ length: many }, (_0, folder) =>
      Array.from({ length: each }, (_, i) => `d${String(folder).padStart(2, '0')}/${i}`),
    ).flat()
    const { list, asked } = await containerOf([...names, 'z'])
    const folders = names.filter((_, i) => i % each === 0).map((name) => name.slice(0, 4))
    expect(await list({ delimiter: '/' })).toEqual([...folders, 'z'])
    expect(asked.map(({ query }) => query.from)).toEqual([
      '',
      // What comes after all names in `d00/` is what is from `d000` on.
      ...folders.map((folder) => folder.replace('/', '0')),
    ])
    expect(asked.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(many * 5)
    asked.length = 0
    expect(await list({ delimiter: '/', reverse: true })).toEqual([...folders, 'z'].toReversed())
    expect(asked.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(many * 5)
  })

  it('O1: a page of plain names is one question, wherever it begins', async () => {
    const names = Array.from({ length: 5_000 }, (_, i) => `n${String(i).padStart(5, '0')}`)
    const { list, asked } = await containerOf(names)
    expect(await list({ marker: 'n03999', limit: 100 })).toEqual(names.slice(4_000, 4_100))
    expect(asked.map(({ rows }) => rows)).toEqual([101])
  })
})
