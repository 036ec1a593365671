import {
  builtInRegionId,
  type CatalogEndpoint,
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
  catalogGet,
  type CatalogRegion,
  type CatalogService,
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
  CloudError,
  regionCreate,
  regionDelete,
  regionUpdate,
} from '@nephos/core'
import * as wire from '../../wire/identity/catalog.ts'
import { listBody } from '../../wire/identity/links.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, ask } from './who.ts'

/**
 * What the cloud offers
 * (https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints): what runs here,
 * read from it, so that it is always right; and what administrators have added.
 */
interface Whole {
  readonly regions: readonly CatalogRegion[]
  readonly services: readonly CatalogService[]
  readonly endpoints: readonly CatalogEndpoint[]
}

const builtInRegion: CatalogRegion = { id: builtInRegionId, description: '', parentId: null }

/** The cloud's own offers; URLs that name a project do so for that of the token. */
function builtIn(x: AnyExchange): Whole {
  const entries = x.builtInCatalog(x.token.actor?.projectId ?? null)
  return {
    regions: [builtInRegion],
    services: entries.map(({ id, name, type }) => ({
      ...{ id, type, name, description: '', enabled: true },
    })),
    endpoints: entries.flatMap(({ endpoints, id: serviceId }) =>
      endpoints.map(({ id, interface: kind, region_id: regionId, url }) => ({
        ...{ id, serviceId, interface: kind, regionId, name: '', url, enabled: true },
      })),
    ),
  }
}

async function whole(x: AnyExchange): Promise<Whole> {
  const [own, added] = [builtIn(x), await ask(x, catalogGet, {})]
  return {
    regions: [...own.regions, ...added.regions],
    services: [...own.services, ...added.services],
    endpoints: [...own.endpoints, ...added.endpoints],
  }
}

/** What the cloud itself offers is not written down: it comes and goes with what runs. */
function requireAdded(x: AnyExchange, part: keyof Whole, id: string): void {
  if (!builtIn(x)[part].some((one) => one.id === id)) return
  throw new CloudError('forbidden', 'It is of the cloud itself, and stays.', { field: 'id' })
}

function required<T extends { readonly id: string }>(
  rows: readonly T[],
  id: string,
  noun: string,
): T {
  const row = rows.find((one) => one.id === id)
  if (row !== undefined) return row
  throw new CloudError('notFound', `No such ${noun}.`, { field: 'id' })
}

const url = (x: AnyExchange) => (path: string) => x.url(path)

const read = { access: 'token', operations: [catalogGet], status: 200 } as const
const write = { access: 'token' } as const

