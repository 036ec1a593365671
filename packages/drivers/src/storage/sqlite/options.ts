import { resolve } from 'node:path'
import { CloudError } from '@nephos/core'
import type { ConnectionOptions } from './connection.ts'
import type { SqliteConstructor } from './database.ts'

export interface SqliteOptions {
  /** Path of the database file; made when absent. Its directory must exist. */
  readonly file: string
  /**
   * The client's constructor: `libsql` or `better-sqlite3`. By default `libsql`, imported on
   * opening.
   */
  readonly database?: SqliteConstructor
  /**
   * `full` (default): what is acknowledged survives a power cut. `normal`: it survives the end of
   * the process, a power cut may take the last moments. `off`: for tests and benchmarks.
   */
  readonly synchronous?: 'full' | 'normal' | 'off'
  /** Milliseconds to wait, on opening, for a process that holds the file. 1,000 by default. */
  readonly busyTimeoutMs?: number
}

/** Milliseconds: opening blocks the thread for so long at most. */
const busyTimeoutMsMost = 60_000

/**
 * The options as the connection takes them.
 *
 * @throws CloudError `invalid`
 */
export function connectionOptions(options: SqliteOptions): ConnectionOptions {
  const { file, synchronous = 'full', busyTimeoutMs = 1_000 } = options
  if (typeof file !== 'string' || file === '' || file.includes('\0') || file.startsWith(':')) {
    throw invalid('file', 'must be the path of a file. For a store in memory, use memoryStore().')
  }
  if (!['full', 'normal', 'off'].includes(synchronous)) {
    throw invalid('synchronous', 'must be full, normal or off.')
  }
  const within = Number.isInteger(busyTimeoutMs) && busyTimeoutMs >= 0
  if (!within || busyTimeoutMs > busyTimeoutMsMost) {
    throw invalid('busyTimeoutMs', 'must be an integer of milliseconds.', busyTimeoutMsMost)
  }
  // An absolute path is never taken for a URL by a client that knows remote databases.
  return { file: resolve(file), synchronous, busyTimeoutMs }
}

/**
 * The client that was given, or `libsql`.
 *
 * @throws CloudError `unavailable` when neither is there.
 */
export async function clientOf(options: SqliteOptions): Promise<SqliteConstructor> {
  if (options.database !== undefined) return options.database
  try {
    const { default: client } = await import('libsql')
    return client
  } catch (cause) {
    throw new CloudError(
      'unavailable',
      'No SQLite client: install the optional peer libsql, or pass the constructor of ' +
        'better-sqlite3 as `database`.',
      { field: 'database', retry: 'never', cause },
    )
  }
}

function invalid(field: string, message: string, limit?: number): CloudError {
  return new CloudError('invalid', `${field}: ${message}`, {
    field,
    ...(limit !== undefined && { limit }),
  })
}
