import type { Writes } from '../commit/writes.ts'
import type { Work } from '../model/work/work.ts'

/**
 * A workflow: named steps in order, each with its undo. A step may run more than once (a crash, a
 * lost lease), so it reads current state and brings it about; its effects on the store and the move
 * to the next step commit together.
 */
export interface Program {
  readonly name: string
  readonly steps: readonly Step[]
}

export interface Step {
  readonly name: string
  run(context: WorkContext): Promise<Outcome>
  /**
   * Takes back what `run` did, also when it did it by half or not at all. Null = nothing to take
   * back, said on purpose. Undo twice equals undo once.
   */
  readonly undo: ((context: WorkContext) => Promise<Outcome>) | null
}

/** How a step ends. `writes` commit together with the change of the work row. */
export type Outcome =
  | { readonly type: 'next'; readonly input?: unknown; readonly writes?: Writes }
  | {
      readonly type: 'wait'
      /** At most `limits.workWaitMs`; more is cut. */
      readonly ms: number
      readonly input?: unknown
      readonly writes?: Writes
    }
  /** Run again after a backoff, counted as a failed attempt. */
  | { readonly type: 'retry'; readonly reason: string; readonly writes?: Writes }
  /** Undo what was completed. */
  | { readonly type: 'fail'; readonly reason: string }

/** What a step may use of its own row. */
export interface WorkContext {
  readonly work: Work
  /** Fires when the lease is lost or the worker stops. */
  readonly signal: AbortSignal
  /**
   * Commits in the middle of a step, fenced by the work row's revision and renewing its lease.
   *
   * @throws CommitConflict; on kind `work`, the lease is lost and the step must end.
   */
  commit(writes: Writes): Promise<void>
}
