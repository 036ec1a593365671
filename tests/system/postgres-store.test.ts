import type { Store } from '@nephos/core'
import { postgres } from '@nephos/drivers/storage/postgres'
import { storeConformance } from '@nephos/testkit'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'

describe('PostgreSQL', () => {
  let server: PostgresServer
  let pool: Pool
  beforeAll(async () => {
    server = await startPostgres()
    pool = new Pool({ connectionString: server.url, max: 8 })
  })
  afterAll(async () => {
    await pool.end()
    await server.stop()
  })

  const schemas = new WeakMap<Store, string>()
  let made = 0
  const open = (schema: string): Store => {
    // Every other one makes its own connections.
    const store = postgres(made % 2 ? { pool, schema } : { url: server.url, schema })
    schemas.set(store, schema)
    return store
  }
  storeConformance({
    test,
    make: () => open(`store_${++made}`),
    reopen: (closed) => open(schemas.get(closed) as string),
  })
})
