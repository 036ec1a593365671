import {
  type Counter,
  type CounterAdd,
  defineKind,
  type Kind,
  type Store,
  type Stored,
  type WriteBatch,
  type WriteResult,
} from '@nephos/core'
import { assert } from '../assert.ts'
import type { TestFunction } from './suite.ts'

export interface StoreSuiteOptions {
  readonly test: TestFunction
  /** A new store, not opened yet, on an empty place. The suite opens and closes it. */
  readonly make: () => Store | Promise<Store>
  /**
   * For durable stores: another store, not opened yet, on the place of this one, which is closed.
   * Without it, the laws of durability are skipped: there is no place to come back to.
   */
  readonly reopen?: (closed: Store) => Store | Promise<Store>
}

/** Whatever a test puts into a record. */
export interface Item extends Stored {
  readonly [field: string]: unknown
}

/** A record that is not stored yet. */
export interface Draft {
  readonly id: string
  readonly [field: string]: unknown
}

/** As `KindWrites`, for items. */
export interface ItemWrites {
  readonly insert?: readonly Draft[]
  readonly update?: readonly Item[]
  readonly remove?: readonly Stored[]
}

export const itemKind: Kind<Item> = defineKind<Item>(
  'item',
  {
    byOwner: { fields: ['owner', 'place'] },
    byTag: { fields: ['tag'], unique: true },
    byPair: { fields: ['left', 'right'], unique: true },
  },
  { feed: true },
)

/** Not in the feed, not indexed. */
export const noteKind: Kind<Item> = defineKind<Item>('note', {})

export const suiteKinds: readonly Kind[] = [itemKind, noteKind]

/** Registers one law, checked on a store that is open and empty. */
export type Law = (name: string, check: (store: Store) => Promise<void>) => void

export function lawsOf({ test, make }: StoreSuiteOptions): Law {
  return (name, check) => {
    test(`store: ${name}`, async () => {
      const store = await make()
      try {
        await store.open(suiteKinds)
        await check(store)
      } finally {
        await store.close()
      }
    })
  }
}

export function item(id: string, fields: Readonly<Record<string, unknown>> = {}): Draft {
  return { id, ...fields }
}

/** One entry of a batch's kinds. */
export function toItems(writes: ItemWrites): WriteBatch['kinds'][number] {
  return { kind: itemKind, writes }
}

/** A batch of the suite's own: what is not named is not written. */
export function batch(
  parts: Partial<WriteBatch> & {
    readonly items?: ItemWrites
    readonly notes?: ItemWrites
  } = {},
): WriteBatch {
  const { items, notes, ...rest } = parts
  return {
    kinds: [
      ...(items ? [toItems(items)] : []),
      ...(notes ? [{ kind: noteKind, writes: notes }] : []),
    ],
    origin: 'suite',
    at: 1,
    ...rest,
  }
}

/** One batch on its own. */
export async function write(
  store: Store,
  parts: Parameters<typeof batch>[0],
): Promise<WriteResult> {
  const [result] = await store.transact([batch(parts)])
  assert(result, 'one result for one batch')
  return result
}

/** A batch that must be applied. */
export async function writeOk(store: Store, parts: Parameters<typeof batch>[0]): Promise<number> {
  const result = await write(store, parts)
  assert(result.ok, `refused: ${JSON.stringify(result)}`)
  return result.seq
}

export async function insertItems(store: Store, ...items: readonly Draft[]): Promise<void> {
  await writeOk(store, { items: { insert: items } })
}

export async function itemOf(store: Store, id: string): Promise<Item> {
  const [found] = await store.get(itemKind, [id])
  assert(found, `there is no item ${id}`)
  return found
}

export async function allItems(store: Store): Promise<Item[]> {
  return store.query(itemKind, { limit: 100_000 })
}

export function add(
  name: string,
  amount: number,
  more: Omit<CounterAdd, 'scope' | 'name' | 'add'> & { readonly scope?: string } = {},
): CounterAdd {
  return { scope: 's', name, add: amount, ...more }
}

/** `name: value/limit` of the counters of the scopes, sorted. */
export async function counterTexts(store: Store, ...scopes: readonly string[]): Promise<string[]> {
  return (await store.counters(scopes.length === 0 ? ['s'] : scopes)).map(counterText).sort()
}

export function counterText({ name, value, limit }: Counter): string {
  return `${name}: ${value}/${limit}`
}

export function idsOf(rows: readonly Stored[]): string[] {
  return rows.map((row) => row.id)
}

/** So many ids, in order. */
export function manyIds(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `id-${String(at).padStart(6, '0')}`)
}
