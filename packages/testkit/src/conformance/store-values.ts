import { defineKind, type Kind, type Store, storeLimits } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import {
  add,
  allItems,
  batch,
  counterTexts,
  type Draft,
  idsOf,
  insertItems,
  item,
  itemKind,
  itemOf,
  type Law,
  lawsOf,
  manyIds,
  type StoreSuiteOptions,
  write,
  writeOk,
} from './store-fixture.ts'

/** What goes in comes out, nothing else goes in. */
export function valueLaws(options: StoreSuiteOptions): void {
  const law = lawsOf(options)
  roundTripLaws(law)
  aliasLaws(law)
  refusalLaws(law)
  bulkLaws(law)
  largeLaws(law)
  kindLaws(options)
}

function roundTripLaws(law: Law): void {
  law('odd values come back as they went in', async (store) => {
    const odd = {
      text: ['', ' ', '"', "'", '\\', '\n\r\t', '$.a', '\u2028', 'é', '\u{1f600}', '\ufeff', '%_'],
      hostile: ['a\0b', '\ud800', '\udc00x', '\uffff', 'NaN', '\u007f'],
      numbers: [0, 1.5, -1, 1e308, 5e-324, 2 ** 53, 1e21, 0.1 + 0.2, 123_456_789_012],
      nothing: [null, [], {}, [[]], [{}], { a: [] }],
      truth: [true, false],
      keys: { '': 1, '$.a': 2, 'a"b': 3, "a'b": 4, '\0': 5, '1': 6, é: 7, 'a.b': 8 },
      long: 'x'.repeat(100_000),
    }
    await insertItems(store, item('a', odd))
    equal(await itemOf(store, 'a'), { id: 'a', rev: 1, ...odd })
    await writeOk(store, { items: { update: [{ id: 'a', rev: 1, ...odd, more: odd }] } })
    equal(await itemOf(store, 'a'), { id: 'a', rev: 2, ...odd, more: odd })
  })

  law('minus zero comes back as zero, what is undefined is absent', async (store) => {
    await insertItems(store, item('a', { zero: -0, none: undefined, deep: { none: undefined } }))
    const found = await itemOf(store, 'a')
    equal(Object.keys(found).sort(), ['deep', 'id', 'rev', 'zero'])
    equal([found.zero, found.deep], [0, {}])
  })

  law('names that mean something to JavaScript mean nothing here', async (store) => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
    const metadata = JSON.parse('{"__proto__":{"polluted":1},"constructor":"c"}') as object
    const whole = JSON.parse('{"id":"x","__proto__":{"tag":"inherited","polluted":1}}') as {
      id: string
    }
    await writeOk(store, {
      items: { insert: [...names.map((id) => item(id, { tag: id, metadata })), whole] },
      add: names.map((name) => add(name, 1, { scope: name, limit: 2 })),
      topics: names,
      origin: '__proto__',
    })
    for (const id of names) {
      const found = await itemOf(store, id)
      equal(JSON.stringify(found.metadata), JSON.stringify(metadata))
      equal(idsOf(await store.lookup(itemKind, 'byTag', [[id]])), [id])
    }
    equal(Object.keys(await itemOf(store, 'x')).sort(), ['__proto__', 'id', 'rev'])
    equal(await store.lookup(itemKind, 'byTag', [['inherited']]), [])
    equal((await store.counters(names)).map(({ name }) => name).sort(), names.toSorted())
    const [change] = await store.changes(0, 1)
    equal([change?.origin, change?.topics], ['__proto__', names])
    equal((Object.prototype as { polluted?: unknown }).polluted, undefined, 'a polluted prototype')
  })
}

function aliasLaws(law: Law): void {
  law('a record is changed by writing only: not through what was handed in', async (store) => {
    const given = { id: 'a', list: [{ n: 1 }] }
    await writeOk(store, { items: { insert: [given] } })
    given.id = 'b'
    given.list[0] = { n: 2 }
    equal(await itemOf(store, 'a'), { id: 'a', rev: 1, list: [{ n: 1 }] })
  })

  law('a record is changed by writing only: not through what was handed out', async (store) => {
    await insertItems(store, item('a', { owner: 'o', list: [{ n: 1 }] }))
    await writeOk(store, { add: [add('n', 1, { limit: 2 })], topics: ['t'] })
    const tamper = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, member] of Object.entries(value)) {
        tamper(member)
        // A frozen answer keeps the law as well as a copy does.
        Reflect.set(value, key, 'tampered')
      }
    }
    const reads = [
      () => store.get(itemKind, ['a']),
      () => store.query(itemKind, { limit: 9 }),
      () => store.lookup(itemKind, 'byOwner', [['o']]),
      () => store.counters(['s']),
      () => store.scan('s', { limit: 9 }),
      () => store.changes(0, 9),
    ]
    for (const read of reads) {
      const before = JSON.stringify(await read())
      tamper(await read())
      equal(JSON.stringify(await read()), before)
    }
  })
}

