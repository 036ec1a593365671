import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { workKind, workTopic } from '../../model/work/work.ts'
import { planWork } from '../../work/plan.ts'

export const stackProgramName = 'stack.converge'
export const stackStepName = 'converge'

/** What the work of a stack is begun with: what it reads of the stack is not older than that. */
export interface StackInput {
  readonly stackId: string
  readonly generation: number
  /** Looks in a row that found nothing to do: the next one may wait for longer. */
  readonly idle: number
}

/** The id of the one work row that a stack has while something is under way. */
export function stackWorkId(stackId: string): string {
  return `${stackProgramName}:${stackId}`
}

/**
 * Writes that a stack is to be brought to its new generation. Work that is under way begins anew:
 * whoever runs it is refused at its next write.
 */
export async function planStackWork(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  stack: { readonly id: string; readonly generation: number; readonly deadline: number },
): Promise<void> {
  const { kernel, requestId } = call
  const id = stackWorkId(stack.id)
  const at = kernel.clock.now()
  const input: StackInput = { stackId: stack.id, generation: stack.generation, idle: 0 }
  const [row] = await kernel.store.get(workKind, [id])
  if (!row) {
    const program = { name: stackProgramName, steps: [{ name: stackStepName }] }
    const ids = { next: (): string => id }
    planWork(writes, ids, program, { input, at, deadline: stack.deadline, requestId })
    return
  }
  // Its own deadline stays: what counts is the stack's, and past its own it does the same.
  writes.update(workKind, { ...row, owner: null, due: at, attempt: 0, input }).ring(workTopic)
}
