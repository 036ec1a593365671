import type { HookAt, StackHook, StackResource } from '../../../model/stack/resource.ts'
import type { Stack } from '../../../model/stack/stack.ts'
import type { StackAction } from '../../../model/stack/stack-state.ts'
import type { ResourceRules } from '../template/rules.ts'

type About = Pick<Stack, 'action' | 'generation'>

/** Actions that stop at hooks: what goes back to what was before does not. */
const stopping: readonly StackAction[] = ['CREATE', 'UPDATE', 'DELETE']

/** True while somebody must say that the resource may go on. */
export function isHeld(stack: About, row: Pick<StackResource, 'hook'>): boolean {
  return row.hook !== null && row.hook.generation === stack.generation
}

/** The hook at which a resource that is wanted stops before anything is done; null for none. */
export function hookBefore(
  stack: About,
  rules: ResourceRules,
  row: StackResource | undefined,
): StackHook | null {
  return stopAt(stack, rules, !row || row.action === 'INIT' ? 'pre-create' : 'pre-update', row)
}

/** The hook at which a resource stops before it goes. */
export function hookBeforeRemoval(
  stack: About,
  rules: ResourceRules,
  row: StackResource,
): StackHook | null {
  // One that another has replaced cannot be named, so nobody could let it go on.
  return row.liveName === null ? null : stopAt(stack, rules, 'pre-delete', row)
}

/** The hook at which a resource stops once it is made or changed. */
export function hookAfter(
  stack: About,
  rules: ResourceRules,
  row: Pick<StackResource, 'action' | 'lifted'>,
): HookAt | null {
  const name = ({ CREATE: 'post-create', UPDATE: 'post-update' } as const)[row.action as 'CREATE']
  const stops = name !== undefined && stopAt(stack, rules, name, row) !== null
  return stops ? { name, generation: stack.generation } : null
}

function stopAt(
  stack: About,
  rules: ResourceRules,
  name: StackHook,
  row: Pick<StackResource, 'lifted'> | undefined,
): StackHook | null {
  if (!rules.hooks.has(name) || !stopping.includes(stack.action)) return null
  const isLifted = row?.lifted.some(
    (hook) => hook.name === name && hook.generation === stack.generation,
  )
  return isLifted ? null : name
}

/** What events say of a resource that stops at a hook. */
export function heldReason(hook: HookAt): string {
  const action = hook.name.slice(hook.name.indexOf('-') + 1).toUpperCase()
  return `${action} paused until Hook ${hook.name} is cleared`
}
