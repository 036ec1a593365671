import { imageImport, imageStoreDelete, isCloudError } from '@nephos/core'
import { importBody, methodOf, storesOf } from '../../wire/image/import.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { nothing } from '../reply.ts'

/** Imports (https://docs.openstack.org/api-ref/image/v2/#interoperable-image-import). */
export const imageImports: readonly EndpointRow[] = [
  endpoint({
    id: 'image.imports.create',
    method: 'POST',
    path: '/images/{image_id}/import',
    summary: 'Makes an image of what was staged, or of a page of the web.',
    access: 'token',
    operations: [imageImport],
    body: importBody,
    status: 202,
    async run(x) {
      const method = methodOf(x.body)
      await x.invokeAny(imageImport, { id: x.param('image_id'), method, ...storesOf(x.body) })
      return nothing
    },
  }),
  endpoint({
    id: 'image.stores.delete',
    method: 'DELETE',
    path: '/stores/{store_id}/{image_id}',
    summary: 'Removes an image from one of its stores, unless it is the last.',
    access: 'token',
    operations: [imageStoreDelete],
    status: 204,
    async run(x) {
      try {
        await x.invokeAny(imageStoreDelete, { id: x.param('image_id'), store: x.param('store_id') })
      } catch (error) {
        const isRefused = isCloudError(error) && error.code === 'conflict'
        if (!isRefused || (error.field !== 'last' && error.field !== 'protected')) throw error
        throw new HttpError(403, error.message, { cause: error })
      }
      return nothing
    },
  }),
]