async function refuses(store: Store, fields: Record<string, unknown>, why: string): Promise<void> {
  await rejects(write(store, { items: { insert: [item('bad', fields)] } }), 'invalid', why)
}

function refusalLaws(law: Law): void {
  law('what JSON cannot hold is invalid, and nothing is applied', async (store) => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    const bad: Record<string, unknown> = {
      nan: Number.NaN,
      infinite: -Infinity,
      date: new Date(0),
      map: new Map([[1, 2]]),
      bytes: new Uint8Array(2),
      bigint: 1n,
      function: () => 1,
      symbol: Symbol('s'),
      hole: [1, undefined],
      loop,
      deep: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`),
      large: 'x'.repeat(storeLimits.recordWeight + 1),
    }
    for (const [name, value] of Object.entries(bad)) {
      await refuses(store, { value }, name)
      await refuses(store, { value: [{ value }] }, `${name} within`)
    }
    const batches = [batch({ items: { insert: [item('a')] } })]
    const spoilt = batch({ items: { insert: [item('b', { value: Number.NaN })] } })
    await rejects(store.transact([...batches, spoilt]), 'invalid')
    equal(await allItems(store), [])
  })

  law('what an index cannot hold is invalid there', async (store) => {
    const bad = ['a\0', '\ud800', 'x\udc00', 2 ** 53, {}, [], 'x'.repeat(storeLimits.keyLength + 1)]
    for (const tag of bad) await refuses(store, { tag }, `tag ${JSON.stringify(tag).slice(0, 9)}`)
    await insertItems(store, item('a', { tag: 2 ** 53 - 1 }), item('b', { tag: '\u{1f600}' }))
  })

  law('ids, names and topics that cannot be stored are invalid', async (store) => {
    const bad = ['a\0', '\ud83d', 'x'.repeat(storeLimits.keyLength + 1), 7, null, undefined, {}]
    for (const value of bad) {
      const text = value as string
      await rejects(write(store, { items: { insert: [item(text)] } }), 'invalid')
      await rejects(write(store, { items: { remove: [{ id: text, rev: 1 }] } }), 'invalid')
      await rejects(write(store, { add: [add(text, 1, { limit: 1 })] }), 'invalid')
      await rejects(write(store, { drop: [text] }), 'invalid')
      await rejects(write(store, { topics: [text] }), 'invalid')
      await rejects(write(store, { origin: text }), 'invalid')
      await rejects(store.get(itemKind, [text]), 'invalid')
      await rejects(store.counters([text]), 'invalid')
    }
    for (const rev of [0, -1, 1.5, Number.NaN, undefined]) {
      const update = [{ id: 'a', rev: rev as number }]
      await rejects(write(store, { items: { update } }), 'invalid', `revision ${rev}`)
    }
    await rejects(write(store, { at: Number.NaN }), 'invalid')
  })

  law('a kind that was not opened is invalid', async (store) => {
    const other = defineKind('other', {})
    const kinds = [{ kind: other, writes: { insert: [item('a')] } }]
    await rejects(write(store, { kinds }), 'invalid')
    await rejects(store.get(other, ['a']), 'invalid')
    await rejects(store.query(other, { limit: 1 }), 'invalid')
    await rejects(store.count(other, {}), 'invalid')
    await rejects(store.lookup(other, 'byTag', [['a']]), 'invalid')
  })
}

function bulkLaws(law: Law): void {
  law('statements do not grow with rows: 500 cost as many as 1', async (store) => {
    const cost = async (count: number): Promise<number> => {
      const ids = manyIds(count).map((id) => `${count}-${id}`)
      const before = store.stats.statements
      await writeOk(store, {
        items: { insert: ids.map((id) => item(id, { tag: id })) },
        add: ids.map((id) => add(id, 1, { limit: 1 })),
      })
      const rows = ids.map((id) => ({ id, rev: 1, tag: id }))
      await writeOk(store, { items: { update: rows }, add: ids.map((id) => add(id, -1)) })
      await store.get(itemKind, ids)
      await store.lookup(
        itemKind,
        'byTag',
        ids.map((id) => [id]),
      )
      await store.counters(ids)
      const removed = ids.map((id) => ({ id, rev: 2 }))
      await writeOk(store, { items: { remove: removed }, drop: ids })
      return store.stats.statements - before
    }
    const one = await cost(1)
    assert(one > 0, 'statements are counted')
    equal(await cost(500), one)
  })

  law('transactions are counted, not batches', async (store) => {
    const before = store.stats.transactions
    await store.transact(manyIds(9).map((id) => batch({ items: { insert: [item(id)] } })))
    await write(store, { items: { insert: [item('id-000000')] } })
    equal(store.stats.transactions - before, 2)
  })

  law('more rows than a statement takes are still one batch', async (store) => {
    const ids = manyIds(12_001)
    const rows = ids.map((id) => item(id, { tag: id }))
    const clash = [...rows, item('x', { tag: ids[0] }), item('y', { tag: ids.at(-1) })]
    equal(await write(store, { items: { insert: clash } }), {
      ok: false,
      conflict: { type: 'unique', kind: 'item', index: 'byTag', ids: ['x', 'y'] },
    })
    equal(await store.count(itemKind, {}), 0)
    const adds = ids.map((id) => add(id, 1, { limit: 1 }))
    await writeOk(store, { items: { insert: rows }, add: adds })
    equal((await counterTexts(store)).length, ids.length)
    // Every row takes the key of the one across, through statements that each hold a part.
    const update = ids.map((id, at) => ({ id, rev: 1, tag: ids[ids.length - 1 - at] }))
    const stale = await write(store, { items: { update: [...update, { id: 'x', rev: 1 }] } })
    equal(stale, { ok: false, conflict: { type: 'revision', kind: 'item', ids: ['x'] } })
    await writeOk(store, { items: { update } })
    equal(idsOf(await store.lookup(itemKind, 'byTag', [[ids[0] as string]])), [ids.at(-1)])
    await writeOk(store, { items: { remove: ids.map((id) => ({ id, rev: 2 })) }, drop: ['s'] })
    equal([await store.count(itemKind, {}), await counterTexts(store)], [0, []])
  })
}

function largeLaws(law: Law): void {
  law('more bytes than a statement takes are still one batch', async (store) => {
    const ids = manyIds(12)
    const large = (id: string, tag: string | undefined): Draft =>
      item(id, { tag, text: 'x'.repeat(3 * 2 ** 20) })
    const rows = ids.map((id) => large(id, id))
    const clash = [...rows, item('x', { tag: ids[0] }), item('y', { tag: ids.at(-1) })]
    equal(await write(store, { items: { insert: clash } }), {
      ok: false,
      conflict: { type: 'unique', kind: 'item', index: 'byTag', ids: ['x', 'y'] },
    })
    await writeOk(store, { items: { insert: rows } })
    const update = ids.map((id, at) => ({ ...large(id, ids[ids.length - 1 - at]), rev: 1 }))
    const stale = await write(store, { items: { update: [...update, { id: 'x', rev: 1 }] } })
    equal(stale, { ok: false, conflict: { type: 'revision', kind: 'item', ids: ['x'] } })
    await writeOk(store, { items: { update } })
    equal(idsOf(await store.lookup(itemKind, 'byTag', [[ids[0] as string]])), [ids.at(-1)])
    equal((await itemOf(store, ids[3] as string)).text, rows[3]?.['text'])
  })
}

function kindLaws({ test, make }: StoreSuiteOptions): void {
  test('store: kinds that no table could hold are invalid', async () => {
    const index = (name: string, ...fields: string[]): Kind =>
      defineKind('thing', { [name]: { fields } })
    const bad: readonly (readonly Kind[])[] = [
      [defineKind('', {})],
      [defineKind('a"b', {})],
      [defineKind('__proto__', {})],
      [defineKind('counter', {})],
      [defineKind('sqlite_thing', {})],
      [defineKind('thing', {}), defineKind('Thing', {})],
      [index('a b', 'x')],
      [index('byX')],
      [index('byX', 'x', 'x')],
      [index('byX', 'x', 'X')],
      [index('byX', 'x.y')],
      [index('byX', 'doc')],
    ]
    for (const kinds of bad) {
      const store = await make()
      await rejects(store.open(kinds), 'invalid', kinds.map((kind) => kind.name).join())
      await store.close()
    }
  })
}
