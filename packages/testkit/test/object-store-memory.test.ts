import { MemoryObjectStore } from '@nephos/core'
import { test } from 'vitest'
import { objectStoreConformance } from '../src/conformance/object-store.ts'

objectStoreConformance({ test, make: () => new MemoryObjectStore() })
