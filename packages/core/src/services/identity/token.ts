import { CommitConflict } from '../../commit/committer.ts'
import { rightsVersion } from '../../commit/rights-version.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Token, tokenKind, type TokenMethod } from '../../model/identity/token.ts'
import type {
  ApplicationCredential,
  HeldRule,
} from '../../model/identity/application-credential.ts'
import type { Trust } from '../../model/identity/trust.ts'
import { tokenEpoch, type User, userKind } from '../../model/identity/user.ts'
import type { Draft } from '../../model/kind.ts'
import { type Actor, Call } from '../call.ts'
import {
  type ActorScope,
  type Delegation,
  type Place,
  placeOf,
  type Standing,
  standingIn,
} from './actor.ts'
import { type Lent, lentBy, lentByTrust, lentNow } from './lent.ts'
import { asRefused, refused } from './refused.ts'
import { rememberedBy } from './remembered.ts'
import { randomHex } from './secret.ts'

/** Bytes of a secret: as many as its hash has. */
const secretBytes = 32
/** Bytes of the name under which a token may be shown. */
const auditIdBytes = 16
const secretForm = /^[0-9a-f]{64}$/

/** What a token is asked for. */
export interface TokenRequest {
  /** The user as he was when he proved who he is. */
  readonly user: User
  /** Where he wants to act; absent: nowhere, an unscoped token. */
  readonly scope?: Omit<ActorScope, 'userId'>
  /** How he proved it. */
  readonly methods: readonly TokenMethod[]
  /** The token with which he did so: the new one ends when that does, and belongs to its chain. */
  readonly parent?: Token
  /** The application credential with which he did so: it says where he acts. */
  readonly credential?: ApplicationCredential
  /** The trust by which he acts: it says where. */
  readonly trust?: Trust
}

/** A new token, and the secret that nobody will see again. */
export interface IssuedToken extends AuthenticatedToken {
  /** 64 hex digits (256 random bits): what the bearer presents. */
  readonly secret: string
}

/** What a secret proves: who presents it, as what he acts, with the roles of this moment. */
export interface AuthenticatedToken extends Standing {
  readonly token: Token
  /** The only calls it may be used for; null: all. To be checked by who knows the calls. */
  readonly accessRules: readonly HeldRule[] | null
}

/**
 * Issues a token to a user who has just proven who he is. It holds no rights of its own: the
 * roles that he has at each use count.
 *
 * @throws CloudError `unauthenticated` alike for a scope that does not exist, is disabled, or in
 *   which the user has no role, and for a user who is disabled.
 */
export async function issueToken(kernel: Kernel, request: TokenRequest): Promise<IssuedToken> {
  const { methods, parent } = request
  // What was lent is lent for one place: a token of it is no way to another one.
  if (parent && (parent.applicationCredentialId ?? parent.trustId) !== null) throw refused()
  const lent = request.credential ? lentBy(request.credential) : trusted(request.trust)
  const user = lent ? await borrowed(kernel, request.user, lent.userId) : request.user
  const scope = lent ? { projectId: lent.projectId } : request.scope
  const { place, standing } = await stand(kernel, user, scope, lent?.delegation)
  const { clock, digest, settings } = kernel
  const issuedAt = clock.now()
  const secret = randomHex(kernel, secretBytes)
  const first = parent?.auditIds.at(-1)
  const own = randomHex(kernel, auditIdBytes)
  const ends = [parent?.expiresAt, lent?.delegation.lent.until].map((end) => end ?? Infinity)
  const token: Draft<Token> = {
    id: digest.hash('sha256', secret),
    userId: user.id,
    userDomainId: user.domainId,
    epoch: user.id === request.user.id ? (parent?.epoch ?? tokenEpoch(user)) : tokenEpoch(user),
    scope: place ?? { type: 'unscoped' },
    methods,
    auditIds: first === undefined ? [own] : [own, first],
    issuedAt,
    expiresAt: Math.min(issuedAt + settings.tokenMs, ...ends),
    applicationCredentialId: request.credential?.id ?? null,
    trustId: request.trust?.id ?? null,
  }
  await kernel.committer.commit(new Writes().insert(tokenKind, token))
  kernel.telemetry.meter.count('tokens_issued')
  const accessRules = lent?.accessRules ?? null
  return { secret, token: { ...token, rev: 1 }, accessRules, ...standing }
}

