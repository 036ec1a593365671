import { authenticateAccessKey, CloudError, issueToken } from '@nephos/core'
import { z } from 'zod'
import { tokenBody } from '../../wire/identity/token.ts'
import { isTextSigned } from '../../wire/s3/signed-text.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

const text = z.string().min(1)

/**
 * Tokens for requests that were signed with an access key, for services beside the cloud that
 * take them (https://docs.openstack.org/api-ref/identity/v3/#ec2-s3-tokens). For administrators
 * only: whoever finds a signed URL could otherwise make a token of it.
 */
export const signedTokens: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.s3Tokens.create',
    method: 'POST',
    path: '/s3tokens',
    summary: 'Issues a token for whoever signed a request of S3; for administrators.',
    access: 'token',
    operations: [],
    body: z.object({
      credentials: z.object({
        access: text.max(255),
        token: text.max(65_536).regex(/^[A-Za-z0-9+/_-]+={0,2}$/, 'is no base64'),
        signature: text.max(255),
      }),
    }),
    example: { credentials: { access: 'key', token: 'QVdTNA==', signature: 'c2lnbmVk' } },
    status: 200,
    async run(x) {
      if (!x.operator) {
        throw new CloudError('forbidden', 'Only administrators ask for tokens of others.')
      }
      const { kernel } = x.plane
      const { access, token, signature } = x.body.credentials
      const signed = Buffer.from(token, 'base64url').toString('utf8')
      const { user, project } = await authenticateAccessKey(kernel, access, (secret) =>
        isTextSigned(secret, signed, signature),
      )
      const issued = await issueToken(kernel, {
        user,
        scope: { projectId: project?.id ?? '' },
        methods: ['ec2credential'],
      })
      const headers = { 'x-subject-token': issued.secret, vary: 'X-Auth-Token' }
      return json(tokenBody(issued, await x.catalog(project?.id ?? null)), { headers })
    },
  }),
]
