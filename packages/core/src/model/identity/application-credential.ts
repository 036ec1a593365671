import { defineKind, type Stored } from '../kind.ts'

/** A call that an application credential may be used for. */
export interface AccessRule extends Stored {
  readonly userId: string
  /** The service by its type in the catalogue, e.g. `compute`. */
  readonly service: string
  /** The HTTP method. */
  readonly method: string
  /** A path in which `*` or `{name}` stand for a segment, and `**` for any number of them. */
  readonly path: string
}

/** A user has each rule once, and keeps it when the credentials that name it are gone. */
export const accessRuleKind = defineKind<AccessRule>(
  'accessRule',
  {
    byRule: { fields: ['userId', 'service', 'method', 'path'], unique: true },
  },
  { rights: 'written' },
)

/** A rule as a credential holds it, so that checking a token reads no more rows. */
export type HeldRule = Pick<AccessRule, 'id' | 'service' | 'method' | 'path'>

/**
 * Lets a program act as a user in one project, with some of the roles that he has there: those that
 * he has at the time of each use.
 */
export interface ApplicationCredential extends Stored {
  readonly userId: string
  readonly projectId: string
  /** Unique for the user. */
  readonly name: string
  readonly description: string
  /** Ids of the roles that it gives, as far as the user has them. */
  readonly roleIds: readonly string[]
  /** Of the secret: SHA-256 of one made here, what `PasswordHasher` makes of a chosen one. */
  readonly secretHash: string
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null
  /** True: may make and delete credentials and trusts in its turn. */
  readonly unrestricted: boolean
  /** The only calls it may be used for; null: all. */
  readonly accessRules: readonly HeldRule[] | null
  readonly createdAt: number
}

export const applicationCredentialKind = defineKind<ApplicationCredential>(
  'applicationCredential',
  {
    byName: { fields: ['userId', 'name'], unique: true },
    byProject: { fields: ['projectId'] },
  },
  { rights: 'written' },
)
