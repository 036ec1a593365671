import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { keyPairKind } from '../../model/compute/key-pair.ts'
import { projectKind } from '../../model/identity/project.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { everyRow } from '../page.ts'
import { hasRole, isDomainActor, type Role } from '../policy.ts'
import { chargeQuota } from '../quota.ts'
import { planUserAssignmentRemoval } from './assignments.ts'
import { closeReferences, domainReferences, dropReference, userReferences } from './references.ts'

/**
 * Refuses to let anyone take over an account that may do more than he: an operator manages every
 * user; a manager of a domain, those of its users whose roles all lie inside the domain and within
 * his own.
 *
 * @throws CloudError `forbidden`.
 */
export async function requireManageable(call: Call, user: User): Promise<void> {
  const { actor, kernel } = call
  if (actor.system && hasRole(actor.roles, 'admin')) return
  const refusal = new CloudError('forbidden', 'The user has rights beyond those of the caller.', {
    field: 'id',
  })
  if (!isDomainActor(actor) || !hasRole(actor.roles, 'manager')) throw refusal
  const assignments = await kernel.store.query(roleAssignmentKind, {
    index: 'byUser',
    equals: [user.id],
    limit: limits.userAssignments,
  })
  const projectIds = assignments.flatMap((a) => (a.targetType === 'project' ? a.targetId : []))
  const projects = await kernel.store.get(projectKind, projectIds)
  const domainOf = new Map(projectIds.map((id, index) => [id, projects[index]?.domainId ?? null]))
  for (const { role, targetType, targetId } of assignments) {
    const domainId = targetType === 'domain' ? targetId : (domainOf.get(targetId) ?? null)
    const within = targetType !== 'system' && domainId === actor.domainId
    if (!within || !hasRole(actor.roles, role as Role)) throw refusal
  }
}

/** Writes the removal of a user with all that is only his: role assignments and key pairs. */
export async function planUserRemoval(kernel: Kernel, user: User): Promise<Writes> {
  const writes = new Writes()
  const removed = await planUserAssignmentRemoval(kernel, writes, user.id)
  closeReferences(writes, userReferences(user.id), removed)
  dropReference(writes, domainReferences(user.domainId))
  for await (const pairs of everyRow(kernel, keyPairKind, { index: 'byName', equals: [user.id] })) {
    writes.remove(keyPairKind, ...pairs)
    for (const pair of pairs) chargeQuota(writes, pair.projectId, { keyPairs: 1 }, -1)
  }
  return writes.remove(userKind, user)
}
