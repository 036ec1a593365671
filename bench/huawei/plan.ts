import { Fleet } from '../../packages/scheduler-wasm/src/fleet.ts'
import type { Ask, FleetTier, HostSpec } from '../../packages/scheduler-wasm/src/fleet/api.ts'
import type { TopologyHosts, TopologyRequests } from '../load/huawei.ts'
import { sizesOf, type Unit, unitsOf } from './units.ts'

export interface PlanOptions {
  /** Groups that do not fit whole are not placed at all. */
  readonly atomic?: boolean
  /** The order in which units are decided; that of the file if undefined. */
  readonly order?: (units: readonly Unit[]) => readonly Unit[]
}

/** Hosts as a fleet takes them: named by their number, two cells each. */
export function specsOf({ vcpus, memory, rackOf }: TopologyHosts): readonly HostSpec[] {
  const cell = (at: number): { VCPU: number; MEMORY_GB: number } => {
    return { VCPU: vcpus[at] as number, MEMORY_GB: memory[at] as number }
  }
  return Array.from(rackOf, (rack, host) => {
    const cells = [cell(2 * host), cell(2 * host + 1)] as const
    const [first, second] = cells
    const capacity = {
      VCPU: first.VCPU + second.VCPU,
      MEMORY_GB: first.MEMORY_GB + second.MEMORY_GB,
    }
    return { id: String(host), rack: String(rack), capacity, cells }
  })
}

export function fleetOf(specs: readonly HostSpec[], tier: FleetTier | 'auto' = 'auto'): Fleet {
  const fleet = new Fleet({ tier, hosts: specs.length, allocations: 8_192 })
  fleet.putHosts(specs)
  return fleet
}

/** The same with hosts that no fleet has yet. */
export function planInOrder(
  hosts: TopologyHosts,
  asked: TopologyRequests,
  options: PlanOptions = {},
): Int32Array {
  return planOn(fleetOf(specsOf(hosts)), asked, options)
}

/**
 * Places the requests in order, a group as a whole when its first member comes: one gang, with a
 * part for every fault domain.
 *
 * @returns By request: its host, or −1.
 */
export function planOn(
  fleet: Fleet,
  { requests, shapes }: TopologyRequests,
  { atomic = false, order }: PlanOptions = {},
): Int32Array {
  const hostOf = new Int32Array(requests.length).fill(-1)
  const asks = shapes.map(({ vcpus, memory, cells }): Ask => {
    return { resources: { VCPU: vcpus, MEMORY_GB: memory }, cells }
  })
  const shapeOf = (index: number): number => (requests[index] as (typeof requests)[number]).shape
  const units = unitsOf(requests, sizesOf(shapes))
  for (const [number, unit] of (order?.(units) ?? units).entries()) {
    const { strategy, parts } = unit
    const [[first = 0, ...rest] = [], ...others] = parts
    if (strategy === '' || (rest.length === 0 && others.length === 0)) {
      const answer = fleet.place(asks[shapeOf(first)] as Ask)
      if (answer.ok) hostOf[first] = Number(answer.assignments[0]?.hostId)
      continue
    }
    const { gang, lists } = gangOf(unit, String(number), asks, shapeOf)
    const answer = fleet.placeAll(gang, { partial: !atomic })
    if (!answer.ok) continue
    for (const [at, { assignments }] of answer.parts.entries()) {
      const list = lists[at] as readonly number[]
      let next = 0
      for (const { hostId, count } of assignments) {
        for (let each = 0; each < count; each++) hostOf[list[next++] as number] = Number(hostId)
      }
    }
  }
  return hostOf
}

/** One ask for the members of a part that are alike, and beside it which requests they are. */
function gangOf(
  { strategy, parts }: Unit,
  id: string,
  asks: readonly Ask[],
  shapeOf: (index: number) => number,
): { readonly gang: readonly Ask[]; readonly lists: readonly (readonly number[])[] } {
  const gang: Ask[] = []
  const lists: (readonly number[])[] = []
  for (const [part, indices] of parts.entries()) {
    const group: NonNullable<Ask['group']> =
      strategy === 'anti-affinity'
        ? { policy: 'anti-affinity', id }
        : { policy: 'affinity', scope: 'rack', id, part: String(part) }
    for (const shape of new Set(indices.map(shapeOf))) {
      const list = indices.filter((index) => shapeOf(index) === shape)
      gang.push({ ...(asks[shape] as Ask), count: list.length, group })
      lists.push(list)
    }
  }
  return { gang, lists }
}
