import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { type Group, membershipKind } from '../../model/identity/group.ts'
import { type RoleAssignment, roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { User } from '../../model/identity/user.ts'
import type { Actor, Call } from '../call.ts'
import { hasRole, isDomainActor } from '../policy.ts'
import { requireGivable } from './role-rules.ts'

/** The roles that a user has by himself and by his groups, wherever they count. */
export async function assignmentsOf(
  kernel: Kernel,
  userId: string,
): Promise<readonly RoleAssignment[]> {
  const { store } = kernel
  const [own, memberships] = await Promise.all([
    store.query(roleAssignmentKind, {
      index: 'byUser',
      equals: [userId],
      limit: limits.userAssignments,
    }),
    store.lookup(membershipKind, 'byUser', [[userId]]),
  ])
  if (memberships.length === 0) return own
  const keys = memberships.map(({ groupId }) => [groupId])
  return [...own, ...(await store.lookup(roleAssignmentKind, 'byGroup', keys))]
}

/**
 * Refuses to let anyone take over an account that may do more than he: an operator manages every
 * user; a manager of a domain, those of its users whose roles all lie inside the domain and within
 * his own.
 *
 * @throws CloudError `forbidden`.
 */
export async function requireManageable(call: Call, user: User): Promise<void> {
  if (isAdministrator(call.actor)) return
  requireManager(call.actor)
  await requireWithin(call, await assignmentsOf(call.kernel, user.id))
}

/**
 * Refuses to let anyone give, by a membership, more than he has himself.
 *
 * @throws CloudError `forbidden`.
 */
export async function requireGroupManageable(call: Call, group: Group): Promise<void> {
  if (isAdministrator(call.actor)) return
  requireManager(call.actor)
  const found = await call.kernel.store.lookup(roleAssignmentKind, 'byGroup', [[group.id]])
  await requireWithin(call, found)
}

export function isAdministrator(actor: Actor): boolean {
  return actor.system && hasRole(actor.roles, 'admin')
}

function requireManager(actor: Actor): void {
  if (!isDomainActor(actor) || !hasRole(actor.roles, 'manager')) throw beyond()
}

async function requireWithin(call: Call, assignments: readonly RoleAssignment[]): Promise<void> {
  const { actor, kernel } = call
  const projectIds = assignments.flatMap((a) => (a.targetType === 'project' ? a.targetId : []))
  const projects = projectIds.length === 0 ? [] : await kernel.store.get(projectKind, projectIds)
  const domainOf = new Map(projectIds.map((id, index) => [id, projects[index]?.domainId ?? null]))
  for (const { targetType, targetId } of assignments) {
    const domainId = targetType === 'domain' ? targetId : (domainOf.get(targetId) ?? null)
    if (targetType === 'system' || domainId !== actor.domainId) throw beyond()
  }
  const roleIds = [...new Set(assignments.map(({ role }) => role))]
  await requireGivable(kernel, actor, roleIds, 'id').catch((error: unknown) => {
    throw error instanceof CloudError && error.code === 'forbidden' ? beyond() : error
  })
}

function beyond(): CloudError {
  return new CloudError('forbidden', 'The user has rights beyond those of the caller.', {
    field: 'id',
  })
}
