/**
 * The shape of a synchronous SQLite client: what `libsql` and `better-sqlite3` have in common. The
 * SQLite within must be 3.45 or newer (JSON operators, generated columns).
 */
export type SqliteConstructor = new (file: string) => SqliteDatabase

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement
  exec(sql: string): unknown
  close(): unknown
  /** True between BEGIN and COMMIT or ROLLBACK. */
  readonly inTransaction: boolean
}

export interface SqliteStatement {
  run(...parameters: unknown[]): {
    readonly changes: number
    readonly lastInsertRowid: number | bigint
  }
  all(...parameters: unknown[]): unknown[]
  /** The first row; undefined without one. */
  get(...parameters: unknown[]): unknown
  /** Rows as arrays instead of objects. */
  raw(enabled?: boolean): SqliteStatement
}
