import { defineKind, type Stored } from '../kind.ts'

/** Domain of the names of roles that belong to no domain. */
export const globalRoles = '*'

/**
 * A role that an operator has made, or what he has added to a built-in one. The built-in roles have
 * their names as ids, and a row only once something was added.
 */
export interface Role extends Stored {
  /** The domain whose role it is, or `globalRoles`: names are unique in it. */
  readonly scope: string
  readonly name: string
  readonly description: string
  /**
   * Ids of the roles that come with it; of a built-in one, those beside what it always implies.
   * Those of a domain's role are all that it gives: the role itself never counts.
   */
  readonly implies: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export const roleKind = defineKind<Role>(
  'role',
  {
    byName: { fields: ['scope', 'name'], unique: true },
  },
  { rights: 'written' },
)
