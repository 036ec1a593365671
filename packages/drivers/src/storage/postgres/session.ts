import { CloudError } from '@nephos/core'
import { isBroken } from './failure.ts'
import type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './pool.ts'

/**
 * Beyond the server's own limit, in milliseconds: what is not answered by then was lost on its way.
 */
const silenceMs = 5_000

/** What the statements of a store share: its place, and how many they were. */
export interface Place {
  pool: PostgresPool | undefined
  readonly schema: string
  readonly statementTimeoutMs: number
  /** Statements executed, transaction control excluded. */
  executed: number
}

/** A connection for as long as one read or one transaction takes. */
export class Session {
  readonly #client: PostgresClient
  readonly #place: Place
  #answersIn: { readonly query_timeout?: number }
  #isLost = false

  constructor(client: PostgresClient, place: Place) {
    this.#client = client
    this.#place = place
    this.#answersIn = { query_timeout: place.statementTimeoutMs + silenceMs }
  }

  /** True when the connection is of no use any more. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Names a table of the store's own schema. */
  table(name: string): string {
    return `"${this.#place.schema}".${name}`
  }

  /** A statement; gives rows, each a list of columns. */
  async all<Row extends readonly unknown[]>(text: string, ...values: unknown[]): Promise<Row[]> {
    this.#place.executed++
    const { rows } = await this.#query({ text, values })
    return rows as unknown as Row[]
  }

  /** A statement; gives how many rows it changed. */
  async run(text: string, ...values: unknown[]): Promise<number> {
    this.#place.executed++
    const { rowCount } = await this.#query({ text, values })
    return rowCount ?? 0
  }

  /** BEGIN, SAVEPOINT, definitions and the like: any number of them, in one message. */
  async control(text: string): Promise<void> {
    await this.#query({ text })
  }

  /** For the rest of the transaction: an index of a large table takes as long as it takes. */
  async patient(): Promise<void> {
    this.#answersIn = {}
    await this.control(
      'SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0',
    )
  }

  /** Undoes the transaction; a connection that is lost takes it with itself. */
  async rollback(): Promise<void> {
    if (!this.#isLost) await this.control('ROLLBACK')
  }

  async #query(query: Pick<PostgresQuery, 'text' | 'values'>): Promise<PostgresResult> {
    try {
      return await this.#client.query({ ...query, rowMode: 'array', ...this.#answersIn })
    } catch (error) {
      this.#isLost ||= isBroken(error)
      throw error
    }
  }

  /** Of the session's own: nothing of it outlives the transaction. */
  begin(): Promise<void> {
    const ms = this.#place.statementTimeoutMs
    return this.control(
      `BEGIN ISOLATION LEVEL READ COMMITTED;
       SET LOCAL statement_timeout = ${ms}; SET LOCAL lock_timeout = ${ms};
       SET LOCAL idle_in_transaction_session_timeout = ${ms}`,
    )
  }
}

/** Runs the work on a connection of the pool, which gets it back unless it is broken. */
export async function onSession<T>(
  place: Place,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if (!place.pool) throw new CloudError('closed', 'This store is closed.')
  const client = await place.pool.connect()
  // Lost between two statements, a connection would end the process: the next statement tells.
  client.on?.('error', unheard)
  const session = new Session(client, place)
  try {
    return await work(session)
  } finally {
    client.off?.('error', unheard)
    client.release(session.isLost)
  }
}

function unheard(): void {
  // Nobody to tell.
}
