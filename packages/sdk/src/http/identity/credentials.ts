import {
  accessKeyCreate,
  CloudError,
  type Credential,
  credentialCreate,
  credentialDelete,
  credentialGet,
  credentialList,
  credentialUpdate,
} from '@nephos/core'
import {
  credentialBody,
  credentialChange,
  credentialNew,
  ec2Body,
  ec2New,
} from '../../wire/identity/credential.ts'
import { listBody } from '../../wire/identity/links.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, askOwn, lender, walk } from './who.ts'

const one = '/credentials/{credential_id}'
const keys = '/users/{user_id}/credentials/OS-EC2'
const key = `${keys}/{access}`

/** Credentials (https://docs.openstack.org/api-ref/identity/v3/#credentials). */
export const credentials: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.credentials.create',
    method: 'POST',
    path: '/credentials',
    summary: 'Keeps a credential of a user.',
    access: 'token',
    operations: [credentialCreate],
    body: credentialNew,
    example: { credential: { type: 'cert', blob: 'text' } },
    status: 201,
    async run(x) {
      const { user_id: userId, project_id: projectId, type, blob } = x.body.credential
      const row = await askOwn(x, credentialCreate, {
        type,
        blob,
        projectId: projectId ?? null,
        ...(userId !== undefined && { userId }),
      })
      return json({ credential: credentialBody(row, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.credentials.list',
    method: 'GET',
    path: '/credentials',
    summary: 'Lists credentials: one’s own, to all but administrators.',
    access: 'token',
    operations: [credentialList],
    status: 200,
    async run(x) {
      const [userId, type] = [first(x.query, 'user_id'), first(x.query, 'type')]
      const { rows, truncated } = await walk(
        (bounds) =>
          askOwn(x, credentialList, {
            ...bounds,
            ...(userId !== undefined && { userId }),
            ...(type !== undefined && { type }),
          }),
        () => true,
        pageOf(x.query),
      )
      const items = rows.map((row) => credentialBody(row, (path) => x.url(path)))
      return json(listBody('credentials', items, x.url('/credentials'), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.credentials.get',
    method: 'GET',
    path: one,
    summary: 'Shows a credential.',
    access: 'token',
    operations: [credentialGet],
    status: 200,
    async run(x) {
      const row = await askOwn(x, credentialGet, { id: x.param('credential_id') })
      return json({ credential: credentialBody(row, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.credentials.update',
    method: 'PATCH',
    path: one,
    summary: 'Changes a credential.',
    access: 'token',
    operations: [credentialGet, credentialUpdate],
    body: credentialChange,
    example: { credential: { blob: 'another text' } },
    status: 200,
    async run(x) {
      const id = x.param('credential_id')
      const { user_id: userId, project_id: projectId, type, blob } = x.body.credential
      if (userId !== undefined && (await askOwn(x, credentialGet, { id })).userId !== userId) {
        throw new CloudError('invalid', 'user_id: stays as it is.', { field: 'user_id' })
      }
      const row = await askOwn(x, credentialUpdate, {
        id,
        ...(type !== undefined && { type }),
        ...(blob !== undefined && { blob }),
        ...(projectId !== undefined && { projectId }),
      })
      return json({ credential: credentialBody(row, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.credentials.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a credential.',
    access: 'token',
    operations: [credentialDelete],
    status: 204,
    async run(x) {
      await askOwn(x, credentialDelete, { id: x.param('credential_id') })
      return nothing
    },
  }),
]

/** Access keys, with which requests to S3 are signed. */
export const accessKeys: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.accessKeys.create',
    method: 'POST',
    path: keys,
    summary: 'Makes an access key and a secret.',
    access: 'token',
    operations: [accessKeyCreate],
    body: ec2New,
    example: { tenant_id: 'project' },
    status: 201,
    async run(x) {
      const input = { userId: x.param('user_id'), projectId: x.body.tenant_id }
      const isSelf = x.token.user.id === input.userId && x.token.project?.id === input.projectId
      const row = isSelf
        ? await x.invokeAs(lender(x), accessKeyCreate, input)
        : await askOwn(x, accessKeyCreate, input)
      return json({ credential: ec2Body(row, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.accessKeys.list',
    method: 'GET',
    path: keys,
    summary: 'Lists the access keys of a user.',
    access: 'token',
    operations: [credentialList],
    status: 200,
    async run(x) {
      const userId = x.param('user_id')
      const { rows, truncated } = await walk(
        (bounds) => askOwn(x, credentialList, { ...bounds, userId, type: 'ec2' }),
        () => true,
      )
      const items = rows.map((row) => ec2Body(row, (path) => x.url(path)))
      const self = x.url(`/users/${userId}/credentials/OS-EC2`)
      return json(listBody('credentials', items, self, { truncated }))
    },
  }),
  endpoint({
    id: 'identity.accessKeys.get',
    method: 'GET',
    path: key,
    summary: 'Shows an access key.',
    access: 'token',
    operations: [credentialGet],
    status: 200,
    run: async (x) => json({ credential: ec2Body(await keyOf(x), (path) => x.url(path)) }),
  }),
  endpoint({
    id: 'identity.accessKeys.delete',
    method: 'DELETE',
    path: key,
    summary: 'Deletes an access key: what it signed counts no more at once.',
    access: 'token',
    operations: [credentialGet, credentialDelete],
    status: 204,
    async run(x) {
      await askOwn(x, credentialDelete, { id: (await keyOf(x)).id })
      return nothing
    },
  }),
]

/** @throws CloudError `notFound` unless it is a key of the user in the path. */
async function keyOf(x: AnyExchange): Promise<Credential> {
  const row = await askOwn(x, credentialGet, { access: x.param('access') })
  if (row.userId === x.param('user_id')) return row
  throw new CloudError('notFound', 'No such credential.', { field: 'access' })
}
