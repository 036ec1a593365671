import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageDataKeys, imageKind } from '../../model/image/image.ts'
import { imageMemberKind } from '../../model/image/member.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { fetchOwnImage } from './access.ts'
import { nextStatus } from './next-status.ts'
import { imageUsage } from './usage.ts'

/**
 * Marks the image as wanted gone, with its members removed and its quota given back, in one commit;
 * then removes the bytes, then the record. What fails or crashes after the mark is finished by
 * `reconcileImageBytes`.
 *
 * @throws CloudError `conflict` for a protected image.
 */
export const imageDelete = defineOperation({
  id: 'image.image.delete',
  summary: 'Deletes an image that is not protected.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const { kernel } = call
    const image = await fetchOwnImage(call, id)
    if (image.protected) {
      throw new CloudError('conflict', 'The image is protected.', { field: 'protected' })
    }
    const members = await kernel.store.lookup(imageMemberKind, 'byImage', [[id]])
    const writes = new Writes().remove(imageMemberKind, ...members)
    chargeQuota(writes, image.projectId, imageUsage(image), -1)
    const status = nextStatus(image, 'delete')
    if (status === 'deleted') {
      await call.commit(writes.remove(imageKind, image), [id], null)
      return
    }
    const marked: Image = {
      ...image,
      status,
      upload: null,
      staged: null,
      updatedAt: kernel.clock.now(),
    }
    await call.commit(writes.update(imageKind, marked), [id], null)
    try {
      await scrubImage(kernel, { ...marked, rev: image.rev + 1 })
    } catch (error) {
      // The deletion is accepted and durable; removing the bytes is the reconciler's from here.
      kernel.telemetry.meter.count('image_scrub_failed')
      kernel.telemetry.logger.log('warn', 'image bytes not removed yet', {
        imageId: id,
        error: String(error),
      })
    }
  },
})

/** Removes the bytes of an image marked `pending_delete`, then its record. Idempotent. */
export async function scrubImage(kernel: Kernel, image: Image): Promise<void> {
  for (const key of imageDataKeys(image)) await kernel.images.delete(key)
  try {
    await kernel.committer.commit(new Writes().remove(imageKind, image))
  } catch (error) {
    // Only another scrubber touches a marked image: it is gone.
    if (!(error instanceof CommitConflict)) throw error
  }
}
