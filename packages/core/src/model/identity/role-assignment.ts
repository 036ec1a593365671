import { defineKind, type Stored } from '../kind.ts'

export type TargetType = 'project' | 'domain' | 'system'

/**
 * One role of one user on one target. Its id is made of these, so that the store refuses a second
 * one.
 */
export interface RoleAssignment extends Stored {
  readonly userId: string
  readonly role: string
  readonly targetType: TargetType
  /** `system` for the system. */
  readonly targetId: string
  /**
   * True: counts in the projects beneath the target instead of on the target itself (Keystone's
   * inherited assignments). Never for the system.
   */
  readonly inherited: boolean
  readonly createdAt: number
}

export const roleAssignmentKind = defineKind<RoleAssignment>('roleAssignment', {
  byUser: { fields: ['userId', 'targetType', 'targetId'] },
  byTarget: { fields: ['targetType', 'targetId'] },
})

export function roleAssignmentId(
  assignment: Pick<RoleAssignment, 'userId' | 'role' | 'targetType' | 'targetId' | 'inherited'>,
): string {
  const { userId, role, targetType, targetId, inherited } = assignment
  return [userId, role, targetType, targetId, ...(inherited ? ['inherited'] : [])].join(':')
}
