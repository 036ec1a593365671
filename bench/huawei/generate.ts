import { random, type Random, runningSums } from '../harness/random.ts'
import type {
  Strategy,
  TopologyHosts,
  TopologyRequest,
  TopologyRequests,
  TopologyShape,
} from '../load/huawei.ts'

/** vCPUs, GiB, cells, and how often one is drawn. */
const flavors = [
  [2, 4, 1, 15],
  [2, 8, 1, 8],
  [4, 8, 1, 17],
  [4, 16, 1, 6],
  [8, 16, 1, 6],
  [8, 32, 1, 13],
  [12, 24, 1, 1],
  [16, 32, 1, 4],
  [16, 64, 1, 5],
  [32, 64, 2, 18],
  [32, 128, 2, 5],
  [64, 128, 2, 2],
] as const

/** Free vCPUs and GiB of a cell, and how often one is drawn. */
const cells = [
  [0, 0, 3],
  [4, 8, 3],
  [8, 24, 4],
  [16, 16, 10],
  [24, 32, 9],
  [32, 64, 10],
  [36, 40, 8],
  [40, 120, 9],
  [48, 64, 8],
  [60, 200, 12],
  [64, 72, 5],
  [96, 72, 5],
  [128, 96, 3],
] as const

/** Shares of the requests by strategy, and the sizes of groups. */
const mix: readonly {
  readonly strategy: Strategy
  readonly share: number
  readonly size: (draw: Random) => number
}[] = [
  { strategy: 'affinity', share: 0.12, size: (draw) => (draw.below(3) === 0 ? 12 : 6) },
  { strategy: 'anti-affinity', share: 0.13, size: (draw) => draw.between(1, 28) },
  {
    strategy: 'fault_domain',
    share: 0.23,
    // Most groups are a handful, a few are over a hundred.
    size: (draw) => Math.min(120, Math.floor((1 - draw.next()) ** -0.9)),
  },
]

/**
 * A fleet of the same family as the published one: racks of 15 to 19 hosts with two NUMA cells
 * each, partly used and seldom alike. Half of a rack's hosts are of one kind.
 */
export function generateHosts(count: number, seed: number): TopologyHosts {
  const draw = random(seed)
  const sums = runningSums(cells.map(([, , weight]) => weight))
  const vcpus = new Int32Array(2 * count)
  const memory = new Int32Array(2 * count)
  const rackOf = new Int32Array(count)
  let racks = 0
  for (let host = 0; host < count; racks++) {
    const kind = [draw.weighted(sums), draw.weighted(sums)]
    const end = Math.min(count, host + draw.between(15, 19))
    for (; host < end; host++) {
      const common = draw.below(2) === 0
      for (const cell of [0, 1]) {
        const [free = 0, gib = 0] = cells[common ? (kind[cell] ?? 0) : draw.weighted(sums)] ?? []
        vcpus[2 * host + cell] = free
        memory[2 * host + cell] = gib
      }
      rackOf[host] = racks
    }
  }
  return { vcpus, memory, rackOf, racks }
}

/**
 * Requests of the same family as the published ones: about half follow a rule. The members of a
 * group are mostly of one flavor; they come one after another or scattered over the whole list.
 */
export function generateRequests(count: number, seed: number): TopologyRequests {
  const draw = random(seed ^ 0x5bd1e995)
  const sums = runningSums(flavors.map(([, , , weight]) => weight))
  const shapes = flavors.map(([vcpus, gib, over]): TopologyShape => ({
    vcpus,
    memory: gib,
    cells: over,
  }))
  const found: { readonly at: number; readonly request: TopologyRequest }[] = []
  const single = (): TopologyRequest => ({
    shape: draw.weighted(sums),
    strategy: '',
    group: -1,
    domain: 0,
  })
  let group = 0
  for (const { strategy, share, size } of mix) {
    let left = Math.round(count * share)
    for (; left > 0; group++) {
      const members = Math.min(left, size(draw))
      left -= members
      const shape = draw.weighted(sums)
      const start = draw.next()
      const span = draw.below(2) === 0 ? 0 : draw.next() * (1 - start)
      for (let member = 0; member < members; member++) {
        found.push({
          at: start + (span * member) / members,
          request: {
            shape: draw.below(8) === 0 ? draw.weighted(sums) : shape,
            strategy,
            group,
            domain: strategy === 'fault_domain' ? draw.below(3) : 0,
          },
        })
      }
    }
  }
  while (found.length < count) found.push({ at: draw.next(), request: single() })
  found.sort((one, other) => one.at - other.at)
  return { shapes, requests: found.map(({ request }) => request) }
}
