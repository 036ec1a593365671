import { CloudError } from '../base/errors.ts'
import type { Kind, Stored } from '../model/kind.ts'
import {
  checkBatches,
  checkEquals,
  checkInteger,
  checkKey,
  checkKeys,
  checkLookup,
  checkPage,
  checkQuery,
  kindsByName,
  openedKind,
} from '../ports/store-rules.ts'
import type {
  Change,
  Conflict,
  Counter,
  IndexValue,
  Query,
  Store,
  StoreCapabilities,
  StoreStats,
  WriteBatch,
  WriteResult,
} from '../ports/store.ts'
import { MemoryCounters } from './memory-counters.ts'
import { MemoryFeed } from './memory-feed.ts'
import { MemoryTable, type Undo } from './memory-table.ts'

/**
 * The Store port in memory: the executable specification. Gone with the process. What it returns is
 * frozen and shares nothing with what was handed in.
 */
export function memoryStore(): Store {
  return new MemoryStore()
}

class MemoryStore implements Store {
  readonly capabilities: StoreCapabilities = Object.freeze({ durable: false, shared: false })
  readonly #tables = new Map<string, MemoryTable>()
  readonly #counters = new MemoryCounters()
  readonly #feed = new MemoryFeed()
  #kinds: ReadonlyMap<string, Kind> | undefined
  #closed = false
  #transactions = 0
  #statements = 0

  get stats(): StoreStats {
    return { transactions: this.#transactions, statements: this.#statements }
  }

  async open(kinds: readonly Kind[]): Promise<void> {
    if (this.#closed) throw new CloudError('closed', 'This store is closed.')
    if (this.#kinds) throw new CloudError('conflict', 'This store is open already.')
    this.#kinds = kindsByName(kinds)
    for (const kind of kinds) this.#tables.set(kind.name, new MemoryTable(kind))
  }

  async get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]> {
    const table = this.#table(kind)
    checkKeys(ids, 'ids')
    this.#statements++
    return ids.map((id) => table.get(id) as T | undefined)
  }

  async query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]> {
    const table = this.#table(kind)
    const fields = checkQuery(this.#opened(kind), query)
    this.#statements++
    return table.query(fields, query) as T[]
  }

  async count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number> {
    const table = this.#table(kind)
    const fields = checkEquals(this.#opened(kind), query)
    this.#statements++
    return table.count(fields, query)
  }

  async lookup<T extends Stored>(
    kind: Kind<T>,
    index: string,
    keys: readonly (readonly IndexValue[])[],
  ): Promise<T[]> {
    const table = this.#table(kind)
    const fields = checkLookup(this.#opened(kind), index, keys)
    this.#statements++
    return table.lookup(index, fields, keys) as T[]
  }

  async counters(scopes: readonly string[]): Promise<Counter[]> {
    this.#running()
    checkKeys(scopes, 'scopes')
    this.#statements++
    return this.#counters.of(scopes)
  }

  async scan(
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Counter[]> {
    this.#running()
    checkKey(prefix, 'prefix')
    if (page.after !== undefined) checkKey(page.after, 'after')
    checkPage(page.limit)
    this.#statements++
    return this.#counters.scan(prefix, page.after, page.limit)
  }

  async transact(batches: readonly WriteBatch[]): Promise<WriteResult[]> {
    const kinds = this.#running()
    checkBatches(kinds, batches)
    if (batches.length === 0) return []
    this.#transactions++
    const results = batches.map((batch) => this.#apply(batch))
    // The feed entries of a transaction are one statement.
    if (results.some((result) => result.ok)) this.#statements++
    return results
  }

  async changes(after: number, limit: number): Promise<Change[]> {
    this.#running()
    checkInteger(after, 'after', 0)
    checkPage(limit)
    this.#statements++
    return this.#feed.after(after, limit)
  }

  async trim(upTo: number): Promise<void> {
    this.#running()
    checkInteger(upTo, 'upTo', 0)
    this.#statements++
    this.#feed.trim(upTo)
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  /** Applies a batch wholly, or undoes what it did. */
  #apply(batch: WriteBatch): WriteResult {
    const undo: Undo[] = []
    const conflict = this.#write(batch, undo)
    if (!conflict) return { ok: true, seq: this.#feed.append(batch) }
    for (const step of undo.reverse()) step()
    return { ok: false, conflict }
  }

  #write(batch: WriteBatch, undo: Undo[]): Conflict | undefined {
    for (const { kind, writes } of batch.kinds) {
      this.#statements += statementsOf(writes.remove, writes.update, writes.insert)
      const conflict = this.#table(kind).write(writes, undo)
      if (conflict) return conflict
    }
    const makers = batch.add?.filter((add) => add.limit !== undefined)
    const enders = batch.add?.filter((add) => add.transient && add.add <= 0)
    this.#statements += statementsOf(batch.drop, batch.limit, makers, batch.add, enders)
    return this.#counters.write(batch, undo)
  }

  #table(kind: Kind): MemoryTable {
    return this.#tables.get(this.#opened(kind).name) as MemoryTable
  }

  #opened(kind: Kind): Kind {
    return openedKind(this.#running(), kind)
  }

  #running(): ReadonlyMap<string, Kind> {
    if (this.#closed) throw new CloudError('closed', 'This store is closed.')
    if (!this.#kinds) throw new CloudError('unavailable', 'Open the store first.')
    return this.#kinds
  }
}

/** Statements that a SQL store would need: one for each list with anything in it. */
function statementsOf(...lists: readonly (readonly unknown[] | undefined)[]): number {
  let statements = 0
  for (const list of lists) if (list !== undefined && list.length > 0) statements++
  return statements
}
