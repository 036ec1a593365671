import {
  type Change,
  checkBatches,
  checkEquals,
  checkInteger,
  checkKey,
  checkKeys,
  checkLookup,
  checkPage,
  checkQuery,
  CloudError,
  type Counter,
  type IndexValue,
  type Kind,
  kindsByName,
  openedKind,
  type Query,
  type Store,
  type StoreCapabilities,
  type StoreStats,
  type Stored,
  type WriteBatch,
  type WriteResult,
} from '@nephos/core'
import type { Connection } from './connection.ts'
import { countersOf, scanCounters } from './counters.ts'
import { storageError } from './failure.ts'
import { changesAfter, forget } from './feed.ts'
import { clientOf, connectionOptions, type SqliteOptions } from './options.ts'
import { connect } from './open.ts'
import { Pauses } from './pauses.ts'
import { quote } from './schema.ts'
import { lookups, selectCount, selectPage } from './select.ts'
import { transact } from './transaction.ts'

/**
 * A durable store in one file, for one process at a time. The file is touched by `open` only.
 *
 *     const store = sqlite({ file: 'cloud.db' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
export function sqlite(options: SqliteOptions): Store {
  return new SqliteStore(options)
}

class SqliteStore implements Store {
  readonly capabilities: StoreCapabilities = Object.freeze({ durable: true, shared: false })
  readonly #options: SqliteOptions
  readonly #pauses = new Pauses(() => this.#connection?.checkpoint())
  #state: 'new' | 'opening' | 'open' | 'failed' | 'closed' = 'new'
  #kinds: ReadonlyMap<string, Kind> = new Map()
  #connection: Connection | undefined
  #transactions = 0
  #statements = 0

  constructor(options: SqliteOptions) {
    connectionOptions(options)
    this.#options = Object.freeze({ ...options })
  }

  get stats(): StoreStats {
    return { transactions: this.#transactions, statements: this.#statements }
  }

  async open(kinds: readonly Kind[]): Promise<void> {
    if (this.#state === 'closed') throw new CloudError('closed', 'This store is closed.')
    if (this.#state !== 'new') throw new CloudError('conflict', 'This store is open already.')
    const byName = kindsByName(kinds)
    this.#state = 'opening'
    try {
      const client = await clientOf(this.#options)
      if (this.#closed()) throw new CloudError('closed', 'This store is closed.')
      this.#connection = connect(client, this.#options, kinds)
    } catch (error) {
      if (!this.#closed()) this.#state = 'new'
      throw storageError(error, 'The database file cannot be opened.')
    }
    this.#kinds = byName
    this.#state = 'open'
  }

  async get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]> {
    const opened = this.#opened(kind)
    checkKeys(ids, 'ids')
    if (ids.length === 1) return [this.#one<T>(opened, ids[0] as string)]
    const sql = `SELECT k.key, t.doc FROM json_each(?) k
      CROSS JOIN ${quote(opened.name)} t ON t.id = k.value`
    const found = Array.from<T | undefined>({ length: ids.length })
    const rows = this.#read<[number, string]>(sql, JSON.stringify(ids))
    for (const [at, doc] of rows) found[at] = parsed<T>(doc)
    return found
  }

  async query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]> {
    const opened = this.#opened(kind)
    const fields = checkQuery(opened, query)
    const select = selectPage(opened, fields, query)
    if (!select) return []
    return this.#read<[string]>(select.sql, ...select.parameters).map(([doc]) => parsed<T>(doc))
  }

  async count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number> {
    const opened = this.#opened(kind)
    const fields = checkEquals(opened, query)
    const { sql, parameters } = selectCount(opened, fields, query.equals ?? [])
    return this.#read<[number]>(sql, ...parameters)[0]?.[0] ?? 0
  }

  async lookup<T extends Stored>(
    kind: Kind<T>,
    index: string,
    keys: readonly (readonly IndexValue[])[],
  ): Promise<T[]> {
    const opened = this.#opened(kind)
    const fields = checkLookup(opened, index, keys)
    const found = new Map<string, string>()
    for (const { sql, tuples } of lookups(opened, fields, keys)) {
      for (const [id, doc] of this.#read<[string, string]>(sql, tuples)) found.set(id, doc)
    }
    return [...found.values()].map((doc) => parsed<T>(doc))
  }

  async counters(scopes: readonly string[]): Promise<Counter[]> {
    const connection = this.#running()
    checkKeys(scopes, 'scopes')
    return this.#counted(connection, () => countersOf(connection, scopes))
  }

  async scan(
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Counter[]> {
    const connection = this.#running()
    checkKey(prefix, 'prefix')
    if (page.after !== undefined) checkKey(page.after, 'after')
    checkPage(page.limit)
    return this.#counted(connection, () => scanCounters(connection, prefix, page))
  }

  async transact(batches: readonly WriteBatch[]): Promise<WriteResult[]> {
    const connection = this.#running()
    checkBatches(this.#kinds, batches)
    if (batches.length === 0) return []
    this.#transactions++
    try {
      return this.#counted(connection, () => transact(connection, this.#kinds, batches))
    } catch (error) {
      // What the file holds now is known only once it is read again from the start.
      if (error instanceof CloudError && error.detail?.['unknown'] === true) this.#state = 'failed'
      throw error
    } finally {
      this.#pauses.worked()
    }
  }

  async changes(after: number, limit: number): Promise<Change[]> {
    const connection = this.#running()
    checkInteger(after, 'after', 0)
    checkPage(limit)
    return this.#counted(connection, () => changesAfter(connection, after, limit))
  }

  async trim(upTo: number): Promise<void> {
    const connection = this.#running()
    checkInteger(upTo, 'upTo', 0)
    this.#counted(connection, () => forget(connection, upTo))
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#pauses.end()
    const connection = this.#connection
    this.#connection = undefined
    try {
      connection?.close()
    } catch (error) {
      throw storageError(error, 'The database file cannot be closed.')
    }
  }

  #one<T>(kind: Kind, id: string): T | undefined {
    const connection = this.#running()
    const sql = `SELECT doc FROM ${quote(kind.name)} WHERE id = ?`
    const row = this.#counted(connection, () => connection.one<[string]>(sql, id))
    return row && parsed<T>(row[0])
  }

  #read<Row extends readonly unknown[]>(sql: string, ...parameters: readonly unknown[]): Row[] {
    const connection = this.#running()
    return this.#counted(connection, () => connection.all<Row>(sql, ...parameters))
  }

  #counted<T>(connection: Connection, work: () => T): T {
    const before = connection.executed
    try {
      return work()
    } catch (error) {
      throw storageError(error, 'The store failed.')
    } finally {
      this.#statements += connection.executed - before
    }
  }

  #opened(kind: Kind): Kind {
    this.#running()
    return openedKind(this.#kinds, kind)
  }

  #running(): Connection {
    if (this.#state === 'closed') throw new CloudError('closed', 'This store is closed.')
    if (this.#state === 'failed') {
      throw new CloudError('unavailable', 'The store failed in a commit: open the file again.')
    }
    if (!this.#connection || this.#state !== 'open') {
      throw new CloudError('unavailable', 'Open the store first.')
    }
    return this.#connection
  }

  /** In a call, since closing may happen while opening waits. */
  #closed(): boolean {
    return this.#state === 'closed'
  }
}

function parsed<T>(doc: string): T {
  try {
    return JSON.parse(doc) as T
  } catch (cause) {
    throw new CloudError('unavailable', 'The database file is damaged.', { retry: 'never', cause })
  }
}
