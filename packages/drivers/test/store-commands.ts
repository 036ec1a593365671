import { defineKind, isCloudError, type Kind, type Store, type WriteBatch } from '@nephos/core'
import fc from 'fast-check'

/** What stores that answer alike are compared on. */
const kind = defineKind(
  'thing',
  {
    byOwner: { fields: ['owner', 'place'] },
    byTag: { fields: ['tag'], unique: true },
    byPair: { fields: ['owner', 'tag'], unique: true },
    byRev: { fields: ['rev'] },
  },
  { feed: true },
)
const plain = defineKind('plain', {})
export const commandKinds: readonly Kind[] = [kind, plain]

/** One call of a store. */
export type Command = (store: Store) => Promise<unknown>

const id = fc.constantFrom('a', 'b', 'c', 'd', 'é', '\u{1f600}', '\uffff')
const value = fc.constantFrom(null, 0, 1, 2, -1.5, true, false, '', '1', 'a', '\u{10000}', '\uffff')
const rev = fc.integer({ min: 1, max: 4 })
const fields = fc.record(
  { owner: value, place: value, tag: value, free: fc.jsonValue({ maxDepth: 2 }) },
  { requiredKeys: [] },
)
const draft = fc.tuple(id, fields).map(([key, rest]) => ({ ...rest, id: key }))
const record = fc.tuple(draft, rev).map(([row, number]) => ({ ...row, rev: number }))

const writes = fc.record(
  {
    insert: fc.array(draft, { maxLength: 4 }),
    update: fc.array(record, { maxLength: 3 }),
    remove: fc.array(record, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const scope = fc.constantFrom('s', 's:1', 's:2', 't', '\uffff')
const name = fc.constantFrom('x', 'y')
const limit = fc.integer({ min: 0, max: 4 })
const add = fc
  .record(
    { scope, name, add: fc.integer({ min: -3, max: 4 }), limit, transient: fc.boolean() },
    { requiredKeys: ['scope', 'name', 'add'] },
  )
  .map((each) => each)

const batch: fc.Arbitrary<WriteBatch> = fc.record({
  kinds: fc.array(fc.record({ kind: fc.constantFrom(kind, plain), writes }), { maxLength: 2 }),
  add: fc.array(add, { maxLength: 3 }),
  limit: fc.array(fc.record({ scope, name, limit }), { maxLength: 2 }),
  drop: fc.array(scope, { maxLength: 1 }),
  topics: fc.array(fc.constantFrom('ring', 'rung'), { maxLength: 2 }),
  origin: fc.constantFrom('one', 'two'),
  at: fc.integer({ min: 0, max: 9 }),
})

const index = fc.constantFrom(undefined, 'byOwner', 'byTag', 'byPair', 'byRev')
const query = fc
  .record(
    {
      equals: fc.array(value, { maxLength: 2 }),
      from: value,
      to: value,
      after: record,
      reverse: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .chain((parts) =>
    fc.tuple(index, fc.integer({ min: 1, max: 9 })).map(([named, count]) => ({
      ...parts,
      ...(named !== undefined && { index: named }),
      limit: count,
    })),
  )

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.array(batch, { maxLength: 3 }).map(transacting) },
  { weight: 6, arbitrary: query.map((each) => async (store: Store) => store.query(kind, each)) },
  { weight: 1, arbitrary: query.map((each) => async (store: Store) => store.count(kind, each)) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.array(value, { minLength: 1, maxLength: 2 }), { maxLength: 4 })
      .map(
        (keys) => async (store: Store) => (await store.lookup(kind, 'byOwner', keys)).sort(byText),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.array(scope).map((scopes) => async (store: Store) => {
      return (await store.counters(scopes)).sort(byText)
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('', 's', 's:', '\uffff'), fc.option(scope), limit)
      .map(([prefix, after, count]) => async (store: Store) => {
        const page = { limit: count + 1, ...(after !== null && { after }) }
        return (await store.scan(prefix, page)).sort(byText)
      }),
  },
  { weight: 1, arbitrary: fc.nat(9).map((seq) => async (store: Store) => store.trim(seq)) },
)

/** Sequence numbers of refused batches are free, so only who was applied is compared. */
function transacting(batches: readonly WriteBatch[]): Command {
  return (store) => store.transact(batches)
}

/** What came of it: its value, or the code of its error. */
export async function outcome(run: Command, store: Store): Promise<unknown> {
  try {
    return { value: await run(store) }
  } catch (error) {
    return { code: isCloudError(error) ? error.code : String(error) }
  }
}

/** Everything there is. */
export async function contents(store: Store): Promise<unknown> {
  return {
    things: await store.query(kind, { limit: 100 }),
    byOwner: await store.query(kind, { index: 'byOwner', limit: 100 }),
    byTag: await store.query(kind, { index: 'byTag', limit: 100 }),
    plain: await store.query(plain, { limit: 100 }),
    counters: (await store.scan('', { limit: 100 })).sort(byText),
    feed: await store.changes(0, 1_000),
  }
}
