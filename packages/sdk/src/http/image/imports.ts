import { CloudError, imageGet, imageImport } from '@nephos/core'
import { storeId } from '../../wire/image/image.ts'
import { importBody, methodOf } from '../../wire/image/import.ts'
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
      await x.invokeAny(imageImport, { id: x.param('image_id'), method })
      return nothing
    },
  }),
  endpoint({
    id: 'image.stores.delete',
    method: 'DELETE',
    path: '/stores/{store_id}/{image_id}',
    summary: 'Removes an image from one of its stores, unless it is the last.',
    access: 'token',
    operations: [imageGet],
    status: 204,
    async run(x) {
      await x.invokeAny(imageGet, { id: x.param('image_id') })
      if (x.param('store_id') !== storeId) {
        throw new CloudError('conflict', 'The image is not in this store.', { field: 'store_id' })
      }
      throw new HttpError(403, 'Cannot delete image data from the last store.')
    },
  }),
]
