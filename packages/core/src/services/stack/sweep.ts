import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { stackEventKind, stackKind } from '../../model/stack/stack.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Rounds } from '../rounds.ts'

/**
 * Events whose stack is gone go: one that could not be read yet when the stack went was left.
 */
export function stackEvents(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, stackEventKind)
  /** Seen without a stack in an earlier round: a stack that cannot be read yet has its events. */
  let suspects = new Set<string>()
  return {
    name: 'stack-events',
    run: async () => {
      const events = await rounds.next()
      const ids = [...new Set(events.map(({ stackId }) => stackId))]
      const stacks = await kernel.store.get(stackKind, ids)
      const gone = new Set(ids.filter((_, at) => stacks[at] === undefined))
      const left = events.filter(({ stackId }) => gone.has(stackId))
      const confirmed = left.filter(({ id }) => suspects.has(id))
      suspects = new Set(left.map(({ id }) => id))
      if (confirmed.length === 0) return
      try {
        await kernel.committer.commit(new Writes().remove(stackEventKind, ...confirmed))
      } catch (error) {
        // Somebody else has removed them.
        if (!(error instanceof CommitConflict)) throw error
      }
    },
  }
}
