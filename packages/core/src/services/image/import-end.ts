import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import { type ImageTask, imageTaskKeptMs, imageTaskKind } from '../../model/image/task.ts'
import type { Outcome, WorkContext } from '../../work/program.ts'

/** What an import works on. */
export interface ImportRows {
  readonly image: Image
  readonly task: ImageTask
}

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

/**
 * Commits what is planned for an import as it is now: somebody may change other things of the image
 * at the same moment.
 *
 * @param read the rows, or an outcome when there is nothing to do for this step any more.
 * @returns the image as it was before; undefined when there was nothing to do.
 */
export async function settleImport<T extends ImportRows>(
  context: WorkContext,
  read: () => Promise<T | Outcome>,
  plan: (current: T) => Promise<Writes> | Writes,
): Promise<Image | undefined> {
  for (let count = 1; ; count++) {
    const current = await read()
    if (!('image' in current)) return undefined
    try {
      await context.commit(await plan(current))
      return current.image
    } catch (error) {
      const isImage =
        error instanceof CommitConflict &&
        error.conflict.type === 'revision' &&
        error.conflict.kind === imageKind.name
      if (!isImage || count >= limits.commitAttempts) throw error
    }
  }
}
