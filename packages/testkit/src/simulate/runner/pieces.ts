import { CloudError } from '@nephos/core'
import { regressions } from '../regressions.ts'
import type { StoryOptions } from '../story-types.ts'
import { type CrashTask, soakCrashes } from './crash-work.ts'
import type { Piece } from './runner.ts'
import { countOf, numbersOf } from './seeds.ts'
import type { Task } from './settings.ts'

/** What is to be done for a task of many stories or crashes, and how much of it there is. */
export interface Pieces {
  readonly pieces: Iterable<Piece>
  readonly total: number
}

/** In a soak, one of so many stories is a big one. */
const bigEvery = 500
/** In a soak, after so many stories a scenario is crashed. */
const crashEvery = 200
/** Failing crashes of one scenario that are told. */
const mostOfScenario = 10

/** @throws CloudError `notFound` for unknown scenarios. */
export function piecesOf(
  task: Exclude<Task, { type: 'one' | 'crash' }>,
  scenarios: readonly string[],
  failFast: boolean,
): Pieces {
  switch (task.type) {
    case 'many': {
      const { spans, frame } = task
      return { pieces: framed(numbersOf(spans), frame), total: countOf(spans) }
    }
    case 'soak':
      return { pieces: soak(task.from, task.frame, scenarios), total: Infinity }
    case 'regressions':
      return { pieces: regressions.map(({ story }) => ({ story })), total: regressions.length }
    case 'crashes': {
      const { ways, depth } = task
      const names = task.scenarios ?? scenarios
      for (const name of names) checkScenario(name, scenarios)
      const most = failFast ? 1 : mostOfScenario
      const tasks = names.map((scenario): CrashTask => ({ scenario, depth, most, ...ways }))
      return { pieces: tasks.map((crashes) => ({ crashes })), total: tasks.length }
    }
  }
}

/** @throws CloudError `notFound`. */
export function checkScenario(name: string, scenarios: readonly string[]): void {
  if (scenarios.includes(name)) return
  const list = scenarios.join(', ')
  throw new CloudError('notFound', `There is no scenario ${name}. There are: ${list}.`, {
    field: 'scenario',
  })
}

function* framed(
  seeds: Iterable<number>,
  frame: Omit<StoryOptions, 'seed'>,
): Generator<Piece, void, void> {
  for (const seed of seeds) yield { story: { ...frame, seed } }
}

/** Growing seeds, a big story now and then unless a size is asked for, and crashes between them. */
function* soak(
  from: number,
  frame: Omit<StoryOptions, 'seed'>,
  scenarios: readonly string[],
): Generator<Piece, void, void> {
  const tasks = soakCrashes(scenarios)
  for (let seed = from; ; seed++) {
    const isBig = frame.size === undefined && seed % bigEvery === 0
    yield { story: { ...frame, seed, ...(isBig ? { size: 'big' as const } : {}) } }
    const crashes = seed % crashEvery === 0 ? tasks.next().value : undefined
    if (crashes) yield { crashes }
  }
}
