import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type CatalogEndpoint, catalogInterfaces } from '../../model/identity/catalog.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { added, change, found, type Parts, replaced, requireRegion } from './catalog.ts'

const manage = { scope: 'system', role: 'admin' } as const
const idInput = z.strictObject({ id: idField })

const endpointFields = {
  serviceId: idField,
  interface: z.enum(catalogInterfaces),
  regionId: idField.nullable(),
  name: z.string().max(limits.nameLength),
  url: z.string().min(1).max(limits.catalogUrl),
  enabled: z.boolean(),
}
const endpointCreateInput = z.strictObject({
  ...endpointFields,
  regionId: idField.nullable().default(null),
  name: endpointFields.name.default(''),
  enabled: z.boolean().default(true),
})

/** @throws CloudError `invalid` when there is no such service or region. */
export const catalogEndpointCreate = defineOperation({
  id: 'identity.catalogEndpoint.create',
  summary: 'Adds an endpoint of a service to the catalogue.',
  policy: manage,
  input: endpointCreateInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof endpointCreateInput>): Promise<CatalogEndpoint> => {
    const endpoint = { id: call.kernel.ids.next(), ...input }
    return change(call, (parts) => {
      requireService(parts, endpoint.serviceId)
      requireRegion(parts, endpoint.regionId, 'regionId')
      const endpoints = added(parts.endpoints, endpoint, limits.catalogEndpoints)
      return { parts: { endpoints }, ids: [endpoint.id], answer: endpoint }
    })
  },
})

function requireService({ services }: Parts, id: string): void {
  if (services.some((service) => service.id === id)) return
  throw new CloudError('invalid', 'serviceId: there is no such service.', { field: 'serviceId' })
}

const endpointUpdateInput = z.strictObject({ ...endpointFields, id: idField }).partial({
  ...{ serviceId: true, interface: true, regionId: true, name: true, url: true, enabled: true },
})

/** @throws CloudError `invalid` when there is no such service or region. */
export const catalogEndpointUpdate = defineOperation({
  id: 'identity.catalogEndpoint.update',
  summary: 'Changes an endpoint of the catalogue.',
  policy: manage,
  input: endpointUpdateInput,
  mutates: true,
  run: (
    call: Call,
    { id, ...patch }: z.infer<typeof endpointUpdateInput>,
  ): Promise<CatalogEndpoint> =>
    change(call, (parts) => {
      const endpoint = { ...found(parts.endpoints, id, 'endpoint'), ...given(patch) }
      requireService(parts, endpoint.serviceId)
      requireRegion(parts, endpoint.regionId, 'regionId')
      const endpoints = replaced(parts.endpoints, endpoint)
      return { parts: { endpoints }, ids: [id], answer: endpoint }
    }),
})

export const catalogEndpointDelete = defineOperation({
  id: 'identity.catalogEndpoint.delete',
  summary: 'Takes an endpoint out of the catalogue.',
  policy: manage,
  input: idInput,
  mutates: true,
  run: (call: Call, { id }: z.infer<typeof idInput>): Promise<null> =>
    change(call, (parts) => {
      found(parts.endpoints, id, 'endpoint')
      const endpoints = parts.endpoints.filter((endpoint) => endpoint.id !== id)
      return { parts: { endpoints }, ids: [id], answer: null }
    }),
})
