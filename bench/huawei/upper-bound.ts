import type { TopologyHosts, TopologyRequests, TopologyShape } from '../load/huawei.ts'
import { copiesOnHost, copiesWithin } from './copies.ts'

export interface UpperBound {
  /** No plan places more requests than this. */
  readonly placed: number
  /** What rules on racks alone leave: every part in the best rack of the empty fleet. */
  readonly byRacks: number
  /** The measure that rules out most, such as `32x64 over 2 cells`. */
  readonly scarcest: string
}

/** Something that instances use up: of the whole fleet, and of its richest rack. */
interface Measure {
  readonly name: string
  readonly fleet: number
  readonly rack: number
  /** By shape: what one instance surely takes. */
  readonly use: Float64Array
}

/**
 * How many requests can be placed at the most, whatever the order. Each measure gives a bound:
 * vCPUs, GiB, and for every shape f the instances of f that the hosts take, of which a larger
 * instance takes the place of as many as fit into it. A part that must lie in one rack places no
 * more than the rack with the most of a measure holds, its least members first; with that, the
 * fleet as a whole places no more than it holds of it.
 */
export function upperBound(
  hosts: TopologyHosts,
  { requests, shapes }: TopologyRequests,
): UpperBound {
  const measures = measuresOf(hosts, shapes)
  const parts = new Map<string, number[]>()
  const loose: number[] = []
  for (const { strategy, group, domain, shape } of requests) {
    if (strategy !== 'affinity' && strategy !== 'fault_domain') {
      loose.push(shape)
      continue
    }
    const key = `${group} ${domain}`
    const part = parts.get(key)
    if (part) part.push(shape)
    else parts.set(key, [shape])
  }
  const most = new Map(
    [...parts].map(([key, part]) => [
      key,
      Math.min(...measures.map(({ use, rack }) => fitting(part, use, rack).length)),
    ]),
  )
  let placed = requests.length
  let scarcest = ''
  for (const { name, use, fleet } of measures) {
    const wanted = [...parts].flatMap(([key, part]) => byUse(part, use).slice(0, most.get(key)))
    const bound = fitting([...wanted, ...loose], use, fleet).length
    if (bound < placed) {
      placed = bound
      scarcest = name
    }
  }
  const byRacks = [...most.values()].reduce((sum, count) => sum + count, loose.length)
  return { placed, byRacks, scarcest: placed < byRacks ? scarcest : 'racks' }
}

function measuresOf(hosts: TopologyHosts, shapes: readonly TopologyShape[]): readonly Measure[] {
  const measure = (
    name: string,
    ofHost: (host: number) => number,
    ofShape: (shape: TopologyShape) => number,
  ): Measure => {
    const racks = new Float64Array(hosts.racks)
    hosts.rackOf.forEach((rack, host) => {
      racks[rack] = (racks[rack] ?? 0) + ofHost(host)
    })
    return {
      name,
      fleet: racks.reduce((sum, each) => sum + each, 0),
      rack: racks.reduce((largest, each) => Math.max(largest, each), 0),
      use: Float64Array.from(shapes, ofShape),
    }
  }
  const both = (values: Int32Array, host: number): number =>
    (values[2 * host] ?? 0) + (values[2 * host + 1] ?? 0)
  return [
    measure(
      'vCPUs',
      (host) => both(hosts.vcpus, host),
      ({ vcpus }) => vcpus,
    ),
    measure(
      'GiB',
      (host) => both(hosts.memory, host),
      ({ memory }) => memory,
    ),
    ...shapes.map((shape) =>
      measure(
        `${shape.vcpus}x${shape.memory} over ${shape.cells === 1 ? '1 cell' : '2 cells'}`,
        (host) => copiesOnHost(hosts, host, shape),
        (whole) => copiesWithin(whole, shape),
      ),
    ),
  ]
}

function byUse(list: readonly number[], use: Float64Array): number[] {
  return [...list].sort((one, other) => (use[one] ?? 0) - (use[other] ?? 0))
}

/** The most of a list that a capacity holds: those of least use. */
function fitting(list: readonly number[], use: Float64Array, capacity: number): number[] {
  let left = capacity
  const sorted = byUse(list, use)
  const end = sorted.findIndex((shape) => (left -= use[shape] ?? 0) < 0)
  return end < 0 ? sorted : sorted.slice(0, end)
}
