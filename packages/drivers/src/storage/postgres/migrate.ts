import { CloudError, type Kind, type Stored } from '@nephos/core'
import { storageError } from './failure.ts'
import { recordKey } from './keys.ts'
import { column, indexName, keyFields, quote, shapeOf } from './names.ts'
import { indexSql, keyType, kindTable, layoutVersion, ownTables } from './schema.ts'
import type { Session } from './session.ts'

/** Rows that are read and written at once when a column is filled. */
const fillRows = 5_000

/** What is there: columns by table, and what indexes were made with. */
interface Found {
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>
  readonly indexes: ReadonlyMap<string, string>
}

/**
 * Creates the schema, tables, columns and indexes that are missing, and drops those that are no
 * longer declared; in one transaction, one process at a time. A process that has other kinds open
 * is refused from then on: what it would write lacks what these kinds need.
 *
 * @throws CloudError `unavailable` for a schema of something else, or of a newer version.
 */
export async function migrate(
  session: Session,
  schema: string,
  kinds: readonly Kind[],
): Promise<void> {
  await session.begin()
  try {
    await session.all('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', `nephos.${schema}`)
    await prepare(session, schema)
    const shape = shapeOf(kinds)
    const [[present = ''] = []] = await session.all<[string]>(
      `SELECT text FROM ${session.table('meta')} WHERE name = 'head'`,
    )
    if (present !== shape) {
      await session.patient()
      const found = await findAll(session, schema)
      for (const kind of kinds) await migrateKind(session, `"${schema}"`, kind, found)
      await session.run(`UPDATE ${session.table('meta')} SET text = $1 WHERE name = 'head'`, shape)
    }
    await session.control('COMMIT')
  } catch (error) {
    await session.rollback().catch(() => undefined)
    throw error
  }
}

/** The schema and its own tables. */
async function prepare(session: Session, schema: string): Promise<void> {
  const tables = await session.all<[string]>(
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r'`,
    schema,
  )
  const names = new Set(tables.map(([name]) => name))
  if (names.size === 0) {
    const [[exists] = []] = await session.all<[boolean]>(
      'SELECT count(*) > 0 FROM pg_namespace WHERE nspname = $1',
      schema,
    )
    await session.control(
      `${exists === true ? '' : `CREATE SCHEMA "${schema}";`}${ownTables(`"${schema}"`)}`,
    )
    return
  }
  if (!['meta', 'counter', 'change'].every((name) => names.has(name))) {
    throw new CloudError('unavailable', 'The schema holds tables of something else.', {
      retry: 'never',
    })
  }
  const [[version = 0] = []] = await session.all<[number]>(
    `SELECT number::int FROM ${session.table('meta')} WHERE name = 'layout'`,
  )
  if (version > layoutVersion) {
    throw new CloudError('unavailable', 'The tables were written by a newer version.', {
      retry: 'never',
      limit: layoutVersion,
      detail: { version },
    })
  }
}

async function findAll(session: Session, schema: string): Promise<Found> {
  const columns = new Map<string, Set<string>>()
  const rows = await session.all<[string, string]>(
    `SELECT c.relname, a.attname FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname = $1 AND c.relkind = 'r'`,
    schema,
  )
  for (const [table, name] of rows) {
    columns.set(quote(table), (columns.get(quote(table)) ?? new Set()).add(quote(name)))
  }
  const made = await session.all<[string, string]>(
    `SELECT name, text FROM ${session.table('meta')} WHERE name LIKE 'index:%'`,
  )
  return { columns, indexes: new Map(made) }
}

async function migrateKind(
  session: Session,
  place: string,
  kind: Kind,
  found: Found,
): Promise<void> {
  const table = `${place}.${quote(kind.name)}`
  const present = found.columns.get(quote(kind.name))
  const wanted = new Map(keyFields(kind).map((field) => [column(field), field]))
  await dropIndexes(session, place, kind, found)
  if (!present) {
    await session.control(kindTable(place, kind))
  } else {
    // A column that nobody fills any more would lie when it is wanted again.
    const old = [...present].filter((name) => name.startsWith('"f_') && !wanted.has(name))
    const fresh = [...wanted].filter(([name]) => !present.has(name))
    const changes = [
      ...old.map((name) => `DROP COLUMN ${name}`),
      ...fresh.map(([name]) => `ADD COLUMN ${name} ${keyType}`),
    ]
    if (changes.length > 0) await session.control(`ALTER TABLE ${table} ${changes.join(', ')}`)
    if (fresh.length > 0) {
      const fields = fresh.map(([, field]) => field)
      await fill(session, table, fields)
    }
  }
  await makeIndexes(session, place, kind, found)
}

/** Fills columns from the records, page by page. */
async function fill(session: Session, table: string, fields: readonly string[]): Promise<void> {
  const lists = fields.map((_, at) => `$${at + 2}::text[]`).join(', ')
  const names = fields.map((_, at) => `k${at}`).join(', ')
  const sets = fields.map((field, at) => `${column(field)} = k.k${at}`).join(', ')
  let after: string | null = null
  for (;;) {
    const rows: [string, string][] = await session.all(
      `SELECT id, doc FROM ${table} WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      after,
      fillRows,
    )
    if (rows.length === 0) return
    const records = rows.map(([, doc]) => JSON.parse(doc) as Stored)
    await session.run(
      `UPDATE ${table} SET ${sets}
       FROM unnest($1::text[], ${lists}) AS k(id, ${names}) WHERE ${table}.id = k.id`,
      rows.map(([id]) => id),
      ...fields.map((field) => records.map((record) => recordKey(field, record))),
    )
    after = rows.at(-1)?.[0] ?? null
  }
}

async function dropIndexes(
  session: Session,
  place: string,
  kind: Kind,
  found: Found,
): Promise<void> {
  const prefix = `index:${kind.name}.`
  for (const [key, sql] of found.indexes) {
    if (!key.startsWith(prefix)) continue
    const name = key.slice(prefix.length)
    if (Object.hasOwn(kind.indexes, name) && indexSql(place, kind, name) === sql) continue
    await session.control(`DROP INDEX ${place}.${indexName(kind, name)}`)
    await session.run(`DELETE FROM ${place}.meta WHERE name = $1`, key)
  }
}

async function makeIndexes(
  session: Session,
  place: string,
  kind: Kind,
  found: Found,
): Promise<void> {
  for (const name of Object.keys(kind.indexes)) {
    const sql = indexSql(place, kind, name)
    const key = `index:${kind.name}.${name}`
    if (found.indexes.get(key) === sql) continue
    try {
      await session.control(sql)
    } catch (error) {
      throw new CloudError(
        'unavailable',
        `The index ${kind.name}.${name} cannot be made of what is stored.`,
        { retry: 'never', cause: storageError(error, '') },
      )
    }
    await session.run(`INSERT INTO ${place}.meta VALUES ($1, 0, $2)`, key, sql)
  }
}
