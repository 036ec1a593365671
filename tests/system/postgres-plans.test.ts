import { type Kind, kinds } from '@nephos/core'
import { postgres } from '@nephos/drivers/storage/postgres'
import { createCloud } from '@nephos/sdk'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { wideScans } from '../support/plans.ts'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { recordedPool, type Statement } from '../support/recorded-pool.ts'
import { addHosts, basics } from '../support/world.ts'

/** So many servers, for plans as PostgreSQL chooses them. */
const many = 1_000_000
/** Values of an indexed field among them. */
const distinct = 10_000

let server: PostgresServer
let pool: Pool
/** By their texts. */
const said = new Map<string, Statement>()
const recorded = (): ReturnType<typeof recordedPool> =>
  recordedPool(pool, (statement) => said.set(statement.text, statement))

beforeAll(async () => {
  server = await startPostgres()
  pool = new Pool({ connectionString: server.url })
}, 60_000)

afterAll(async () => {
  await pool.end()
  await server.stop()
})

beforeEach(() => said.clear())

/** Texts of what reads too much, with the reason. */
async function wideOf(forced: boolean, only = /./): Promise<string[]> {
  const found: string[] = []
  for (const statement of said.values()) {
    if (!only.test(statement.text)) continue
    const scans = await wideScans(pool, statement, forced)
    if (scans.length > 0) found.push(`${scans.join(', ')}: ${statement.text}`)
  }
  return found
}

/** Asks for pages, down and up, bounds, keys and counts, by every index of the kind. */
async function askAll(store: ReturnType<typeof postgres>, kind: Kind): Promise<void> {
  await store.get(kind, ['1', '2'])
  await store.query(kind, { limit: 1_000 })
  for (const [index, { fields }] of Object.entries(kind.indexes)) {
    const record = { id: '7', rev: 1, ...Object.fromEntries(fields.map((name) => [name, '7'])) }
    for (let length = 0; length <= fields.length; length++) {
      const equals = fields.slice(0, length).map(() => '7')
      const page = { index, equals, limit: 1_000 }
      await store.query(kind, page)
      await store.query(kind, { ...page, after: record })
      await store.query(kind, { ...page, after: record, reverse: true })
      await store.query(kind, { ...page, from: '6', to: '8' })
      // Who counts all rows reads all of them.
      if (length > 0) await store.count(kind, { index, equals })
    }
    await store.lookup(kind, index, [fields.map(() => '7'), fields.map(() => '8')])
  }
}

/** Rows whose indexed fields have many values, each as often. */
async function fill(schema: string, kind: Kind, rows: number): Promise<void> {
  const table = `"${schema}"."${kind.name}"`
  // Indexes are made faster than kept.
  const { rows: indexes } = await pool.query<{ name: string; sql: string }>(
    `SELECT c.relname AS name, pg_get_indexdef(c.oid) AS sql FROM pg_index i
     JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = $1::regclass AND NOT i.indisprimary`,
    [table],
  )
  for (const { name } of indexes) await pool.query(`DROP INDEX "${schema}"."${name}"`)
  const unique = Object.values(kind.indexes).flatMap((each) => (each.unique ? each.fields : []))
  const fields = new Set(Object.values(kind.indexes).flatMap((each) => each.fields))
  const others = [...fields].filter((field) => field !== 'id')
  const names = others.map((field) => `, "f_${field}"`).join('')
  const values = others
    .map((field) => (unique.includes(field) ? `, 's' || g` : `, 's' || g % ${distinct}`))
    .join('')
  await pool.query(
    `INSERT INTO ${table} (id, rev, doc${names})
     SELECT lpad(g::text, 7, '0'), 1, '{}'${values} FROM generate_series(1, ${rows}) g`,
  )
  for (const { sql } of indexes) await pool.query(sql)
  await pool.query(`ANALYZE ${table}`)
}

it('every index of every kind serves what it is for', { timeout: 60_000 }, async () => {
  const store = postgres({ pool: recorded(), schema: 'all' })
  await store.open(kinds)
  said.clear()
  for (const kind of kinds) await askAll(store, kind)
  await store.close()
  expect(said.size).toBeGreaterThan(5 * kinds.length)
  expect(await wideOf(true)).toEqual([])
})

it('whatever a cloud says reads no table from end to end', { timeout: 60_000 }, async () => {
  const cloud = await createCloud({ store: postgres({ pool: recorded(), schema: 'cloud' }) })
  said.clear()
  await addHosts(cloud, 100)
  const { acme, ...request } = await basics(cloud)
  const batch = await acme.servers.create({ ...request, name: 'web', minCount: 50 })
  expect(await cloud.settle({ timeoutMs: 30_000 })).toBe(0)
  expect(await acme.servers.count({})).toEqual({ count: 50 })
  await acme.servers.delete({ batchId: batch.id })
  expect(await cloud.settle({ timeoutMs: 30_000 })).toBe(0)
  await cloud.close()
  const verbs = new Set([...said.keys()].map((text) => /^\w+/.exec(text.trim())?.[0]))
  expect(verbs).toEqual(new Set(['DELETE', 'INSERT', 'SELECT', 'UPDATE', 'WITH']))
  expect(await wideOf(true)).toEqual([])
})

it('a million servers are found by index', { timeout: 60_000 }, async () => {
  const store = postgres({ pool: recorded(), schema: 'million' })
  await store.open(kinds)
  const kind = kinds.find(({ name }) => name === 'server') as Kind
  await fill('million', kind, many)
  said.clear()
  await askAll(store, kind)
  // As much as the largest request names.
  const ids = Array.from({ length: 500 }, (_, at) => String(at * 7).padStart(7, '0'))
  await store.get(kind, ids)
  const update = ids.map((id) => ({ id, rev: 1 }))
  const write = { origin: 'test', at: 1, kinds: [{ kind, writes: { remove: update } }] }
  await store.transact([write])
  await store.close()
  expect(await wideOf(false, /"server"/)).toEqual([])
})
