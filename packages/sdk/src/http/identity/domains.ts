import {
  CloudError,
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
  groupDelete,
  groupList,
  userDelete,
  userList,
} from '@nephos/core'
import { domainBody, domainChange, domainNew } from '../../wire/identity/domain.ts'
import { listBody, type UrlOf } from '../../wire/identity/links.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { inexact } from './filters.ts'
import { type AnyExchange, ask, walk, who } from './who.ts'

const urlOf =
  (x: AnyExchange): UrlOf =>
  (path) =>
    x.url(path)

/** Domains (https://docs.openstack.org/api-ref/identity/v3/#domains). */
export const domains: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.domains.create',
    method: 'POST',
    path: '/domains',
    summary: 'Creates a domain.',
    access: 'token',
    operations: [domainCreate],
    body: domainNew,
    example: { domain: { name: 'acme' } },
    status: 201,
    async run(x) {
      const { name, description, enabled } = x.body.domain
      const domain = await ask(x, domainCreate, {
        name,
        description: description ?? '',
        ...(enabled !== undefined && { enabled }),
      })
      return json({ domain: domainBody(domain, urlOf(x)) })
    },
  }),
  endpoint({
    id: 'identity.domains.list',
    method: 'GET',
    path: '/domains',
    summary: 'Lists domains.',
    access: 'token',
    operations: [domainList],
    status: 200,
    async run(x) {
      const [name, enabled] = [first(x.query, 'name'), flag(x.query, 'enabled')]
      const { rows, truncated } = await walk(
        (bounds) =>
          ask(x, domainList, {
            ...bounds,
            ...(name !== undefined && { name }),
            ...(enabled !== undefined && { enabled }),
          }),
        inexact(x.query, { name: (domain) => domain.name }),
        pageOf(x.query),
      )
      const items = rows.map((domain) => domainBody(domain, urlOf(x)))
      return json(listBody('domains', items, x.url('/domains'), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.domains.get',
    method: 'GET',
    path: '/domains/{domain_id}',
    summary: 'Shows a domain; to everybody else, that of his token.',
    access: 'token',
    operations: [domainGet],
    status: 200,
    async run(x) {
      const id = x.param('domain_id')
      // Whoever acts in a project may know the domain that it is in.
      const own = [x.token.userDomain, x.token.domain].find((domain) => domain?.id === id)
      if (own && !who(x).system) return json({ domain: domainBody(own, urlOf(x)) })
      return json({ domain: domainBody(await ask(x, domainGet, { id }), urlOf(x)) })
    },
  }),
  endpoint({
    id: 'identity.domains.update',
    method: 'PATCH',
    path: '/domains/{domain_id}',
    summary: 'Renames, describes, enables or disables a domain.',
    access: 'token',
    operations: [domainUpdate],
    body: domainChange,
    example: { domain: { description: 'Everything' } },
    status: 200,
    async run(x) {
      const domain = await updateDomain(x, x.param('domain_id'), x.body.domain)
      return json({ domain: domainBody(domain, urlOf(x)) })
    },
  }),
  endpoint({
    id: 'identity.domains.delete',
    method: 'DELETE',
    path: '/domains/{domain_id}',
    summary: 'Deletes a disabled domain with its users and groups.',
    access: 'token',
    operations: [domainGet, domainDelete, userList, userDelete, groupList, groupDelete],
    status: 204,
    async run(x) {
      await deleteDomain(x, x.param('domain_id'))
      return nothing
    },
  }),
]

/** Changes a domain, as itself or as a project. */
export function updateDomain(
  x: AnyExchange,
  id: string,
  patch: {
    readonly name?: string | undefined
    readonly description?: string | null | undefined
    readonly enabled?: boolean | undefined
  },
): ReturnType<typeof domainUpdate.run> {
  const { name, description, enabled } = patch
  return ask(x, domainUpdate, {
    id,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description: description ?? '' }),
    ...(enabled !== undefined && { enabled }),
  })
}

/**
 * Deletes a disabled domain. Its users and groups go first, one by one: the domain is disabled, so
 * nobody acts as them any more, and who asks again goes on where this ended.
 *
 * @throws CloudError `forbidden` while it is enabled; `conflict` while it has projects or roles.
 */
export async function deleteDomain(x: AnyExchange, id: string): Promise<void> {
  const domain = await ask(x, domainGet, { id })
  if (domain.enabled) {
    throw new CloudError('forbidden', 'Disable the domain before deleting it.', {
      field: 'enabled',
    })
  }
  const page = { domainId: id }
  for (const user of await ask(x, userList, page)) {
    await ask(x, userDelete, { id: user.id }, { step: user.id })
  }
  for (const group of await ask(x, groupList, page)) {
    await ask(x, groupDelete, { id: group.id }, { step: group.id })
  }
  await ask(x, domainDelete, { id })
}
