import { compareRecords, type IndexValue, type Query, type Store } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import {
  allItems,
  idsOf,
  insertItems,
  item,
  type Item,
  itemKind,
  type Law,
  manyIds,
  writeOk,
} from './store-fixture.ts'

/** Values of every type, many of them twice, in no order. */
const values: readonly IndexValue[] = [
  null,
  0,
  'a',
  2,
  true,
  'B',
  -1.5,
  '',
  10,
  'é',
  false,
  'a',
  null,
  1e15,
  '\u{10000}',
  '\uffff',
  0.5,
]

async function seed(store: Store): Promise<Item[]> {
  const rows = values.flatMap((owner, at) =>
    values
      .filter((_, other) => (at * 7 + other * 3) % 4 === 0)
      .map((place, other) =>
        item(`r${(at * 31 + other * 17) % 100}-${at}-${other}`, { owner, place }),
      ),
  )
  await insertItems(store, ...rows)
  return allItems(store)
}

/** What the port's words say a query gives, worked out on a list. */
function expected(rows: readonly Item[], query: Omit<Query, 'limit'>): Item[] {
  const fields = query.index === undefined ? [] : (itemKind.indexes[query.index]?.fields ?? [])
  const { equals = [], from, to, after, reverse = false } = query
  const bounded = fields[equals.length] ?? 'id'
  const value = (row: Item, field: string): IndexValue => (row[field] ?? null) as IndexValue
  const order = (a: IndexValue, b: IndexValue): number =>
    compareRecords(['v'], { id: '', rev: 1, v: a } as Item, { id: '', rev: 1, v: b } as Item)
  return rows
    .filter((row) => equals.every((each, at) => order(value(row, fields[at] ?? ''), each) === 0))
    .filter((row) => from === undefined || value(row, bounded) !== null)
    .filter((row) => to === undefined || value(row, bounded) !== null)
    .filter((row) => from === undefined || order(value(row, bounded), from) >= 0)
    .filter((row) => to === undefined || order(value(row, bounded), to) < 0)
    .toSorted((a, b) => compareRecords(fields, a, b) * (reverse ? -1 : 1))
    .filter((row) => !after || compareRecords(fields, row, after) * (reverse ? -1 : 1) > 0)
}

async function pagesOf(store: Store, query: Query): Promise<Item[]> {
  const found: Item[] = []
  for (;;) {
    const after = found.at(-1)
    const page = await store.query(itemKind, { ...query, ...(after && { after }) })
    assert(page.length <= query.limit, 'a page is no longer than its limit')
    found.push(...page)
    if (page.length < query.limit) return found
  }
}

export function readLaws(law: Law): void {
  getLaws(law)
  pageLaws(law)
  boundLaws(law)
  lookupLaws(law)
}

function getLaws(law: Law): void {
  law('get answers in the order asked, undefined where absent', async (store) => {
    await insertItems(store, item('a'), item('b'))
    const found = await store.get(itemKind, ['b', 'x', 'a', 'b'])
    equal(
      found.map((row) => row?.id),
      ['b', undefined, 'a', 'b'],
    )
    equal(await store.get(itemKind, []), [])
  })

  law('count counts what a query matches', async (store) => {
    const rows = await seed(store)
    equal(await store.count(itemKind, {}), rows.length)
    for (const equals of [[], [null], [true], ['a'], ['a', 2], ['none']]) {
      const query = { index: 'byOwner', equals }
      equal(
        await store.count(itemKind, query),
        expected(rows, query).length,
        `count of ${JSON.stringify(equals)}`,
      )
    }
  })
}

function pageLaws(law: Law): void {
  law('records come by id, or in index order then by id, both ways', async (store) => {
    const rows = await seed(store)
    for (const index of [undefined, 'byOwner', 'byTag']) {
      for (const reverse of [false, true]) {
        const query = { ...(index && { index }), reverse }
        const found = await store.query(itemKind, { ...query, limit: 100_000 })
        equal(idsOf(found), idsOf(expected(rows, query)), `order of ${index}, reverse ${reverse}`)
      }
    }
  })

  law('pages join without gap or repeat, ties and nulls included', async (store) => {
    const rows = await seed(store)
    for (const limit of [1, 2, 7]) {
      for (const reverse of [false, true]) {
        const byOwner = { index: 'byOwner', reverse }
        equal(idsOf(await pagesOf(store, { ...byOwner, limit })), idsOf(expected(rows, byOwner)))
        const ofNull = { ...byOwner, equals: [null] }
        equal(idsOf(await pagesOf(store, { ...ofNull, limit })), idsOf(expected(rows, ofNull)))
        equal(idsOf(await pagesOf(store, { reverse, limit })), idsOf(expected(rows, { reverse })))
      }
    }
  })

  law('a page continues after a record that has gone meanwhile', async (store) => {
    await insertItems(store, ...manyIds(6).map((id) => item(id, { owner: 'o' })))
    const query = { index: 'byOwner', equals: ['o'], limit: 3 }
    const first = await store.query(itemKind, query)
    const after = first.at(-1)
    assert(after, 'a page of three')
    await writeOk(store, { items: { remove: [after] } })
    equal(idsOf(await store.query(itemKind, { ...query, after })), manyIds(6).slice(3))
    equal(idsOf(await store.query(itemKind, { limit: 3, after })), manyIds(6).slice(3))
  })

  law('text is ordered by code point', async (store) => {
    const tags = ['a', 'Z', 'é', '\uffff', '\u{1f600}', '\ud7ff', '\ue000', 'a\u{1f600}', 'ab', '']
    await insertItems(store, ...tags.map((tag) => item(`i${tag}`, { tag })))
    const order = ['', 'Z', 'a', 'ab', 'a\u{1f600}', 'é', '\ud7ff', '\ue000', '\uffff', '\u{1f600}']
    const found = await store.query(itemKind, { index: 'byTag', limit: 99 })
    equal(
      found.map((row) => row.tag),
      order,
    )
    equal(
      idsOf(await allItems(store)),
      order.map((tag) => `i${tag}`),
    )
  })
}

