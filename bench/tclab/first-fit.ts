import type { FleetProblem, PairLimit, PlannedReplicas } from '@nephos/scheduler-wasm'

/** What an application says of another, and what the other says of it. */
interface Limits {
  readonly admits: ReadonlyMap<number, number>
  readonly admitted: ReadonlyMap<number, number>
}

interface Host {
  readonly free: number[]
  readonly held: Map<number, number>
}

/**
 * First fit, as one would write it: applications in the order given, every replica on the first
 * host that takes it, or on a new one.
 */
export function firstFit(problem: FleetProblem): PlannedReplicas[][] {
  const limits = limitsByApp(problem)
  const hosts: Host[] = []
  problem.apps.forEach(({ amounts, replicas }, app) => {
    let left = replicas
    for (let index = 0; left > 0; index++) {
      const host = (hosts[index] ??= { free: [...problem.capacity], held: new Map() })
      const taken = Math.min(left, roomFor(host, app, amounts, limits[app]))
      if (taken === 0) continue
      host.held.set(app, taken)
      amounts.forEach((amount, dimension) => {
        host.free[dimension] = (host.free[dimension] ?? 0) - taken * amount
      })
      left -= taken
    }
  })
  return hosts.map(({ held }) => Array.from(held, ([app, replicas]) => ({ app, replicas })))
}

function roomFor(host: Host, app: number, amounts: readonly number[], limits?: Limits): number {
  let room = limits?.admits.get(app) ?? Infinity
  for (let dimension = 0; dimension < amounts.length; dimension++) {
    const amount = amounts[dimension] ?? 0
    if (amount > 0) room = Math.min(room, Math.floor((host.free[dimension] ?? 0) / amount))
  }
  if (room === 0 || limits === undefined) return room
  for (const [other, replicas] of host.held) {
    if (replicas > (limits.admits.get(other) ?? Infinity)) return 0
    room = Math.min(room, limits.admitted.get(other) ?? Infinity)
  }
  return room
}

function limitsByApp(problem: FleetProblem): (Limits | undefined)[] {
  const byApp: ({ admits: Map<number, number>; admitted: Map<number, number> } | undefined)[] = []
  const of = (app: number): { admits: Map<number, number>; admitted: Map<number, number> } =>
    (byApp[app] ??= { admits: new Map(), admitted: new Map() })
  const lower = (map: Map<number, number>, key: number, max: number): void => {
    map.set(key, Math.min(max, map.get(key) ?? Infinity))
  }
  for (const { app, other, max } of rows(problem)) {
    lower(of(app).admits, other, max)
    if (app !== other) lower(of(other).admitted, app, max)
  }
  return byApp
}

function* rows({ limits = [] }: FleetProblem): Generator<PairLimit> {
  if (!('app' in limits)) {
    yield* limits
    return
  }
  for (const [index, app] of limits.app.entries()) {
    yield { app, other: limits.other[index] ?? 0, max: limits.max[index] ?? 0 }
  }
}
