import { type CompiledProblem, type LimitLists, unlimited } from './problem.ts'

/** For each application, the fewest hosts that hold its replicas, were it alone. */
export function leastHosts(problem: CompiledProblem): Int32Array {
  const { capacity, dimensions, needs, replicas, selfMax } = problem
  return replicas.map((count, app) => {
    let most = Math.max(1, selfMax[app] ?? unlimited)
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const need = needs[app * dimensions + dimension] as number
      if (need > 0) most = Math.min(most, Math.floor((capacity[dimension] as number) / need))
    }
    return Math.ceil(count / most)
  })
}

/**
 * Hosts needed by applications that may not share any host, pairwise: a clique of the limits of 0,
 * gathered greedily, those that need many hosts first.
 */
export function leastApart(problem: CompiledProblem, least: Int32Array): number {
  const { apps, imposes, obeys } = problem
  const order = Int32Array.from(least.keys())
    .filter((app) => (least[app] as number) > 0 && isKeptApart(problem, app))
    .sort((a, b) => (least[b] as number) - (least[a] as number) || a - b)
  // How many of the gathered ones each application is kept apart from.
  const apart = new Int32Array(apps)
  const counted = new Int32Array(apps)
  let gathered = 0
  let hosts = 0
  for (const app of order) {
    if (apart[app] !== gathered) continue
    gathered++
    hosts += least[app] as number
    for (const lists of [imposes, obeys]) {
      forApart(lists, app, (other) => {
        // The pair may be named more than once.
        if (counted[other] === gathered) return
        counted[other] = gathered
        apart[other] = (apart[other] as number) + 1
      })
    }
  }
  return hosts
}

function isKeptApart({ imposes, obeys }: CompiledProblem, app: number): boolean {
  return [imposes, obeys].some(({ start }) => (start[app + 1] as number) > (start[app] as number))
}

function forApart(lists: LimitLists, app: number, visit: (other: number) => void): void {
  const end = lists.start[app + 1] as number
  for (let index = lists.start[app] as number; index < end; index++) {
    if (lists.max[index] === 0) visit(lists.app[index] as number)
  }
}
