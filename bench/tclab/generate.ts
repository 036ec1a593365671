import type { FleetProblem, PairLimitTable, PlannedApp } from '@nephos/scheduler-wasm'
import { type Random, random, runningSums } from '../harness/random.ts'
import { publishedCapacity } from '../load/tclab.ts'

/** Applications for each host that they fill, as in the contest's data. */
const appsPerHost = 1.84
const mostReplicas = 610

/** Memory of a replica and about how often replicas have it. */
const memories: readonly (readonly [gib: number, weight: number])[] = [
  [8, 75],
  [16, 14],
  [32, 1.5],
  [48, 0.3],
  [64, 0.2],
  [1, 1.5],
  [2, 4],
  [3, 0.8],
  [7, 0.7],
  [10, 1],
  [12, 1],
]

/** A limit of 0 keeps two applications apart; 1 and 2 let a few replicas in. */
const maxima: readonly (readonly [max: number, weight: number])[] = [
  [0, 55],
  [1, 17],
  [2, 28],
]

/**
 * An instance of the same family: mostly single replicas and a few hundreds of one application,
 * memory nearly always a multiple of 8, cores a little less scarce than memory.
 *
 * @param restricted Share of the ordered pairs of applications that have a limit.
 */
export function generateTclab(seed: number, hosts: number, restricted: number): FleetProblem {
  const draw = random(seed)
  const count = Math.max(1, Math.round(hosts * appsPerHost))
  const byMemory = runningSums(memories.map(([, weight]) => weight))
  const apps = Array.from({ length: count }, (): PlannedApp => {
    const [memory] = memories[draw.weighted(byMemory)] ?? [8]
    // Mostly few, and at times three times as many for each GiB as a host has.
    const cores = Math.ceil((memory / 8) * 12 * draw.next() ** 2.8)
    const replicas = Math.floor(0.55 * (1 - draw.next()) ** -1.02) + 1
    return { amounts: [Math.min(48, cores), memory], replicas: Math.min(mostReplicas, replicas) }
  })
  return { capacity: publishedCapacity, apps, limits: limitsOf(draw, count, restricted) }
}

function limitsOf(draw: Random, apps: number, restricted: number): PairLimitTable {
  const count = apps < 2 ? 0 : Math.round(apps * apps * restricted)
  const table = {
    app: new Int32Array(count),
    other: new Int32Array(count),
    max: new Int32Array(count),
  }
  const byMax = runningSums(maxima.map(([, weight]) => weight))
  for (let index = 0; index < count; index++) {
    const app = draw.below(apps)
    const other = draw.below(apps - 1)
    table.app[index] = app
    // Never the application itself.
    table.other[index] = other < app ? other : other + 1
    table.max[index] = maxima[draw.weighted(byMax)]?.[0] ?? 0
  }
  return table
}
