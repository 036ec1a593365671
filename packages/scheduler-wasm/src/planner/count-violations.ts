import type { FleetProblem, PairLimit, PairLimitTable, PlannedReplicas } from './types.ts'

/**
 * Checks a plan against its problem, by plain counting and with nothing of the planner's own.
 *
 * One violation is: a resource of which a host gives more than it has; a limit that is broken on a
 * host; each replica of an application that is missing or too many; an entry that names no
 * application or no whole positive number of replicas.
 *
 * @returns How many violations there are; 0 for a valid plan.
 */
export function countViolations(
  problem: FleetProblem,
  assignment: readonly (readonly PlannedReplicas[])[],
): number {
  const limits = limitsByApp(problem)
  const placed = new Float64Array(problem.apps.length)
  const here = new Float64Array(problem.apps.length)
  let violations = 0
  for (const host of assignment) {
    const entries = host.filter((entry) => isSound(problem, entry))
    violations += host.length - entries.length
    for (const { app, replicas } of entries) {
      placed[app] = (placed[app] as number) + replicas
      here[app] = (here[app] as number) + replicas
    }
    violations += overloads(problem, entries)
    // An application may have been listed twice; its limits are counted once.
    for (const app of new Set(entries.map((entry) => entry.app))) {
      violations += brokenLimits(limits, app, here)
    }
    for (const { app } of entries) here[app] = 0
  }
  problem.apps.forEach(({ replicas }, app) => {
    violations += Math.abs(replicas - (placed[app] as number))
  })
  return violations
}

function isSound(problem: FleetProblem, { app, replicas }: PlannedReplicas): boolean {
  return problem.apps[app] !== undefined && Number.isSafeInteger(replicas) && replicas > 0
}

function overloads(problem: FleetProblem, entries: readonly PlannedReplicas[]): number {
  let count = 0
  problem.capacity.forEach((capacity, dimension) => {
    let used = 0
    for (const { app, replicas } of entries) {
      used += replicas * (problem.apps[app]?.amounts[dimension] ?? 0)
    }
    if (used > capacity) count++
  })
  return count
}

/** Limits sorted by the application that imposes them. */
interface LimitsByApp {
  /** Those of an application are at `start[app]` up to `start[app + 1]`. */
  readonly start: Int32Array
  readonly other: Int32Array
  readonly max: Int32Array
}

function brokenLimits({ start, other, max }: LimitsByApp, app: number, here: Float64Array): number {
  const end = start[app + 1] as number
  let broken = 0
  for (let index = start[app] as number; index < end; index++) {
    if ((here[other[index] as number] as number) > (max[index] as number)) broken++
  }
  return broken
}

function limitsByApp(problem: FleetProblem): LimitsByApp {
  const { app, other, max } = columnsOf(problem.limits ?? [])
  const start = new Int32Array(problem.apps.length + 1)
  for (const each of app) start[each + 1] = (start[each + 1] as number) + 1
  for (let index = 0; index < problem.apps.length; index++) {
    start[index + 1] = (start[index + 1] as number) + (start[index] as number)
  }
  const next = start.slice()
  const sorted = { start, other: new Int32Array(app.length), max: new Int32Array(app.length) }
  for (let index = 0; index < app.length; index++) {
    const by = app[index] as number
    const at = next[by] as number
    next[by] = at + 1
    sorted.other[at] = other[index] as number
    sorted.max[at] = max[index] as number
  }
  return sorted
}

function columnsOf(limits: readonly PairLimit[] | PairLimitTable): PairLimitTable {
  if ('app' in limits) return limits
  return {
    app: Int32Array.from(limits, (limit) => limit.app),
    other: Int32Array.from(limits, (limit) => limit.other),
    max: Int32Array.from(limits, (limit) => limit.max),
  }
}
