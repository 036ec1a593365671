import {
  afterPrefix,
  compareText,
  type Counter,
  type CounterAdd,
  type CounterConflict,
  counterKey,
  type CounterName,
  mergeAdds,
  type WriteBatch,
} from '@nephos/core'
import { chunked, Refused, savepoint } from './batch.ts'
import type { Connection } from './connection.ts'

type CounterRow = readonly [scope: string, name: string, value: number, limit: number]

const columns = 'c.scope, c.name, c.value, c."limit"'

/** Limits, then adds, then drops. @throws Refused, and the caller undoes the batch. */
export function writeCounters(connection: Connection, batch: WriteBatch): void {
  // The last of several limits wins, as if each were set in turn.
  const limits = new Map((batch.limit ?? []).map((each) => [counterKey(each), each]))
  for (const { text } of chunked([...limits.values()], withLimit)) connection.run(setLimits, text)
  addAll(connection, mergeAdds(batch.add ?? []))
  for (const { text } of chunked(batch.drop ?? [], (scope) => scope)) {
    connection.run('DELETE FROM counter WHERE scope IN (SELECT value FROM json_each(?))', text)
  }
}

// `WHERE true` tells the parser that ON begins no join.
const setLimits = `INSERT INTO counter (scope, name, value, "limit")
  SELECT value ->> 0, value ->> 1, 0, value ->> 2 FROM json_each(?) WHERE true
  ON CONFLICT (scope, name) DO UPDATE SET "limit" = excluded."limit"`

const makeAbsent = `INSERT OR IGNORE INTO counter (scope, name, value, "limit")
  SELECT value ->> 0, value ->> 1, 0, value ->> 2 FROM json_each(?)`

const addWithin = `UPDATE counter SET value = counter.value + (k.value ->> 2) FROM json_each(?) k
  WHERE counter.scope = k.value ->> 0 AND counter.name = k.value ->> 1
    AND counter.value + (k.value ->> 2) >= 0
    AND (k.value ->> 2 <= 0 OR counter.value + (k.value ->> 2) <= counter."limit")`

const removeEmpty = `DELETE FROM counter WHERE value = 0 AND (scope, name) IN (
  SELECT value ->> 0, value ->> 1 FROM json_each(?))`

function addAll(connection: Connection, adds: readonly CounterAdd[]): void {
  if (adds.length === 0) return
  const makers = adds.filter((add) => add.limit !== undefined)
  savepoint(connection, adds.length > 1 || makers.length > 0, () => {
    for (const { text } of chunked(makers, withLimit)) connection.run(makeAbsent, text)
    const chunks = chunked(adds, ({ scope, name, add }) => [scope, name, add])
    const added = chunks.reduce((count, { text }) => count + connection.run(addWithin, text), 0)
    if (added === adds.length) return undefined
    return () => {
      throw conflictOf(connection, adds)
    }
  })
  // Only a counter that did not grow can have come to 0.
  const enders = adds.filter((add) => add.transient && add.add <= 0)
  for (const { text } of chunked(enders, nameOf)) connection.run(removeEmpty, text)
}

function conflictOf(connection: Connection, adds: readonly CounterAdd[]): Refused {
  const sql = `SELECT ${columns} FROM json_each(?) k
    CROSS JOIN counter c ON c.scope = k.value ->> 0 AND c.name = k.value ->> 1`
  const present = new Map<string, Counter>()
  for (const { text } of chunked(adds, nameOf)) {
    for (const row of connection.all<CounterRow>(sql, text)) {
      const counter = counterOf(row)
      present.set(counterKey(counter), counter)
    }
  }
  return new Refused({
    type: 'counter',
    counters: adds.flatMap((add) => refusalOf(add, present.get(counterKey(add))) ?? []),
  })
}

function refusalOf(add: CounterAdd, counter: Counter | undefined): CounterConflict | undefined {
  const limit = counter?.limit ?? add.limit
  const value = (counter?.value ?? 0) + add.add
  if (limit !== undefined && value >= 0 && (add.add <= 0 || value <= limit)) return undefined
  return {
    scope: add.scope,
    name: add.name,
    add: add.add,
    ...(counter && { value: counter.value }),
    ...(limit !== undefined && { limit }),
  }
}

/** All counters of the scopes. */
export function countersOf(connection: Connection, scopes: readonly string[]): Counter[] {
  const sql = `SELECT ${columns} FROM json_each(?) k CROSS JOIN counter c ON c.scope = k.value`
  return connection.all<CounterRow>(sql, JSON.stringify([...new Set(scopes)])).map(counterOf)
}

/** Counters of the first `limit` scopes with the prefix, each scope whole, by scope and name. */
export function scanCounters(
  connection: Connection,
  prefix: string,
  page: { readonly after?: string; readonly limit: number },
): Counter[] {
  const { after = '', limit } = page
  const end = afterPrefix(prefix)
  // One lower bound: of two, the planner might walk from the one that is passed already.
  const continued = page.after !== undefined && compareText(after, prefix) >= 0
  const where = [
    continued ? 'scope > ?' : 'scope >= ?',
    ...(end === undefined ? [] : ['scope < ?']),
  ]
  const parameters = [continued ? after : prefix, ...(end === undefined ? [] : [end])]
  const sql = `SELECT ${columns} FROM (
      SELECT DISTINCT scope FROM counter WHERE ${where.join(' AND ')} ORDER BY scope LIMIT ?
    ) s CROSS JOIN counter c ON c.scope = s.scope`
  return connection.all<CounterRow>(sql, ...parameters, limit).map(counterOf)
}

function counterOf([scope, name, value, limit]: CounterRow): Counter {
  return { scope, name, value, limit }
}

function withLimit({ scope, name, limit }: CounterName & { readonly limit?: number }): unknown {
  return [scope, name, limit]
}

function nameOf({ scope, name }: CounterName): readonly [string, string] {
  return [scope, name]
}
