import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { imageDataKey, imagePlaces } from '../../model/image/image.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { fetchOwnImage } from './access.ts'
import { commitImage } from './image.ts'
import type { ImageView } from './view.ts'

/**
 * Takes the copy out of the record, then removes its bytes; what is left by a crash between the two
 * is an orphan, which `reconcileImageBytes` removes.
 *
 * @throws CloudError `conflict` (field `id`) unless the image is active, (field `protected`) for a
 *   protected one, and (field `last`) for its last store; `notFound` (field `store`) when it is not
 *   there.
 */
export const imageStoreDelete = defineOperation({
  id: 'image.store.delete',
  summary: 'Removes an image from one of its stores, unless it is the last.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({ id: idField, store: z.string().min(1).max(255) }),
  run: async (call, { id, store }): Promise<ImageView> => {
    const { kernel } = call
    const image = await fetchOwnImage(call, id)
    if (image.status !== 'active') {
      throw new CloudError('conflict', `The image is ${image.status}, not active.`, { field: 'id' })
    }
    if (image.protected) {
      throw new CloudError('conflict', 'The image is protected.', { field: 'protected' })
    }
    const places = imagePlaces(image)
    const place = places.find((one) => one.store === store)
    if (!place) {
      throw new CloudError('notFound', 'The image is not in this store.', { field: 'store' })
    }
    if (places.length === 1) {
      throw new CloudError('conflict', 'No image leaves its last store.', { field: 'last' })
    }
    const writes = new Writes()
    chargeQuota(writes, image.projectId, { imageBytes: image.digests?.size ?? 0 }, -1)
    const after = { ...image, places: places.filter((one) => one !== place) }
    const answer = await commitImage(call, image, after, writes)
    try {
      await kernel.images.delete(imageDataKey(image, place))
    } catch (error) {
      kernel.telemetry.meter.count('image_scrub_failed')
      const attributes = { imageId: id, error: String(error) }
      kernel.telemetry.logger.log('warn', 'bytes of a copy not removed yet', attributes)
    }
    return answer
  },
})