function boundLaws(law: Law): void {
  law('bounds: from inclusive, to exclusive, null outside', async (store) => {
    const rows = await seed(store)
    const bounds: Partial<Query>[] = [
      { from: 0 },
      { to: 0 },
      { from: 0, to: 2 },
      { from: 'a', to: 'b' },
      { from: 1, to: 'a' },
      { from: true },
      { from: 5, to: 5 },
      { from: 'b', to: 'a' },
    ]
    for (const bound of bounds) {
      for (const reverse of [false, true]) {
        const all = { index: 'byOwner', reverse, ...bound }
        equal(idsOf(await pagesOf(store, { ...all, limit: 3 })), idsOf(expected(rows, all)))
        const one = { index: 'byOwner', equals: [null], reverse, ...bound }
        equal(idsOf(await pagesOf(store, { ...one, limit: 3 })), idsOf(expected(rows, one)))
      }
    }
  })

  law('bounds apply to the id when no field is left', async (store) => {
    const ids = manyIds(9)
    await insertItems(store, ...ids.map((id) => item(id, { owner: 'o', place: 1 })))
    const bounds = { from: 'id-000002', to: 'id-000005', limit: 9 }
    equal(idsOf(await store.query(itemKind, bounds)), ids.slice(2, 5))
    const equals = ['o', 1]
    equal(
      idsOf(await store.query(itemKind, { ...bounds, index: 'byOwner', equals })),
      ids.slice(2, 5),
    )
  })

  law('a place outside the query is before all of it, or after', async (store) => {
    const rows = await seed(store)
    for (const after of rows.filter((_, at) => at % 5 === 0)) {
      for (const reverse of [false, true]) {
        for (const part of [{ equals: ['a'] }, { from: 0, to: 'a' }, { equals: [null], from: 1 }]) {
          const query = { index: 'byOwner', ...part, reverse, after }
          const found = await store.query(itemKind, { ...query, limit: 999 })
          equal(idsOf(found), idsOf(expected(rows, query)), `after ${JSON.stringify(after)}`)
        }
      }
    }
  })

  law('a query that cannot be meant is invalid', async (store) => {
    for (const limit of [0, -1, 1.5, Number.NaN, Infinity, 1e9]) {
      await rejects(store.query(itemKind, { limit }), 'invalid', `limit ${limit}`)
      await rejects(store.changes(0, limit), 'invalid', `changes limit ${limit}`)
      await rejects(store.scan('s', { limit }), 'invalid', `scan limit ${limit}`)
    }
    await rejects(store.query(itemKind, { index: 'none', limit: 1 }), 'invalid')
    await rejects(store.query(itemKind, { index: '__proto__', limit: 1 }), 'invalid')
    await rejects(store.query(itemKind, { equals: ['a'], limit: 1 }), 'invalid')
    const tooMany = { index: 'byTag', equals: [1, 2], limit: 1 }
    await rejects(store.query(itemKind, tooMany), 'invalid')
    await rejects(store.query(itemKind, { index: 'byTag', from: null, limit: 1 }), 'invalid')
    await rejects(store.query(itemKind, { index: 'byTag', to: Number.NaN, limit: 1 }), 'invalid')
    await rejects(store.lookup(itemKind, 'byTag', [[]]), 'invalid')
    await rejects(store.lookup(itemKind, 'byTag', [['a\0']]), 'invalid')
    await rejects(store.count(itemKind, { index: 'byTag', equals: [2 ** 53] }), 'invalid')
    await rejects(store.changes(-1, 1), 'invalid')
    await rejects(store.trim(0.5), 'invalid')
  })
}

function lookupLaws(law: Law): void {
  law('lookup finds every record of every tuple, each once', async (store) => {
    const rows = await seed(store)
    const find = async (keys: readonly (readonly IndexValue[])[]): Promise<void> => {
      const found = await store.lookup(itemKind, 'byOwner', keys)
      const ids = keys.flatMap((equals) => idsOf(expected(rows, { index: 'byOwner', equals })))
      equal(idsOf(found).sort(), [...new Set(ids)].sort(), `lookup of ${JSON.stringify(keys)}`)
    }
    await find([])
    await find([['a']])
    await find([['a'], [true], ['none'], [null]])
    await find([['a'], ['a', 2], ['a'], [1], [true]])
    await find([
      ['a', null],
      [null, null],
      [null, 'a'],
      ['B', 0],
    ])
  })

  law('lookup takes thousands of tuples', async (store) => {
    const ids = manyIds(6_000)
    await insertItems(store, ...ids.map((id) => item(id, { tag: `t-${id}` })))
    const found = await store.lookup(
      itemKind,
      'byTag',
      ids.map((id) => [`t-${id}`]),
    )
    equal(idsOf(found).sort(), ids)
    equal(idsOf((await store.get(itemKind, ids)) as Item[]), ids)
  })
}
