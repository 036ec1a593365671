import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import type { StackResource } from '../../model/stack/resource.ts'
import type { Stack, StackEvent } from '../../model/stack/stack.ts'

/** What happened to a stack, for its list of events. */
export function stackEvent(
  kernel: Pick<Kernel, 'ids' | 'clock'>,
  stack: Pick<Stack, 'id' | 'projectId' | 'action' | 'status' | 'reason'>,
): Draft<StackEvent> {
  const { id, projectId, action, status, reason } = stack
  const at = kernel.clock.now()
  const of = { resource: null, type: null, physicalId: null }
  return { id: kernel.ids.next(), stackId: id, projectId, ...of, action, status, reason, at }
}

/** What happened to a resource of a stack. */
export function resourceEvent(
  kernel: Pick<Kernel, 'ids' | 'clock'>,
  row: Draft<StackResource>,
): Draft<StackEvent> {
  const { stackId, projectId, name: resource, type, physicalId, action, status, reason } = row
  const at = kernel.clock.now()
  const id = kernel.ids.next()
  return { id, stackId, projectId, resource, type, physicalId, action, status, reason, at }
}
