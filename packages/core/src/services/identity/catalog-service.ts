import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import type { CatalogService } from '../../model/identity/catalog.ts'
import type { Call } from '../call.ts'
import { descriptionField, idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { added, change, found, replaced } from './catalog.ts'

const manage = { scope: 'system', role: 'admin' } as const
const idInput = z.strictObject({ id: idField })

const nameText = z.string().max(limits.nameLength)
const serviceFields = {
  type: nameText.min(1),
  name: nameText,
  description: descriptionField,
  enabled: z.boolean(),
}
const serviceCreateInput = z.strictObject({
  ...serviceFields,
  name: nameText.default(''),
  description: descriptionField.default(''),
  enabled: z.boolean().default(true),
})

export const catalogServiceCreate = defineOperation({
  id: 'identity.catalogService.create',
  summary: 'Adds a service to the catalogue.',
  policy: manage,
  input: serviceCreateInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof serviceCreateInput>): Promise<CatalogService> => {
    const service = { id: call.kernel.ids.next(), ...input }
    return change(call, (parts) => ({
      parts: { services: added(parts.services, service, limits.catalogServices) },
      ids: [service.id],
      answer: service,
    }))
  },
})

const serviceUpdateInput = z.strictObject({ ...serviceFields, id: idField }).partial({
  ...{ type: true, name: true, description: true, enabled: true },
})

export const catalogServiceUpdate = defineOperation({
  id: 'identity.catalogService.update',
  summary: 'Changes a service of the catalogue.',
  policy: manage,
  input: serviceUpdateInput,
  mutates: true,
  run: (
    call: Call,
    { id, ...patch }: z.infer<typeof serviceUpdateInput>,
  ): Promise<CatalogService> =>
    change(call, ({ services }) => {
      const service = { ...found(services, id, 'service'), ...given(patch) }
      return { parts: { services: replaced(services, service) }, ids: [id], answer: service }
    }),
})

export const catalogServiceDelete = defineOperation({
  id: 'identity.catalogService.delete',
  summary: 'Takes a service with its endpoints out of the catalogue.',
  policy: manage,
  input: idInput,
  mutates: true,
  run: (call: Call, { id }: z.infer<typeof idInput>): Promise<null> =>
    change(call, (parts) => {
      found(parts.services, id, 'service')
      const services = parts.services.filter((service) => service.id !== id)
      const endpoints = parts.endpoints.filter(({ serviceId }) => serviceId !== id)
      return { parts: { services, endpoints }, ids: [id], answer: null }
    }),
})