const services: readonly EndpointRow[] = [
  endpoint({
    ...read,
    id: 'identity.services.list',
    method: 'GET',
    path: '/services',
    summary: 'Lists the services, by type and name.',
    async run(x) {
      const [type, name] = [first(x.query, 'type'), first(x.query, 'name')]
      const rows = (await whole(x)).services.filter(
        (row) =>
          (type === undefined || row.type === type) && (name === undefined || row.name === name),
      )
      const bodies = rows.map((row) => wire.serviceBody(row, url(x)))
      return json(listBody('services', bodies, x.url('/services')))
    },
  }),
  endpoint({
    ...read,
    id: 'identity.services.get',
    method: 'GET',
    path: '/services/{service_id}',
    summary: 'Shows a service.',
    async run(x) {
      const row = required((await whole(x)).services, x.param('service_id'), 'service')
      return json({ service: wire.serviceBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.services.create',
    method: 'POST',
    path: '/services',
    summary: 'Adds a service to the catalogue.',
    operations: [catalogServiceCreate],
    body: wire.serviceNew,
    example: { service: { type: 'dns', name: 'designate' } },
    status: 201,
    async run(x) {
      const row = await ask(x, catalogServiceCreate, x.body.service)
      return json({ service: wire.serviceBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.services.update',
    method: 'PATCH',
    path: '/services/{service_id}',
    summary: 'Changes a service of the catalogue.',
    operations: [catalogServiceUpdate],
    body: wire.serviceChange,
    example: { service: { name: 'designate' } },
    status: 200,
    async run(x) {
      x.requireOperator()
      const id = x.param('service_id')
      requireAdded(x, 'services', id)
      const row = await ask(x, catalogServiceUpdate, { id, ...x.body.service })
      return json({ service: wire.serviceBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.services.delete',
    method: 'DELETE',
    path: '/services/{service_id}',
    summary: 'Takes a service with its endpoints out of the catalogue.',
    operations: [catalogServiceDelete],
    status: 204,
    async run(x) {
      x.requireOperator()
      requireAdded(x, 'services', x.param('service_id'))
      await ask(x, catalogServiceDelete, { id: x.param('service_id') })
      return nothing
    },
  }),
]

const endpoints: readonly EndpointRow[] = [
  endpoint({
    ...read,
    id: 'identity.endpoints.list',
    method: 'GET',
    path: '/endpoints',
    summary: 'Lists the endpoints of services, by interface, service and region.',
    async run(x) {
      const [kind, serviceId, regionId] = ['interface', 'service_id', 'region_id'].map((key) =>
        first(x.query, key),
      )
      const rows = (await whole(x)).endpoints.filter(
        (row) =>
          (kind === undefined || row.interface === kind) &&
          (serviceId === undefined || row.serviceId === serviceId) &&
          (regionId === undefined || row.regionId === regionId),
      )
      const bodies = rows.map((row) => wire.endpointBody(row, url(x)))
      return json(listBody('endpoints', bodies, x.url('/endpoints')))
    },
  }),
  endpoint({
    ...read,
    id: 'identity.endpoints.get',
    method: 'GET',
    path: '/endpoints/{endpoint_id}',
    summary: 'Shows an endpoint.',
    async run(x) {
      const row = required((await whole(x)).endpoints, x.param('endpoint_id'), 'endpoint')
      return json({ endpoint: wire.endpointBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.endpoints.create',
    method: 'POST',
    path: '/endpoints',
    summary: 'Adds an endpoint of a service that was added.',
    operations: [catalogEndpointCreate, catalogGet, regionCreate],
    body: wire.endpointNewBody,
    status: 201,
    async run(x) {
      x.requireOperator()
      const { region, region_id: regionId } = x.body.endpoint
      requireAdded(x, 'services', x.body.endpoint.service_id)
      // Of old, a region was made by naming it.
      if (regionId === undefined && region) await makeRegion(x, region)
      const input = wire.endpointFields(x.body.endpoint)
      const row = await ask(x, catalogEndpointCreate, input as Required<typeof input>)
      return json({ endpoint: wire.endpointBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.endpoints.update',
    method: 'PATCH',
    path: '/endpoints/{endpoint_id}',
    summary: 'Changes an endpoint of the catalogue.',
    operations: [catalogEndpointUpdate],
    body: wire.endpointChange,
    example: { endpoint: { url: 'https://dns.example' } },
    status: 200,
    async run(x) {
      x.requireOperator()
      const id = x.param('endpoint_id')
      requireAdded(x, 'endpoints', id)
      const { region, region_id: regionId } = x.body.endpoint
      if (regionId === undefined && region) await makeRegion(x, region)
      const row = await ask(x, catalogEndpointUpdate, {
        ...wire.endpointFields(x.body.endpoint),
        id,
      })
      return json({ endpoint: wire.endpointBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.endpoints.delete',
    method: 'DELETE',
    path: '/endpoints/{endpoint_id}',
    summary: 'Takes an endpoint out of the catalogue.',
    operations: [catalogEndpointDelete],
    status: 204,
    async run(x) {
      x.requireOperator()
      requireAdded(x, 'endpoints', x.param('endpoint_id'))
      await ask(x, catalogEndpointDelete, { id: x.param('endpoint_id') })
      return nothing
    },
  }),
]

async function makeRegion(x: AnyExchange, id: string): Promise<void> {
  if ((await whole(x)).regions.some((region) => region.id === id)) return
  await ask(x, regionCreate, { id }, { step: 'region' })
}

const regions: readonly EndpointRow[] = [
  endpoint({
    ...read,
    id: 'identity.regions.list',
    method: 'GET',
    path: '/regions',
    summary: 'Lists the regions, by the one that they are in.',
    async run(x) {
      const parentId = first(x.query, 'parent_region_id')
      const rows = (await whole(x)).regions.filter(
        (row) => parentId === undefined || row.parentId === parentId,
      )
      const bodies = rows.map((row) => wire.regionBody(row, url(x)))
      return json(listBody('regions', bodies, x.url('/regions')))
    },
  }),
  endpoint({
    ...read,
    id: 'identity.regions.get',
    method: 'GET',
    path: '/regions/{region_id}',
    summary: 'Shows a region.',
    async run(x) {
      const row = required((await whole(x)).regions, x.param('region_id'), 'region')
      return json({ region: wire.regionBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.regions.create',
    method: 'POST',
    path: '/regions',
    summary: 'Adds a region to the catalogue.',
    operations: [regionCreate],
    body: wire.regionNew,
    example: { region: { description: 'north' } },
    status: 201,
    async run(x) {
      const { description, id, parent_region_id: parentId } = x.body.region
      const fields = { description, parentId, id: id || undefined }
      return json({ region: wire.regionBody(await ask(x, regionCreate, fields), url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.regions.put',
    method: 'PUT',
    path: '/regions/{region_id}',
    summary: 'Adds a region of this id to the catalogue.',
    operations: [regionCreate],
    body: wire.regionNew,
    example: { region: { description: 'north' } },
    status: 201,
    async run(x) {
      const { description, parent_region_id: parentId } = x.body.region
      const fields = { id: x.param('region_id'), description, parentId }
      return json({ region: wire.regionBody(await ask(x, regionCreate, fields), url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.regions.update',
    method: 'PATCH',
    path: '/regions/{region_id}',
    summary: 'Describes a region, or puts it into another.',
    operations: [regionUpdate],
    body: wire.regionChange,
    example: { region: { description: 'north' } },
    status: 200,
    async run(x) {
      x.requireOperator()
      const id = x.param('region_id')
      requireAdded(x, 'regions', id)
      const { description, parent_region_id: parentId } = x.body.region
      const row = await ask(x, regionUpdate, { id, description, parentId })
      return json({ region: wire.regionBody(row, url(x)) })
    },
  }),
  endpoint({
    ...write,
    id: 'identity.regions.delete',
    method: 'DELETE',
    path: '/regions/{region_id}',
    summary: 'Takes an empty region out of the catalogue.',
    operations: [regionDelete],
    status: 204,
    async run(x) {
      x.requireOperator()
      requireAdded(x, 'regions', x.param('region_id'))
      await ask(x, regionDelete, { id: x.param('region_id') })
      return nothing
    },
  }),
]

export const catalog: readonly EndpointRow[] = [...services, ...endpoints, ...regions]
