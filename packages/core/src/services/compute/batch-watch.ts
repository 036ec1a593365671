import { throwIfAborted } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { batchScope } from '../../model/compute/server-batch.ts'
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
  const { signal } = options
  let ring: () => void = () => undefined
  let rung = false
  const unsubscribe = kernel.bus.subscribe(batchScope(id), () => {
    rung = true
    ring()
  })
  try {
    for (let before = -1; ;) {
      rung = false
      const progress = await invoke(kernel, actor, serverBatchProgress, { id }, options)
      if (progress.pending !== before) yield progress
      before = progress.pending
      if (progress.pending <= 0) return
      if (rung) continue
      const alarm = new AbortController()
      const cancel = (): void => alarm.abort()
      signal?.addEventListener('abort', cancel, { once: true })
      const asleep = kernel.clock
        .sleep(kernel.settings.pollMs, { signal: alarm.signal })
        .catch(() => undefined)
      await Promise.race([asleep, new Promise<void>((resolve) => (ring = resolve))])
      alarm.abort()
      signal?.removeEventListener('abort', cancel)
      throwIfAborted(signal)
    }
  } finally {
    unsubscribe()
  }
}
