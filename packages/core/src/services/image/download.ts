import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { hasImageData, type Image } from '../../model/image/image.ts'
import type { Actor, CallOptions } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation, invoke } from '../operation.ts'
import { fetchImage } from './access.ts'
import { readImageBytes } from './read-bytes.ts'
import { imageView, type ImageView } from './view.ts'

const downloadInput = z.strictObject({
  id: idField,
  /** First byte. */
  start: z.int().min(0).max(limits.imageBytes).optional(),
  /** Byte after the last; beyond the image's end it means that end. */
  end: z.int().min(0).max(limits.imageBytes).optional(),
})
export type ImageDownloadInput = z.input<typeof downloadInput>

export interface ImageDownload {
  readonly image: ImageView
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Throws `checksumMismatch` at its end when the bytes are not those uploaded. Read it once. */
  readonly bytes: AsyncIterable<Uint8Array>
}

const imageDataLocate = defineOperation({
  id: 'image.data.get',
  summary: 'Reads the bytes of an image.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: downloadInput,
  run: async (
    call,
    { id, start = 0, end },
  ): Promise<{ image: Image; start: number; end: number }> => {
    const image = await fetchImage(call, id)
    if (!hasImageData(image)) {
      throw new CloudError('conflict', `The image is ${image.status}: it has no bytes.`, {
        field: 'id',
      })
    }
    if (image.status === 'deactivated' && !call.actor.system) {
      throw new CloudError('forbidden', 'The image is deactivated.', { field: 'id' })
    }
    const size = image.digests?.size ?? 0
    const stop = Math.min(end ?? size, size)
    if (start > stop || (start === size && size > 0)) {
      throw new CloudError('invalid', 'start: lies beyond the end.', {
        field: 'start',
        limit: stop,
      })
    }
    return { image, start, end: stop }
  },
})

/**
 * The bytes of an active image, or a range of them, verified as they pass: see `readImageBytes`.
 *
 * @throws CloudError `notFound`, `conflict` when it has no bytes, `forbidden` when deactivated
 *   (operators may still read), `invalid` for a range outside.
 */
export async function downloadImage(
  kernel: Kernel,
  actor: Actor,
  input: ImageDownloadInput,
  options: Pick<CallOptions, 'signal' | 'requestId'> = {},
): Promise<ImageDownload> {
  const { image, start, end } = await invoke(kernel, actor, imageDataLocate, input, options)
  const bytes = readImageBytes(kernel, image, { start, end }, options.signal)
  return { image: imageView(image), start, end, bytes }
}
