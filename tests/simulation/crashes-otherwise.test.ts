import { describe, expect, it } from 'vitest'
import { enumerateCrashes } from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import { scenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/index.ts'
import { isLarge } from './large.ts'

describe('every crash, and every second one unless it is large', () => {
  it.each(scenarios)('of a client that gives up then: $name', async (scenario) => {
    const depth = isLarge(scenario) ? 1 : 2
    const { failures } = await enumerateCrashes(scenario, { depth, givesUp: true })
    expect(failures).toEqual([])
  })
})

describe('every crash', () => {
  it.each(scenarios)('of a process whose last words are lost: $name', async (scenario) => {
    const { failures } = await enumerateCrashes(scenario, { depth: 1, heard: false })
    expect(failures).toEqual([])
  })
})
