import { defineKind, type Kind, type Store, type WriteBatch } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import {
  add,
  allItems,
  batch,
  counterTexts,
  idsOf,
  insertItems,
  item,
  itemKind,
  itemOf,
  manyIds,
  noteKind,
  type StoreSuiteOptions,
  suiteKinds,
  writeOk,
} from './store-fixture.ts'

/** Every verb, with input that would do. */
const verbs: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  ['get', (store) => store.get(itemKind, ['a'])],
  ['query', (store) => store.query(itemKind, { limit: 1 })],
  ['count', (store) => store.count(itemKind, {})],
  ['lookup', (store) => store.lookup(itemKind, 'byTag', [['t']])],
  ['counters', (store) => store.counters(['s'])],
  ['scan', (store) => store.scan('s', { limit: 1 })],
  ['transact', (store) => store.transact([batch()])],
  ['transact nothing', (store) => store.transact([])],
  ['changes', (store) => store.changes(0, 1)],
  ['trim', (store) => store.trim(0)],
]

export function lifeLaws({ test, make, reopen }: StoreSuiteOptions): void {
  test('store: it says whether it is durable', async () => {
    const store = await make()
    equal(store.capabilities.durable, reopen !== undefined)
    equal(typeof store.capabilities.shared, 'boolean')
    await store.close()
  })

  test('store: before it is open, every verb is unavailable', async () => {
    const store = await make()
    for (const [name, verb] of verbs) await rejects(verb(store), 'unavailable', name)
    await store.close()
  })

  test('store: after close, every verb is refused as closed', async () => {
    const store = await make()
    await store.open(suiteKinds)
    await store.close()
    for (const [name, verb] of verbs) await rejects(verb(store), 'closed', name)
    await rejects(store.open(suiteKinds), 'closed', 'open')
  })

  test('store: close is idempotent, opened or not', async () => {
    const unopened = await make()
    await unopened.close()
    await unopened.close()
    const store = await make()
    await store.open(suiteKinds)
    await Promise.all([store.close(), store.close()])
    await store.close()
  })

  test('store: close finishes what was accepted', async () => {
    const store = await make()
    await store.open(suiteKinds)
    const writes = manyIds(20).map((id) =>
      store.transact([batch({ items: { insert: [item(id)] } })]),
    )
    const closed = store.close()
    for (const [result] of await Promise.all(writes)) assert(result?.ok, 'it was accepted')
    await closed
    if (!reopen) return
    const again = await reopen(store)
    await again.open(suiteKinds)
    equal((await allItems(again)).length, 20)
    await again.close()
  })

  test('store: it is opened once', async () => {
    const store = await make()
    await store.open(suiteKinds)
    await insertItems(store, item('a'))
    await rejects(store.open(suiteKinds), 'conflict')
    equal(idsOf(await allItems(store)), ['a'])
    await store.close()
  })
}

/** A law of two openings: what the first did, the second finds. */
type Later = (
  name: string,
  first: (store: Store) => Promise<void>,
  kinds: readonly Kind[],
  second: (store: Store) => Promise<void>,
) => void

/** What a later opening finds. */
export function durableLaws({ test, make, reopen }: StoreSuiteOptions): void {
  if (!reopen) return
  const later: Later = (name, first, kinds, second) => {
    test(`store: ${name}`, async () => {
      const store = await make()
      await store.open(suiteKinds)
      await first(store)
      await store.close()
      const again = await reopen(store)
      try {
        await again.open(kinds)
        await second(again)
      } finally {
        await again.close()
      }
    })
  }
  reopenLaws(later)
  migrationLaws(later)
  refusedMigrationLaw({ test, make, reopen })
}

async function fill(store: Store): Promise<void> {
  await insertItems(store, item('a', { tag: 't', size: 2 }), item('b', { size: 1, big: true }))
  await writeOk(store, {
    items: { update: [{ id: 'a', rev: 1, tag: 'u', size: 2 }] },
    notes: { insert: [item('n')] },
    add: [add('c', 1, { limit: 2 })],
  })
}

function reopenLaws(later: Later): void {
  later('everything acknowledged is there again', fill, suiteKinds, async (store) => {
    equal(await itemOf(store, 'a'), { id: 'a', rev: 2, tag: 'u', size: 2 })
    equal(idsOf(await store.query(noteKind, { limit: 9 })), ['n'])
    equal(await counterTexts(store), ['c: 1/2'])
    equal((await store.changes(0, 9)).length, 2)
    equal(idsOf(await store.lookup(itemKind, 'byTag', [['u']])), ['a'])
    await writeOk(store, { items: { update: [{ id: 'a', rev: 2 }] }, add: [add('c', 1)] })
  })

  let last = 0
  const trimmed = async (store: Store): Promise<void> => {
    last = await writeOk(store, {})
    await store.trim(last)
  }
  later('numbers of the feed grow over openings', trimmed, suiteKinds, async (store) => {
    const seq = await writeOk(store, {})
    assert(seq > last, `${seq} after ${last}`)
  })
}

function migrationLaws(later: Later): void {
  const grown = defineKind('item', {
    ...itemKind.indexes,
    bySize: { fields: ['size', 'big'] },
  })
  const fresh = defineKind('fresh', { byName: { fields: ['name'], unique: true } })
  later(
    'a new index holds old records, a new kind is empty',
    fill,
    [grown, fresh],
    async (store) => {
      equal(idsOf(await store.query(grown, { index: 'bySize', limit: 9 })), ['b', 'a'])
      equal(idsOf(await store.lookup(grown, 'bySize', [[1, true]])), ['b'])
      equal(await store.count(fresh, {}), 0)
      const kinds = [{ kind: fresh, writes: { insert: [item('f', { name: 'x' })] } }]
      await writeOk(store, { kinds })
    },
  )

  const other = defineKind('item', {
    byTag: { fields: ['size'] },
    byPair: { fields: ['tag', 'size'], unique: true },
  })
  later('an index may change its meaning', fill, [other, noteKind], async (store) => {
    equal(idsOf(await store.query(other, { index: 'byTag', from: 2, limit: 9 })), ['a'])
    equal(idsOf(await store.lookup(other, 'byPair', [['u', 2]])), ['a'])
    const insert = (id: string, size: number): WriteBatch =>
      batch({ kinds: [{ kind: other, writes: { insert: [item(id, { tag: 'u', size })] } }] })
    const results = await store.transact([insert('c', 2), insert('d', 3)])
    equal(
      results.map((result) => result.ok),
      [false, true],
      'the new unique key holds, the old one no more',
    )
  })
}

function refusedMigrationLaw({ test, make, reopen }: Required<StoreSuiteOptions>): void {
  test('store: a unique key that what is stored breaks is refused, and nothing lost', async () => {
    const store = await make()
    await store.open(suiteKinds)
    await insertItems(store, item('a', { size: 1 }), item('b', { size: 1 }))
    await store.close()
    const strict = defineKind('item', { bySize: { fields: ['size'], unique: true } })
    const refused = await reopen(store)
    await rejects(refused.open([strict]), 'unavailable')
    await refused.close()
    const again = await reopen(refused)
    await again.open(suiteKinds)
    equal(idsOf(await allItems(again)), ['a', 'b'])
    equal(idsOf(await again.query(itemKind, { index: 'byOwner', limit: 9 })), ['a', 'b'])
    await again.close()
  })
}
