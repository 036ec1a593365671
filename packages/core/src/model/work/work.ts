import { defineKind, type Stored } from '../kind.ts'

/**
 * Durable work: one row per running workflow. `due` is when it may next be taken: its wake time
 * while it waits, the end of its lease while an owner runs it. Every write by an owner compares
 * `rev`, so a late owner is refused.
 */
export interface Work extends Stored {
  readonly program: string
  readonly step: string
  /** Steps completed, oldest first: undone in reverse when the workflow fails. */
  readonly completed: readonly string[]
  readonly undoing: boolean
  readonly input: unknown
  readonly owner: string | null
  readonly due: number
  /** Runs of the current step that failed. */
  readonly attempt: number
  /** When the workflow gives up and undoes what it did. */
  readonly deadline: number
  readonly requestId: string
  /** Whose it is, where work waits for a worker: a project, a domain, or `systemFlow`. */
  readonly flow: string
  readonly createdAt: number
}

/** What belongs to nobody in particular. */
export const systemFlow = 'system'

export const workKind = defineKind<Work>('work', {
  byDue: { fields: ['due'] },
  byFlow: { fields: ['flow', 'due'] },
})

/** The doorbell of new work. */
export const workTopic = 'work'
