import { defineKind, type Stored } from '../kind.ts'

/** As what a token lets its user act. */
export type TokenScope =
  | { readonly type: 'unscoped' }
  | {
      readonly type: 'project'
      readonly projectId: string
      /** The project's domain and ancestors: they never change, so one look fetches all. */
      readonly domainId: string
      readonly ancestorIds: readonly string[]
    }
  | { readonly type: 'domain'; readonly domainId: string }
  | { readonly type: 'system' }

/** How a user proved who he is (Keystone's authentication methods). */
export type TokenMethod = 'password' | 'token' | 'application_credential' | 'ec2credential'

/**
 * That somebody has proven who he is, until when, and as what he acts. Holds no rights: those
 * that he has at each use count. Who bears a token knows its secret; the row has only the hash.
 */
export interface Token extends Stored {
  /** SHA-256 of the secret, in hex: the secret itself is nowhere. */
  readonly id: string
  readonly userId: string
  /** The user's domain: it never changes. */
  readonly userDomainId: string
  /** The user's `tokenEpoch` when this was issued: another one by now ends the token. */
  readonly epoch: number
  readonly scope: TokenScope
  readonly methods: readonly TokenMethod[]
  /** Names that may be shown and logged: its own, and that of the first token of its chain. */
  readonly auditIds: readonly string[]
  readonly issuedAt: number
  readonly expiresAt: number
  /** The application credential it was issued for: it lasts and counts only as that does. */
  readonly applicationCredentialId: string | null
  /** The trust it was issued for: it lasts and counts only as that does. */
  readonly trustId: string | null
}

export const tokenKind = defineKind<Token>(
  'token',
  {
    byExpiry: { fields: ['expiresAt'] },
  },
  { rights: 'removed' },
)
