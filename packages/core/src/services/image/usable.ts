import { CloudError } from '../../base/errors.ts'
import type { Image } from '../../model/image/image.ts'
import { imageKind } from '../../model/image/image.ts'
import type { Call } from '../call.ts'
import { fetchImage } from './access.ts'

/** What an image needs to know of a flavor. */
export interface ImageRoom {
  readonly ramMb: number
  /** 0: the disk is as large as the image. */
  readonly diskGb: number
}

const bytesPerGb = 2 ** 30

/**
 * The image, if a server of this flavor can be made from it.
 *
 * @throws CloudError `notFound` when the project may not see it; `conflict` when it is not active;
 *   `invalid` with `field` flavorId when the flavor is too small.
 */
export async function requireUsableImage(call: Call, id: string, flavor: ImageRoom): Promise<Image>
/**
 * With `keep`, for a server that runs the image already: only its sizes count, whatever became of
 * it since.
 *
 * @returns undefined when the image is gone.
 */
export async function requireUsableImage(
  call: Call,
  id: string,
  flavor: ImageRoom,
  options: { readonly keep: true },
): Promise<Image | undefined>
export async function requireUsableImage(
  call: Call,
  id: string,
  flavor: ImageRoom,
  options: { readonly keep?: true } = {},
): Promise<Image | undefined> {
  if (options.keep) {
    const [kept] = await call.kernel.store.get(imageKind, [id])
    if (kept) requireRoom(kept, flavor)
    return kept
  }
  const image = await fetchImage(call, id, 'imageId')
  if (image.status !== 'active') {
    throw new CloudError('conflict', `The image is ${image.status}, not active.`, {
      field: 'imageId',
    })
  }
  requireRoom(image, flavor)
  return image
}

function requireRoom(image: Image, flavor: ImageRoom): void {
  if (flavor.ramMb < image.minRamMb) throw tooSmall('memory in MiB', image.minRamMb)
  if (flavor.diskGb === 0) return
  if (flavor.diskGb < image.minDiskGb) throw tooSmall('disk in GiB', image.minDiskGb)
  const unpacked = image.virtualSize ?? image.digests?.size ?? 0
  if (flavor.diskGb * bytesPerGb < unpacked) {
    throw tooSmall('disk in GiB', Math.ceil(unpacked / bytesPerGb))
  }
}

function tooSmall(what: string, least: number): CloudError {
  return new CloudError(
    'invalid',
    `The flavor is too small for the image: least ${what} ${least}.`,
    {
      field: 'flavorId',
      limit: least,
    },
  )
}
