import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type RoleAssignment,
  roleAssignmentKind,
  type TargetType,
} from '../../model/identity/role-assignment.ts'
import { everyRow } from '../page.ts'
import { domainReferences, dropReference, projectReferences, userReferences } from './references.ts'

/** The reference counter of a target; undefined for the system, which is never deleted. */
export function targetReferences(targetType: TargetType, targetId: string): string | undefined {
  if (targetType === 'project') return projectReferences(targetId)
  return targetType === 'domain' ? domainReferences(targetId) : undefined
}

/**
 * Removes the assignments on a target that is being deleted, and what they count at their users.
 *
 * @returns how many: what the target's own counter must stand at, children aside.
 */
export async function planAssignmentRemoval(
  kernel: Kernel,
  writes: Writes,
  target: Pick<RoleAssignment, 'targetType' | 'targetId'>,
): Promise<number> {
  const equals = [target.targetType, target.targetId]
  return removeAll(kernel, writes, { index: 'byTarget', equals }, (assignment) =>
    userReferences(assignment.userId),
  )
}

/** Removes the assignments of a user who is being deleted, and what they count at their targets. */
export async function planUserAssignmentRemoval(
  kernel: Kernel,
  writes: Writes,
  userId: string,
): Promise<number> {
  return removeAll(kernel, writes, { index: 'byUser', equals: [userId] }, (assignment) =>
    targetReferences(assignment.targetType, assignment.targetId),
  )
}

async function removeAll(
  kernel: Kernel,
  writes: Writes,
  query: { readonly index: string; readonly equals: readonly string[] },
  otherSide: (assignment: RoleAssignment) => string | undefined,
): Promise<number> {
  let removed = 0
  for await (const rows of everyRow(kernel, roleAssignmentKind, query)) {
    removed += rows.length
    if (removed > limits.bulkIds) {
      throw new CloudError('conflict', 'Too many role assignments: remove some first.', {
        field: 'id',
        limit: limits.bulkIds,
      })
    }
    writes.remove(roleAssignmentKind, ...rows)
    for (const row of rows) {
      const scope = otherSide(row)
      if (scope !== undefined) dropReference(writes, scope)
    }
  }
  return removed
}
