import { type Kind, type KindWrites, type Stored, uniqueKey } from '@nephos/core'
import { chunked, Refused } from './batch.ts'
import { isUniqueViolation, LostRace } from './failure.ts'
import { recordKey } from './keys.ts'
import { column, keyFields, quote, uniqueIndexes } from './names.ts'
import type { Session } from './session.ts'

type Draft = Omit<Stored, 'rev'> & object

/** A record as it is written. */
interface Row<T extends Draft = Draft> {
  readonly record: T
  readonly doc: string
}

/**
 * Removes, updates, inserts the rows of one kind, each verb one statement whatever the number of
 * rows, in the order of their ids, so that writers wait for each other in one order.
 *
 * @param careful false: an update that meets a taken unique key fails the transaction, whose
 *   caller runs it again with care, which costs savepoints.
 * @throws Refused with the conflict; the caller undoes the batch.
 */
export async function writeKind(
  session: Session,
  kind: Kind,
  writes: KindWrites,
  careful: boolean,
): Promise<void> {
  const { remove = [], update = [], insert = [] } = writes
  if (remove.length > 0) await removeRows(session, kind, remove)
  if (update.length > 0) await updateRows(session, kind, update, careful)
  if (insert.length > 0) await insertRows(session, kind, insert)
}

async function insertRows(session: Session, kind: Kind, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.map((record) => ({ record, doc: JSON.stringify({ ...record, rev: 1 }) }))
  const fields = keyFields(kind)
  const names = fields.map((field) => `, ${column(field)}`).join('')
  const lists = fields.map((_, at) => `, $${at + 3}::text[]`).join('')
  const made = new Set<string>()
  const sql = `INSERT INTO ${tableOf(session, kind)} (rev, id, doc${names})
    SELECT 1, * FROM unnest($1::text[], $2::text[]${lists})
    ON CONFLICT DO NOTHING RETURNING id`
  for (const chunk of chunked(byId(rows), lengthOf)) {
    const ids = await session.all<[string]>(sql, ...listsOf(chunk, fields))
    for (const [id] of ids) made.add(id)
  }
  if (made.size === drafts.length) return
  throw (await uniqueConflict(session, kind, drafts, made, true)) ?? new LostRace()
}

async function updateRows(
  session: Session,
  kind: Kind,
  records: readonly Stored[],
  careful: boolean,
): Promise<void> {
  const guarded = careful && uniqueIndexes(kind).length > 0
  if (guarded) await session.control('SAVEPOINT verb')
  try {
    await applyUpdate(session, kind, records)
  } catch (error) {
    if (!guarded || !isUniqueViolation(error)) throw error
    await session.control('ROLLBACK TO verb')
    await exchange(session, kind, records)
  }
  if (guarded) await session.control('RELEASE verb')
}

/** @throws Refused when a row is not as it was. */
async function applyUpdate(
  session: Session,
  kind: Kind,
  records: readonly Stored[],
): Promise<void> {
  const rows = records.map((record) => ({
    record,
    doc: JSON.stringify({ ...record, rev: record.rev + 1 }),
  }))
  const fields = keyFields(kind)
  const names = fields.map((_, at) => `, k${at}`).join('')
  const lists = fields.map((_, at) => `, $${at + 3}::text[]`).join('')
  const sets = fields.map((field, at) => `, ${column(field)} = k.k${at}`).join('')
  const sql = `UPDATE ${tableOf(session, kind)} t SET rev = t.rev + 1, doc = k.doc${sets}
    FROM unnest($1::text[], $2::text[]${lists}, $${fields.length + 3}::bigint[])
      AS k(id, doc${names}, rev)
    WHERE t.id = k.id AND t.rev = k.rev RETURNING t.id`
  const done = new Set<string>()
  for (const chunk of chunked(byId(rows), lengthOf)) {
    const revisions = chunk.map(({ record }) => record.rev)
    const ids = await session.all<[string]>(sql, ...listsOf(chunk, fields), revisions)
    for (const [id] of ids) done.add(id)
  }
  requireAll(kind, records, done)
}

