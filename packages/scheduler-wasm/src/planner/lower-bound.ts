import { leastApart, leastHosts } from './bound-by-limits.ts'
import { type CompiledProblem, compileProblem } from './problem.ts'
import type { FleetProblem } from './types.ts'

/** Rounding functions of Fekete and Schepers are tried up to this parameter. */
const roundings = 32

/**
 * Hosts that no plan can do without: the most that any of these says.
 *
 * - For each resource alone, the sum of all needs over the capacity of a host, rounded up.
 * - For each resource alone, the bound L2: S. Martello and P. Toth, "Lower bounds and reduction
 *   procedures for the bin packing problem", Discrete Applied Mathematics 28 (1990). For every
 *   threshold α up to half a host, replicas over C − α stand alone, those over C/2 stand apart from
 *   each other, and those from α to C/2 fill what these leave.
 * - For each resource alone, the dual-feasible functions u(k): S. P. Fekete and J. Schepers, "New
 *   classes of fast lower bounds for bin packing problems", Mathematical Programming 91 (2001).
 *   With k + 1 times the need a whole multiple of the capacity the share of it counts, else the
 *   whole multiples in it over k.
 * - The replicas of one application over the most that one host can hold, by capacity and by the
 *   application's limit on itself.
 * - The same, summed over applications that were found to be pairwise kept apart.
 *
 * @returns A whole number of hosts; 0 without replicas.
 * @throws {EngineError} for a problem that `planFleet` would not take either.
 */
export function lowerBound(problem: FleetProblem): number {
  return lowerBoundOf(compileProblem(problem))
}

export function lowerBoundOf(problem: CompiledProblem): number {
  const least = leastHosts(problem)
  let bound = leastApart(problem, least)
  for (const hosts of least) bound = Math.max(bound, hosts)
  for (let dimension = 0; dimension < problem.dimensions; dimension++) {
    const sizes = sizesOf(problem, dimension)
    const capacity = problem.capacity[dimension] as number
    bound = Math.max(bound, martelloToth(sizes, capacity), feketeSchepers(sizes, capacity))
  }
  return bound
}

/** Different needs of one resource, rising, how many replicas have each, and running sums. */
interface Sizes {
  readonly size: Float64Array
  readonly count: Float64Array
  /** Replicas before each, and one more for all. */
  readonly counted: Float64Array
  /** Their needs summed. */
  readonly summed: Float64Array
}

function sizesOf(problem: CompiledProblem, dimension: number): Sizes {
  const counts = new Map<number, number>()
  for (let app = 0; app < problem.apps; app++) {
    const size = problem.needs[app * problem.dimensions + dimension] as number
    const count = problem.replicas[app] as number
    if (size > 0 && count > 0) counts.set(size, (counts.get(size) ?? 0) + count)
  }
  const size = Float64Array.from(counts.keys()).sort()
  const count = size.map((each) => counts.get(each) ?? 0)
  const counted = new Float64Array(size.length + 1)
  const summed = new Float64Array(size.length + 1)
  size.forEach((each, index) => {
    const replicas = count[index] as number
    counted[index + 1] = (counted[index] as number) + replicas
    summed[index + 1] = (summed[index] as number) + replicas * each
  })
  return { size, count, counted, summed }
}

/** L2. With the smallest size as threshold it is never below the plain sum. */
function martelloToth({ size, counted, summed }: Sizes, capacity: number): number {
  const all = size.length
  const half = firstOver(size, capacity / 2)
  const total = counted[all] as number
  let bound = 0
  for (let from = 0; from <= half; from++) {
    // Beyond the last small size: large ones alone count.
    const threshold = from < half ? (size[from] as number) : capacity / 2
    const alone = firstOver(size, capacity - threshold)
    const large = (counted[alone] as number) - (counted[half] as number)
    const largeSum = (summed[alone] as number) - (summed[half] as number)
    const smallSum = (summed[half] as number) - (summed[from] as number)
    const beside = large * capacity - largeSum
    const more = Math.max(0, Math.ceil((smallSum - beside) / capacity))
    bound = Math.max(bound, total - (counted[alone] as number) + large + more)
  }
  return bound
}

/** The best of u(2), u(3), … */
function feketeSchepers({ size, count }: Sizes, capacity: number): number {
  let bound = 0
  for (let k = 2; k <= roundings; k++) {
    let shares = 0
    let wholes = 0
    for (let index = 0; index < size.length; index++) {
      const multiple = (k + 1) * (size[index] as number)
      const replicas = count[index] as number
      if (multiple % capacity === 0) shares += replicas * (multiple / capacity)
      else wholes += replicas * Math.floor(multiple / capacity)
    }
    const value = shares / (k + 1) + wholes / k
    // Never above the true value: a sum that is whole may come out a trifle larger.
    bound = Math.max(bound, Math.ceil(value - 1e-9 * Math.max(1, value)))
  }
  return bound
}

/** Index of the first size above a value, in a rising list. */
function firstOver(size: Float64Array, value: number): number {
  let low = 0
  let high = size.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((size[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}
