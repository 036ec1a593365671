import { defineKind, type Stored } from '../kind.ts'

/** Users of whom roles may be given at once. */
export interface Group extends Stored {
  readonly domainId: string
  /** Unique in its domain. */
  readonly name: string
  readonly description: string
  readonly createdAt: number
  readonly updatedAt: number
}

export const groupKind = defineKind<Group>(
  'group',
  {
    byName: { fields: ['domainId', 'name'], unique: true },
  },
  { rights: 'written' },
)

/** That a user is in a group. Its id is made of both, so that the store refuses a second one. */
export interface Membership extends Stored {
  readonly groupId: string
  readonly userId: string
  readonly createdAt: number
}

export const membershipKind = defineKind<Membership>(
  'membership',
  {
    byUser: { fields: ['userId'] },
    byGroup: { fields: ['groupId'] },
  },
  { rights: 'written' },
)

export function membershipId(of: Pick<Membership, 'groupId' | 'userId'>): string {
  return `${of.groupId}:${of.userId}`
}
