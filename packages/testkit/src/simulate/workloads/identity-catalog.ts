import {
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
  catalogGet,
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
  regionCreate,
  regionDelete,
  regionUpdate,
} from '@nephos/core'
import type { Action } from '../workload.ts'
import { mutate } from './create.ts'

/** Operators add to the catalogue, and take away: what refers to what in it stays right. */
const useCatalog: Action = {
  name: 'add a service to the catalogue',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const as = { as: operator }
    // Everybody sees it: it tells nothing of whose it is.
    const name = `region-${chance.whole(1, 1_000_000)}`
    const region = await mutate(tenant, regionCreate, { id: name }, as)
    const service = await mutate(tenant, catalogServiceCreate, { type: 'dns' }, as)
    if (region.end !== 'ok' || service.end !== 'ok') return
    const { id: serviceId } = service.answer
    const input = { serviceId, interface: 'public', url: 'https://dns', regionId: name } as const
    const [endpoint] = await Promise.all([
      mutate(tenant, catalogEndpointCreate, input, as),
      mutate(tenant, catalogServiceUpdate, { id: serviceId, name: 'changed' }, as),
      mutate(tenant, regionUpdate, { id: name, description: 'changed' }, as),
    ])
    if (endpoint.end === 'ok') {
      const { id } = endpoint.answer
      await mutate(tenant, catalogEndpointUpdate, { id, enabled: false }, as)
      if (chance.happens(0.5)) await tenant.call(catalogEndpointDelete, { id }, as)
    }
    await Promise.all([
      tenant.call(catalogServiceDelete, { id: serviceId }, as),
      tenant.call(regionDelete, { id: name }, as),
    ])
    const seen = await tenant.call(catalogGet, {})
    if (seen.end !== 'ok') return
    const { endpoints, services } = seen.answer
    const known = new Set(services.map(({ id }) => id))
    if (endpoints.every((one) => known.has(one.serviceId))) return
    tenant.report(21, 'catalog', 'has an endpoint of a service that is gone')
  },
}

export const catalogActions: readonly Action[] = [useCatalog]
