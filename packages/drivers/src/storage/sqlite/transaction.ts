import { CloudError, type Kind, type WriteBatch, type WriteResult } from '@nephos/core'
import { Refused } from './batch.ts'
import type { Connection } from './connection.ts'
import { writeCounters } from './counters.ts'
import { sqliteCode, storageError } from './failure.ts'
import { announce } from './feed.ts'
import { writeKind } from './write.ts'

/**
 * Applies the batches in one transaction, each wholly or not at all.
 *
 * @throws CloudError `unavailable`: nothing was applied, or it is not known (`detail.unknown`).
 */
export function transact(
  connection: Connection,
  kinds: ReadonlyMap<string, Kind>,
  batches: readonly WriteBatch[],
): WriteResult[] {
  try {
    connection.control('BEGIN IMMEDIATE')
    const refusals = batches.map((batch) =>
      applyBatch(connection, kinds, batch, batches.length > 1),
    )
    const applied = batches.filter((_, at) => refusals[at] === undefined)
    // A single batch that was refused left what it did to the transaction.
    if (applied.length === 0) connection.rollback()
    const seqs = applied.length === 0 ? [] : announce(connection, applied)
    const results = refusals.map((refused): WriteResult => {
      if (refused) return { ok: false, conflict: refused.conflict }
      return { ok: true, seq: seqs.shift() as number }
    })
    if (applied.length > 0) commit(connection)
    return results
  } catch (error) {
    throw undone(connection, error)
  }
}

/** Gives the refusal, having undone the batch; a lone batch is undone with its transaction. */
function applyBatch(
  connection: Connection,
  kinds: ReadonlyMap<string, Kind>,
  batch: WriteBatch,
  shared: boolean,
): Refused | undefined {
  if (shared) connection.control('SAVEPOINT batch')
  try {
    for (const { kind, writes } of batch.kinds) {
      writeKind(connection, kinds.get(kind.name) as Kind, writes)
    }
    writeCounters(connection, batch)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (shared) {
      connection.control('ROLLBACK TO batch')
      connection.control('RELEASE batch')
    }
    return error
  }
  if (shared) connection.control('RELEASE batch')
  return undefined
}

function commit(connection: Connection): void {
  try {
    connection.control('COMMIT')
  } catch (error) {
    const code = sqliteCode(error) ?? ''
    // The log had no room, or the commit never began: its end was not written.
    if (/^SQLITE_(?:FULL|BUSY|READONLY)/.test(code)) throw error
    throw new CloudError('unavailable', 'It is not known whether the commit took place.', {
      detail: { unknown: true },
      internal: { sqlite: code },
      cause: error,
    })
  }
}

/** The error to throw once nothing is left of the transaction. */
function undone(connection: Connection, error: unknown): CloudError {
  try {
    connection.rollback()
  } catch (second) {
    return new CloudError('unavailable', 'The store failed, and could not undo.', {
      detail: { unknown: true },
      internal: { rollback: String(second) },
      cause: error,
    })
  }
  return storageError(error, 'The store failed.')
}
