import { expect, it } from 'vitest'
import { enumerateCrashes } from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import { serverScenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/servers.ts'

it.each(serverScenarios)('every crash, and every second one: $name', async (scenario) => {
  const { failures, points, pairs } = await enumerateCrashes(scenario)
  expect(failures).toEqual([])
  expect(pairs).toBeGreaterThan(points)
})
