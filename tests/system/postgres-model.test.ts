import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@nephos/core'
import { postgres } from '@nephos/drivers/storage/postgres'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import fc from 'fast-check'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  command,
  commandKinds,
  contents,
  outcome,
} from '../../packages/drivers/test/store-commands.ts'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'

const directory = mkdtempSync(join(tmpdir(), 'nephos-model-'))
let server: PostgresServer
let pool: Pool

beforeAll(async () => {
  server = await startPostgres()
  pool = new Pool({ connectionString: server.url })
})

afterAll(async () => {
  await pool.end()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('the reference, SQLite and PostgreSQL answer alike, command by command', async () => {
  let made = 0
  const property = fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
    const name = `model_${++made}`
    const reference = memoryStore()
    const file = join(directory, `${name}.db`)
    const others = [sqlite({ file, synchronous: 'off' }), postgres({ pool, schema: name })]
    for (const store of [reference, ...others]) await store.open(commandKinds)
    for (const run of commands) {
      const expected = await outcome(run, reference)
      for (const store of others) expect(await outcome(run, store)).toEqual(expected)
    }
    const expected = await contents(reference)
    for (const store of others) {
      expect(await contents(store)).toEqual(expected)
      await store.close()
    }
    const again = postgres({ pool, schema: name })
    await again.open(commandKinds)
    expect(await contents(again)).toEqual(expected)
    await again.close()
    await pool.query(`DROP SCHEMA ${name} CASCADE`)
  })
  await fc.assert(property, { numRuns: 100 })
})
