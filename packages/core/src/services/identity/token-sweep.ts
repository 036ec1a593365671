import { CommitConflict } from '../../commit/committer.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { tokenKind } from '../../model/identity/token.ts'
import type { Reconciler } from '../../work/reconciler.ts'

/** Transactions of one round: more tokens than a busy door issues between two rounds. */
const pagesPerRound = 10

/** Forgets tokens whose time is over; nobody has been let in by them since then. */
export function tokenSweep(kernel: Kernel): Reconciler {
  return {
    name: 'token-sweep',
    run: async (signal) => {
      for (let page = 0; page < pagesPerRound && !signal.aborted; page++) {
        const swept = await sweepPage(kernel)
        if (swept > 0) kernel.telemetry.meter.count('tokens_expired', swept)
        if (swept < limits.pageRows) return
      }
    },
  }
}

async function sweepPage(kernel: Kernel): Promise<number> {
  const rows = await kernel.store.query(tokenKind, {
    index: 'byExpiry',
    to: kernel.clock.now(),
    limit: limits.pageRows,
  })
  if (rows.length === 0) return 0
  try {
    await kernel.committer.commit(new Writes().remove(tokenKind, ...rows))
    return rows.length
  } catch (error) {
    // Another process sweeps as well, or somebody has revoked one: next time.
    if (error instanceof CommitConflict) return 0
    throw error
  }
}
