import { defineKind, type Stored } from '../kind.ts'

export type TargetType = 'project' | 'domain' | 'system'

/**
 * One role of one user, or of all users of one group, on one target. Its id is made of these, so
 * that the store refuses a second one.
 */
export interface RoleAssignment extends Stored {
  /** Null: of a group. */
  readonly userId: string | null
  /** Absent or null: of a user. */
  readonly groupId?: string | null
  /** The id of the role; of a built-in one, its name. */
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

export const roleAssignmentKind = defineKind<RoleAssignment>(
  'roleAssignment',
  {
    byUser: { fields: ['userId', 'targetType', 'targetId'] },
    byGroup: { fields: ['groupId', 'targetType', 'targetId'] },
    byRole: { fields: ['role'] },
    byTarget: { fields: ['targetType', 'targetId'] },
  },
  { rights: 'written' },
)

export function roleAssignmentId(
  assignment: Omit<RoleAssignment, 'id' | 'rev' | 'createdAt'>,
): string {
  const { userId, groupId, role, targetType, targetId, inherited } = assignment
  return [userId ?? groupId, role, targetType, targetId, ...(inherited ? ['inherited'] : [])].join(
    ':',
  )
}
