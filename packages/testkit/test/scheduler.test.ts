import { createEngine, tiers } from '@nephos/scheduler-wasm'
import { describe, test } from 'vitest'
import { schedulerConformance } from '../src/conformance/scheduler.ts'

describe.each(tiers)('tier %s', (tier) => {
  schedulerConformance({ test, make: () => createEngine({ tier }) })
})
