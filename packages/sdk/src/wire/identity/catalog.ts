import {
  type CatalogEndpoint,
  type CatalogRegion,
  type CatalogService,
  type catalogEndpointCreate,
  type InputOf,
} from '@nephos/core'
import { z } from 'zod'
import { selfLink, type UrlOf } from './links.ts'

type Body = Readonly<Record<string, unknown>>

const text = z.string()
const region = { description: text.optional(), parent_region_id: text.nullable().optional() }
export const regionNew = z.strictObject({
  region: z.strictObject({ ...region, id: text.nullable().optional() }),
})
export const regionChange = z.strictObject({
  region: z.strictObject({ ...region, id: text.optional() }),
})

const service = {
  name: text.optional(),
  description: text.optional(),
  enabled: z.boolean().optional(),
}
export const serviceNew = z.strictObject({ service: z.strictObject({ ...service, type: text }) })
export const serviceChange = z.strictObject({
  service: z.strictObject({ ...service, type: text.optional() }),
})

const at = {
  region: text.nullable().optional(),
  region_id: text.nullable().optional(),
  name: text.optional(),
  description: text.optional(),
  enabled: z.boolean().optional(),
}
const endpointNew = z.strictObject({ ...at, service_id: text, interface: text, url: text })
export const endpointNewBody = z.strictObject({ endpoint: endpointNew })
export const endpointChange = z.strictObject({
  endpoint: endpointNew.partial({ service_id: true, interface: true, url: true }),
})

type EndpointChange = z.infer<typeof endpointChange>['endpoint']
type EndpointInput = InputOf<typeof catalogEndpointCreate>

/** What a body says of an endpoint. What is not said is not there. */
export function endpointFields(body: EndpointChange): Partial<EndpointInput> {
  const { enabled, interface: kind, name, service_id: serviceId, url } = body
  const regionId = body.region_id === undefined ? body.region : body.region_id
  const fields = { enabled, interface: kind, name, serviceId, url, regionId }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Partial<EndpointInput>
}

/** A region (https://docs.openstack.org/api-ref/identity/v3/#regions). */
export function regionBody(row: CatalogRegion, url: UrlOf): Body {
  const { description, id, parentId } = row
  return { id, description, parent_region_id: parentId, ...selfLink(url, `/regions/${id}`) }
}

/** A service (https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints). */
export function serviceBody(row: CatalogService, url: UrlOf): Body {
  return { ...row, ...selfLink(url, `/services/${row.id}`) }
}

/** An endpoint, with its URL as it was written. */
export function endpointBody(row: CatalogEndpoint, url: UrlOf): Body {
  const { enabled, id, interface: kind, name, regionId, serviceId } = row
  return {
    ...{ id, interface: kind, region: regionId, region_id: regionId, service_id: serviceId },
    ...{ url: row.url, name, enabled, ...selfLink(url, `/endpoints/${id}`) },
  }
}
