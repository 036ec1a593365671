import { defineKind, type Stored } from '../kind.ts'
import type { Extra } from './extra.ts'

/** Someone, or something, that calls. */
export interface User extends Stored {
  readonly domainId: string
  /** Unique in its domain. */
  readonly name: string
  readonly description: string
  readonly email: string | null
  /** False: may not act anywhere. */
  readonly enabled: boolean
  /** What `PasswordHasher` made; null: no password opens this user. Never leaves the core. */
  readonly passwordHash: string | null
  /**
   * Grows when every token issued so far must end: with the password, and when the user is
   * disabled. Absent: 0.
   */
  readonly tokenEpoch?: number
  /** Where he acts when he names no scope; absent or null: nowhere. */
  readonly defaultProjectId?: string | null
  /** What else clients want to keep with him. */
  readonly extra?: Extra
  readonly createdAt: number
  readonly updatedAt: number
}

export const userKind = defineKind<User>(
  'user',
  {
    byName: { fields: ['domainId', 'name'], unique: true },
  },
  { rights: 'written' },
)

/** The epoch of tokens that are issued to this user now. */
export function tokenEpoch(user: Pick<User, 'tokenEpoch'>): number {
  return user.tokenEpoch ?? 0
}
