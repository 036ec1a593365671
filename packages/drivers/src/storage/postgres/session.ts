import { CloudError } from '@nephos/core'
import { isBroken } from './failure.ts'
import type { PostgresClient, PostgresPool } from './pool.ts'

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

  constructor(client: PostgresClient, place: Place) {
    this.#client = client
    this.#place = place
  }

  /** Names a table of the store's own schema. */
  table(name: string): string {
    return `"${this.#place.schema}".${name}`
  }

  /** A statement; gives rows, each a list of columns. */
  async all<Row extends readonly unknown[]>(text: string, ...values: unknown[]): Promise<Row[]> {
    this.#place.executed++
    const { rows } = await this.#client.query({ text, values, rowMode: 'array' })
    return rows as unknown as Row[]
  }

  /** A statement; gives how many rows it changed. */
  async run(text: string, ...values: unknown[]): Promise<number> {
    this.#place.executed++
    const { rowCount } = await this.#client.query({ text, values, rowMode: 'array' })
    return rowCount ?? 0
  }

  /** BEGIN, SAVEPOINT, definitions and the like: any number of them, in one message. */
  async control(text: string): Promise<void> {
    await this.#client.query({ text, rowMode: 'array' })
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
  let broken = false
  try {
    return await work(new Session(client, place))
  } catch (error) {
    broken = isBroken(error)
    throw error
  } finally {
    client.off?.('error', unheard)
    client.release(broken)
  }
}

function unheard(): void {
  // Nobody to tell.
}
