import type { Image, ImageDigests } from '../../model/image/image.ts'

/** An image as shown. Digests and size are null until it is active. */
export interface ImageView extends Omit<Image, 'digests' | 'attempt' | 'upload'> {
  readonly size: number | null
  readonly checksum: string | null
  readonly sha256: string | null
  readonly osHashAlgo: ImageDigests['osHashAlgo'] | null
  readonly osHashValue: string | null
}

export function imageView({
  digests,
  attempt: _attempt,
  upload: _upload,
  ...image
}: Image): ImageView {
  return {
    ...image,
    size: digests?.size ?? null,
    checksum: digests?.checksum ?? null,
    sha256: digests?.sha256 ?? null,
    osHashAlgo: digests?.osHashAlgo ?? null,
    osHashValue: digests?.osHashValue ?? null,
  }
}
