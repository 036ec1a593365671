import { isCloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { each } from './each.ts'
import type { ResourceWork, Verb } from './type.ts'

/**
 * A removal that takes its time: it is asked for until it is under way, and over when nothing is
 * there any more.
 *
 * @param isLeaving what is there: true when it is on its way out. Throws `notFound` when it is
 *   gone.
 */
export function removalUntilGone(
  isLeaving: (work: ResourceWork, id: string) => Promise<boolean>,
  remove: (work: ResourceWork, id: string, key: string) => Promise<unknown>,
): Verb {
  return each(async (work, row) => {
    if (row.physicalId === null) return { state: 'done' }
    try {
      if (await isLeaving(work, row.physicalId)) return { state: 'pending' }
      // Each try has a key of its own: one that was refused is no answer to the next.
      await remove(work, row.physicalId, work.keyOf(row, `delete ${row.tries}`))
      return { state: 'pending' }
    } catch (error) {
      if (!isCloudError(error)) throw error
      if (error.code === 'notFound') return { state: 'done' }
      const isUsed = error.code === 'conflict' && row.tries < limits.stackRemovalTries
      if (isUsed) return { state: 'retry', reason: error.message }
      throw error
    }
  })
}
