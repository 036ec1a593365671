import type { Kind } from '@nephos/core'
import { column, indexName, keyFields, quote } from './names.ts'

/**
 * Layout of a schema. One table for each kind: `doc` is the record as JSON text, and each indexed
 * field has a column with its key (see `keyText`), all compared by bytes.
 *
 *     <kind>   id PRIMARY KEY, rev, doc, f_<field> …
 *     counter  scope, name ─► value, limit
 *     change   seq ─► at, origin, body, token
 *     meta     layout ─► its version; head ─► the feed's last number, and the shape of the kinds;
 *              index:<kind>.<index> ─► what it was made with
 */
export const layoutVersion = 1

/** Text that is compared by its bytes, whatever the database's own order is. */
export const keyType = 'text COLLATE "C"'

/** The tables of every store. */
export function ownTables(place: string): string {
  return `CREATE TABLE ${place}.meta (
      name ${keyType} PRIMARY KEY, number bigint NOT NULL, text text NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE ${place}.counter (
      scope ${keyType} NOT NULL, name ${keyType} NOT NULL,
      value bigint NOT NULL, "limit" bigint NOT NULL, PRIMARY KEY (scope, name)
    ) WITH (fillfactor = 70);
    CREATE TABLE ${place}.change (
      seq bigint PRIMARY KEY, at double precision NOT NULL, origin text NOT NULL,
      body text NOT NULL, token text NOT NULL
    );
    INSERT INTO ${place}.meta VALUES ('layout', ${layoutVersion}, ''), ('head', 0, '')`
}

export function kindTable(place: string, kind: Kind): string {
  const fields = keyFields(kind).map((field) => `, ${column(field)} ${keyType}`)
  return `CREATE TABLE ${place}.${quote(kind.name)} (
    id ${keyType} PRIMARY KEY, rev bigint NOT NULL, doc text NOT NULL${fields.join('')})`
}

/** Unique indexes hold their fields alone; the others end with the id, the order of pages. */
export function indexSql(place: string, kind: Kind, name: string): string {
  const { fields = [], unique = false } = kind.indexes[name] ?? {}
  const columns = unique ? fields : [...new Set([...fields, 'id'])]
  const list = columns.map((field) => `${column(field)} NULLS FIRST`).join(', ')
  const table = `${place}.${quote(kind.name)}`
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${indexName(kind, name)} ON ${table} (${list})`
}
