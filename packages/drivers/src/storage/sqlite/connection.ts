import { storageError } from './failure.ts'
import type { SqliteConstructor, SqliteDatabase, SqliteStatement } from './database.ts'

export interface ConnectionOptions {
  readonly file: string
  readonly synchronous: 'full' | 'normal' | 'off'
  /** Milliseconds to wait, at opening, for a process that holds the file. */
  readonly busyTimeoutMs: number
}

/** Prepared statements kept: far more than a cloud has shapes of statements. */
const statementsKept = 2_000

/** KiB of pages that SQLite keeps, outside the JavaScript heap. */
const cacheKib = 65_536

/**
 * Small pages: a commit writes every page it touches to the log, and a batch touches about one page
 * for each row of an index whose keys are scattered.
 */
const pageBytes = 8_192

/** Pages in the log at which a commit moves them into the file, if no pause came before. */
const autoCheckpointPages = 2_000

/**
 * The one connection to a file. It holds the file's lock for as long as it lives: a lock of the
 * operating system, gone with the process however that ends. One connection serves reads too, since
 * a client of this kind runs one statement at a time, and a second one would throw its page cache
 * away after each commit of the first.
 */
export class Connection {
  readonly #database: SqliteDatabase
  readonly #statements = new Map<string, SqliteStatement>()
  #executed = 0
  #lastId = 0

  constructor(database: SqliteConstructor, options: ConnectionOptions) {
    this.#database = new database(options.file)
    this.#set(`busy_timeout = ${options.busyTimeoutMs}`)
    // Before the first access, so that the log needs no shared memory either.
    this.#set('locking_mode = EXCLUSIVE')
  }

  /** Statements executed, transaction control excluded. */
  get executed(): number {
    return this.#executed
  }

  /** The row id that the last insert gave. */
  get lastId(): number {
    return this.#lastId
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  /** Takes the lock and sets how the file is written. Call it once the file is known to be ours. */
  configure(synchronous: ConnectionOptions['synchronous']): void {
    // The page size counts for a new file only.
    this.#set(`page_size = ${pageBytes}`)
    this.#set('journal_mode = WAL')
    this.#set(`synchronous = ${synchronous}`)
    this.#set(`cache_size = -${cacheKib}`)
    this.#set('temp_store = MEMORY')
    this.#set(`wal_autocheckpoint = ${autoCheckpointPages}`)
    this.control('BEGIN IMMEDIATE')
    this.control('COMMIT')
  }

  /** Executes a statement that returns nothing; gives the number of rows it changed. */
  run(sql: string, ...parameters: readonly unknown[]): number {
    this.#executed++
    const { changes, lastInsertRowid } = this.#prepare(sql, false).run(parameters)
    this.#lastId = Number(lastInsertRowid)
    return changes
  }

  /** Executes a statement that returns rows, each an array of columns. */
  all<Row extends readonly unknown[]>(sql: string, ...parameters: readonly unknown[]): Row[] {
    this.#executed++
    return this.#prepare(sql, true).all(parameters) as Row[]
  }

  /**
   * Executes a statement that returns one row at most: at a third of what `all` costs. A text goes
   * through one of the two only, since clients end a statement differently in each.
   */
  one<Row extends readonly unknown[]>(sql: string, parameter: unknown): Row | undefined {
    this.#executed++
    return this.#prepare(sql, true).get([parameter]) as Row | undefined
  }

  /** BEGIN, SAVEPOINT and the like. */
  control(sql: string): void {
    this.#prepare(sql, false).run([])
  }

  /** Definitions of tables and indexes: never repeated, so not kept. */
  define(sql: string): void {
    this.#database.exec(sql)
  }

  /**
   * Runs the work between BEGIN and COMMIT, or leaves nothing.
   *
   * @throws CloudError `unavailable`
   */
  transaction<T>(work: () => T): T {
    this.control('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.control('COMMIT')
      return result
    } catch (error) {
      this.rollback()
      throw storageError(error, 'The store failed.')
    }
  }

  /** Ends the transaction, if one is open, leaving nothing of it. */
  rollback(): void {
    if (this.#database.inTransaction) this.control('ROLLBACK')
  }

  /** Moves what is committed from the log into the file. */
  checkpoint(): void {
    this.#set('wal_checkpoint(PASSIVE)')
  }

  /**
   * Closes, leaving one file without a log. Never throws: what was committed is safe either way.
   * Clients may keep a closed file open until their statements are collected, so the lock is given
   * up by hand; that takes leaving the log first.
   */
  close(): void {
    try {
      this.rollback()
      this.#set('journal_mode = DELETE')
    } catch {
      // The log stays, and the next opening reads it.
    }
    this.abandon()
  }

  /** Closes a file that is not ours or cannot be used, changing nothing in it. */
  abandon(): void {
    try {
      this.#set('busy_timeout = 0')
      this.#set('locking_mode = NORMAL')
      // The lock is given up at the end of the next access.
      this.#set('user_version')
    } catch {
      // There is nothing left to give up.
    }
    this.#statements.clear()
    this.#database.close()
  }

  #set(pragma: string): void {
    this.#database.exec(`PRAGMA ${pragma}`)
  }

  #prepare(sql: string, rows: boolean): SqliteStatement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      if (this.#statements.size >= statementsKept) this.#statements.clear()
      statement = this.#database.prepare(sql)
      if (rows) statement.raw(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
