import { Writes } from '../../commit/writes.ts'
import {
  type Stack,
  type StackDefinition,
  stackDefinitionKind,
  stackKind,
} from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { requireRev } from '../network/access.ts'
import { defineOperation } from '../operation.ts'
import { updateInput, type UpdateInput } from './input.ts'
import { Plan } from './plan/plan.ts'
import { commitRequest, requireAllowed } from './request.ts'
import { changedSource, definitionOf, definitionRow, timeoutMsOf } from './source.ts'
import { requireImmutable } from './template/parameter-values.ts'
import type { StackView } from './view.ts'

/**
 * Changes a stack to another template or other parameters. It may be asked for while something
 * else is under way: then that is brought to the new template too.
 *
 * @throws CloudError `invalid` with the path in the template, or for a changed parameter that is
 *   immutable; `conflict` when the state forbids it; `stale`.
 */
export const stackUpdate = defineOperation({
  id: 'stack.stack.update',
  summary: 'Changes a stack to another template or other parameters.',
  policy: { scope: 'project', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: UpdateInput): Promise<StackView> => {
    const { kernel } = call
    const stack = await fetchOne(call, stackKind, input.id)
    requireRev(stack, input.expectedRev)
    requireAllowed(stack, 'update')
    const { before, plan } = await changedPlan(call, stack, input)
    const definition = definitionRow(kernel, stack.id, plan.source)
    const writes = new Writes().insert(stackDefinitionKind, definition)
    // What was never brought about is nothing to come back to.
    if (before.id !== stack.completeId) writes.remove(stackDefinitionKind, before)
    const { tags, rollback, timeoutMinutes } = input
    const fields: Partial<Stack> = {
      action: 'UPDATE',
      status: 'IN_PROGRESS',
      reason: '',
      generation: stack.generation + 1,
      definitionId: definition.id,
      description: plan.template.description,
      cancelled: false,
      ...(tags && { tags }),
      ...(rollback !== undefined && { rollback }),
      ...(timeoutMinutes !== undefined && { timeoutMs: timeoutMsOf(timeoutMinutes) }),
    }
    return commitRequest(call, stack, fields, { writes })
  },
})

/** What a stack is to become: everything that can be wrong with it is told now. */
export async function changedPlan(
  call: Call,
  stack: Stack,
  input: UpdateInput,
): Promise<{ readonly before: StackDefinition; readonly plan: Plan }> {
  const { kernel } = call
  const before = await definitionOf(kernel, stack)
  const plan = new Plan(changedSource(input, before), stack, kernel.digest)
  plan.validate()
  const old = new Plan(before, stack, kernel.digest)
  requireImmutable(plan.template.parameters, old.parameters, plan.parameters)
  return { before, plan }
}
