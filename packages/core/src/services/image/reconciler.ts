import type { Kernel } from '../../kernel.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Interruptions } from './interrupted.ts'
import { reconcileImageBytes } from './reconcile.ts'

/**
 * Time between looks through the whole image store, in milliseconds. Only a crash, or an upload
 * that could not be undone, leaves bytes without a record, so the first look, at the start of the
 * process, matters most.
 */
const orphansEveryMs = 3_600_000

/** Each round ends interrupted uploads and finishes deletions; now and then one removes orphans. */
export function imageBytes(kernel: Kernel): Reconciler {
  const interruptions = new Interruptions(kernel)
  let nextOrphans = Number.NEGATIVE_INFINITY
  return {
    name: 'image-bytes',
    run: async (signal) => {
      const orphans = kernel.clock.elapsed() >= nextOrphans
      await reconcileImageBytes(kernel, { signal, orphans, interruptions })
      if (orphans && !signal.aborted) nextOrphans = kernel.clock.elapsed() + orphansEveryMs
    },
  }
}
