import type { CrashReport } from '../crashes/enumerate.ts'
import { crashesCommand, type CrashWays } from '../crashes/ways.ts'
import { watched } from './attempt.ts'

/** The crashes of one scenario, to be enumerated. Plain data: it passes between processes. */
export interface CrashTask extends CrashWays {
  readonly scenario: string
  /** Crashes of one run. */
  readonly depth: number
  /** Failures after which it ends. */
  readonly most: number
}

/** What knows the scenarios: the enumeration, or a stand-in. */
export interface CrashBook {
  readonly scenarios: readonly string[]
  readonly enumerate: (task: CrashTask, goOn: () => boolean) => Promise<CrashReport>
  /** What went wrong. */
  readonly replay: (crash: string, ways: CrashWays) => Promise<readonly string[]>
}

/** How it went to enumerate crashes. Plain data: it passes between processes. */
export interface CrashAttempt {
  readonly task: CrashTask
  /** Undefined when it broke off, or was not waited for. */
  readonly report?: CrashReport
  readonly broken?: string
  /** Real milliseconds. */
  readonly ms: number
}

/** A crash from which the world did not recover, and the command that shows it again. */
export interface CrashTrouble {
  readonly what: readonly string[]
  readonly again: string
}

/** Enumerates; whatever escapes is in the answer. Never throws. */
export async function attemptCrashes(
  book: CrashBook,
  task: CrashTask,
  goOn: () => boolean,
): Promise<CrashAttempt> {
  const { value, broken, ms } = await watched(() => book.enumerate(task, goOn))
  return {
    task,
    ...(value ? { report: value } : {}),
    ...(broken === undefined ? {} : { broken }),
    ms,
  }
}

/** Replays one crash; whatever escapes is among what went wrong. Never throws. */
export async function attemptReplay(
  book: CrashBook,
  crash: string,
  ways: CrashWays,
): Promise<readonly string[]> {
  const { value = [], broken } = await watched(() => book.replay(crash, ways))
  return broken === undefined ? value : [...value, broken]
}

export function troublesOf({ task, report, broken }: CrashAttempt): readonly CrashTrouble[] {
  const troubles: CrashTrouble[] =
    report?.failures.map(({ what, again }) => ({ what, again })) ?? []
  if (broken === undefined) return troubles
  return [...troubles, { what: [broken], again: crashesCommand(task.scenario, task, task.depth) }]
}

/** In what circumstances a soak crashes scenarios, and how many crashes a run has. */
const soakWays: readonly (CrashWays & { readonly depth: number })[] = [
  { depth: 2 },
  // The state of several processes is not known, so that each crash is a run of its own.
  { depth: 1, processes: { api: 'api', worker: 'worker' } },
  { depth: 2, givesUp: true },
  { depth: 1, heard: false },
]

/** Every scenario in one circumstance or another, then again in the next one, without end. */
export function* soakCrashes(scenarios: readonly string[]): Generator<CrashTask, void, void> {
  for (let round = 0; scenarios.length > 0; round++) {
    for (const [index, scenario] of scenarios.entries()) {
      const ways = soakWays[(index + round) % soakWays.length] as (typeof soakWays)[number]
      yield { scenario, most: 1, ...ways }
    }
  }
}
