import { CommitConflict, type Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { type Work, workKind } from '../model/work/work.ts'
import type { Clock } from '../ports/clock.ts'
import { withFlow } from './plan.ts'
import type { WorkContext } from './program.ts'

/** True if the conflict says that this work row is no longer ours. */
export function lostLease(error: unknown): boolean {
  return (
    error instanceof CommitConflict &&
    error.conflict.type === 'revision' &&
    error.conflict.kind === workKind.name
  )
}

/**
 * A held work row. Every write passes through here, one at a time, comparing and renewing the row.
 */
export class Lease implements WorkContext {
  #work: Work
  #tail: Promise<unknown> = Promise.resolve()
  /** The row was handed back or removed: it is nobody's, or another's. */
  #isOver = false
  readonly #abort = new AbortController()
  readonly #committer: Committer
  readonly #clock: Clock
  readonly #leaseMs: number

  constructor(work: Work, committer: Committer, clock: Clock, leaseMs: number) {
    this.#work = work
    this.#committer = committer
    this.#clock = clock
    this.#leaseMs = leaseMs
  }

  get work(): Work {
    return this.#work
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  abandon(reason: unknown): void {
    this.#abort.abort(reason)
  }

  commit(writes: Writes): Promise<void> {
    return this.change(writes, {})
  }

  /** Renews the lease if nothing else has for a third of its time. */
  async renew(): Promise<void> {
    if (this.#work.owner === null) return
    const left = this.#work.due - this.#clock.now()
    if (left < (this.#leaseMs * 2) / 3) await this.change(new Writes(), {})
  }

  /** Commits `writes` with a change of the row; `null` removes the row. */
  change(writes: Writes, fields: Partial<Work> | null): Promise<void> {
    const run = this.#tail.then(async () => {
      const row = this.#work
      withFlow(writes, row.flow)
      if (this.#isOver) {
        // A renewal that comes late must not put off whoever takes the row next.
        throw new CommitConflict({ type: 'revision', kind: workKind.name, ids: [row.id] })
      }
      if (fields === null) {
        writes.remove(workKind, row)
        await this.#committer.commit(writes)
        this.#isOver = true
        return
      }
      const changed: Work = { ...row, due: this.#clock.now() + this.#leaseMs, ...fields }
      writes.update(workKind, changed)
      await this.#committer.commit(writes)
      this.#work = { ...changed, rev: row.rev + 1 }
      this.#isOver = changed.owner === null
    })
    this.#tail = run.catch(() => undefined)
    return run
  }
}
