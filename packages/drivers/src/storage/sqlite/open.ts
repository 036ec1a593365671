import type { Kind } from '@nephos/core'
import { Connection } from './connection.ts'
import type { SqliteConstructor } from './database.ts'
import { connectionOptions, type SqliteOptions } from './options.ts'
import { inspect, migrate } from './schema.ts'

/** Opens the file, takes its lock and brings its tables to these kinds; or lets go of it again. */
export function connect(
  client: SqliteConstructor,
  options: SqliteOptions,
  kinds: Iterable<Kind>,
): Connection {
  const { file, synchronous, busyTimeoutMs } = connectionOptions(options)
  const connection = new Connection(client, { file, synchronous, busyTimeoutMs })
  try {
    inspect(connection)
  } catch (error) {
    connection.abandon()
    throw error
  }
  try {
    connection.configure(synchronous)
    migrate(connection, kinds)
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}
