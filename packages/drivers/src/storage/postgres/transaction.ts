import { randomUUID } from 'node:crypto'
import { CloudError, type Kind, type WriteBatch, type WriteResult } from '@nephos/core'
import { Refused } from './batch.ts'
import { lockCounters, writeCounters } from './counters.ts'
import { isUniqueViolation, mayRunAgain, sqlState, storageError } from './failure.ts'
import { announce, wasCommitted } from './feed.ts'
import { onSession, type Place, type Session } from './session.ts'
import { writeKind } from './write.ts'

/** Times that a transaction is run: losing so often means that something is wrong. */
const attemptsMost = 6
const firstPauseMs = 5

/** What a transaction was about to commit. */
interface Commit {
  readonly results: WriteResult[]
  readonly seq: number
  readonly token: string
}

/** The connection was lost, or refused, in the commit. */
class CommitFailed extends Error {
  override readonly name = 'CommitFailed'
  readonly commit: Commit

  constructor(commit: Commit, cause: unknown) {
    super('the commit failed', { cause })
    this.commit = commit
  }
}

/**
 * Applies the batches in one transaction, each wholly or not at all. The only place where a
 * transaction is run again: when it lost a deadlock or a race, of which nothing is left.
 *
 * @throws CloudError `unavailable`: nothing was applied, or it is not known (`detail.unknown`).
 */
export async function transact(
  place: Place,
  kinds: ReadonlyMap<string, Kind>,
  shape: string,
  batches: readonly WriteBatch[],
): Promise<WriteResult[]> {
  let careful = false
  for (let attempt = 1; ; attempt++) {
    try {
      return await onSession(place, (session) => run(session, kinds, shape, batches, careful))
    } catch (error) {
      if (error instanceof CommitFailed) return await afterLostCommit(place, error)
      const isTaken = !careful && isUniqueViolation(error)
      if (attempt >= attemptsMost || !(isTaken || mayRunAgain(error))) {
        throw storageError(error, 'The database failed.')
      }
      if (isTaken) careful = true
      else await pause(firstPauseMs * 2 ** attempt)
    }
  }
}

async function run(
  session: Session,
  kinds: ReadonlyMap<string, Kind>,
  shape: string,
  batches: readonly WriteBatch[],
  careful: boolean,
): Promise<WriteResult[]> {
  const token = randomUUID()
  let results: WriteResult[]
  let last: number
  try {
    await session.begin()
    const refusals = await applyAll(session, kinds, batches, careful)
    const applied = batches.filter((_, at) => refusals[at] === undefined)
    const seqs = applied.length === 0 ? [] : await announce(session, applied, shape, token)
    last = seqs.at(-1) ?? 0
    results = refusals.map((refused): WriteResult => {
      if (refused) return { ok: false, conflict: refused.conflict }
      return { ok: true, seq: seqs.shift() as number }
    })
  } catch (error) {
    await session.rollback().catch(() => undefined)
    throw error
  }
  // A single batch that was refused left what it did to the transaction.
  if (last === 0) {
    await session.rollback()
    return results
  }
  try {
    await session.control('COMMIT')
  } catch (cause) {
    throw new CommitFailed({ results, seq: last, token }, cause)
  }
  return results
}

async function applyAll(
  session: Session,
  kinds: ReadonlyMap<string, Kind>,
  batches: readonly WriteBatch[],
  careful: boolean,
): Promise<(Refused | undefined)[]> {
  const shared = batches.length > 1
  if (shared) await lockCounters(session, batches)
  const refusals: (Refused | undefined)[] = []
  for (const batch of batches) {
    if (shared) await session.control('SAVEPOINT batch')
    try {
      for (const { kind, writes } of batch.kinds) {
        await writeKind(session, kinds.get(kind.name) as Kind, writes, careful)
      }
      await writeCounters(session, batch)
      refusals.push(undefined)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refusals.push(error)
      if (shared) await session.control('ROLLBACK TO batch')
    }
    if (shared) await session.control('RELEASE batch')
  }
  return refusals
}

/** What became of a transaction whose commit was not answered is asked on another connection. */
async function afterLostCommit(place: Place, failed: CommitFailed): Promise<WriteResult[]> {
  const { results, seq, token } = failed.commit
  const { cause } = failed
  for (let attempt = 1; attempt < attemptsMost; attempt++) {
    try {
      const made = await onSession(place, (session) => wasCommitted(session, seq, token))
      if (made === true) return results
      if (made === undefined) break
      throw storageError(cause, 'The database did not commit.')
    } catch (error) {
      if (error instanceof CloudError) throw error
      await pause(firstPauseMs * 4 ** attempt)
    }
  }
  throw new CloudError('unavailable', 'It is not known whether the commit took place.', {
    detail: { unknown: true },
    internal: { postgres: sqlState(cause) ?? String(cause) },
    cause,
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
