import type { TopologyRequest, TopologyShape } from '../load/huawei.ts'
import type { Unit } from './units.ts'

/**
 * The order when all requests are known before the first is planned: groups in racks by the places
 * that they need, then groups on different hosts, then single requests, small first. What needs
 * two places or more for each of its members comes last, as it costs the most of others.
 */
export function batchOrder(
  requests: readonly TopologyRequest[],
  shapes: readonly TopologyShape[],
): (units: readonly Unit[]) => readonly Unit[] {
  const pairs = shapes.filter(({ cells }) => cells === 2)
  const place = {
    vcpus: Math.min(...pairs.map(({ vcpus }) => vcpus)),
    memory: Math.min(...pairs.map(({ memory }) => memory)),
  }
  const places = shapes.map(({ vcpus, memory, cells }) =>
    cells === 1 ? 0 : Math.max(vcpus / place.vcpus, memory / place.memory),
  )
  const rank = ({ strategy }: Unit): number =>
    strategy === '' ? 2 : strategy === 'anti-affinity' ? 1 : 0
  return (units) =>
    units
      .map((unit) => {
        const members = unit.parts.flat()
        const needed = members.reduce(
          (sum, index) => sum + (places[requests[index]?.shape ?? 0] ?? 0),
          0,
        )
        const costly = needed / members.length >= 1.7 ? 1 : 0
        return { unit, costly, rank: rank(unit), needed }
      })
      .sort(
        (one, other) =>
          one.costly - other.costly ||
          one.rank - other.rank ||
          (one.rank === 2 ? one.needed - other.needed : other.needed - one.needed),
      )
      .map(({ unit }) => unit)
}
