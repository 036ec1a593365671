import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Rounds } from '../rounds.ts'
import { type Drive, type Ordered, planDrive } from './drive.ts'

/**
 * Gives new work to orders that are far past their deadline: whatever became of the first work row,
 * nothing stays between two states. Seeing an order through twice is harmless.
 */
export function stuckDrives<T extends Ordered>(
  kernel: Kernel,
  drive: Pick<Drive<T>, 'name' | 'kind' | 'isUnderWay'>,
): Reconciler {
  const rounds = new Rounds(kernel, drive.kind)
  return {
    name: `stuck ${drive.name}`,
    run: async () => {
      const at = kernel.clock.now()
      const overdue = at - 2 * kernel.settings.buildDeadlineMs
      const rows = (await rounds.next()).filter(
        (row) => drive.isUnderWay(row) && row.updatedAt < overdue,
      )
      if (rows.length === 0) return
      // As of now they are attended to: the next round leaves them to this work.
      const attended = rows.map((row) => ({ ...row, updatedAt: at }))
      const writes = new Writes().update(drive.kind, ...attended)
      planDrive({ kernel, requestId: `req-${kernel.ids.next()}` }, writes, drive, attended)
      await kernel.committer.commit(writes)
      kernel.telemetry.meter.count('volume_orders_unstuck', rows.length)
    },
  }
}
