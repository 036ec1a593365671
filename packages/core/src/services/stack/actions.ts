import { z } from 'zod'
import { type Stack, stackKind } from '../../model/stack/stack.ts'
import type { StackAction, StackRequest } from '../../model/stack/stack-state.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation, type Operation } from '../operation.ts'
import { commitRequest, requireAllowed } from './request.ts'
import { type StackView, viewStack } from './view.ts'

const idInput = z.strictObject({ id: idField })
type IdInput = z.infer<typeof idInput>

function request(
  verb: StackRequest & ('suspend' | 'resume' | 'check' | 'delete'),
  to: StackAction,
  summary: string,
): Operation<IdInput, StackView, IdInput> {
  return defineOperation({
    id: `stack.stack.${verb}`,
    summary,
    policy: { scope: 'project', role: 'member' },
    input: idInput,
    mutates: true,
    run: async (call: Call, input: IdInput): Promise<StackView> => {
      const stack = await fetchOne(call, stackKind, input.id)
      requireAllowed(stack, verb)
      const isUnderWay = stack.action === to && stack.status === 'IN_PROGRESS'
      if (isUnderWay) return viewStack(stack, stack.rev)
      return commitRequest(call, stack, begun(stack, to))
    },
  })
}

/** What a stack is when another action begins on it. */
export function begun(stack: Stack, action: StackAction): Partial<Stack> {
  return {
    action,
    status: 'IN_PROGRESS',
    reason: '',
    generation: stack.generation + 1,
    cancelled: false,
  }
}

/** Deletes a stack with its resources, whatever is under way; what it waits for is given up. */
export const stackDelete = request('delete', 'DELETE', 'Deletes a stack and its resources.')

/** Stops what can be stopped, such as servers. */
export const stackSuspend = request('suspend', 'SUSPEND', 'Suspends the resources of a stack.')

export const stackResume = request('resume', 'RESUME', 'Resumes the resources of a stack.')

/** Looks whether everything is there and well, and reads its attributes anew. */
export const stackCheck = request('check', 'CHECK', 'Checks the resources of a stack.')

const cancelInput = z.strictObject({
  id: idField,
  /** True: an update goes back to what was before. */
  rollback: z.boolean().default(false),
})

/**
 * Gives up what is under way.
 *
 * @throws CloudError `conflict` when nothing is, or there is nothing to go back to.
 */
export const stackCancel = defineOperation({
  id: 'stack.stack.cancel',
  summary: 'Gives up what is under way on a stack, and goes back to what was before if asked to.',
  policy: { scope: 'project', role: 'member' },
  input: cancelInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof cancelInput>): Promise<StackView> => {
    const stack = await fetchOne(call, stackKind, input.id)
    requireAllowed(stack, input.rollback ? 'rollback' : 'cancel')
    const reason = 'It was cancelled.'
    return input.rollback
      ? commitRequest(call, stack, { ...begun(stack, 'ROLLBACK'), reason })
      : commitRequest(call, stack, { cancelled: true, reason })
  },
})
