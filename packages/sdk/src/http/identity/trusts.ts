import { CloudError, trustCreate, trustDelete, trustGet, trustList } from '@nephos/core'
import { roleRefOf } from '../../wire/identity/application-credential.ts'
import { listBody } from '../../wire/identity/links.ts'
import { roleName } from '../../wire/identity/role.ts'
import { msOf } from '../../wire/identity/time.ts'
import { trustBody, trustNew } from '../../wire/identity/trust.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, askOwn, lender, walk } from './who.ts'

const all = '/OS-TRUST/trusts'
const one = `${all}/{trust_id}`

/** Trusts (https://docs.openstack.org/api-ref/identity/v3-ext/#os-trust-api). */
export const trusts: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.trusts.create',
    method: 'POST',
    path: all,
    summary: 'Lends roles in the project of the token to another user.',
    access: 'token',
    operations: [trustCreate],
    body: trustNew,
    example: {
      trust: {
        trustor_user_id: 'me',
        trustee_user_id: 'other',
        project_id: 'project',
        impersonation: true,
        roles: [{ name: 'member' }],
      },
    },
    status: 201,
    async run(x) {
      const { trust: body } = x.body
      requireTrustor(x, body)
      const trust = await x.invokeAs(lender(x), trustCreate, {
        trusteeId: body.trustee_user_id,
        impersonation: body.impersonation,
        roles: (body.roles ?? []).map(roleRefOf),
        expiresAt: body.expires_at == null ? null : msOf(body.expires_at, 'expires_at'),
        remainingUses: body.remaining_uses ?? null,
      })
      return json({ trust: trustBody(trust, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.trusts.list',
    method: 'GET',
    path: all,
    summary: 'Lists trusts by trustor or trustee: one’s own, to all but administrators.',
    access: 'token',
    operations: [trustList],
    status: 200,
    async run(x) {
      const [trustorId, trusteeId] = [
        first(x.query, 'trustor_user_id'),
        first(x.query, 'trustee_user_id'),
      ]
      const { rows, truncated } = await walk(
        (bounds) =>
          askOwn(x, trustList, {
            ...bounds,
            ...(trustorId !== undefined && { trustorId }),
            ...(trusteeId !== undefined && { trusteeId }),
          }),
        () => true,
        pageOf(x.query),
      )
      const items = rows.map((row) => trustBody(row, (path) => x.url(path), { roles: false }))
      return json(listBody('trusts', items, x.url(all), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.trusts.get',
    method: 'GET',
    path: one,
    summary: 'Shows a trust.',
    access: 'token',
    operations: [trustGet],
    status: 200,
    async run(x) {
      const trust = await askOwn(x, trustGet, { id: x.param('trust_id') })
      return json({ trust: trustBody(trust, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.trusts.delete',
    method: 'DELETE',
    path: one,
    summary: 'Ends a trust; its tokens end at once.',
    access: 'token',
    operations: [trustDelete],
    status: 204,
    async run(x) {
      await askOwn(x, trustDelete, { id: x.param('trust_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'identity.trustRoles.list',
    method: 'GET',
    path: `${one}/roles`,
    summary: 'Lists the roles that a trust lends.',
    access: 'token',
    operations: [trustGet],
    status: 200,
    async run(x) {
      const { id, roles } = await askOwn(x, trustGet, { id: x.param('trust_id') })
      const items = roles.map((role) => roleName(role, (path) => x.url(path)))
      return json(listBody('roles', items, x.url(`${all}/${id}/roles`)))
    },
  }),
  endpoint({
    id: 'identity.trustRoles.get',
    method: 'GET',
    path: `${one}/roles/{role_id}`,
    summary: 'Shows a role that a trust lends. HEAD only tells whether it does.',
    access: 'token',
    operations: [trustGet],
    status: 200,
    async run(x) {
      const { roles } = await askOwn(x, trustGet, { id: x.param('trust_id') })
      const role = roles.find(({ id }) => id === x.param('role_id'))
      if (!role) throw new CloudError('notFound', 'No such role.', { field: 'role_id' })
      return json({ role: roleName(role, (path) => x.url(path)) })
    },
  }),
]

/**
 * Only who lends makes a trust, in the project that he acts in.
 *
 * @throws CloudError `forbidden`; `invalid` for what is not lent on.
 */
function requireTrustor(
  x: AnyExchange,
  body: {
    readonly trustor_user_id: string
    readonly project_id?: string | null | undefined
    readonly allow_redelegation?: boolean | null | undefined
  },
): void {
  if (body.trustor_user_id !== x.token.user.id || body.project_id !== x.token.project?.id) {
    throw new CloudError('forbidden', 'Only the trustor lends, what he has in his project.', {
      field: 'trustor_user_id',
    })
  }
  if (body.allow_redelegation) {
    throw new CloudError('forbidden', 'What was lent is not lent on.', {
      field: 'allow_redelegation',
    })
  }
}
