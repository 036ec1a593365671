import { test } from 'vitest'
import { imageStoreConformance } from '../src/conformance/image-store.ts'
import { twoImageStores } from '../src/world/two-image-stores.ts'

imageStoreConformance({ test, make: twoImageStores })
