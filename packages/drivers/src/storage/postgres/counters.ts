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
import { chunked, Refused } from './batch.ts'
import { LostRace } from './failure.ts'
import type { Session } from './session.ts'

type CounterRow = readonly [scope: string, name: string, value: string, limit: string]

const columns = 'c.scope, c.name, c.value, c."limit"'

/** Limits, then adds, then drops. @throws Refused, and the caller undoes the batch. */
export async function writeCounters(session: Session, batch: WriteBatch): Promise<void> {
  // The last of several limits wins, as if each were set in turn.
  const limits = new Map((batch.limit ?? []).map((each) => [counterKey(each), each]))
  for (const chunk of chunked(inOrder([...limits.values()]))) {
    await session.run(
      `${insertInto(session)} DO UPDATE SET "limit" = excluded."limit"`,
      ...namesOf(chunk),
      chunk.map(({ limit }) => limit),
    )
  }
  await addAll(session, mergeAdds(batch.add ?? []))
  for (const chunk of chunked((batch.drop ?? []).toSorted())) {
    await session.run(`DELETE FROM ${tableOf(session)} WHERE scope = ANY($1::text[])`, chunk)
  }
}

/**
 * Takes the locks of every counter that the batches add to, in one order, so that processes that
 * write several batches at once do not wait for each other in a circle.
 */
export async function lockCounters(
  session: Session,
  batches: readonly WriteBatch[],
): Promise<void> {
  const names = new Map(
    batches.flatMap(({ add = [] }) => add).map((each) => [counterKey(each), each]),
  )
  for (const chunk of chunked(inOrder([...names.values()]))) {
    await session.run(
      `SELECT 1 FROM ${tableOf(session)} c
       WHERE (c.scope, c.name) IN (SELECT * FROM unnest($1::text[], $2::text[]))
       ORDER BY c.scope, c.name FOR UPDATE`,
      ...namesOf(chunk),
    )
  }
}

async function addAll(session: Session, adds: readonly CounterAdd[]): Promise<void> {
  if (adds.length === 0) return
  const made = await makeAbsent(session, adds)
  const done = new Set<string>()
  for (const chunk of chunked(inOrder(adds))) {
    const rows = await session.all<[string, string]>(
      addWithin(session),
      ...namesOf(chunk),
      chunk.map(({ add }) => add),
    )
    for (const [scope, name] of rows) done.add(counterKey({ scope, name }))
  }
  if (done.size !== adds.length) throw await conflictOf(session, adds, done, made)
  // Only a counter that did not grow can have come to 0.
  const enders = inOrder(adds.filter((add) => add.transient && add.add <= 0))
  for (const chunk of chunked(enders)) {
    await session.run(
      `DELETE FROM ${tableOf(session)} c USING unnest($1::text[], $2::text[]) AS k(scope, name)
       WHERE c.scope = k.scope AND c.name = k.name AND c.value = 0`,
      ...namesOf(chunk),
    )
  }
}

/** @returns the counters that were not there. */
async function makeAbsent(
  session: Session,
  adds: readonly CounterAdd[],
): Promise<ReadonlySet<string>> {
  const made = new Set<string>()
  for (const chunk of chunked(inOrder(adds.filter((add) => add.limit !== undefined)))) {
    const rows = await session.all<[string, string]>(
      `${insertInto(session)} DO NOTHING RETURNING scope, name`,
      ...namesOf(chunk),
      chunk.map(({ limit }) => limit),
    )
    for (const [scope, name] of rows) made.add(counterKey({ scope, name }))
  }
  return made
}

function insertInto(session: Session): string {
  return `INSERT INTO ${tableOf(session)} (value, scope, name, "limit")
    SELECT 0, * FROM unnest($1::text[], $2::text[], $3::bigint[]) ON CONFLICT (scope, name)`
}

/** The rows are locked first, in one order, and then hold what the bounds are checked against. */
function addWithin(session: Session): string {
  const table = tableOf(session)
  return `WITH k AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS k(scope, name, amount)
    ), held AS MATERIALIZED (
      SELECT c.scope, c.name, k.amount FROM ${table} c
      JOIN k ON c.scope = k.scope AND c.name = k.name
      ORDER BY c.scope, c.name FOR UPDATE OF c
    )
    UPDATE ${table} c SET value = c.value + held.amount FROM held
    WHERE c.scope = held.scope AND c.name = held.name AND c.value + held.amount >= 0
      AND (held.amount <= 0 OR c.value + held.amount <= c."limit")
    RETURNING c.scope, c.name`
}

async function conflictOf(
  session: Session,
  adds: readonly CounterAdd[],
  done: ReadonlySet<string>,
  made: ReadonlySet<string>,
): Promise<Error> {
  const lost = adds.filter((add) => !done.has(counterKey(add)))
  const present = new Map<string, Counter>()
  for (const chunk of chunked(lost)) {
    const rows = await session.all<CounterRow>(
      `SELECT ${columns} FROM unnest($1::text[], $2::text[]) AS k(scope, name)
       JOIN ${tableOf(session)} c ON c.scope = k.scope AND c.name = k.name`,
      ...namesOf(chunk),
    )
    for (const counter of rows.map(counterOf)) {
      const key = counterKey(counter)
      // What this very batch made is absent to whoever asks why it failed.
      if (!made.has(key)) present.set(key, counter)
    }
  }
  const counters = lost.flatMap((add) => refusalOf(add, present.get(counterKey(add))) ?? [])
  // Another process made or removed one between two statements.
  if (counters.length < lost.length) return new LostRace()
  return new Refused({ type: 'counter', counters })
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
export async function countersOf(session: Session, scopes: readonly string[]): Promise<Counter[]> {
  const sql = `SELECT ${columns} FROM unnest($1::text[]) AS k(scope)
    JOIN ${tableOf(session)} c ON c.scope = k.scope`
  return (await session.all<CounterRow>(sql, [...new Set(scopes)])).map(counterOf)
}

/** Counters of the first `limit` scopes with the prefix, each scope whole, by scope and name. */
export async function scanCounters(
  session: Session,
  prefix: string,
  page: { readonly after?: string; readonly limit: number },
): Promise<Counter[]> {
  const { after = '', limit } = page
  const end = afterPrefix(prefix)
  const continued = page.after !== undefined && compareText(after, prefix) >= 0
  const upper = end === undefined ? '' : 'AND scope < $3'
  const table = tableOf(session)
  const sql = `SELECT ${columns} FROM (
      SELECT DISTINCT scope FROM ${table} WHERE scope ${continued ? '>' : '>='} $1 ${upper}
      ORDER BY scope LIMIT $2
    ) s JOIN ${table} c ON c.scope = s.scope ORDER BY c.scope, c.name`
  const values = [continued ? after : prefix, limit, ...(end === undefined ? [] : [end])]
  return (await session.all<CounterRow>(sql, ...values)).map(counterOf)
}

/** Numbers of eight bytes come as text; every one here is a safe integer. */
function counterOf([scope, name, value, limit]: CounterRow): Counter {
  return { scope, name, value: Number(value), limit: Number(limit) }
}

function tableOf(session: Session): string {
  return session.table('counter')
}

function namesOf(counters: readonly CounterName[]): [string[], string[]] {
  return [counters.map(({ scope }) => scope), counters.map(({ name }) => name)]
}

/** As the table's key has them. */
function inOrder<T extends CounterName>(counters: readonly T[]): T[] {
  return counters.toSorted((a, b) => compareText(a.scope, b.scope) || compareText(a.name, b.name))
}