/** After a unique key was found taken: by whom, or by rows of this very update, which exchange. */
async function exchange(session: Session, kind: Kind, records: readonly Stored[]): Promise<void> {
  const table = tableOf(session, kind)
  const done = new Set<string>()
  for (const chunk of chunked(records)) {
    const ids = await session.all<[string]>(
      `SELECT t.id FROM unnest($1::text[], $2::bigint[]) AS k(id, rev)
       JOIN ${table} t ON t.id = k.id AND t.rev = k.rev ORDER BY t.id FOR UPDATE OF t`,
      chunk.map(({ id }) => id),
      chunk.map(({ rev }) => rev),
    )
    for (const [id] of ids) done.add(id)
  }
  requireAll(kind, records, done)
  const conflict = await uniqueConflict(session, kind, records, done, false)
  if (conflict) throw conflict
  // A row without keys is in nobody's way.
  const fields = [...new Set(uniqueIndexes(kind).flatMap(([, names]) => names))]
  const nulls = fields.filter((field) => field !== 'id').map((field) => `${column(field)} = NULL`)
  for (const chunk of chunked(records)) {
    await session.run(
      `UPDATE ${table} SET ${nulls.join(', ')} WHERE id = ANY($1::text[])`,
      chunk.map(({ id }) => id),
    )
  }
  try {
    await applyUpdate(session, kind, records)
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace() : error
  }
}

async function removeRows(session: Session, kind: Kind, records: readonly Stored[]): Promise<void> {
  const sql = `DELETE FROM ${tableOf(session, kind)} t
    USING unnest($1::text[], $2::bigint[]) AS k(id, rev)
    WHERE t.id = k.id AND t.rev = k.rev RETURNING t.id`
  const done = new Set<string>()
  for (const chunk of chunked(byId(records.map((record) => ({ record, doc: '' }))))) {
    const ids = await session.all<[string]>(
      sql,
      chunk.map(({ record }) => record.id),
      chunk.map(({ record }) => record.rev),
    )
    for (const [id] of ids) done.add(id)
  }
  requireAll(kind, records, done)
}

/** @throws Refused for rows that are absent, were written by another, or are named twice. */
function requireAll(kind: Kind, records: readonly Stored[], done: ReadonlySet<string>): void {
  if (done.size === records.length) return
  const seen = new Set<string>()
  const lost = records.filter(({ id }) => {
    const again = seen.has(id)
    seen.add(id)
    return again || !done.has(id)
  })
  throw new Refused({ type: 'revision', kind: kind.name, ids: idsOf(lost) })
}

/**
 * Rows whose id or unique key is held by a row outside `own`, or by an earlier one of the list: ids
 * first, then the first unique index with any.
 */
async function uniqueConflict(
  session: Session,
  kind: Kind,
  records: readonly Draft[],
  own: ReadonlySet<string>,
  withIds: boolean,
): Promise<Refused | undefined> {
  const keys = [...(withIds ? [['id', ['id']] as const] : []), ...uniqueIndexes(kind)]
  for (const [index, fields] of keys) {
    const taken = await heldKeys(session, kind, records, fields, own)
    const seen = new Set<string>()
    const refused = records.filter((record) => {
      const key = uniqueKey(record, fields)
      if (key === undefined) return false
      const again = seen.has(key)
      seen.add(key)
      return again || taken.has(key)
    })
    if (refused.length === 0) continue
    return new Refused({ type: 'unique', kind: kind.name, index, ids: idsOf(refused) })
  }
  return undefined
}

/** The keys of these records that stored rows outside `own` hold. */
async function heldKeys(
  session: Session,
  kind: Kind,
  records: readonly Draft[],
  fields: readonly string[],
  own: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const lists = fields.map((_, at) => `$${at + 1}::text[]`).join(', ')
  const names = fields.map((_, at) => `k${at}`).join(', ')
  const on = fields.map((field, at) => `t.${column(field)} = k.k${at}`).join(' AND ')
  const sql = `SELECT k.ord::int, t.id FROM unnest(${lists}) WITH ORDINALITY AS k(${names}, ord)
    JOIN ${tableOf(session, kind)} t ON ${on}`
  const held = new Set<string>()
  const keyed = records.filter((record) => uniqueKey(record, fields) !== undefined)
  for (const chunk of chunked(keyed)) {
    const values = fields.map((field) => chunk.map((record) => recordKey(field, record)))
    for (const [ord, id] of await session.all<[number, string]>(sql, ...values)) {
      if (!own.has(id)) held.add(uniqueKey(chunk[ord - 1] as Draft, fields) as string)
    }
  }
  return held
}

function tableOf(session: Session, kind: Kind): string {
  return session.table(quote(kind.name))
}

/** One list for each column. */
function listsOf(rows: readonly Row[], fields: readonly string[]): unknown[] {
  return [
    rows.map(({ record }) => record.id),
    rows.map(({ doc }) => doc),
    ...fields.map((field) => rows.map(({ record }) => recordKey(field, record))),
  ]
}

function byId<R extends Row>(rows: readonly R[]): R[] {
  return rows.toSorted(
    (a, b) => Number(a.record.id > b.record.id) - Number(a.record.id < b.record.id),
  )
}

function lengthOf({ doc }: Row): number {
  return doc.length
}

function idsOf(rows: readonly Draft[]): readonly string[] {
  return [...new Set(rows.map((row) => row.id))]
}
