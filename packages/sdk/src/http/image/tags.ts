import { imageTagAdd, imageTagRemove } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { nothing } from '../reply.ts'

/** Tags (https://docs.openstack.org/api-ref/image/v2/#image-tags). */
export const imageTags: readonly EndpointRow[] = [
  endpoint({
    id: 'image.tags.add',
    method: 'PUT',
    path: '/images/{image_id}/tags/{tag}',
    summary: 'Adds a tag to an image.',
    access: 'token',
    operations: [imageTagAdd],
    status: 204,
    async run(x) {
      await x.invokeAny(imageTagAdd, { id: x.param('image_id'), tag: x.param('tag') })
      return nothing
    },
  }),
  endpoint({
    id: 'image.tags.delete',
    method: 'DELETE',
    path: '/images/{image_id}/tags/{tag}',
    summary: 'Removes a tag from an image.',
    access: 'token',
    operations: [imageTagRemove],
    status: 204,
    async run(x) {
      await x.invokeAny(imageTagRemove, { id: x.param('image_id'), tag: x.param('tag') })
      return nothing
    },
  }),
]
