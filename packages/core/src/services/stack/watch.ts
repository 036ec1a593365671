import { throwIfAborted } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { stackTopic } from '../../model/stack/stack.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { stackGet } from './read.ts'
import type { StackDetail } from './view.ts'

/**
 * Follows a stack until nothing is under way on it. Woken by doorbells; a lost one costs at most a
 * poll interval.
 *
 * @returns the stack as it is then.
 * @throws CloudError `notFound` when it is gone, `aborted`.
 */
export async function watchStack(
  kernel: Kernel,
  actor: Actor,
  id: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<StackDetail> {
  const { signal } = options
  let ring: () => void = () => undefined
  let rung = false
  const unsubscribe = kernel.bus.subscribe(stackTopic(id), () => {
    rung = true
    ring()
  })
  try {
    for (;;) {
      rung = false
      const { status } = await invoke(kernel, actor, stackGet, { id, outputs: false }, options)
      if (status !== 'IN_PROGRESS') return await invoke(kernel, actor, stackGet, { id }, options)
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
