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
  const { userId, domainId, roles } = call.actor
  const [user] = await call.kernel.store.get(userKind, [userId])
  return { userId, domainId, roles: user ? null : roles }
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
  const { userId, domainId, roles } = owner
  if (roles !== null) return { userId, projectId, domainId, roles, system: false }
  const actor = await resolveActor(kernel, { userId, projectId })
  if (actor.projectId !== null) return actor
  throw new CloudError('forbidden', 'The owner of the stack has no role in its project.')
}
