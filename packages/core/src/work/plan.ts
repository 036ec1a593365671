import type { Writes } from '../commit/writes.ts'
import { workKind, workTopic } from '../model/work/work.ts'
import type { Ids } from '../ports/ids.ts'

/** Adds the work row of a new workflow to a decision's writes, and rings for it. */
export function planWork(
  writes: Writes,
  ids: Ids,
  program: { readonly name: string; readonly steps: readonly { readonly name: string }[] },
  order: {
    readonly input: unknown
    readonly at: number
    readonly deadline: number
    readonly requestId: string
  },
): void {
  writes
    .insert(workKind, {
      id: ids.next(),
      program: program.name,
      step: program.steps[0]?.name ?? '',
      completed: [],
      undoing: false,
      input: order.input,
      owner: null,
      due: order.at,
      attempt: 0,
      deadline: order.deadline,
      requestId: order.requestId,
      createdAt: order.at,
    })
    .ring(workTopic)
}
