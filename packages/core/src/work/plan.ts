import type { Writes } from '../commit/writes.ts'
import type { Draft } from '../model/kind.ts'
import { systemFlow, type Work, workKind, workTopic } from '../model/work/work.ts'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'

/** What a workflow is begun with. */
export interface WorkOrder {
  readonly input: unknown
  readonly at: number
  readonly deadline: number
  readonly requestId: string
}

interface Named {
  readonly name: string
  readonly steps: readonly { readonly name: string }[]
}

/** Adds the work row of a new workflow to a decision's writes, and rings for it. */
export function planWork(writes: Writes, ids: Ids, program: Named, order: WorkOrder): void {
  planNamedWork(writes, ids.next(), program, order)
}

/** Work that a decision plans is work of whoever decides. */
export function withFlow(writes: Writes, flow: string): Writes {
  return writes.amend(workKind, (row) => ({ ...row, flow }))
}

/** As `planWork`, under a name: the commit fails if there is work under it, whatever was read. */
export function planNamedWork(writes: Writes, id: string, program: Named, order: WorkOrder): void {
  writes.insert(workKind, workRow(id, program, order)).ring(workTopic)
}

/**
 * As `planWork`, for work of which one row is enough however often it is asked for. If the row is
 * there, it begins anew: whoever runs it may have read what this decision changes, and is refused
 * at its next write.
 */
export async function planWorkOnce(
  store: Store,
  writes: Writes,
  id: string,
  program: Named,
  order: WorkOrder,
): Promise<void> {
  const [row] = await store.get(workKind, [id])
  if (!row) return planNamedWork(writes, id, program, order)
  writes.update(workKind, { ...row, owner: null, due: order.at, attempt: 0 }).ring(workTopic)
}

function workRow(id: string, program: Named, order: WorkOrder): Draft<Work> {
  return {
    id,
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
    flow: systemFlow,
    createdAt: order.at,
  }
}
