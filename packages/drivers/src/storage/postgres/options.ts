import { CloudError } from '@nephos/core'
import type { PostgresPool } from './pool.ts'

export interface PostgresOptions {
  /** A pool of `pg`, or one of its shape: `new Pool({ connectionString })`. It is not ended. */
  readonly pool?: PostgresPool
  /**
   * Instead of a pool: `postgres://user@host:port/database`. The store makes a pool of its own, of
   * the optional peer `pg`, on opening, and ends it on closing.
   */
  readonly url?: string
  /** Where the tables are; made when absent. `nephos` by default. One cloud, one schema. */
  readonly schema?: string
  /**
   * Milliseconds after which the server ends a statement of a write, a wait for a lock within one,
   * or a transaction whose process has stopped. 15,000 by default. Reads are as the pool, or the
   * role, has them. What is not answered 5,000 later, read or write, is given up with its
   * connection.
   */
  readonly statementTimeoutMs?: number
}

export interface WholeOptions {
  readonly pool: PostgresPool | undefined
  readonly url: string | undefined
  readonly schema: string
  readonly statementTimeoutMs: number
}

const timeoutMost = 3_600_000

/** Letters that need no quoting in any tool, and within what PostgreSQL keeps of a name. */
const schemaName = /^[a-z_][a-z0-9_]{0,62}$/

/**
 * The options, whole.
 *
 * @throws CloudError `invalid`
 */
export function postgresOptions(options: PostgresOptions): WholeOptions {
  const { pool, url, schema = 'nephos', statementTimeoutMs = 15_000 } = options
  if (url === undefined && typeof pool?.connect !== 'function') {
    throw new CloudError('invalid', 'pool: must be a pool of pg, or one of its shape.', {
      field: 'pool',
    })
  }
  if (url !== undefined && (pool !== undefined || !/^postgres(?:ql)?:\/\/./.test(url))) {
    throw new CloudError('invalid', 'url: must be postgres://…, without a pool beside it.', {
      field: 'url',
    })
  }
  if (typeof schema !== 'string' || !schemaName.test(schema) || schema.startsWith('pg_')) {
    throw new CloudError('invalid', 'schema: must be lower-case letters, digits, underscores.', {
      field: 'schema',
      limit: 63,
    })
  }
  const within = Number.isInteger(statementTimeoutMs) && statementTimeoutMs >= 1
  if (!within || statementTimeoutMs > timeoutMost) {
    throw new CloudError('invalid', 'statementTimeoutMs: must be an integer of milliseconds.', {
      field: 'statementTimeoutMs',
      limit: timeoutMost,
    })
  }
  return Object.freeze({ pool, url, schema, statementTimeoutMs })
}
