import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageDataKey, type StagedBytes } from '../../model/image/image.ts'
import { nextStatus } from './next-status.ts'
import { Inspector } from './inspect/inspector.ts'
import { judgeFormat } from './inspect/judge.ts'
import { measureBytes, requireDeclared } from './measure.ts'
import type { DeclaredImage } from './upload-input.ts'

/**
 * Stores the bytes of an image's present attempt, hashing and looking into them as they pass.
 *
 * @throws CloudError as `uploadImage`, but for what the formats have to say.
 */
export async function storeBytes(
  kernel: Pick<Kernel, 'images' | 'digest'>,
  begun: { readonly image: Image; readonly declared: DeclaredImage; readonly room: number },
  data: AsyncIterable<Uint8Array>,
  options: { readonly signal?: AbortSignal; readonly onProgress: () => Promise<void> },
): Promise<StagedBytes> {
  const { image, declared, room } = begun
  const inspector = new Inspector()
  const measured = measureBytes(data, {
    digest: kernel.digest,
    declared,
    room,
    ...options,
    onChunk: (chunk) => {
      inspector.update(chunk)
    },
  })
  const stored = await kernel.images.put(
    imageDataKey(image),
    measured.bytes,
    options.signal ? { signal: options.signal } : {},
  )
  const digests = measured.finish()
  if (stored !== digests.size) {
    throw new CloudError(
      'unavailable',
      'The image store kept another number of bytes than it was given.',
      { internal: { stored, sent: digests.size } },
    )
  }
  requireDeclared(digests, declared)
  return { digests, found: inspector.finish() }
}

/**
 * The image as it is with these bytes.
 *
 * @throws CloudError `invalid` when they are not of the formats that the image says, or reach for
 *   other files.
 */
export function completed(
  { settings }: Pick<Kernel, 'settings'>,
  image: Image,
  { digests, found }: StagedBytes,
): Image {
  requireFormats(image)
  const options = { unmarked: settings.unmarkedImages }
  // What is in a container, such as a tar archive, is not told by its first bytes.
  const isBare = image.containerFormat === 'bare'
  const virtualSize = isBare ? judgeFormat(image.diskFormat, found, digests.size, options) : null
  const status = nextStatus(image, 'complete')
  return { ...image, status, digests, virtualSize: virtualSize ?? image.virtualSize, staged: null }
}

type Formatted = Image & {
  readonly diskFormat: NonNullable<Image['diskFormat']>
  readonly containerFormat: NonNullable<Image['containerFormat']>
}

/** @throws CloudError `invalid` with the field: what bytes are is said before they are taken. */
export function requireFormats(image: Image): asserts image is Formatted {
  for (const field of ['diskFormat', 'containerFormat'] as const) {
    if (image[field] === null) throw new CloudError('invalid', `${field}: is not set.`, { field })
  }
}
