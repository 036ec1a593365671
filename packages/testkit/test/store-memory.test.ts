import { memoryStore } from '@nephos/core'
import { storeConformance } from '@nephos/testkit'
import { describe, test } from 'vitest'

describe('memoryStore', () => {
  storeConformance({ test, make: memoryStore })
})
