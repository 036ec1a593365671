import type { Image, ImageDigests } from '../../model/image/image.ts'
import { shown } from '../../model/kind.ts'

/** An image as shown. Digests and size are null until it is active. */
export interface ImageView extends Omit<Image, 'digests' | 'attempt' | 'upload' | 'staged'> {
  readonly size: number | null
  readonly checksum: string | null
  readonly sha256: string | null
  readonly osHashAlgo: ImageDigests['osHashAlgo'] | null
  readonly osHashValue: string | null
}

export function imageView(row: Image): ImageView {
  const { digests, attempt: _attempt, upload: _upload, staged: _staged, ...image } = shown(row)
  return {
    ...image,
    size: digests?.size ?? null,
    checksum: digests?.checksum ?? null,
    sha256: digests?.sha256 ?? null,
    osHashAlgo: digests?.osHashAlgo ?? null,
    osHashValue: digests?.osHashValue ?? null,
  }
}
