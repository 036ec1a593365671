import { EngineError } from '../errors.ts'
import { Attempt } from './attempt.ts'
import { Budget } from './budget.ts'
import { countViolations } from './count-violations.ts'
import { lowerBoundOf } from './lower-bound.ts'
import type { PlannedHosts } from './planned-hosts.ts'
import { type CompiledProblem, compileProblem } from './problem.ts'
import { Random } from './random.ts'
import type { FleetPlan, FleetPlanOptions, FleetProblem } from './types.ts'

const defaultBudget = 10_000_000
/** The first fleet that is tried has this many hosts to spare for each that cannot be spared. */
const firstSpare = 1 / 500
/** How often one attempt is begun anew, with what limits kept from every host placed earlier. */
const promotions = 3
/** Other orders tried for one host less, once the search by halving is done. */
const rounds = 12

/**
 * Plans how few equal hosts hold long-running applications with limits between them: vector bin
 * packing in up to 16 dimensions with pairwise limits.
 *
 * A fleet of a fixed size is filled by spreading, largest applications first (see `Spreader`), and
 * what is left over is squeezed in by exchanges between hosts (see `Squeezer`); hosts are added for
 * what still does not fit. The number is first a little above the lower bound, then searched by
 * halving, and in the end other orders are tried for one host less. Spreading over a fixed number
 * of hosts follows C. Mommessin et al., "Affinity-aware resource provisioning for long-running
 * applications in shared clusters", Journal of Parallel and Distributed Computing (2023); squeezing
 * is our own. What limits keep from every host comes earlier next time, after D. Joslin and
 * D. Clements, "Squeaky wheel optimization", Journal of Artificial Intelligence Research 10 (1999).
 *
 * @throws {EngineError} for a problem or options that are not as described; `field` says where.
 */
export function planFleet(problem: FleetProblem, options: FleetPlanOptions = {}): FleetPlan {
  const { seed = 1, budget: limit = defaultBudget, keepGoing = () => true } = options
  checkOptions(seed, limit, keepGoing)
  const compiled = compileProblem(problem)
  const least = lowerBoundOf(compiled)
  const budget = new Budget(limit, keepGoing)
  const best = search(compiled, least, budget, new Random(seed))
  const assignment = Array.from({ length: best.count }, (_, host) => best.contents(host))
  return {
    hosts: assignment.length,
    assignment,
    lowerBound: least,
    violations: countViolations(problem, assignment),
    steps: budget.steps,
  }
}

function checkOptions(seed: number, budget: number, keepGoing: unknown): void {
  if (!Number.isSafeInteger(seed)) {
    throw new EngineError('must be a whole number', 'seed', 'integer')
  }
  if (!(budget >= 0)) throw new EngineError('must be 0 or more', 'budget', 0)
  if (typeof keepGoing !== 'function') {
    throw new EngineError('must be a function', 'keepGoing', 'function')
  }
}

function search(
  problem: CompiledProblem,
  least: number,
  budget: Budget,
  random: Random,
): PlannedHosts {
  // How often an application was kept from every host by those that came before it.
  const urgency = new Uint8Array(problem.apps)
  const attemptOn = (hosts: number, draws: Random | null, fullestFirst: boolean): Attempt => {
    for (let again = 0; ; again++) {
      const attempt = new Attempt(problem, hosts, budget, random)
      attempt.spread({ order: orderOf(problem, urgency, draws), fullestFirst })
      const blocked = again < promotions && !budget.isOver() ? attempt.blocked() : []
      if (blocked.length === 0) return attempt
      for (const app of blocked) urgency[app] = Math.min(255, (urgency[app] as number) + 1)
    }
  }
  const first = attemptOn(least + Math.ceil(least * firstSpare), null, false)
  first.squeeze()
  first.extend(Infinity)
  let best = first.hosts
  const tryFor = (hosts: number, draws: Random | null, fullestFirst: boolean): boolean => {
    const attempt = attemptOn(hosts, draws, fullestFirst)
    const whole = attempt.squeeze()
    if (attempt.extend(best.count)) best = attempt.hosts
    return whole
  }
  let low = least
  while (low < best.count && !budget.isOver()) {
    const middle = (low + best.count) >> 1
    if (!tryFor(middle, null, false)) low = middle + 1
  }
  for (let round = 0; round < rounds && best.count > least && !budget.isOver(); round++) {
    tryFor(best.count - 1, random, round % 2 === 0)
  }
  return best
}

/**
 * The most urgent first, then by falling size, the sum of shares of a host; with draws, only
 * roughly.
 */
function orderOf(problem: CompiledProblem, urgency: Uint8Array, random: Random | null): Int32Array {
  const { apps, capacity, dimensions, needs, replicas } = problem
  const size = new Float64Array(apps)
  for (let app = 0; app < apps; app++) {
    let sum = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      sum += (needs[app * dimensions + dimension] as number) / (capacity[dimension] as number)
    }
    size[app] = random === null ? sum : sum * (1 + random.below(1_000) / 5_000)
  }
  return Int32Array.from(size.keys())
    .filter((app) => (replicas[app] as number) > 0)
    .sort(
      (a, b) =>
        (urgency[b] as number) - (urgency[a] as number) ||
        (size[b] as number) - (size[a] as number) ||
        (replicas[b] as number) - (replicas[a] as number) ||
        a - b,
    )
}
