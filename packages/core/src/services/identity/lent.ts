import { CommitConflict } from '../../commit/committer.ts'
import { limits } from '../../base/limits.ts'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type ApplicationCredential,
  applicationCredentialKind,
  type HeldRule,
} from '../../model/identity/application-credential.ts'
import type { Token } from '../../model/identity/token.ts'
import { type Trust, trustKind } from '../../model/identity/trust.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import { type UserRef, claimedUser } from './authenticate.ts'
import type { Delegation } from './actor.ts'
import { refused } from './refused.ts'
import { isSecretOf, randomHex } from './secret.ts'

/** An application credential as somebody names it: by its id, or by its name and its user. */
export type ApplicationCredentialRef =
  | { readonly id: string }
  | { readonly name: string; readonly user: UserRef }

/** The user and the credential whose secret was presented. */
export interface ProvenCredential {
  readonly user: User
  readonly credential: ApplicationCredential
}

/**
 * The user whose application credential this is.
 *
 * @throws CloudError `unauthenticated`, alike for an unknown one, a wrong secret and one whose time
 *   is over.
 */
export async function authenticateApplicationCredential(
  kernel: Kernel,
  ref: ApplicationCredentialRef,
  secret: string,
): Promise<ProvenCredential> {
  const credential = await namedCredential(kernel, ref)
  const hash = credential?.secretHash ?? `sha256$${randomHex(kernel, 32)}`
  const isProven = await isSecretOf(kernel, secret, hash)
  const [user] = credential ? await kernel.store.get(userKind, [credential.userId]) : []
  if (!credential || !isProven || !user || isOver(kernel, credential)) throw refused()
  return { user, credential }
}

async function namedCredential(
  kernel: Kernel,
  ref: ApplicationCredentialRef,
): Promise<ApplicationCredential | undefined> {
  if ('id' in ref) return (await kernel.store.get(applicationCredentialKind, [ref.id]))[0]
  const user = await claimedUser(kernel, ref.user)
  if (!user) return undefined
  const [found] = await kernel.store.lookup(applicationCredentialKind, 'byName', [
    [user.id, ref.name],
  ])
  return found
}

function isOver(kernel: Kernel, { expiresAt }: { readonly expiresAt: number | null }): boolean {
  return expiresAt !== null && expiresAt <= kernel.clock.now()
}

/** By what a token lets its bearer act, if it was lent to him. */
export interface Lent {
  readonly delegation: Delegation
  /** As whom he acts. */
  readonly userId: string
  readonly projectId: string
  /** Of an application credential with access rules: the only calls it is for. */
  readonly accessRules: readonly HeldRule[] | null
}

/** What an application credential lends. */
export function lentBy(credential: ApplicationCredential): Lent {
  const { userId, projectId, roleIds, expiresAt, accessRules } = credential
  const onward = credential.unrestricted && accessRules === null
  const delegation = { rolesOf: userId, roleIds, lent: { until: expiresAt, onward } }
  return { delegation, userId, projectId, accessRules }
}

/** What a trust lends. */
export function lentByTrust(trust: Trust): Lent {
  const { trustorId, trusteeId, projectId, roleIds, expiresAt, impersonation } = trust
  const delegation = { rolesOf: trustorId, roleIds, lent: { until: expiresAt, onward: false } }
  return { delegation, userId: impersonation ? trustorId : trusteeId, projectId, accessRules: null }
}

/**
 * What a token was issued for, as it is now; undefined for a token that its user has by himself.
 *
 * @throws CloudError `unauthenticated` when it is gone or its time is over.
 */
export async function lentNow(
  kernel: Kernel,
  { applicationCredentialId, trustId }: Pick<Token, 'applicationCredentialId' | 'trustId'>,
): Promise<Lent | undefined> {
  if (applicationCredentialId !== null) {
    const [row] = await kernel.store.get(applicationCredentialKind, [applicationCredentialId])
    if (!row || isOver(kernel, row)) throw refused()
    return lentBy(row)
  }
  if (trustId === null) return undefined
  const [trust] = await kernel.store.get(trustKind, [trustId])
  if (!trust || isOver(kernel, trust)) throw refused()
  await requireTrustor(kernel, trust)
  return lentByTrust(trust)
}

/** A trust lasts as long as both may act. */
async function requireTrustor(kernel: Kernel, trust: Trust): Promise<void> {
  const users = await kernel.store.get(userKind, [trust.trustorId, trust.trusteeId])
  if (users.some((user) => !user?.enabled)) throw refused()
}

/**
 * The trust for which its trustee wants a token, with one use less from now on.
 *
 * @throws CloudError `forbidden` for anybody but the trustee, alike whether there is such a trust.
 */
export async function useTrust(kernel: Kernel, id: string, trustee: User): Promise<Trust> {
  for (let tries = 1; ; tries++) {
    const [trust] = await kernel.store.get(trustKind, [id])
    const isHis = trust?.trusteeId === trustee.id && trust.remainingUses !== 0
    if (!trust || !isHis || isOver(kernel, trust)) {
      throw new CloudError('forbidden', 'No such trust.', { field: 'trust' })
    }
    await requireTrustor(kernel, trust)
    if (trust.remainingUses === null) return trust
    const next = { ...trust, remainingUses: trust.remainingUses - 1 }
    try {
      await kernel.committer.commit(new Writes().update(trustKind, next))
      return next
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error
      if (tries >= limits.commitAttempts) throw refused()
    }
  }
}
