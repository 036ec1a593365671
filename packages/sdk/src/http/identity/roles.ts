import {
  CloudError,
  roleCreate,
  roleDelete,
  roleGet,
  roleImply,
  roleList,
  type RoleRule,
  roleUnimply,
  roleUpdate,
} from '@nephos/core'
import { listBody } from '../../wire/identity/links.ts'
import { roleBody, roleChange, roleName, roleNew } from '../../wire/identity/role.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { inexact } from './filters.ts'
import { type AnyExchange, ask } from './who.ts'

const one = '/roles/{role_id}'
const implied = `${one}/implies/{implied_role_id}`

/** Roles (https://docs.openstack.org/api-ref/identity/v3/#roles). */
export const roles: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.roles.create',
    method: 'POST',
    path: '/roles',
    summary: 'Creates a role.',
    access: 'token',
    operations: [roleCreate],
    body: roleNew,
    example: { role: { name: 'auditor' } },
    status: 201,
    async run(x) {
      const { name, description, domain_id: domainId } = x.body.role
      const role = await ask(x, roleCreate, {
        name,
        description: description ?? '',
        ...(domainId != null && { domainId }),
      })
      return json({ role: roleBody(role, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.roles.list',
    method: 'GET',
    path: '/roles',
    summary: 'Lists the roles of all domains, or those of one.',
    access: 'token',
    operations: [roleList],
    status: 200,
    async run(x) {
      const [name, domainId] = [first(x.query, 'name'), first(x.query, 'domain_id')]
      const rows = await ask(x, roleList, {
        ...(name !== undefined && { name }),
        ...(domainId !== undefined && domainId !== 'null' && { domainId }),
      })
      const kept = rows.filter(inexact<RoleRule>(x.query, { name: (role) => role.name }))
      const items = kept.map((role) => roleBody(role, (path) => x.url(path)))
      return json(listBody('roles', items, x.url('/roles')))
    },
  }),
  endpoint({
    id: 'identity.roles.get',
    method: 'GET',
    path: one,
    summary: 'Shows a role.',
    access: 'token',
    operations: [roleGet],
    status: 200,
    async run(x) {
      const role = await ask(x, roleGet, { id: x.param('role_id') })
      return json({ role: roleBody(role, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.roles.update',
    method: 'PATCH',
    path: one,
    summary: 'Renames or describes a role.',
    access: 'token',
    operations: [roleUpdate],
    body: roleChange,
    example: { role: { description: 'Looks, and touches nothing' } },
    status: 200,
    async run(x) {
      const { name, description } = x.body.role
      const role = await ask(x, roleUpdate, {
        id: x.param('role_id'),
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description: description ?? '' }),
      })
      return json({ role: roleBody(role, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.roles.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a role, and takes it from everybody.',
    access: 'token',
    operations: [roleDelete],
    status: 204,
    async run(x) {
      await ask(x, roleDelete, { id: x.param('role_id') })
      return nothing
    },
  }),
]

/** Roles that come with others (https://docs.openstack.org/api-ref/identity/v3/#roles). */
export const impliedRoles: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.roleInferences.list',
    method: 'GET',
    path: '/role_inferences',
    summary: 'Lists what each role implies.',
    access: 'token',
    operations: [roleList],
    status: 200,
    async run(x) {
      const rules = await ask(x, roleList, {})
      const byId = new Map(rules.map((rule) => [rule.id, rule]))
      const url = (path: string): string => x.url(path)
      const items = rules
        .filter(({ implies }) => implies.length > 0)
        .map((rule) => ({
          prior_role: roleName(rule, url),
          implies: rule.implies.flatMap((id) => {
            const role = byId.get(id)
            return role ? roleName(role, url) : []
          }),
        }))
      return json({ role_inferences: items, links: { self: x.url('/role_inferences') } })
    },
  }),
  endpoint({
    id: 'identity.impliedRoles.list',
    method: 'GET',
    path: `${one}/implies`,
    summary: 'Lists the roles that a role implies directly.',
    access: 'token',
    operations: [roleGet],
    status: 200,
    async run(x) {
      const prior = await ask(x, roleGet, { id: x.param('role_id') })
      const url = (path: string): string => x.url(path)
      const rules = await Promise.all(prior.implies.map((id) => ask(x, roleGet, { id })))
      return json({
        role_inference: {
          prior_role: roleName(prior, url),
          implies: rules.map((rule) => roleName(rule, url)),
        },
        links: { self: x.url(`/roles/${prior.id}/implies`) },
      })
    },
  }),
  endpoint({
    id: 'identity.impliedRoles.create',
    method: 'PUT',
    path: implied,
    summary: 'Makes a role imply another.',
    access: 'token',
    operations: [roleImply, roleGet],
    status: 201,
    async run(x) {
      await ask(x, roleImply, pairOf(x))
      return json(await inference(x))
    },
  }),
  endpoint({
    id: 'identity.impliedRoles.get',
    method: 'GET',
    path: implied,
    summary: 'Shows that a role implies another.',
    access: 'token',
    operations: [roleGet],
    status: 200,
    run: async (x) => json(await inference(x)),
  }),
  endpoint({
    id: 'identity.impliedRoles.check',
    method: 'HEAD',
    path: implied,
    summary: 'Tells whether a role implies another.',
    access: 'token',
    operations: [roleGet],
    status: 204,
    async run(x) {
      await inference(x)
      return nothing
    },
  }),
  endpoint({
    id: 'identity.impliedRoles.delete',
    method: 'DELETE',
    path: implied,
    summary: 'Makes a role imply another no more.',
    access: 'token',
    operations: [roleUnimply],
    status: 204,
    async run(x) {
      await ask(x, roleUnimply, pairOf(x))
      return nothing
    },
  }),
]

function pairOf(x: AnyExchange): { readonly id: string; readonly impliedId: string } {
  return { id: x.param('role_id'), impliedId: x.param('implied_role_id') }
}

/** @throws CloudError `notFound` where the one does not imply the other. */
async function inference(x: AnyExchange): Promise<unknown> {
  const { id, impliedId } = pairOf(x)
  const [prior, other] = await Promise.all([
    ask(x, roleGet, { id }),
    ask(x, roleGet, { id: impliedId }),
  ])
  if (!prior.implies.includes(impliedId)) {
    throw new CloudError('notFound', 'No such rule.', { field: 'implied_role_id' })
  }
  const url = (path: string): string => x.url(path)
  return {
    role_inference: { prior_role: roleName(prior, url), implies: roleName(other, url) },
    links: { self: x.url(`/roles/${id}/implies/${impliedId}`) },
  }
}
