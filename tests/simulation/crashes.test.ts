import { expect, it } from 'vitest'
import { enumerateCrashes } from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import { scenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/index.ts'
import { serverScenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/servers.ts'
import { isLarge } from './large.ts'

const others = scenarios.filter((scenario) => !serverScenarios.includes(scenario))

it.each(others.filter(isLarge))('every crash: $name', async (scenario) => {
  const { failures, points } = await enumerateCrashes(scenario, { depth: 1 })
  expect(failures).toEqual([])
  expect(points).toBeGreaterThan(20)
})

it.each(others.filter((scenario) => !isLarge(scenario)))(
  'every crash, and every second one: $name',
  async (scenario) => {
    const { failures, points, pairs, probes } = await enumerateCrashes(scenario)
    expect(failures).toEqual([])
    expect(probes['reconciler_failed']).toBeUndefined()
    expect(pairs).toBeGreaterThan(points)
  },
)
