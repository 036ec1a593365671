import type { Kernel } from '../../kernel.ts'
import {
  type Image,
  imageDataKey,
  imageKind,
  type ImagePlace,
  ownsImageData,
} from '../../model/image/image.ts'

/**
 * Removes the bytes in these places, unless the record of the image wants them by now. A record
 * that is not there, or is no newer, may be read as it was: then they stay, as when removing fails,
 * and are orphans, which the reconciler removes.
 *
 * @param onFailed told what failed; by default it is logged.
 */
export async function removeUnowned(
  kernel: Kernel,
  image: Image,
  places: readonly ImagePlace[],
  onFailed = (error: unknown): void => logFailed(kernel, image, error),
): Promise<void> {
  const { id, attempt } = image
  try {
    const [current] = await kernel.store.get(imageKind, [id])
    if (!current || current.rev <= image.rev) return
    for (const place of places) {
      if (ownsImageData(current, { attempt, ...place })) continue
      await kernel.images.delete(imageDataKey(image, place))
    }
  } catch (error) {
    onFailed(error)
  }
}

function logFailed(kernel: Kernel, { id }: Image, error: unknown): void {
  const attributes = { imageId: id, error: String(error) }
  kernel.telemetry.logger.log('warn', 'bytes of an image not removed yet', attributes)
}
