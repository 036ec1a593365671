import { MemoryImageStore } from '@nephos/core'
import { test } from 'vitest'
import { imageStoreConformance } from '../src/conformance/image-store.ts'

imageStoreConformance({ test, make: () => new MemoryImageStore() })
