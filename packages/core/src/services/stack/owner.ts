import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Stack, StackOwner } from '../../model/stack/stack.ts'
import type { Actor, Call } from '../call.ts'
import { resolveActor } from '../identity/actor.ts'

/**
 * Whoever calls, as a stack remembers it. No roles are kept of a user of the cloud, so that one who
 * is not allowed any more cannot go on by way of a stack.
 */
export async function ownerOfCall(call: Call): Promise<StackOwner> {
  const { userId, domainId, roles, operator } = call.actor
  const [user] = await call.kernel.store.get(userKind, [userId])
  return { userId, domainId, roles: user ? null : roles, ...(operator && { operator }) }
}

/**
 * As whom the operations of a stack are called now.
 *
 * @throws CloudError `forbidden` or `notFound` when the owner may do nothing in the project any
 *   more.
 */
export async function ownerActor(
  kernel: Kernel,
  stack: Pick<Stack, 'owner' | 'projectId'>,
): Promise<Actor> {
  const { owner, projectId } = stack
  const { userId, domainId, roles, operator } = owner
  const more = operator && { operator }
  if (roles !== null) return { userId, projectId, domainId, roles, system: false, ...more }
  const actor = await resolveActor(kernel, { userId, projectId })
  if (actor.projectId !== null) return { ...actor, ...more }
  throw new CloudError('forbidden', 'The owner of the stack has no role in its project.')
}

/** The owner as one who acts on the system; undefined when he may not, or not any more. */
export function systemActor(actor: Actor): Actor | undefined {
  const { operator, ...own } = actor
  if (operator !== true || !actor.roles.includes('admin')) return undefined
  return { ...own, projectId: null, domainId: null, system: true }
}
