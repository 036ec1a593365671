import { defineKind, type Stored } from '../kind.ts'

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
  readonly createdAt: number
  readonly updatedAt: number
}

export const userKind = defineKind<User>('user', {
  byName: { fields: ['domainId', 'name'], unique: true },
})
