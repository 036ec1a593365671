import {
  type ApplicationCredentialRef,
  authenticateApplicationCredential,
  authenticatePassword,
  authenticateToken,
  CloudError,
  issueToken,
  type IssuedToken,
  type Kernel,
  scopeOf,
  type TokenMethod,
  type TokenRequest,
  useTrust,
} from '@nephos/core'
import { type AuthRequest, type Identity, scopeRefOf, userRefOf } from '../../wire/identity/auth.ts'

type Proof = Omit<TokenRequest, 'scope' | 'trust'>

/**
 * The token that somebody asks for, once he has proven who he is by each method that he names.
 *
 * @throws CloudError `unauthenticated`, alike whatever is wrong; `forbidden` for a trust that is
 *   not his; `invalid` when he names a method and brings nothing for it.
 */
export async function tokenFor(kernel: Kernel, auth: AuthRequest): Promise<IssuedToken> {
  const proof = await proven(kernel, auth.identity)
  const scope = scopeRefOf(auth.scope)
  if (proof.credential) return issueToken(kernel, proof)
  if (scope && 'trustId' in scope) {
    const trust = await useTrust(kernel, scope.trustId, proof.user)
    return issueToken(kernel, { ...proof, trust })
  }
  if (scope) return issueToken(kernel, { ...proof, scope: await scopeOf(kernel, scope) })
  const projectId = scope === null ? proof.user.defaultProjectId : null
  if (projectId == null) return issueToken(kernel, proof)
  try {
    return await issueToken(kernel, { ...proof, scope: { projectId } })
  } catch (error) {
    // He has no role in his default project any more: then he acts nowhere.
    if (error instanceof CloudError && error.code === 'unauthenticated') {
      return issueToken(kernel, proof)
    }
    throw error
  }
}

async function proven(kernel: Kernel, identity: Identity): Promise<Proof> {
  const methods = [...new Set(identity.methods)]
  const proofs: Proof[] = []
  for (const method of methods) proofs.push(await byMethod(kernel, identity, method))
  const [first] = proofs
  if (!first || proofs.some(({ user }) => user.id !== first.user.id)) throw unproven()
  const all = proofs.flatMap((proof) => proof.methods)
  return { ...Object.assign({}, ...proofs), methods: [...new Set(all)] } as Proof
}

async function byMethod(kernel: Kernel, identity: Identity, method: string): Promise<Proof> {
  if (method === 'password') {
    const { user } = required(identity.password, method)
    const ref = { ...userRefOf(user), password: user.password }
    return { user: await authenticatePassword(kernel, ref), methods: ['password'] }
  }
  if (method === 'token') {
    const { id } = required(identity.token, method)
    const { token, user } = await authenticateToken(kernel, id)
    const methods: TokenMethod[] = ['token', ...token.methods]
    return { user, parent: token, methods }
  }
  if (method === 'application_credential') {
    const given = required(identity.application_credential, method)
    const ref: ApplicationCredentialRef =
      given.id === undefined
        ? { name: given.name ?? '', user: userRefOf(given.user ?? {}) }
        : { id: given.id }
    const found = await authenticateApplicationCredential(kernel, ref, given.secret)
    return { ...found, methods: ['application_credential'] }
  }
  throw unproven()
}

function required<T>(given: T | undefined, method: string): T {
  if (given !== undefined) return given
  const field = `auth.identity.${method}`
  throw new CloudError('invalid', `${field}: is missing.`, { field })
}

function unproven(): CloudError {
  return new CloudError('unauthenticated', 'Who calls has not been proven.')
}
