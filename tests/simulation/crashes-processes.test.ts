import { expect, it } from 'vitest'
import { enumerateCrashes } from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import { scenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/index.ts'

const processes = { api: 'api', worker: 'worker' } as const

it.each(scenarios)('every crash of one process while another lives: $name', async (scenario) => {
  const { failures, points, runs } = await enumerateCrashes(scenario, { depth: 1, processes })
  expect(failures).toEqual([])
  expect(runs).toBe(points + 1)
})
