import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { JsonMap } from '../../model/stack/json.ts'
import { type StackResource, stackResourceKind } from '../../model/stack/resource.ts'
import { stackDefinitionKind, stackKind } from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { begun } from './actions.ts'
import { Plan } from './plan/plan.ts'
import { commitRequest, requireAllowed } from './request.ts'
import { numberOf, textOf } from './resources/property.ts'
import { definitionOf, definitionRow } from './source.ts'

/**
 * What a signal to a policy does: its group gets another size, by an update of the stack. Nothing
 * while the group rests after the last change, and where the bounds leave nothing to do.
 *
 * @throws CloudError `conflict` for a policy of no group of the stack, or when the stack cannot be
 *   updated.
 */
export async function scale(call: Call, policy: StackResource): Promise<null> {
  const { kernel } = call
  const stack = await fetchOne(call, stackKind, policy.stackId, 'stackId')
  requireAllowed(stack, 'update')
  const properties = policy.properties ?? {}
  const groupId = textOf(properties, 'auto_scaling_group_id') ?? ''
  const [group] = await kernel.store.get(stackResourceKind, [groupId])
  const least = numberOf(group?.properties ?? {}, 'min_size')
  const most = numberOf(group?.properties ?? {}, 'max_size')
  if (group?.stackId !== stack.id || least === undefined || most === undefined) {
    throw new CloudError('conflict', 'The policy has no group.', { field: 'name' })
  }
  const before = await definitionOf(kernel, stack)
  const at = kernel.clock.now()
  const last = before.sizes?.[group.name]?.at ?? -Infinity
  if (at - last < (numberOf(properties, 'cooldown') ?? 0) * 1_000) return null
  // As many as it is to have by now: an update that is under way may not have made them all yet.
  const { nodes } = new Plan(before, stack, kernel.digest)
  const current = [...nodes.values()].filter((node) => node.group === group.name).length
  const count = Math.min(most, Math.max(least, adjusted(current, properties)))
  if (count === current) return null
  const sizes = { ...before.sizes, [group.name]: { count, at } }
  const plan = new Plan({ ...before, sizes }, stack, kernel.digest)
  plan.validate()
  const definition = definitionRow(kernel, stack.id, plan.source)
  const writes = new Writes().insert(stackDefinitionKind, definition)
  if (before.id !== stack.completeId) writes.remove(stackDefinitionKind, before)
  const fields = { ...begun(stack, 'UPDATE'), definitionId: definition.id }
  await commitRequest(call, stack, fields, { writes, answer: null })
  return null
}

function adjusted(current: number, properties: JsonMap): number {
  const adjustment = numberOf(properties, 'scaling_adjustment') ?? 0
  const whole = Math.trunc(adjustment)
  switch (textOf(properties, 'adjustment_type')) {
    case 'exact_capacity':
      return whole
    case 'percent_change_in_capacity': {
      // Away from nothing: a percentage of few is one at least.
      const change = (current * adjustment) / 100
      const size = Math.abs(change) < 1 ? Math.ceil(Math.abs(change)) : Math.trunc(Math.abs(change))
      const step = Math.max(size, numberOf(properties, 'min_adjustment_step') ?? 0)
      return current + Math.sign(adjustment) * step
    }
    default:
      return current + whole
  }
}
