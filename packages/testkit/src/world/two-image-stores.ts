import { type ImageStore, MemoryImageStore, RoutedImageStore } from '@nephos/core'

/** The image store of a simulated cloud: two in memory, so that images are copied and moved. */
export function twoImageStores(): ImageStore {
  return new RoutedImageStore({
    stores: {
      default: { store: new MemoryImageStore() },
      second: { store: new MemoryImageStore() },
    },
  })
}
