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
  type Stored,
  type StoreStats,
  type WriteBatch,
  type WriteResult,
} from '@nephos/core'
import { type OwnPool, poolOf } from './client.ts'
import { countersOf, scanCounters } from './counters.ts'
import { storageError } from './failure.ts'
import { changesAfter, forget } from './feed.ts'
import { migrate } from './migrate.ts'
import { quote, shapeOf } from './names.ts'
import { type PostgresOptions, postgresOptions } from './options.ts'
import type { PostgresPool } from './pool.ts'
import { lookups, selectCount, selectPage } from './select.ts'
import { onSession, type Place, type Session } from './session.ts'
import { transact } from './transaction.ts'

/**
 * A durable store in a PostgreSQL schema, for any number of processes at once. The server must be
 * version 14 or newer; it is touched by `open` only.
 *
 *     const store = postgres({ url: 'postgres://nephos@db/nephos' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
export function postgres(options: PostgresOptions): Store {
  return new PostgresStore(options)
}

class PostgresStore implements Store {
  readonly capabilities: StoreCapabilities = Object.freeze({ durable: true, shared: true })
  readonly #place: Place
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new'
  #kinds: ReadonlyMap<string, Kind> = new Map()
  #shape = ''
  #transactions = 0
  readonly #running = new Set<Promise<unknown>>()
  readonly #url: string | undefined
  #own: OwnPool | undefined
  #closing: Promise<void> | undefined

  constructor(options: PostgresOptions) {
    const { url, ...rest } = postgresOptions(options)
    this.#url = url
    this.#place = { ...rest, executed: 0 }
  }

  get stats(): StoreStats {
    return { transactions: this.#transactions, statements: this.#place.executed }
  }

  async open(kinds: readonly Kind[]): Promise<void> {
    if (this.#state === 'closed') throw new CloudError('closed', 'This store is closed.')
    if (this.#state !== 'new') throw new CloudError('conflict', 'This store is open already.')
    const byName = kindsByName(kinds)
    this.#state = 'opening'
    try {
      if (this.#url !== undefined) this.#place.pool = this.#own ??= await poolOf(this.#url)
      if (this.#closed()) {
        await this.#own?.end()
        throw new CloudError('closed', 'This store is closed.')
      }
      listen(this.#place.pool)
      await this.#tracked((session) => migrate(session, this.#place.schema, kinds))
      if (this.#closed()) throw new CloudError('closed', 'This store is closed.')
    } catch (error) {
      if (!this.#closed()) this.#state = 'new'
      throw storageError(error, 'The database cannot be opened.')
    }
    this.#kinds = byName
    this.#shape = shapeOf(kinds)
    this.#state = 'open'
  }

  async get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]> {
    const opened = this.#opened(kind)
    checkKeys(ids, 'ids')
    const found = Array.from<T | undefined>({ length: ids.length })
    const rows = await this.#tracked((session) =>
      session.all<[number, string]>(
        `SELECT k.ord::int, t.doc FROM unnest($1::text[]) WITH ORDINALITY AS k(id, ord)
         JOIN ${session.table(quote(opened.name))} t ON t.id = k.id`,
        ids,
      ),
    )
    for (const [at, doc] of rows) found[at - 1] = parsed<T>(doc)
    return found
  }

  async query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]> {
    const opened = this.#opened(kind)
    const fields = checkQuery(opened, query)
    const select = selectPage(this.#schema, opened, fields, query)
    if (!select) return []
    const { sql, values } = select
    const rows = await this.#tracked((session) => session.all<[string]>(sql, ...values))
    return rows.map(([doc]) => parsed<T>(doc))
  }

  async count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number> {
    const opened = this.#opened(kind)
    const fields = checkEquals(opened, query)
    const { sql, values } = selectCount(this.#schema, opened, fields, query.equals ?? [])
    const rows = await this.#tracked((session) => session.all<[number]>(sql, ...values))
    return rows[0]?.[0] ?? 0
  }

  async lookup<T extends Stored>(
    kind: Kind<T>,
    index: string,
    keys: readonly (readonly IndexValue[])[],
  ): Promise<T[]> {
    const opened = this.#opened(kind)
    const fields = checkLookup(opened, index, keys)
    const selects = lookups(this.#schema, opened, fields, keys)
    const found = new Map<string, string>()
    await this.#tracked(async (session) => {
      for (const { sql, values } of selects) {
        const rows = await session.all<[string, string]>(sql, ...values)
        for (const [id, doc] of rows) found.set(id, doc)
      }
    })
    return [...found.values()].map((doc) => parsed<T>(doc))
  }

  async counters(scopes: readonly string[]): Promise<Counter[]> {
    this.#requireOpen()
    checkKeys(scopes, 'scopes')
    return this.#tracked((session) => countersOf(session, scopes))
  }

  async scan(
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Counter[]> {
    this.#requireOpen()
    checkKey(prefix, 'prefix')
    if (page.after !== undefined) checkKey(page.after, 'after')
    checkPage(page.limit)
    return this.#tracked((session) => scanCounters(session, prefix, page))
  }

  async transact(batches: readonly WriteBatch[]): Promise<WriteResult[]> {
    this.#requireOpen()
    checkBatches(this.#kinds, batches)
    if (batches.length === 0) return []
    this.#transactions++
    return this.#kept(transact(this.#place, this.#kinds, this.#shape, batches))
  }

  async changes(after: number, limit: number): Promise<Change[]> {
    this.#requireOpen()
    checkInteger(after, 'after', 0)
    checkPage(limit)
    return this.#tracked((session) => changesAfter(session, after, limit))
  }

  async trim(upTo: number): Promise<void> {
    this.#requireOpen()
    checkInteger(upTo, 'upTo', 0)
    await this.#tracked((session) => forget(session, upTo))
  }

  close(): Promise<void> {
    this.#state = 'closed'
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
    await this.#own?.end()
  }

  get #schema(): string {
    return `"${this.#place.schema}"`
  }

  /** Runs on a connection; closing waits for it. */
  #tracked<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#kept(
      onSession(this.#place, work).catch((error: unknown) => {
        throw storageError(error, 'The database failed.')
      }),
    )
  }

  async #kept<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work)
    try {
      return await work
    } finally {
      this.#running.delete(work)
    }
  }

  #opened(kind: Kind): Kind {
    this.#requireOpen()
    return openedKind(this.#kinds, kind)
  }

  #requireOpen(): void {
    if (this.#state === 'closed') throw new CloudError('closed', 'This store is closed.')
    if (this.#state !== 'open') throw new CloudError('unavailable', 'Open the store first.')
  }

  /** In a call, since closing may happen while opening waits. */
  #closed(): boolean {
    return this.#state === 'closed'
  }
}

/** Pools that are listened to: a pool may serve several stores. */
const heard = new WeakSet<PostgresPool>()

/** A connection that breaks while it is idle is nothing: the next one is made when it is needed. */
function listen(pool: PostgresPool | undefined): void {
  if (!pool || heard.has(pool)) return
  heard.add(pool)
  pool.on?.('error', () => undefined)
}

function parsed<T>(doc: string): T {
  try {
    return JSON.parse(doc) as T
  } catch (cause) {
    throw new CloudError('unavailable', 'The database is damaged.', { retry: 'never', cause })
  }
}
