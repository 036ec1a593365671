import { CloudError } from '@nephos/core'
import type { PostgresPool } from './pool.ts'

/** A pool that is its maker's to end. */
export interface OwnPool extends PostgresPool {
  end(): Promise<void>
}

/** Connections of one process: the most that a machine with few cores can use at once. */
const connectionsMost = 10
const connectMs = 10_000

/**
 * A pool of the optional peer `pg`.
 *
 * @throws CloudError `unavailable` when it is not installed.
 */
export async function poolOf(url: string): Promise<OwnPool> {
  try {
    const { Pool } = await import('pg')
    return new Pool({
      connectionString: url,
      max: connectionsMost,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
    })
  } catch (cause) {
    throw new CloudError(
      'unavailable',
      'No PostgreSQL client: install the optional peer pg, or pass a pool.',
      { field: 'pool', retry: 'never', cause },
    )
  }
}
