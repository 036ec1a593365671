import { type AuthenticatedToken, CloudError, isCloudError, revokeToken } from '@nephos/core'
import { authRequest } from '../../wire/identity/auth.ts'
import { tokenBody } from '../../wire/identity/token.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { tokenFor } from './prove.ts'
import type { AnyExchange } from './who.ts'

const vary = 'X-Auth-Token'

/** Tokens (https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management). */
export const tokens: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.tokens.create',
    method: 'POST',
    path: '/auth/tokens',
    summary: 'Issues a token to whoever proves who he is.',
    access: 'open',
    operations: [],
    body: authRequest,
    example: {
      auth: {
        identity: {
          methods: ['password'],
          password: {
            user: { name: 'demo', domain: { id: 'default' }, password: 'secret' },
          },
        },
        scope: { project: { name: 'demo', domain: { id: 'default' } } },
      },
    },
    status: 201,
    async run(x) {
      const issued = await tokenFor(x.plane.kernel, x.body.auth)
      return shown(x, issued, { 'x-subject-token': issued.secret })
    },
  }),
  endpoint({
    id: 'identity.tokens.get',
    method: 'GET',
    path: '/auth/tokens',
    summary:
      'Shows a token: one’s own, or to administrators anybody’s. HEAD only tells that it is good.',
    access: 'token',
    operations: [],
    status: 200,
    async run(x) {
      const secret = x.headers.get('x-subject-token') ?? ''
      return shown(x, await subject(x), { 'x-subject-token': secret })
    },
  }),
  endpoint({
    id: 'identity.tokens.delete',
    method: 'DELETE',
    path: '/auth/tokens',
    summary: 'Revokes a token: one’s own, or for administrators anybody’s.',
    access: 'token',
    operations: [],
    status: 204,
    async run(x) {
      const { token } = await subject(x)
      await revokeToken(x.plane.kernel, token, x.operator ?? x.token.actor ?? undefined)
      return nothing
    },
  }),
]

async function shown(
  x: AnyExchange,
  seen: AuthenticatedToken,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const projectId = seen.project?.id ?? null
  const catalog = x.search.has('nocatalog') ? undefined : await x.catalog(projectId)
  return json(tokenBody(seen, catalog), { headers: { ...headers, vary } })
}

/**
 * The token that the request is about.
 *
 * @throws CloudError `notFound` for one that is not good, or not any more; `forbidden` for that of
 *   somebody else.
 */
async function subject(x: AnyExchange): Promise<AuthenticatedToken> {
  const secret = x.headers.get('x-subject-token')
  if (secret === null) {
    throw new CloudError('invalid', 'X-Subject-Token: is missing.', { field: 'X-Subject-Token' })
  }
  const seen = await x.authenticate(secret).catch((error: unknown) => {
    if (!isCloudError(error) || error.code !== 'unauthenticated') throw error
    throw new CloudError('notFound', 'No such token.', { field: 'X-Subject-Token' })
  })
  const { actor } = x.token
  const mayLook = x.operator !== undefined || (actor?.system ?? false)
  if (mayLook || seen.token.userId === x.token.user.id) return seen
  throw new CloudError('forbidden', 'The token is of somebody else.', { field: 'X-Subject-Token' })
}
