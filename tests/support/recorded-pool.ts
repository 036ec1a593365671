import type { PostgresClient, PostgresPool, PostgresQuery } from '@nephos/drivers/storage/postgres'
import type { Pool } from 'pg'

/** A statement as a client sent it. */
export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/** A pool that keeps what it is asked; BEGIN and the like, which have no values, are left out. */
export function recordedPool(pool: Pool, keep: (statement: Statement) => void): PostgresPool {
  const lent = async (): Promise<PostgresClient> => {
    const client = await pool.connect()
    return {
      query: (query: PostgresQuery) => {
        if (query.values) keep({ text: query.text, values: query.values })
        return client.query(query)
      },
      on: (event, listener) => client.on(event, listener),
      off: (event, listener) => client.off(event, listener),
      release: (broken) => client.release(broken),
    }
  }
  return { connect: lent, on: (event, listener) => pool.on(event, listener) }
}
