import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type ImageTask, imageTaskKeptMs, imageTaskKind } from '../../model/image/task.ts'

/** The task ends: well, or for this reason. */
export function planTask(
  kernel: Pick<Kernel, 'clock'>,
  writes: Writes,
  task: ImageTask,
  reason?: string,
): Writes {
  const at = kernel.clock.now()
  return writes.update(imageTaskKind, {
    ...task,
    status: reason === undefined ? 'success' : 'failure',
    message: (reason ?? '').slice(0, limits.messageLength),
    expiresAt: at + imageTaskKeptMs,
    updatedAt: at,
  })
}
