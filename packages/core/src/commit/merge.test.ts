import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineKind, type Stored } from '../model/kind.ts'
import type { Store, WriteBatch } from '../ports/store.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { mergeBatches } from './merge.ts'
import { Writes } from './writes.ts'

interface Thing extends Stored {
  readonly name: string
}
const thingKind = defineKind<Thing>('thing', { byName: { fields: ['name'], unique: true } })

const batch = (writes: Writes): WriteBatch => writes.batch('test', 0)
const insert = (id: string): Writes => new Writes().insert(thingKind, { id, name: id })

describe('mergeBatches', () => {
  it('joins rows, adds and topics', () => {
    const merged = mergeBatches([
      batch(insert('a').add({ scope: 's', name: 'n', add: 1 }).ring('x')),
      batch(insert('b').add({ scope: 's', name: 'n', add: 2 }).ring('x', 'y')),
    ])
    expect(merged?.kinds[0]?.writes.insert).toEqual([
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ])
    expect(merged?.add).toEqual([{ scope: 's', name: 'n', add: 3 }])
    expect(merged?.topics).toEqual(['x', 'y'])
  })

  it.each([
    ['one batch', [batch(insert('a'))]],
    ['one record twice', [batch(insert('a')), batch(insert('a'))]],
    [
      'adds that point both ways',
      [
        batch(new Writes().add({ scope: 's', name: 'n', add: 1 })),
        batch(new Writes().add({ scope: 's', name: 'n', add: -1 })),
      ],
    ],
    [
      'a limit of a counter that another adds to',
      [
        batch(new Writes().add({ scope: 's', name: 'n', add: 1 })),
        batch(new Writes().limit({ scope: 's', name: 'n', limit: 9 })),
      ],
    ],
    [
      'an add to a counter that another limits',
      [
        batch(new Writes().limit({ scope: 's', name: 'n', limit: 9 })),
        batch(new Writes().add({ scope: 's', name: 'n', add: 1 })),
      ],
    ],
    ['a drop', [batch(insert('a')), batch(new Writes().drop('s'))]],
    [
      'large batches',
      [
        batch(insert('z')),
        batch(
          new Writes().insert(
            thingKind,
            ...Array.from({ length: 65 }, (_, i) => ({ id: `${i}`, name: `${i}` })),
          ),
        ),
      ],
    ],
  ])('leaves %s alone', (_name, batches) => {
    expect(mergeBatches(batches)).toBeUndefined()
  })

  it('commits exactly if each batch would, and leaves the same', async () => {
    const add = fc.record({
      scope: fc.constantFrom('s', 't'),
      name: fc.constantFrom('n', 'm'),
      add: fc.integer({ min: -3, max: 3 }),
      limit: fc.option(fc.constantFrom(4, 6), { nil: undefined }),
    })
    const one = fc.record({
      ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 2 }),
      adds: fc.array(add, { maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 2, maxLength: 5 }), async (specs) => {
        const batches = specs.map(({ ids, adds }) => {
          const writes = new Writes()
          for (const id of ids) writes.insert(thingKind, { id, name: id })
          for (const { limit, ...rest } of adds)
            writes.add(limit === undefined ? rest : { ...rest, limit })
          return batch(writes)
        })
        const merged = mergeBatches(batches)
        if (!merged) return
        const [together, apart] = [await opened(), await opened()]
        const [result] = await together.transact([merged])
        const results = await apart.transact(batches)
        expect(result?.ok).toBe(results.every((each) => each.ok))
        if (result?.ok) expect(await state(together)).toEqual(await state(apart))
      }),
      { numRuns: 300 },
    )
  })
})

async function opened(): Promise<Store> {
  const store = memoryStore()
  await store.open([thingKind])
  await store.transact([
    batch(
      new Writes()
        .limit({ scope: 's', name: 'n', limit: 5 })
        .insert(thingKind, { id: 'f', name: 'f' }),
    ),
  ])
  return store
}

async function state(store: Store): Promise<unknown> {
  const counters = await store.counters(['s', 't'])
  const sorted = counters.toSorted((a, b) =>
    `${a.scope}${a.name}` < `${b.scope}${b.name}` ? -1 : 1,
  )
  return [await store.query(thingKind, { limit: 100 }), sorted]
}
