import { CloudError, type Kind } from '@nephos/core'
import type { Connection } from './connection.ts'
import { storageError } from './failure.ts'

/**
 * Layout of a file. One table for each kind: `doc` is the record as JSON, and each indexed field is
 * a column computed from it, so a new index needs no rewriting of rows.
 *
 *     <kind>   id TEXT PRIMARY KEY, rev INTEGER, doc TEXT, <field> AS (doc ->> 'field') …
 *     counter  scope, name ─► value, limit
 *     change   seq ─► at, origin, body
 */
const layoutVersion = 1

/** `NEPH`: marks the file as ours. */
const applicationId = 0x4e455048

const ownTables = [
  `CREATE TABLE counter (
    scope TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, "limit" INTEGER NOT NULL,
    PRIMARY KEY (scope, name)
  ) WITHOUT ROWID`,
  `CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, origin TEXT NOT NULL, body TEXT NOT NULL
  )`,
]

/**
 * Refuses a file that is not a store, or that a newer version wrote. Reads only.
 *
 * @throws CloudError `unavailable`
 */
export function inspect(connection: Connection): void {
  const [[id = 0] = []] = connection.all<[number]>('PRAGMA application_id')
  const [[version = 0] = []] = connection.all<[number]>('PRAGMA user_version')
  const [[tables = 0] = []] = connection.all<[number]>('SELECT count(*) FROM sqlite_master')
  if (id === 0 && tables === 0) return
  if (id !== applicationId) {
    throw new CloudError('unavailable', 'The file is a SQLite database of something else.', {
      retry: 'never',
    })
  }
  if (version > layoutVersion) {
    throw new CloudError('unavailable', 'The file was written by a newer version of the store.', {
      retry: 'never',
      limit: layoutVersion,
      detail: { version },
    })
  }
}

/** Creates the tables, columns and indexes that are missing; drops indexes no longer declared. */
export function migrate(connection: Connection, kinds: Iterable<Kind>): void {
  connection.transaction(() => {
    const [[version = 0] = []] = connection.all<[number]>('PRAGMA user_version')
    if (version === 0) {
      for (const sql of ownTables) connection.define(sql)
      connection.define(`PRAGMA application_id = ${applicationId}`)
      connection.define(`PRAGMA user_version = ${layoutVersion}`)
    }
    for (const kind of kinds) migrateKind(connection, kind)
  })
}

function migrateKind(connection: Connection, kind: Kind): void {
  const table = quote(kind.name)
  connection.define(
    `CREATE TABLE IF NOT EXISTS ${table}
      (id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, doc TEXT NOT NULL)`,
  )
  const columns = new Set(
    connection
      .all<[string]>('SELECT name FROM pragma_table_xinfo(?)', kind.name)
      .map(([name]) => name),
  )
  for (const { fields } of Object.values(kind.indexes)) {
    for (const field of fields) {
      if (columns.has(field)) continue
      columns.add(field)
      connection.define(`ALTER TABLE ${table} ADD COLUMN ${quote(field)} AS (doc ->> '${field}')`)
    }
  }
  migrateIndexes(connection, kind)
}

function migrateIndexes(connection: Connection, kind: Kind): void {
  const wanted = new Map(
    Object.keys(kind.indexes).map((name) => [`${kind.name}.${name}`, indexSql(kind, name)]),
  )
  const present = connection.all<[string, string]>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
    kind.name,
  )
  for (const [name, sql] of present) {
    if (wanted.get(name) === sql) wanted.delete(name)
    else connection.define(`DROP INDEX ${quote(name)}`)
  }
  for (const [name, sql] of wanted) define(connection, name, sql)
}

function define(connection: Connection, name: string, sql: string): void {
  try {
    connection.define(sql)
  } catch (error) {
    const cause = storageError(error, '')
    throw new CloudError('unavailable', `The index ${name} cannot be made of what is stored.`, {
      retry: 'never',
      cause,
    })
  }
}

/** Unique indexes hold their fields alone; the others end with the id, the order of pages. */
function indexSql(kind: Kind, name: string): string {
  const { fields = [], unique = false } = kind.indexes[name] ?? {}
  const columns = unique ? fields : [...new Set([...fields, 'id'])]
  const list = columns.map(quote).join(', ')
  const on = `${quote(`${kind.name}.${name}`)} ON ${quote(kind.name)} (${list})`
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${on}`
}

/** Names are letters, digits and underscores (see `kindsByName`), so quoting needs no escapes. */
export function quote(name: string): string {
  return `"${name}"`
}
