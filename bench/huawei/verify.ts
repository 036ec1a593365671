import type { TopologyHosts, TopologyRequests } from '../load/huawei.ts'
import { cellShare } from './copies.ts'

/**
 * Counts what a plan breaks, from the plan alone: members of a rack rule outside of their rack or
 * in the rack of another fault domain, two members of an anti-affinity group on one host, and hosts
 * on which no choice of cells holds what was placed.
 *
 * @param hostOf By request: its host, or −1.
 */
export function violations(
  hosts: TopologyHosts,
  { requests, shapes }: TopologyRequests,
  hostOf: Int32Array,
): number {
  const placed = hosts.rackOf.length
  const onHost = Array.from({ length: placed }, (): number[] => [])
  const rackOfPart = new Map<string, number>()
  const taken = new Set<string>()
  let broken = 0
  const claim = (key: string): void => {
    if (taken.has(key)) broken++
    taken.add(key)
  }
  requests.forEach(({ strategy, group, domain, shape }, index) => {
    const host = hostOf[index] ?? -1
    if (host < 0) return
    onHost[host]?.push(shape)
    if (strategy === 'anti-affinity') claim(`${group} on ${host}`)
    if (strategy !== 'affinity' && strategy !== 'fault_domain') return
    const rack = hosts.rackOf[host] ?? -1
    const part = `${group} ${domain}`
    const known = rackOfPart.get(part)
    if (known === undefined) {
      rackOfPart.set(part, rack)
      claim(`${group} in ${rack}`)
    } else if (known !== rack) broken++
  })
  const shares = shapes.map((shape) => ({ ...cellShare(shape), cells: shape.cells }))
  onHost.forEach((list, host) => {
    const halves = list.map((shape) => shares[shape] as (typeof shares)[number])
    if (!holds(hosts, host, halves)) broken++
  })
  return broken
}

interface Share {
  readonly vcpus: number
  readonly memory: number
  readonly cells: 1 | 2
}

/** Whether instances fit on an empty host: those of two cells first, then every sum for cell 0. */
function holds(
  { vcpus, memory }: TopologyHosts,
  host: number,
  instances: readonly Share[],
): boolean {
  const both = instances.filter(({ cells }) => cells === 2)
  const sum = (list: readonly Share[], of: 'vcpus' | 'memory'): number =>
    list.reduce((total, share) => total + share[of], 0)
  const free = [0, 1].map((cell) => ({
    vcpus: (vcpus[2 * host + cell] ?? 0) - sum(both, 'vcpus'),
    memory: (memory[2 * host + cell] ?? 0) - sum(both, 'memory'),
  }))
  const [first, second] = free
  if (!first || !second || free.some((cell) => cell.vcpus < 0 || cell.memory < 0)) return false
  const single = instances.filter(({ cells }) => cells === 1)
  const all = { vcpus: sum(single, 'vcpus'), memory: sum(single, 'memory') }
  // Sums that cell 0 can have; cell 1 gets the rest.
  let sums = new Set([0])
  const base = 2 ** 26
  for (const share of single) {
    const more = [...sums].map((each) => each + share.vcpus * base + share.memory)
    sums = new Set([...sums, ...more.filter((each) => Math.floor(each / base) <= first.vcpus)])
  }
  return [...sums].some((each) => {
    const inFirst = { vcpus: Math.floor(each / base), memory: each % base }
    return (
      inFirst.vcpus <= first.vcpus &&
      inFirst.memory <= first.memory &&
      all.vcpus - inFirst.vcpus <= second.vcpus &&
      all.memory - inFirst.memory <= second.memory
    )
  })
}
