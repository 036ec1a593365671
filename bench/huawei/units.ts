import type { TopologyRequest, TopologyShape } from '../load/huawei.ts'

/** What is decided at once: a group with all its members, or a single request. */
export interface Unit {
  readonly strategy: TopologyRequest['strategy']
  /**
   * Indices of requests. Each part lies in a rack of its own, large members first; without a rule
   * on racks there is one part.
   */
  readonly parts: readonly (readonly number[])[]
}

export interface Sizes {
  /** By shape: 0 … 2, its shares of the largest that is asked for. */
  readonly size: Float64Array
  readonly cells: Uint8Array
}

/** Of two shapes the harder to place comes first: in two cells, then the larger. */
export function harder(sizes: Sizes, one: number, other: number): number {
  return (
    (sizes.cells[other] ?? 0) - (sizes.cells[one] ?? 0) ||
    (sizes.size[other] ?? 0) - (sizes.size[one] ?? 0)
  )
}

export function sizesOf(shapes: readonly TopologyShape[]): Sizes {
  const most = {
    vcpus: Math.max(...shapes.map(({ vcpus }) => vcpus)),
    memory: Math.max(...shapes.map(({ memory }) => memory)),
  }
  return {
    size: Float64Array.from(
      shapes,
      ({ vcpus, memory }) => vcpus / most.vcpus + memory / most.memory,
    ),
    cells: Uint8Array.from(shapes, ({ cells }) => cells),
  }
}

/**
 * Units in the order of their first members. Within a unit the parts that need most come first:
 * instances in two cells weigh three times as much, as few hosts have both cells free.
 */
export function unitsOf(requests: readonly TopologyRequest[], sizes: Sizes): readonly Unit[] {
  const members = new Map<number, number[]>()
  const order: number[][] = []
  requests.forEach(({ group }, index) => {
    const known = members.get(group)
    if (group >= 0 && known) {
      known.push(index)
      return
    }
    const list = [index]
    order.push(list)
    if (group >= 0) members.set(group, list)
  })
  const shapeOf = (index: number): number => (requests[index] as TopologyRequest).shape
  const weight = (part: readonly number[]): number =>
    part.reduce((sum, index) => {
      const shape = shapeOf(index)
      return sum + (sizes.size[shape] ?? 0) * (sizes.cells[shape] === 2 ? 3 : 1)
    }, 0)
  return order.map((list) => {
    const { strategy } = requests[list[0] as number] as TopologyRequest
    const sorted = list.sort((one, other) => harder(sizes, shapeOf(one), shapeOf(other)))
    const parts = new Map<number, number[]>()
    for (const index of sorted) {
      const domain = requests[index]?.domain ?? 0
      const part = parts.get(domain)
      if (part) part.push(index)
      else parts.set(domain, [index])
    }
    return {
      strategy,
      parts: [...parts.values()].sort((one, other) => weight(other) - weight(one)),
    }
  })
}
