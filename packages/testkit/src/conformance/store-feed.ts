import { assert, equal } from '../assert.ts'
import {
  add,
  batch,
  insertItems,
  item,
  type Law,
  manyIds,
  write,
  writeOk,
} from './store-fixture.ts'

export function feedLaws(law: Law): void {
  contentLaws(law)
  cursorLaws(law)
}

function contentLaws(law: Law): void {
  law('the feed tells what a batch wrote: ids of fed kinds, scopes, topics', async (store) => {
    await insertItems(store, item('u'), item('r'))
    const seq = await writeOk(store, {
      items: {
        insert: [item('i'), item('j')],
        update: [{ id: 'u', rev: 1 }],
        remove: [{ id: 'r', rev: 1 }],
      },
      notes: { insert: [item('n')] },
      add: [add('a', 1, { limit: 1 }), add('b', 1, { limit: 1 })],
      limit: [{ scope: 'limited', name: 'a', limit: 1 }],
      drop: ['dropped'],
      topics: ['t', 'u', 't'],
      origin: 'who',
      at: 1_700_000_000_123.5,
    })
    const [change, ...rest] = await store.changes(seq - 1, 10)
    assert(change && rest.length === 0, 'one entry for one batch')
    equal(
      {
        ...change,
        put: { ...change.put, item: change.put['item']?.toSorted() },
        scopes: change.scopes.toSorted(),
      },
      {
        seq,
        at: 1_700_000_000_123.5,
        origin: 'who',
        topics: ['t', 'u'],
        put: { item: ['i', 'j', 'u'] },
        removed: { item: ['r'] },
        scopes: ['dropped', 'limited', 's'],
      },
    )
  })

  law('an id removed and made again in one batch was put', async (store) => {
    await insertItems(store, item('a'))
    const seq = await writeOk(store, {
      items: { remove: [{ id: 'a', rev: 1 }], insert: [item('a')] },
    })
    const [change] = await store.changes(seq - 1, 1)
    equal([change?.put, change?.removed], [{ item: ['a'] }, {}])
  })

  law('a refused transaction says nothing', async (store) => {
    await insertItems(store, item('a'))
    const before = (await store.changes(0, 100)).length
    await write(store, { items: { insert: [item('a')] }, topics: ['t'] })
    equal((await store.changes(0, 100)).length, before)
  })
}

function cursorLaws(law: Law): void {
  law('sequence numbers grow in the order of the batches; the refused have none', async (store) => {
    const results = await store.transact([
      batch({ items: { insert: [item('a')] }, origin: 'first' }),
      batch({ items: { insert: [item('a')] }, origin: 'refused' }),
      batch({ origin: 'third' }),
    ])
    const seqs = results.map((result) => (result.ok ? result.seq : 0))
    const last = await writeOk(store, { origin: 'fourth' })
    const feed = await store.changes(0, 10)
    equal(
      feed.map(({ seq, origin }) => [seq, origin]),
      [
        [seqs[0], 'first'],
        [seqs[2], 'third'],
        [last, 'fourth'],
      ],
    )
    assert((seqs[0] as number) < (seqs[2] as number), 'first before third')
    assert((seqs[2] as number) < last, 'third before fourth')
    assert(
      feed.every(({ seq }) => Number.isSafeInteger(seq) && seq > 0),
      'numbers are positive integers',
    )
  })

  law('a reader that continues from its cursor misses and repeats nothing', async (store) => {
    await store.transact(manyIds(25).map((id) => batch({ origin: id })))
    for (const limit of [1, 7, 25, 100]) {
      const seen: string[] = []
      let cursor = 0
      for (;;) {
        const page = await store.changes(cursor, limit)
        assert(page.length <= limit, 'no more than asked')
        seen.push(...page.map(({ origin }) => origin))
        cursor = page.at(-1)?.seq ?? cursor
        if (page.length === 0) break
      }
      equal(seen, manyIds(25))
    }
    const end = (await store.changes(0, 100)).at(-1)?.seq ?? 0
    equal(await store.changes(end, 10), [])
    const next = await writeOk(store, { origin: 'next' })
    equal(
      (await store.changes(end, 10)).map(({ seq }) => seq),
      [next],
    )
  })

  law('trim forgets up to its number, and numbers are not used again', async (store) => {
    const seqs: number[] = []
    for (const id of manyIds(8)) seqs.push(await writeOk(store, { origin: id }))
    const kept = async (): Promise<number[]> => (await store.changes(0, 100)).map(({ seq }) => seq)
    await store.trim(0)
    equal(await kept(), seqs)
    await store.trim(seqs[2] as number)
    equal(await kept(), seqs.slice(3))
    await store.trim(seqs[1] as number)
    equal(await kept(), seqs.slice(3))
    equal(
      (await store.changes(seqs[4] as number, 100)).map(({ seq }) => seq),
      seqs.slice(5),
    )
    await store.trim(Number.MAX_SAFE_INTEGER)
    equal(await kept(), [])
    const next = await writeOk(store, {})
    assert(next > (seqs.at(-1) as number), 'a forgotten number came back')
    equal(await kept(), [next])
  })
}
