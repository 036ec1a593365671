import { CloudError } from '@nephos/core'
import type { CrashBook } from '../runner/crash-work.ts'
import { enumerateCrashes, replayCrash } from './enumerate.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

/** Every scenario there is, for a program that crashes them. */
export const crashBook: CrashBook = {
  scenarios: scenarios.map(({ name }) => name),
  enumerate: ({ scenario, ...options }, goOn) =>
    enumerateCrashes(named(scenario), { ...options, goOn }),
  replay: replayCrash,
}

function named(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name)
  if (scenario) return scenario
  throw new CloudError('notFound', `There is no scenario ${name}.`, { field: 'scenario' })
}
