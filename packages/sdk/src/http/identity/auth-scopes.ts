import { placesOf, type UserPlaces } from '@nephos/core'
import { domainBody } from '../../wire/identity/domain.ts'
import { listBody } from '../../wire/identity/links.ts'
import { projectBody } from '../../wire/identity/project.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import type { AnyExchange } from './who.ts'

/** Where the bearer of a token may act, and what is there. */
export const authScopes: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.auth.catalog',
    method: 'GET',
    path: '/auth/catalog',
    summary: 'Shows the catalogue of services for a token.',
    access: 'token',
    operations: [],
    status: 200,
    async run(x) {
      const { projectId } = x.actor
      return json({ catalog: await x.catalog(projectId), links: { self: x.url('/auth/catalog') } })
    },
  }),
  ...['/auth/projects', '/OS-FEDERATION/projects'].map((path) =>
    endpoint({
      id: 'identity.auth.projects',
      method: 'GET',
      path,
      summary: 'Lists the projects in which the bearer may act.',
      access: 'token',
      operations: [],
      status: 200,
      async run(x) {
        const { projects } = await places(x)
        const items = projects.map((project) => projectBody(project, (one) => x.url(one)))
        return json(listBody('projects', items, x.url(path)))
      },
    }),
  ),
  ...['/auth/domains', '/OS-FEDERATION/domains'].map((path) =>
    endpoint({
      id: 'identity.auth.domains',
      method: 'GET',
      path,
      summary: 'Lists the domains on which the bearer may act.',
      access: 'token',
      operations: [],
      status: 200,
      async run(x) {
        const { domains } = await places(x)
        const items = domains.map((domain) => domainBody(domain, (one) => x.url(one)))
        return json(listBody('domains', items, x.url(path)))
      },
    }),
  ),
  endpoint({
    id: 'identity.auth.system',
    method: 'GET',
    path: '/auth/system',
    summary: 'Tells whether the bearer may act on the system.',
    access: 'token',
    operations: [],
    status: 200,
    async run(x) {
      const { system } = await places(x)
      return json({ system: system ? [{ all: true }] : [], links: { self: x.url('/auth/system') } })
    },
  }),
]

/** Where the bearer may go with this token: one that was lent leads nowhere else. */
async function places(x: AnyExchange): Promise<UserPlaces> {
  const { user, actor, project } = x.token
  if (actor?.lent) return { projects: project ? [project] : [], domains: [], system: false }
  return placesOf(x.plane.kernel, user.id)
}
