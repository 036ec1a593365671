import { assert, equal } from '../assert.ts'
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
  type Law,
  noteKind,
  toItems,
  write,
  writeOk,
} from './store-fixture.ts'

/** Whole or not at all, and which conflict is told. */
export function batchLaws(law: Law): void {
  recordLaws(law)
  atomicLaws(law)
  groupLaws(law)
  uniqueLaws(law)
  revisionLaws(law)
  orderLaws(law)
}

function recordLaws(law: Law): void {
  law('an inserted record has revision 1 and what was given', async (store) => {
    await insertItems(store, item('a', { owner: 'o', deep: { list: [1, null, 'x'] } }))
    equal(await itemOf(store, 'a'), {
      id: 'a',
      rev: 1,
      owner: 'o',
      deep: { list: [1, null, 'x'] },
    })
  })

  law('a revision that comes with an insert counts for nothing', async (store) => {
    const given = { id: 'a', rev: 7 }
    await writeOk(store, { items: { insert: [given] } })
    equal(await itemOf(store, 'a'), { id: 'a', rev: 1 })
  })

  law('an update replaces the whole record and adds 1 to its revision', async (store) => {
    await insertItems(store, item('a', { owner: 'o', place: 1 }))
    await writeOk(store, { items: { update: [{ id: 'a', rev: 1, owner: 'p' }] } })
    equal(await itemOf(store, 'a'), { id: 'a', rev: 2, owner: 'p' })
    equal(idsOf(await store.query(itemKind, { index: 'byOwner', equals: ['o'], limit: 9 })), [])
    equal(idsOf(await store.query(itemKind, { index: 'byOwner', equals: ['p'], limit: 9 })), ['a'])
  })

  law('a removed record is gone, from its indexes too', async (store) => {
    await insertItems(store, item('a', { tag: 't', owner: 'o' }), item('b'))
    await writeOk(store, { items: { remove: [{ id: 'a', rev: 1 }] } })
    equal(await store.get(itemKind, ['a']), [undefined])
    equal(idsOf(await allItems(store)), ['b'])
    equal(await store.lookup(itemKind, 'byTag', [['t']]), [])
    await insertItems(store, item('c', { tag: 't' }))
  })

  law('kinds are apart: one id may be used in each', async (store) => {
    await writeOk(store, { items: { insert: [item('a')] }, notes: { insert: [item('a')] } })
    await writeOk(store, { notes: { remove: [{ id: 'a', rev: 1 }] } })
    equal((await store.get(itemKind, ['a'])).length, 1)
    equal(await store.get(noteKind, ['a']), [undefined])
  })
}

function atomicLaws(law: Law): void {
  law('a batch that fails leaves nothing of itself', async (store) => {
    const before = await writeOk(store, {
      items: { insert: [item('a', { tag: 't' }), item('b')] },
      limit: [{ scope: 's', name: 'full', limit: 1 }],
      add: [add('kept', 2, { limit: 9 }), add('x', 1, { scope: 'gone', limit: 1 })],
    })
    const result = await write(store, {
      items: {
        remove: [{ id: 'a', rev: 1 }],
        update: [{ id: 'b', rev: 1, tag: 'u' }],
        insert: [item('c', { tag: 't' })],
      },
      notes: { insert: [item('n')] },
      drop: ['gone'],
      limit: [{ scope: 's', name: 'kept', limit: 5 }],
      add: [add('kept', 1), add('made', 1, { limit: 3 }), add('full', 2)],
      topics: ['rung'],
    })
    equal(result, {
      ok: false,
      conflict: {
        type: 'counter',
        counters: [{ scope: 's', name: 'full', add: 2, value: 0, limit: 1 }],
      },
    })
    equal(await allItems(store), [
      { id: 'a', rev: 1, tag: 't' },
      { id: 'b', rev: 1 },
    ])
    equal(await store.get(noteKind, ['n']), [undefined])
    equal(await counterTexts(store, 's', 'gone'), ['full: 0/1', 'kept: 2/9', 'x: 1/1'])
    equal(idsOf(await store.lookup(itemKind, 'byTag', [['t'], ['u']])), ['a'])
    equal(await store.changes(before, 10), [])
  })
}

