import { expect, it } from 'vitest'
import { enumerateCrashes } from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import { scenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/index.ts'
import { isLarge } from './large.ts'

const processes = { api: 'api', worker: 'worker' } as const

// No two states are told to be one here, so each place is a run: of so many, one is crashed.
it.each(scenarios)('crashes of one process while another lives: $name', async (scenario) => {
  const every = isLarge(scenario) ? 7 : 3
  const { failures, points, runs } = await enumerateCrashes(scenario, {
    depth: 1,
    processes,
    every,
  })
  expect(failures).toEqual([])
  expect(runs).toBe(points + 1)
})
