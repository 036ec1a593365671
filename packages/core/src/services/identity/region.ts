import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { builtInRegionId, type CatalogRegion } from '../../model/identity/catalog.ts'
import type { Call } from '../call.ts'
import { descriptionField, idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { added, change, found, replaced, requireRegion } from './catalog.ts'

const manage = { scope: 'system', role: 'admin' } as const

const regionCreateInput = z.strictObject({
  /** One is made up if absent. */
  id: idField.optional(),
  description: descriptionField.default(''),
  parentId: idField.nullable().default(null),
})

/** @throws CloudError `conflict` when there is one of this id; `invalid` for an unknown parent. */
export const regionCreate = defineOperation({
  id: 'identity.region.create',
  summary: 'Adds a region to the catalogue.',
  policy: manage,
  input: regionCreateInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof regionCreateInput>): Promise<CatalogRegion> => {
    const region = { ...input, id: input.id ?? call.kernel.ids.next() }
    return change(call, (parts) => {
      if (region.id === builtInRegionId || parts.regions.some(({ id }) => id === region.id)) {
        throw new CloudError('conflict', 'id: there is such a region.', { field: 'id' })
      }
      requireRegion(parts, region.parentId, 'parentId')
      const regions = added(parts.regions, region, limits.catalogRegions)
      return { parts: { regions }, ids: [region.id], answer: region }
    })
  },
})

const regionUpdateInput = z.strictObject({
  id: idField,
  description: descriptionField.optional(),
  parentId: idField.nullable().optional(),
})

/** @throws CloudError `invalid` for a parent that is unknown, or lies within. */
export const regionUpdate = defineOperation({
  id: 'identity.region.update',
  summary: 'Describes a region of the catalogue, or puts it into another.',
  policy: manage,
  input: regionUpdateInput,
  mutates: true,
  run: (call: Call, { id, ...patch }: z.infer<typeof regionUpdateInput>): Promise<CatalogRegion> =>
    change(call, (parts) => {
      const region = { ...found(parts.regions, id, 'region'), ...given(patch) }
      requireRegion(parts, patch.parentId, 'parentId')
      const regions = replaced(parts.regions, region)
      requireNoCircle(regions, region)
      return { parts: { regions }, ids: [id], answer: region }
    }),
})

function requireNoCircle(regions: readonly CatalogRegion[], { id, parentId }: CatalogRegion): void {
  for (
    let at = parentId;
    at !== null;
    at = regions.find((one) => one.id === at)?.parentId ?? null
  ) {
    if (at !== id) continue
    throw new CloudError('invalid', 'parentId: lies within the region.', { field: 'parentId' })
  }
}

const idInput = z.strictObject({ id: idField })

/** @throws CloudError `forbidden` while regions or endpoints are in it. */
export const regionDelete = defineOperation({
  id: 'identity.region.delete',
  summary: 'Takes a region out of the catalogue.',
  policy: manage,
  input: idInput,
  mutates: true,
  run: (call: Call, { id }: z.infer<typeof idInput>): Promise<null> =>
    change(call, ({ endpoints, regions }) => {
      found(regions, id, 'region')
      const isUsed =
        endpoints.some(({ regionId }) => regionId === id) ||
        regions.some(({ parentId }) => parentId === id)
      if (isUsed) {
        throw new CloudError('forbidden', 'Regions or endpoints are in the region.', {
          field: 'id',
        })
      }
      const left = regions.filter((region) => region.id !== id)
      return { parts: { regions: left }, ids: [id], answer: null }
    }),
})
