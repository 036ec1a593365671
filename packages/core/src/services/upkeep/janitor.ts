import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { auditHeadId, auditHeadKind } from '../../model/audit/chain.ts'
import { idempotencyKind } from '../../model/audit/idempotency.ts'
import { migrationKind } from '../../model/compute/migration.ts'
import { batchScope, type ServerBatch, serverBatchKind } from '../../model/compute/server-batch.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { forgetChanges } from '../event/forget.ts'
import { Rounds } from '../rounds.ts'
import { Horizon } from './horizon.ts'

/** How long an idempotency key, and a batch without servers, are remembered. */
const rememberMs = 24 * 3_600_000
/** How long the record of a migration is kept after its end. */
const migrationsMs = 30 * 24 * 3_600_000
const rowsPerRun = 1_000
/** Batches looked at in one run; each costs one count. */
const batchesPerRun = 50
/** Entries of the change feed that are kept for followers that fell behind. */
const feedKept = 100_000

/** Forgets what is old: idempotency keys, empty batches, migrations, change feed entries. */
export function janitor(kernel: Kernel): Reconciler {
  const horizon = new Horizon(kernel, rememberMs)
  const moved = new Horizon(kernel, migrationsMs)
  const batches = new Rounds(kernel, serverBatchKind, batchesPerRun)
  return {
    name: 'janitor',
    run: async () => {
      const before = horizon.look()
      try {
        await forgetKeys(kernel, before)
        await forgetMigrations(kernel, moved.look())
        await forgetBatches(kernel, await batches.next(), before)
      } catch (error) {
        // Somebody wrote a row we were about to remove: next time.
        if (!(error instanceof CommitConflict)) throw error
      }
      await kernel.fleet.sync()
      // What is not sealed yet is still needed.
      const [sealed] = await kernel.store.get(auditHeadKind, [auditHeadId])
      const oldest = Math.min(kernel.fleet.cursor - feedKept, sealed?.seq ?? 0)
      if (oldest > 0) await forgetChanges(kernel, oldest)
    },
  }
}

async function forgetKeys(kernel: Kernel, before: number): Promise<void> {
  const old = await kernel.store.query(idempotencyKind, {
    index: 'byAge',
    to: before,
    limit: rowsPerRun,
  })
  if (old.length > 0) await kernel.committer.commit(new Writes().remove(idempotencyKind, ...old))
}

async function forgetMigrations(kernel: Kernel, before: number): Promise<void> {
  const where = { index: 'byEnd', to: before, limit: rowsPerRun }
  const old = await kernel.store.query(migrationKind, where)
  if (old.length > 0) await kernel.committer.commit(new Writes().remove(migrationKind, ...old))
}

async function forgetBatches(
  kernel: Kernel,
  page: readonly ServerBatch[],
  before: number,
): Promise<void> {
  const writes = new Writes()
  for (const batch of page.filter((one) => one.createdAt < before)) {
    const left = await kernel.store.count(serverKind, { index: 'byBatch', equals: [batch.id] })
    if (left === 0) writes.remove(serverBatchKind, batch).drop(batchScope(batch.id))
  }
  if (!writes.empty) await kernel.committer.commit(writes)
}