function groupLaws(law: Law): void {
  law('what one batch wrote twice is undone in turn when it fails', async (store) => {
    await insertItems(store, item('a', { tag: 't' }))
    const result = await write(store, {
      kinds: [
        toItems({ insert: [item('b')], update: [{ id: 'a', rev: 1, tag: 'u' }] }),
        toItems({ update: [{ id: 'a', rev: 2, tag: 'v' }] }),
        toItems({ remove: ['a', 'b'].map((id) => ({ id, rev: id === 'a' ? 3 : 1 })) }),
      ],
      limit: [{ scope: 's', name: 'n', limit: 1 }],
      add: [add('n', 2)],
    })
    assert(!result.ok, 'it fails at the end')
    equal(await allItems(store), [{ id: 'a', rev: 1, tag: 't' }])
    equal(idsOf(await store.query(itemKind, { index: 'byTag', equals: ['t'], limit: 9 })), ['a'])
    equal(await counterTexts(store), [])
  })

  law('of several batches one may fail: those around it are applied', async (store) => {
    const results = await store.transact([
      batch({ items: { insert: [item('a', { tag: 't' })] }, add: [add('n', 1, { limit: 2 })] }),
      batch({ items: { insert: [item('b'), item('c', { tag: 't' })] }, add: [add('n', 1)] }),
      batch({ items: { insert: [item('d', { tag: 'u' })] }, add: [add('n', 1)] }),
      // Its rows are written before its counters are refused.
      batch({ items: { insert: [item('e')] }, add: [add('n', 1)] }),
      batch({ add: [add('n', 1)] }),
    ])
    equal(
      results.map((result) => result.ok),
      [true, false, true, false, false],
    )
    equal(idsOf(await allItems(store)), ['a', 'd'])
    equal(await counterTexts(store), ['n: 2/2'])
  })

  law('a batch sees what the batches before it did', async (store) => {
    const results = await store.transact([
      batch({ items: { insert: [item('a', { tag: 't' })] } }),
      batch({ items: { update: [{ id: 'a', rev: 1, tag: 'u' }] } }),
      batch({ items: { insert: [item('b', { tag: 't' })] } }),
      batch({ items: { remove: [{ id: 'a', rev: 2 }] } }),
    ])
    assert(
      results.every((result) => result.ok),
      `refused: ${JSON.stringify(results)}`,
    )
    equal(await allItems(store), [{ id: 'b', rev: 1, tag: 't' }])
  })

  law('nothing to write is no transaction; an empty batch is one in the feed', async (store) => {
    equal(await store.transact([]), [])
    equal(await store.changes(0, 10), [])
    const seq = await writeOk(store, {})
    equal(
      (await store.changes(0, 10)).map((change) => change.seq),
      [seq],
    )
  })

  law('of transactions begun together, each is applied on the others', async (store) => {
    await insertItems(store, item('a'))
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        write(store, { items: { update: [{ id: 'a', rev: 1, winner: at }] } }),
      ),
    )
    equal(results.filter((result) => result.ok).length, 1, 'winners of one revision')
    equal((await itemOf(store, 'a')).rev, 2)
  })
}

function uniqueLaws(law: Law): void {
  law('taken ids are a unique conflict of the index `id`, all told', async (store) => {
    await insertItems(store, item('a'), item('c'))
    const insert = ['a', 'b', 'c', 'd', 'd'].map((id) => item(id))
    equal(await write(store, { items: { insert } }), {
      ok: false,
      conflict: { type: 'unique', kind: 'item', index: 'id', ids: ['a', 'c', 'd'] },
    })
    equal(idsOf(await allItems(store)), ['a', 'c'])
  })

  law('taken unique keys are a conflict of their index, all told', async (store) => {
    await insertItems(store, item('a', { tag: 't' }), item('b', { tag: 'u' }))
    const tags = { c: 'u', d: 'v', e: 't', f: 'v' }
    const insert = Object.entries(tags).map(([id, tag]) => item(id, { tag }))
    equal(await write(store, { items: { insert } }), {
      ok: false,
      conflict: { type: 'unique', kind: 'item', index: 'byTag', ids: ['c', 'e', 'f'] },
    })
    await insertItems(store, item('g'))
    const update = [
      { id: 'a', rev: 1, tag: 'w' },
      { id: 'g', rev: 1, tag: 'u' },
    ]
    equal(await write(store, { items: { update } }), {
      ok: false,
      conflict: { type: 'unique', kind: 'item', index: 'byTag', ids: ['g'] },
    })
    equal((await itemOf(store, 'a')).tag, 't')
  })

  law('ids are told before keys, keys in the order of the indexes', async (store) => {
    await insertItems(store, item('a', { tag: 't', left: 1, right: 2 }))
    const pair = { left: 1, right: 2 }
    const rows = [item('b', { ...pair, tag: 't' }), item('c', pair), item('a')]
    const first = await write(store, { items: { insert: rows } })
    assert(!first.ok && first.conflict.type === 'unique', 'a unique conflict')
    equal(first.conflict.index, 'id')
    const second = await write(store, { items: { insert: rows.slice(0, 2) } })
    assert(!second.ok && second.conflict.type === 'unique', 'a unique conflict')
    equal([second.conflict.index, second.conflict.ids], ['byTag', ['b']])
  })

  law('null or nothing in any field is outside the uniqueness check', async (store) => {
    await insertItems(
      store,
      item('a', { tag: null, left: 1, right: null }),
      item('b', { left: 1, right: null }),
      item('c', { tag: null, left: 1 }),
      item('d', { left: null, right: 2 }),
      item('e', { right: 2 }),
      item('f', { left: 1, right: 2 }),
    )
    const result = await write(store, { items: { insert: [item('g', { left: 1, right: 2 })] } })
    assert(!result.ok, 'a whole key is checked')
  })

  law('keys are compared as they are: 1 is not "1", true is 1, case counts', async (store) => {
    const tags = [1, '1', 0, 'a', 'A', 'a ', '', 1.5]
    await insertItems(store, ...tags.map((tag, at) => item(`i${at}`, { tag })))
    for (const tag of [true, false, 1, '', 'a ']) {
      const result = await write(store, { items: { insert: [item('x', { tag })] } })
      assert(!result.ok, `${JSON.stringify(tag)} is taken`)
    }
  })
}

