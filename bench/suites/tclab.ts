import { countViolations, type FleetProblem, planFleet } from '@nephos/scheduler-wasm'
import { fewestRounds, median, timed } from '../harness/measure.ts'
import { loadTclab } from '../load/tclab.ts'
import { firstFit } from '../tclab/first-fit.ts'
import { generateTclab } from '../tclab/generate.ts'

export interface TclabOptions {
  /** Applications and limits; without it, an instance of the same family is generated. */
  readonly file?: string
  /** Hosts that a generated instance fills, roughly; 1,000 if undefined. */
  readonly hosts?: number
  /** Pairs of applications with a limit, of all in a generated instance: %; 1 if undefined. */
  readonly restrictedPercent?: number
  /** Of the generated instance and of the planner. */
  readonly seed: number
  /** Work of the planner, in hosts looked at; its own default if undefined. */
  readonly budget?: number
}

export interface TclabFigures {
  readonly apps: number
  readonly instances: number
  readonly limits: number
  /** Hosts that the plan needs. */
  readonly hosts: number
  /** No plan needs fewer. */
  readonly lowerBound: number
  readonly ratio: number
  /** Of capacity or of a limit, counted on the plan itself: 0. */
  readonly violations: number
  /** Planning: the median round, the best one, and the first one in this process. */
  readonly seconds: number
  readonly bestSeconds: number
  readonly firstSeconds: number
  readonly rounds: number
  /** Hosts that the planner looked at. */
  readonly steps: number
  /** The planner's first plan, not searched for a better one. */
  readonly quick: { readonly hosts: number; readonly seconds: number; readonly violations: number }
  readonly baselines: {
    readonly firstFit: { readonly hosts: number; readonly seconds: number }
  }
}

/**
 * `tclab`: how few hosts of 64 cores and 128 GiB hold long-running applications with limits between
 * them, all known beforehand.
 *
 * @throws DataError on a bad file.
 */
export async function tclab(options: TclabOptions): Promise<TclabFigures> {
  const { file, hosts = 1_000, restrictedPercent = 1, seed, budget } = options
  const problem =
    file === undefined ? generateTclab(seed, hosts, restrictedPercent / 100) : await loadTclab(file)
  // The first round also compiles: it is told apart.
  const [first, ...later] = Array.from({ length: fewestRounds + 1 }, () =>
    timed(() => planFleet(problem, { seed, ...(budget === undefined ? {} : { budget }) })),
  )
  if (first === undefined) throw new Error('no round was run')
  const quick = Array.from({ length: fewestRounds }, () =>
    timed(() => planFleet(problem, { seed, budget: 0 })),
  )
  const quickPlan = quick[0]?.result
  const plain = timed(() => firstFit(problem))
  const plan = first.result
  const seconds = later.map(({ ms }) => ms / 1e3)
  return {
    ...sizeOf(problem),
    hosts: plan.hosts,
    lowerBound: plan.lowerBound,
    ratio: plan.hosts / Math.max(1, plan.lowerBound),
    violations: countViolations(problem, plan.assignment),
    seconds: median(seconds),
    bestSeconds: Math.min(...seconds),
    firstSeconds: first.ms / 1e3,
    rounds: seconds.length,
    steps: plan.steps,
    quick: {
      hosts: quickPlan?.hosts ?? 0,
      seconds: median(quick.map(({ ms }) => ms / 1e3)),
      violations: countViolations(problem, quickPlan?.assignment ?? []),
    },
    baselines: { firstFit: { hosts: plain.result.length, seconds: plain.ms / 1e3 } },
  }
}

function sizeOf(problem: FleetProblem): Pick<TclabFigures, 'apps' | 'instances' | 'limits'> {
  const { apps, limits = [] } = problem
  return {
    apps: apps.length,
    instances: apps.reduce((sum, { replicas }) => sum + replicas, 0),
    limits: 'app' in limits ? limits.app.length : limits.length,
  }
}
