import type { Workload } from '../baselines/workload.ts'
import type { Bed } from './bed.ts'
import { hostIndex } from './worlds.ts'

/** Live servers that baselines get to release: so many are enough to draw from. */
const mostLive = 50_000

/** The state of a bed's fleet as baselines take it. */
export function workloadOf(bed: Bed): Workload {
  const { world, fleet, pool, picks } = bed
  const hosts = world.hosts.length
  const dimensions = world.classes.length
  const free = new Int32Array(dimensions * hosts)
  const most = new Int32Array(dimensions)
  world.hosts.forEach(({ id, capacity }, host) => {
    const used = fleet.usage(id) ?? {}
    world.classes.forEach((name, d) => {
      const amount = capacity[name] ?? 0
      free[d * hosts + host] = amount - (used[name] ?? 0)
      if (amount > (most[d] as number)) most[d] = amount
    })
  })
  const live = Math.min(mostLive, pool.size)
  const step = pool.size / Math.max(1, live)
  const liveHost = new Int32Array(live)
  const liveShape = new Int32Array(live)
  for (let index = 0; index < live; index++) {
    const at = Math.floor(index * step)
    const view = fleet.allocation(pool.id(at))
    if (view === undefined) throw new Error(`no allocation ${pool.id(at)} on the fleet`)
    liveHost[index] = hostIndex(view.hostId)
    liveShape[index] = pool.ask(at)
  }
  return {
    hosts,
    dimensions,
    free,
    most,
    labels: world.labels,
    asks: Int32Array.from(world.asks.flatMap(({ amounts }) => amounts)),
    need: Int32Array.from(world.asks, ({ need }) => need),
    liveHost,
    liveShape,
    picks,
  }
}

/** States among hosts that no other host has, as a share of hosts. */
export function distinctStates(workload: Workload): number {
  const { hosts, dimensions, free } = workload
  const states = new Set<string>()
  for (let host = 0; host < hosts; host++) {
    const amounts: number[] = []
    for (let d = 0; d < dimensions; d++) amounts.push(free[d * hosts + host] as number)
    states.add(amounts.join())
  }
  return states.size / hosts
}