function revisionLaws(law: Law): void {
  const rows = [
    { id: 'a', rev: 1 },
    { id: 'b', rev: 2 },
    { id: 'c', rev: 1 },
    { id: 'd', rev: 1 },
    { id: 'd', rev: 1 },
  ]
  const conflict = { type: 'revision', kind: 'item', ids: ['b', 'c', 'd'] }

  law('an update of a stale, absent or repeated record is a revision conflict', async (store) => {
    await insertItems(store, item('a'), item('b'), item('d'))
    equal(await write(store, { items: { update: rows } }), { ok: false, conflict })
    equal(
      (await allItems(store)).map((row) => row.rev),
      [1, 1, 1],
    )
  })

  law('a removal of a stale, absent or repeated record is a revision conflict', async (store) => {
    await insertItems(store, item('a'), item('b'), item('d'))
    equal(await write(store, { items: { remove: rows } }), { ok: false, conflict })
    equal(idsOf(await allItems(store)), ['a', 'b', 'd'])
  })

  law('a lone stale record is told too', async (store) => {
    await insertItems(store, item('a'))
    await writeOk(store, { items: { update: [{ id: 'a', rev: 1 }] } })
    for (const verb of ['update', 'remove'] as const) {
      equal(await write(store, { items: { [verb]: [{ id: 'a', rev: 1 }] } }), {
        ok: false,
        conflict: { type: 'revision', kind: 'item', ids: ['a'] },
      })
    }
  })

  law('revisions are told before unique keys', async (store) => {
    await insertItems(store, item('a', { tag: 't' }), item('b'), item('c'))
    const update = [
      { id: 'b', rev: 1, tag: 't' },
      { id: 'c', rev: 5 },
    ]
    equal(await write(store, { items: { update } }), {
      ok: false,
      conflict: { type: 'revision', kind: 'item', ids: ['c'] },
    })
  })
}

function orderLaws(law: Law): void {
  law('removes, then updates, then inserts: a key given up is free', async (store) => {
    await insertItems(store, item('a', { tag: 'x' }), item('b', { tag: 'y' }))
    await writeOk(store, {
      items: {
        insert: [item('c', { tag: 'y' }), item('a', { tag: 'z' })],
        update: [{ id: 'b', rev: 1, tag: 'x' }],
        remove: [{ id: 'a', rev: 1 }],
      },
    })
    equal(await allItems(store), [
      { id: 'a', rev: 1, tag: 'z' },
      { id: 'b', rev: 2, tag: 'x' },
      { id: 'c', rev: 1, tag: 'y' },
    ])
  })

  law('the rows of one update may exchange their unique keys', async (store) => {
    const ring = ['a', 'b', 'c', 'd']
    await insertItems(store, ...ring.map((id) => item(id, { tag: id, left: id, right: 1 })))
    for (let turn = 1; turn <= 2; turn++) {
      const update = ring.map((id, at) => {
        const key = ring[(at + turn) % ring.length]
        return { id, rev: turn, tag: key, left: key, right: 1 }
      })
      await writeOk(store, { items: { update } })
    }
    equal(
      (await allItems(store)).map((row) => row.tag),
      ['c', 'd', 'a', 'b'],
    )
    equal(idsOf(await store.lookup(itemKind, 'byTag', [['a']])), ['c'])
  })

  law('a kind named twice in one batch is written twice, in order', async (store) => {
    const seq = await writeOk(store, {
      kinds: [
        { kind: itemKind, writes: { insert: [item('a', { tag: 't' }), item('b')] } },
        {
          kind: itemKind,
          writes: { update: [{ id: 'a', rev: 1 }], remove: [{ id: 'b', rev: 1 }] },
        },
        { kind: itemKind, writes: { insert: [item('c', { tag: 't' })] } },
      ],
    })
    equal(idsOf(await allItems(store)), ['a', 'c'])
    const [change] = await store.changes(seq - 1, 1)
    equal([change?.put, change?.removed], [{ item: ['a', 'c'] }, { item: ['b'] }])
  })
}
