import {
  hasImageData,
  type Image,
  type ImageDigests,
  imagePlaces,
} from '../../model/image/image.ts'
import { shown } from '../../model/kind.ts'

/** An image as shown. Digests and size are null until it is active. */
export interface ImageView extends Omit<
  Image,
  'digests' | 'attempt' | 'upload' | 'staged' | 'places' | 'copied' | 'copying' | 'failedStores'
> {
  /** Stores that have its bytes; none until it is active. */
  readonly stores: readonly string[]
  /** Stores that an import brings them to yet, and that the last one did not reach. */
  readonly storesToCome: readonly string[]
  readonly storesFailed: readonly string[]
  readonly size: number | null
  readonly checksum: string | null
  readonly sha256: string | null
  readonly osHashAlgo: ImageDigests['osHashAlgo'] | null
  readonly osHashValue: string | null
}

export function imageView(row: Image): ImageView {
  const { digests, attempt: _attempt, upload: _upload, staged: _staged, ...rest } = shown(row)
  const { places: _places, copied: _copied, copying, failedStores = [], ...image } = rest
  const stores = imagePlaces(row).map(({ store }) => store)
  return {
    ...image,
    stores: hasImageData(row) ? stores : [],
    storesToCome: row.status === 'importing' ? stores : (copying?.stores ?? []),
    storesFailed: row.importFailed && failedStores.length === 0 ? stores : failedStores,
    size: digests?.size ?? null,
    checksum: digests?.checksum ?? null,
    sha256: digests?.sha256 ?? null,
    osHashAlgo: digests?.osHashAlgo ?? null,
    osHashValue: digests?.osHashValue ?? null,
  }
}
