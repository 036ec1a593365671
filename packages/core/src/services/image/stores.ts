import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultImageStore } from '../../model/image/image.ts'
import type { ImageStoreInfo } from '../../ports/image-store.ts'

const only: readonly ImageStoreInfo[] = [
  { name: defaultImageStore, description: 'Where images are kept.' },
]

/** The stores that this cloud keeps images in; the first one takes what names none. */
export function imageStores({ images }: Pick<Kernel, 'images'>): readonly ImageStoreInfo[] {
  const { stores = [] } = images
  return stores.length > 0 ? stores : only
}

/** The store of what names none. */
export function usualStore(kernel: Pick<Kernel, 'images'>): string {
  return imageStores(kernel)[0]?.name ?? defaultImageStore
}

/** @throws CloudError `invalid` for a store that there is not. */
export function requireStore(kernel: Pick<Kernel, 'images'>, name: string, field: string): void {
  const names = imageStores(kernel).map((store) => store.name)
  if (names.includes(name)) return
  throw new CloudError('invalid', `${field}: there is no store ${name}.`, {
    field,
    limit: names.join(', '),
  })
}
