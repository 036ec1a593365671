import { defineKind, type Stored } from '../kind.ts'

/**
 * Lets one user (the trustee) act with roles of another (the trustor) in one project: with those
 * that the trustor has there at the time of each use.
 */
export interface Trust extends Stored {
  readonly trustorId: string
  readonly trusteeId: string
  readonly projectId: string
  /** Ids of the roles that are lent. */
  readonly roleIds: readonly string[]
  /** True: the trustee acts as the trustor; false: as himself, with the roles of the trustor. */
  readonly impersonation: boolean
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null
  /** Tokens that may still be issued for it; null: any number. */
  readonly remainingUses: number | null
  readonly createdAt: number
}

export const trustKind = defineKind<Trust>(
  'trust',
  {
    byTrustor: { fields: ['trustorId'] },
    byTrustee: { fields: ['trusteeId'] },
    byProject: { fields: ['projectId'] },
  },
  { rights: 'written' },
)
