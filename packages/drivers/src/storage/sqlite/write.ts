import {
  type Conflict,
  fieldOf,
  type Kind,
  type KindWrites,
  plainValue,
  type Stored,
  uniqueKey,
} from '@nephos/core'
import { chunked, Refused, savepoint } from './batch.ts'
import type { Connection } from './connection.ts'
import { isConstraint } from './failure.ts'
import { quote } from './schema.ts'

type Draft = Omit<Stored, 'rev'> & object

/**
 * Removes, updates, inserts the rows of one kind, each verb one statement.
 *
 * @throws Refused with the conflict; the caller undoes the batch.
 */
export function writeKind(connection: Connection, kind: Kind, writes: KindWrites): void {
  remove(connection, kind, writes.remove ?? [])
  update(connection, kind, writes.update ?? [])
  insert(connection, kind, writes.insert ?? [])
}

function insert(connection: Connection, kind: Kind, drafts: readonly Draft[]): void {
  const chunks = chunked(drafts, (draft) => ({ ...draft, rev: 1 }))
  const sql = `INSERT INTO ${quote(kind.name)} (id, rev, doc)
    SELECT value ->> 'id', 1, value FROM json_each(?)`
  // A statement that fails leaves nothing of itself; several do.
  savepoint(connection, chunks.length > 1, () => {
    try {
      for (const { text } of chunks) connection.run(sql, text)
      return undefined
    } catch (error) {
      if (!isConstraint(error)) throw error
      return () => {
        throw uniqueConflict(connection, kind, drafts, new Set()) ?? error
      }
    }
  })
}

function update(connection: Connection, kind: Kind, rows: readonly Stored[]): void {
  const chunks = chunked(rows, (row) => ({ ...row, rev: row.rev + 1 }))
  const table = quote(kind.name)
  const sql = `UPDATE ${table} SET rev = ${table}.rev + 1, doc = k.value FROM json_each(?) k
    WHERE ${table}.id = k.value ->> 'id' AND ${table}.rev = (k.value ->> 'rev') - 1`
  const apply = (): number =>
    chunks.reduce((changed, { text }) => changed + connection.run(sql, text), 0)
  savepoint(connection, rows.length > 1, () => {
    try {
      if (apply() === rows.length) return undefined
    } catch (error) {
      if (!isConstraint(error)) throw error
    }
    return () => {
      const conflict =
        revisionConflict(connection, kind, rows) ??
        uniqueConflict(connection, kind, rows, new Set(rows.map((row) => row.id)))
      if (conflict) throw conflict
      // Rows exchange unique keys: a row without them is in nobody's way.
      const park = `UPDATE ${table} SET doc = '{}' WHERE id IN (SELECT value FROM json_each(?))`
      for (const { text } of chunked(rows, idOf)) connection.run(park, text)
      apply()
    }
  })
}

function remove(connection: Connection, kind: Kind, rows: readonly Stored[]): void {
  const table = quote(kind.name)
  const sql = `DELETE FROM ${table} WHERE rowid IN (
    SELECT t.rowid FROM json_each(?) k
    CROSS JOIN ${table} t ON t.id = k.value ->> 0 AND t.rev = k.value ->> 1)`
  const chunks = chunked(rows, (row) => [row.id, row.rev])
  savepoint(connection, rows.length > 1, () => {
    const removed = chunks.reduce((count, { text }) => count + connection.run(sql, text), 0)
    if (removed === rows.length) return undefined
    return () => {
      throw revisionConflict(connection, kind, rows) ?? new Error('rows vanished')
    }
  })
}

/** Rows that are absent, were written by another, or are named twice. */
function revisionConflict(
  connection: Connection,
  kind: Kind,
  rows: readonly Stored[],
): Refused | undefined {
  const revisions = new Map<string, number>()
  const sql = `SELECT t.id, t.rev FROM json_each(?) k
    CROSS JOIN ${quote(kind.name)} t ON t.id = k.value`
  for (const { text } of chunked(rows, idOf)) {
    for (const [id, rev] of connection.all<[string, number]>(sql, text)) revisions.set(id, rev)
  }
  const seen = new Set<string>()
  const lost = rows.filter((row) => {
    const again = seen.has(row.id)
    seen.add(row.id)
    return again || revisions.get(row.id) !== row.rev
  })
  if (lost.length === 0) return undefined
  return new Refused({ type: 'revision', kind: kind.name, ids: idsOf(lost) })
}

/**
 * Rows whose id or unique key is held by a row outside `own`, or by an earlier one of the list: ids
 * first, then the first unique index with any.
 */
function uniqueConflict(
  connection: Connection,
  kind: Kind,
  rows: readonly Draft[],
  own: ReadonlySet<string>,
): Refused | undefined {
  const uniques = Object.entries(kind.indexes).filter(([, spec]) => spec.unique)
  const keys: (readonly [string, readonly string[]])[] = [
    // An update's ids are its rows' own.
    ...(own.size === 0 ? [['id', ['id']] as const] : []),
    ...uniques.map(([name, spec]) => [name, spec.fields] as const),
  ]
  for (const [index, fields] of keys) {
    const taken = heldKeys(connection, kind, rows, fields, own)
    const seen = new Set<string>()
    const refused = rows.filter((row) => {
      const key = uniqueKey(row, fields)
      if (key === undefined) return false
      const again = seen.has(key)
      seen.add(key)
      return again || taken.has(key)
    })
    if (refused.length > 0) {
      const conflict: Conflict = { type: 'unique', kind: kind.name, index, ids: idsOf(refused) }
      return new Refused(conflict)
    }
  }
  return undefined
}

/** The keys of these rows that stored rows outside `own` hold. */
function heldKeys(
  connection: Connection,
  kind: Kind,
  rows: readonly Draft[],
  fields: readonly string[],
  own: ReadonlySet<string>,
): ReadonlySet<string> {
  const on = fields.map((field, at) => `t.${quote(field)} = k.value ->> ${at}`).join(' AND ')
  const sql = `SELECT k.key, t.id FROM json_each(?) k CROSS JOIN ${quote(kind.name)} t ON ${on}`
  const keyed = rows.filter((row) => uniqueKey(row, fields) !== undefined)
  const held = new Set<string>()
  let start = 0
  const encode = (row: Draft): unknown => fields.map((field) => plainValue(fieldOf(row, field)))
  for (const { text, count } of chunked(keyed, encode)) {
    for (const [at, id] of connection.all<[number, string]>(sql, text)) {
      if (!own.has(id)) held.add(uniqueKey(keyed[start + at] as Draft, fields) as string)
    }
    start += count
  }
  return held
}

function idOf(row: Draft): string {
  return row.id
}

function idsOf(rows: readonly Draft[]): readonly string[] {
  return [...new Set(rows.map((row) => row.id))]
}
