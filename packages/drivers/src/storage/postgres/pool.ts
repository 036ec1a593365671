/**
 * The shape of a PostgreSQL pool: what `pg` has. It stays its owner's: a store never ends it. With
 * PgBouncer in between, transaction mode will do: nothing is left in a session.
 */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
  /** Losing an idle connection is told here; `pg` ends the process when nobody listens. */
  on?(event: 'error', listener: (error: Error) => void): unknown
}

export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult>
  /** As of a pool, while the connection is lent: who waits for an answer is told as well. */
  on?(event: 'error', listener: (error: Error) => void): unknown
  off?(event: 'error', listener: (error: Error) => void): unknown
  /** Gives the connection back; with `true` or an error, it is ended instead. */
  release(broken?: Error | boolean): void
}

export interface PostgresQuery {
  readonly text: string
  /** Absent: `text` may be several statements. */
  values?: unknown[]
  /** Rows are lists of columns. */
  rowMode: 'array'
  /** Milliseconds after which the client gives up: a network that went silent answers nothing. */
  query_timeout?: number
}

export interface PostgresResult {
  readonly rows: unknown[]
  readonly rowCount: number | null
}
