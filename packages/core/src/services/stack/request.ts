import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { type Stack, stackEventKind, stackKind } from '../../model/stack/stack.ts'
import { stackAllows, type StackRequest, stackStatusText } from '../../model/stack/stack-state.ts'
import type { Call } from '../call.ts'
import { stackEvent } from './events.ts'
import { planStackWork } from './order.ts'
import { ownerOfCall } from './owner.ts'
import { type StackView, viewStack } from './view.ts'

/** @throws CloudError `conflict` with the status, when the stack's state forbids the request. */
export function requireAllowed(stack: Stack, request: StackRequest): void {
  if (stackAllows(request, stack)) return
  const status = stackStatusText(stack)
  throw new CloudError('conflict', `Cannot ${request} a stack that is ${status}.`, {
    field: 'id',
    detail: { id: stack.id, status },
  })
}

/**
 * Writes that something else is wanted of a stack from now on, with the work that brings it about.
 * Whoever asks becomes its owner: what is done is done as him.
 */
export async function commitRequest(
  call: Call,
  before: Stack,
  fields: Partial<Stack>,
  { writes = new Writes(), answer }: { readonly writes?: Writes; readonly answer?: unknown } = {},
): Promise<StackView> {
  const { kernel } = call
  const at = kernel.clock.now()
  const merged = { ...before, ...fields }
  const stack: Stack = {
    ...merged,
    owner: await ownerOfCall(call),
    deadline: at + merged.timeoutMs,
    requestId: call.requestId,
    updatedAt: at,
  }
  writes.update(stackKind, stack).insert(stackEventKind, stackEvent(kernel, stack))
  await planStackWork(call, writes, stack)
  const view = viewStack(stack, stack.rev + 1)
  await call.commit(writes, [stack.id], answer ?? view)
  return view
}
