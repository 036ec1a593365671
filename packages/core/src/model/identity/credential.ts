import { defineKind, type Stored } from '../kind.ts'

/**
 * Something of a user that other services verify by, such as the key of requests to S3. The secret
 * is kept as it is: signatures cannot be verified without it.
 */
export interface Credential extends Stored {
  readonly userId: string
  readonly projectId: string | null
  /** `ec2`, `cert`, `totp` or any other. */
  readonly type: string
  /** What it consists of; JSON for `ec2`: never shown to others than its user and operators. */
  readonly blob: string
  /** The access key, for `ec2`: unique. Null for others. */
  readonly access: string | null
  readonly createdAt: number
}

export const credentialKind = defineKind<Credential>('credential', {
  byUser: { fields: ['userId', 'type'] },
  byProject: { fields: ['projectId'] },
  byAccess: { fields: ['access'], unique: true },
})