function trusted(trust: Trust | undefined): Lent | undefined {
  return trust && lentByTrust(trust)
}

/** Whoever acts as another one is him from here on. */
async function borrowed(kernel: Kernel, user: User, userId: string): Promise<User> {
  if (user.id === userId) return user
  const [other] = await kernel.store.get(userKind, [userId])
  if (!other) throw refused()
  return other
}

/** What a token proves until something changes who may do what, or one of these times comes. */
interface Proof {
  readonly seen: AuthenticatedToken
  /** When what was lent is over; null: never. */
  readonly until: number | null
}

const proofsOf = rememberedBy<Proof>()

/**
 * Who presents this secret, and as what he acts now: a revoked token, a removed role, a changed
 * password, anything disabled or deleted counts from the next call on, in every process. What was
 * read before is used again only while the store says that nothing of the kind has been written.
 *
 * @throws CloudError `unauthenticated`, alike whatever the reason.
 */
export async function authenticateToken(
  kernel: Kernel,
  secret: string,
): Promise<AuthenticatedToken> {
  if (!secretForm.test(secret)) throw refused()
  const id = kernel.digest.hash('sha256', secret)
  const proofs = proofsOf(kernel.store)
  // Before the rows: what is written meanwhile makes this version an old one.
  const version = await rightsVersion(kernel.store)
  const known = proofs.get(id, version)
  const proof = known ?? (await prove(kernel, id))
  const now = kernel.clock.now()
  const { seen, until } = proof
  if (seen.token.expiresAt <= now || (until !== null && until <= now)) throw refused()
  if (!known) proofs.set(id, version, proof)
  return seen
}

/** @throws CloudError `unauthenticated`. */
async function prove(kernel: Kernel, id: string): Promise<Proof> {
  const [token] = await kernel.store.get(tokenKind, [id])
  if (!token || token.expiresAt <= kernel.clock.now()) throw refused()
  const { userId, userDomainId, scope } = token
  const lent = await lentNow(kernel, token)
  return asRefused(async () => {
    const place = scope.type === 'unscoped' ? null : scope
    const who = { userId, userDomainId, place }
    const standing = await standingIn(kernel, who, lent?.delegation)
    if (tokenEpoch(standing.user) !== token.epoch) throw refused()
    const seen = { token, accessRules: lent?.accessRules ?? null, ...standing }
    return { seen, until: lent?.delegation.lent.until ?? null }
  })
}

/**
 * Ends a token: once this returns, no process accepts it. One that is gone has ended already.
 *
 * @param by who ends it, for the audit log; absent: its bearer.
 */
export async function revokeToken(kernel: Kernel, token: Token, by?: Actor): Promise<void> {
  const { userId, scope, auditIds } = token
  const actor = by ?? {
    userId,
    projectId: scope.type === 'project' ? scope.projectId : null,
    domainId: null,
    roles: [],
    system: scope.type === 'system',
  }
  const call = new Call(kernel, actor, 'identity.token.revoke', {
    requestId: `req-${kernel.ids.next()}`,
  })
  try {
    await call.commit(new Writes().remove(tokenKind, token), auditIds.slice(0, 1), null)
  } catch (error) {
    // Rows of tokens are never changed: it was removed meanwhile.
    if (!(error instanceof CommitConflict)) throw error
  }
}

/** Where the user wants to act, and what he may do there. */
async function stand(
  kernel: Kernel,
  user: User,
  scope: TokenRequest['scope'],
  delegation: Delegation | undefined,
): Promise<{ readonly place: Place | null; readonly standing: Standing }> {
  return asRefused(async () => {
    const place = scope ? await placeOf(kernel, scope) : null
    const who = { userId: user.id, userDomainId: user.domainId, place }
    return { place, standing: await standingIn(kernel, who, delegation) }
  })
}
