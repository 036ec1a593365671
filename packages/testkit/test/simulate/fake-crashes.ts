import type { CrashReport } from '../../src/simulate/crashes/enumerate.ts'
import { crashCommand } from '../../src/simulate/crashes/ways.ts'
import type { CrashBook, CrashTask } from '../../src/simulate/runner/crash-work.ts'

/** Scenarios without a world. The shaky one fails when there are several processes. */
export const fakeBook: CrashBook = {
  scenarios: ['steady', 'shaky'],
  enumerate: async (task, goOn) => {
    if (task.scenario === 'gone') throw new Error('it breaks off')
    return reportOf(task, goOn())
  },
  replay: async (crash, { processes }) =>
    crash.startsWith('shaky') && processes ? ['work is left'] : [],
}

function reportOf(task: CrashTask, complete: boolean): CrashReport {
  const { scenario, depth, processes } = task
  const crash = `${scenario}:3:after`
  const isShaky = scenario === 'shaky' && processes !== undefined
  const failure = { scenario, crash, what: ['work is left'], again: crashCommand(crash, task) }
  return {
    scenario,
    complete,
    points: 10,
    pairs: depth > 1 ? 90 : 0,
    states: 5,
    runs: 20,
    forks: 0,
    operations: [],
    repeated: [],
    probes: {},
    failures: isShaky ? [failure] : [],
  }
}
