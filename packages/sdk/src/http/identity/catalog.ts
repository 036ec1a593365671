import { CloudError } from '@nephos/core'
import { listBody, selfLink } from '../../wire/identity/links.ts'
import { type CatalogEndpoint, type CatalogEntry, region } from '../catalog.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json } from '../reply.ts'
import type { AnyExchange } from './who.ts'

type Body = Readonly<Record<string, unknown>>
type Offer = CatalogEndpoint & { readonly serviceId: string }

/**
 * What the cloud offers
 * (https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints): read from what
 * runs, so that it is always right; there is nothing to be made or changed.
 */
export const catalog: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.services.list',
    method: 'GET',
    path: '/services',
    summary: 'Lists the services, by type and name.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const [type, name] = [first(x.query, 'type'), first(x.query, 'name')]
      const rows = entries(x).filter(
        (entry) =>
          (type === undefined || entry.type === type) &&
          (name === undefined || entry.name === name),
      )
      return json(
        listBody(
          'services',
          rows.map((row) => serviceBody(x, row)),
          x.url('/services'),
        ),
      )
    },
  }),
  endpoint({
    id: 'identity.services.get',
    method: 'GET',
    path: '/services/{service_id}',
    summary: 'Shows a service.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const row = entries(x).find(({ id }) => id === x.param('service_id'))
      return json({ service: serviceBody(x, required(row, 'service')) })
    },
  }),
  endpoint({
    id: 'identity.endpoints.list',
    method: 'GET',
    path: '/endpoints',
    summary: 'Lists the endpoints of services, by interface, service and region.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const [kind, serviceId, regionId] = ['interface', 'service_id', 'region_id'].map((key) =>
        first(x.query, key),
      )
      const rows = offers(x).filter(
        (row) =>
          (kind === undefined || row.interface === kind) &&
          (serviceId === undefined || row.serviceId === serviceId) &&
          (regionId === undefined || row.region_id === regionId),
      )
      return json(
        listBody(
          'endpoints',
          rows.map((row) => endpointBody(x, row)),
          x.url('/endpoints'),
        ),
      )
    },
  }),
  endpoint({
    id: 'identity.endpoints.get',
    method: 'GET',
    path: '/endpoints/{endpoint_id}',
    summary: 'Shows an endpoint.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const row = offers(x).find(({ id }) => id === x.param('endpoint_id'))
      return json({ endpoint: endpointBody(x, required(row, 'endpoint')) })
    },
  }),
  endpoint({
    id: 'identity.regions.list',
    method: 'GET',
    path: '/regions',
    summary: 'Lists the regions: there is one.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const isWithin = first(x.query, 'parent_region_id') !== undefined
      return json(listBody('regions', isWithin ? [] : [regionBody(x)], x.url('/regions')))
    },
  }),
  endpoint({
    id: 'identity.regions.get',
    method: 'GET',
    path: '/regions/{region_id}',
    summary: 'Shows a region.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const isIt = x.param('region_id') === region
      return json({ region: required(isIt ? regionBody(x) : undefined, 'region') })
    },
  }),
]

/** The whole catalogue; URLs that name a project do so for that of the token. */
function entries(x: AnyExchange): readonly CatalogEntry[] {
  return x.catalog(x.token.actor?.projectId ?? null)
}

function offers(x: AnyExchange): readonly Offer[] {
  return entries(x).flatMap(({ id, endpoints }) =>
    endpoints.map((row) => ({ ...row, serviceId: id })),
  )
}

function serviceBody(x: AnyExchange, { id, type, name }: CatalogEntry): Body {
  const url = (path: string): string => x.url(path)
  return { id, type, name, description: '', enabled: true, ...selfLink(url, `/services/${id}`) }
}

function endpointBody(x: AnyExchange, { serviceId, ...row }: Offer): Body {
  const url = (path: string): string => x.url(path)
  return { ...row, service_id: serviceId, enabled: true, ...selfLink(url, `/endpoints/${row.id}`) }
}

function regionBody(x: AnyExchange): Body {
  const url = (path: string): string => x.url(path)
  return {
    id: region,
    description: '',
    parent_region_id: null,
    ...selfLink(url, `/regions/${region}`),
  }
}

function required<T>(row: T | undefined, noun: string): T {
  if (row !== undefined) return row
  throw new CloudError('notFound', `No such ${noun}.`, { field: 'id' })
}
