import type { Kernel } from '../../kernel.ts'
import { objectKind } from '../../model/object/object.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { commitSome } from './loose-bytes.ts'
import { planRemoval } from './plan.ts'

/** Objects removed in one round, in one transaction. */
const perRound = 500

/** Removes objects past their time for good; readers have not seen them since then. */
export function objectExpiry(kernel: Kernel): Reconciler {
  return {
    name: 'object-expiry',
    run: async () => {
      const rows = await kernel.store.query(objectKind, {
        index: 'byDeleteAt',
        from: 0,
        to: kernel.clock.now(),
        limit: perRound,
      })
      if (rows.length === 0) return
      const count = await commitSome(kernel, rows, planRemoval)
      kernel.telemetry.meter.count('objects_expired', count)
    },
  }
}
