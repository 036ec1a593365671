import {
  CloudError,
  portGet,
  type Router,
  routerAddRoutes,
  routerCreate,
  routerDelete,
  routerGet,
  routerList,
  routerRemoveRoutes,
  routerUpdate,
} from '@nephos/core'
import {
  routerBody,
  type RouterCreateBody,
  routerCreateBody,
  routerFields,
  routerUpdateBody,
  routesBody,
} from '../../wire/network/router.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, eachOrNone, projectOf, seenRevision, untilGone } from './calls.ts'
import type { ErrorNames } from './faults.ts'
import { hint } from './hints.ts'
import { bodyOf, deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

/** One that is being deleted is gone, as far as clients are concerned. */
export const routerNoun: Noun<Router> = {
  id: 'network.routers',
  one: 'router',
  many: 'routers',
  title: 'router',
  titles: 'routers',
  path: '/routers',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'admin_state_up', 'status', 'routes', 'tags', 'flavor_id'],
    ...['external_gateway_info', 'availability_zone_hints', 'availability_zones'],
  ],
  operations: { list: routerList, get: routerGet },
  read: (x, page, query) => ask(x, routerList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, routerGet, { id }),
  bodies: (_x, rows) =>
    rows.map((row) => (row.status === 'DELETING' ? undefined : routerBody(row))),
}

const gatewayNames: ErrorNames = {
  conflict: 'RouterExternalGatewayInUseByFloatingIp',
  addressesExhausted: 'IpAddressGenerationFailure',
}

/** What overlaps is a bad request; an address that somebody holds is a conflict. */
const createNames: ErrorNames = {
  conflict: ({ message }) =>
    message.endsWith('is in use.') ? 'IpAddressInUse' : [400, 'BadRequest'],
}

function create(x: Asked, body: RouterCreateBody, step?: string): Promise<Router> {
  const input = { ...routerFields(body), tags: body.tags, projectId: projectOf(x, body) }
  return ask(x, routerCreate, input, createNames, step)
}

async function remove(x: Asked, id: string): Promise<void> {
  const before = await ask(x, routerGet, { id })
  if (before.status === 'DELETING') {
    throw new CloudError('notFound', 'No such router.', { field: 'id' })
  }
  const input = { id, expectedRev: seenRevision(x) }
  await ask(x, routerDelete, input, { conflict: 'RouterInUse' })
  await untilGone(x, () => ask(x, routerGet, { id }))
}

/** Routers (https://docs.openstack.org/api-ref/network/v2/#routers-routers). */
export const routers: readonly EndpointRow[] = [
  ...readEndpoints(routerNoun),
  endpoint({
    id: 'network.routers.create',
    method: 'POST',
    path: '/routers',
    summary: 'Creates a router, or several.',
    access: 'token',
    operations: [routerCreate, routerDelete],
    body: routerCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      const rows = await eachOrNone(
        items,
        (body, step) => create(x, body, isMany ? step : undefined),
        ({ id }) => ask(x, routerDelete, { id }),
      )
      const bodies = rows.map(routerBody)
      return json(isMany ? { routers: bodies } : { router: bodies[0] })
    },
  }),
  endpoint({
    id: 'network.routers.update',
    method: 'PUT',
    path: '/routers/{id}',
    summary: 'Changes a router: its gateway, its routes.',
    access: 'token',
    operations: [routerGet, routerUpdate, portGet],
    body: routerUpdateBody,
    status: 200,
    run: async (x) => {
      const id = x.param('id')
      const { routes } = x.body
      const fields = { ...routerFields(x.body), routes: routes === null ? [] : routes }
      const before =
        fields.externalGateway === undefined ? undefined : await ask(x, routerGet, { id })
      const input = { id, expectedRev: seenRevision(x), ...fields }
      const row = await ask(x, routerUpdate, input, gatewayNames)
      await untilLeft(x, before, row)
      return json({ router: await bodyOf(x, routerNoun, row) })
    },
  }),
  deleteEndpoint(routerNoun, [routerGet, routerDelete], remove),
  ...(['add', 'remove'] as const).map((verb) =>
    endpoint({
      id: `network.routers.${verb}Routes`,
      method: 'PUT',
      path: `/routers/{id}/${verb}_extraroutes`,
      summary: `${verb === 'add' ? 'Adds' : 'Removes'} extra routes.`,
      access: 'token',
      operations: [routerAddRoutes, routerRemoveRoutes],
      body: routesBody,
      status: 200,
      run: async (x) => {
        const operation = verb === 'add' ? routerAddRoutes : routerRemoveRoutes
        const row = await ask(x, operation, { id: x.param('id'), routes: x.body.routes })
        return json({ router: await bodyOf(x, routerNoun, row) })
      },
    }),
  ),
  ...tagEndpoints(routerNoun, routerUpdate, (x, id, tags, expectedRev) =>
    ask(x, routerUpdate, { id, tags: [...tags], expectedRev }),
  ),
]

/** A gateway that was given up holds its addresses until the data plane has let go of them. */
async function untilLeft(x: Asked, before: Router | undefined, after: Router): Promise<void> {
  const portId = before?.externalGateway?.portId
  if (portId === undefined || after.externalGateway?.portId === portId) return
  // The port of a gateway is the external network's project's: only administrators see it.
  if (x.operator) await untilGone(x, () => ask(x, portGet, { id: portId }))
}
