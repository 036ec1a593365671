import {
  accessRuleDelete,
  accessRuleGet,
  accessRuleList,
  applicationCredentialCreate,
  applicationCredentialDelete,
  applicationCredentialGet,
  applicationCredentialList,
  CloudError,
} from '@nephos/core'
import {
  accessRuleBody,
  applicationCredentialBody,
  applicationCredentialNew,
  roleRefOf,
} from '../../wire/identity/application-credential.ts'
import { listBody } from '../../wire/identity/links.ts'
import { msOf } from '../../wire/identity/time.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, askOwn, lender, walk } from './who.ts'

const all = '/users/{user_id}/application_credentials'
const one = `${all}/{application_credential_id}`
const rules = '/users/{user_id}/access_rules'
const rule = `${rules}/{access_rule_id}`

/**
 * Application credentials
 * (https://docs.openstack.org/api-ref/identity/v3/#application-credentials).
 */
export const applicationCredentials: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.applicationCredentials.create',
    method: 'POST',
    path: all,
    summary: 'Lets a program act as oneself in the project of the token.',
    access: 'token',
    operations: [applicationCredentialCreate],
    body: applicationCredentialNew,
    example: { application_credential: { name: 'robot', roles: [{ name: 'reader' }] } },
    status: 201,
    async run(x) {
      requireSelf(x)
      const { application_credential: body } = x.body
      const { name, description, secret, roles, unrestricted } = body
      const rulesGiven = body.access_rules
      const made = await x.invokeAs(lender(x), applicationCredentialCreate, {
        name,
        description: description ?? '',
        expiresAt: body.expires_at == null ? null : msOf(body.expires_at, 'expires_at'),
        unrestricted: unrestricted ?? false,
        ...(secret != null && { secret }),
        roles: roles && roles.length > 0 ? roles.map(roleRefOf) : held(x),
        ...(rulesGiven && { accessRules: rulesGiven }),
      })
      return json({
        application_credential: applicationCredentialBody(made, (path) => x.url(path)),
      })
    },
  }),
  endpoint({
    id: 'identity.applicationCredentials.list',
    method: 'GET',
    path: all,
    summary: 'Lists the application credentials of a user.',
    access: 'token',
    operations: [applicationCredentialList],
    status: 200,
    async run(x) {
      const userId = x.param('user_id')
      const name = first(x.query, 'name')
      const { rows, truncated } = await walk(
        (bounds) =>
          askOwn(x, applicationCredentialList, {
            ...bounds,
            userId,
            ...(name !== undefined && { name }),
          }),
        () => true,
      )
      const items = rows.map((row) => applicationCredentialBody(row, (path) => x.url(path)))
      const self = x.url(`/users/${userId}/application_credentials`)
      return json(listBody('application_credentials', items, self, { truncated }))
    },
  }),
  endpoint({
    id: 'identity.applicationCredentials.get',
    method: 'GET',
    path: one,
    summary: 'Shows an application credential, without its secret.',
    access: 'token',
    operations: [applicationCredentialGet],
    status: 200,
    async run(x) {
      const view = await ofUser(x, 'application credential', () =>
        askOwn(x, applicationCredentialGet, { id: x.param('application_credential_id') }),
      )
      return json({
        application_credential: applicationCredentialBody(view, (path) => x.url(path)),
      })
    },
  }),
  endpoint({
    id: 'identity.applicationCredentials.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes an application credential; its tokens end at once.',
    access: 'token',
    operations: [applicationCredentialGet, applicationCredentialDelete],
    status: 204,
    async run(x) {
      const id = x.param('application_credential_id')
      await ofUser(x, 'application credential', () => askOwn(x, applicationCredentialGet, { id }))
      await askOwn(x, applicationCredentialDelete, { id })
      return nothing
    },
  }),
]

/** Access rules (https://docs.openstack.org/api-ref/identity/v3/#application-credentials). */
export const accessRules: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.accessRules.list',
    method: 'GET',
    path: rules,
    summary: 'Lists the access rules of a user.',
    access: 'token',
    operations: [accessRuleList],
    status: 200,
    async run(x) {
      const userId = x.param('user_id')
      const { rows, truncated } = await walk(
        (bounds) => askOwn(x, accessRuleList, { ...bounds, userId }),
        () => true,
      )
      const items = rows.map((row) => accessRuleBody(row, (path) => x.url(path)))
      const self = x.url(`/users/${userId}/access_rules`)
      return json(listBody('access_rules', items, self, { truncated }))
    },
  }),
  endpoint({
    id: 'identity.accessRules.get',
    method: 'GET',
    path: rule,
    summary: 'Shows an access rule.',
    access: 'token',
    operations: [accessRuleGet],
    status: 200,
    async run(x) {
      const row = await ofUser(x, 'access rule', () =>
        askOwn(x, accessRuleGet, { id: x.param('access_rule_id') }),
      )
      return json({ access_rule: accessRuleBody(row, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.accessRules.delete',
    method: 'DELETE',
    path: rule,
    summary: 'Deletes an access rule that no application credential has.',
    access: 'token',
    operations: [accessRuleGet, accessRuleDelete],
    status: 204,
    async run(x) {
      const id = x.param('access_rule_id')
      await ofUser(x, 'access rule', () => askOwn(x, accessRuleGet, { id }))
      await askOwn(x, accessRuleDelete, { id })
      return nothing
    },
  }),
]

/** The roles of the token: all of them, unless some are named. */
function held(x: AnyExchange): { readonly id: string }[] {
  return x.token.roles.map(({ id }) => ({ id }))
}

/** @throws CloudError `forbidden`: nobody makes a credential for somebody else. */
function requireSelf(x: AnyExchange): void {
  if (x.token.user.id === x.param('user_id')) return
  throw new CloudError('forbidden', 'Only for oneself.', { field: 'user_id' })
}

/** What belongs to the user in the path. @throws CloudError `notFound`. */
async function ofUser<T extends { readonly userId: string }>(
  x: AnyExchange,
  noun: string,
  get: () => Promise<T>,
): Promise<T> {
  const row = await get()
  if (row.userId === x.param('user_id')) return row
  throw new CloudError('notFound', `No such ${noun}.`, { field: 'id' })
}
