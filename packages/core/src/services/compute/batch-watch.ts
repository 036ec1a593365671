import type { Kernel } from '../../kernel.ts'
import { batchScope } from '../../model/compute/server-batch.ts'
import { Bell } from '../bell.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { serverBatchProgress } from './server-read.ts'
import type { BatchProgress } from './server-view.ts'

/**
 * How a batch gets on, each time it has changed, until every member has settled. Woken by
 * doorbells; a lost one costs at most a poll interval.
 *
 * @throws CloudError `notFound`, `aborted`.
 */
export async function* watchBatch(
  kernel: Kernel,
  actor: Actor,
  id: string,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<BatchProgress, void, undefined> {
  const bell = new Bell(kernel, batchScope(id))
  try {
    for (let before = -1; ;) {
      bell.silence()
      const progress = await invoke(kernel, actor, serverBatchProgress, { id }, options)
      if (progress.pending !== before) yield progress
      before = progress.pending
      if (progress.pending <= 0) return
      await bell.wait(kernel.settings.pollMs, options.signal)
    }
  } finally {
    bell.close()
  }
}
