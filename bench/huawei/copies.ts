import type { TopologyHosts, TopologyShape } from '../load/huawei.ts'

/** What an instance takes of each cell that it lies in. An odd amount is rounded up. */
export function cellShare({ vcpus, memory, cells }: TopologyShape): {
  readonly vcpus: number
  readonly memory: number
} {
  return cells === 1
    ? { vcpus, memory }
    : { vcpus: Math.ceil(vcpus / 2), memory: Math.ceil(memory / 2) }
}

/** Instances of a shape that a host takes when it takes nothing else. */
export function copiesOnHost(
  { vcpus, memory }: Pick<TopologyHosts, 'vcpus' | 'memory'>,
  host: number,
  shape: TopologyShape,
): number {
  const share = cellShare(shape)
  const first = fitting(vcpus[2 * host], memory[2 * host], share)
  const second = fitting(vcpus[2 * host + 1], memory[2 * host + 1], share)
  return shape.cells === 1 ? first + second : Math.min(first, second)
}

function fitting(
  vcpus: number | undefined,
  memory: number | undefined,
  share: ReturnType<typeof cellShare>,
): number {
  return Math.floor(Math.min((vcpus ?? 0) / share.vcpus, (memory ?? 0) / share.memory))
}

/** Instances of `part` that surely fit into the place of one instance of `whole`. */
export function copiesWithin(whole: TopologyShape, part: TopologyShape): number {
  if (part.cells === 2 && whole.cells === 1) return 0
  const cells = part.cells === 2 ? 1 : whole.cells
  const from = cellShare(whole)
  const share = cellShare(part)
  return cells * Math.floor(Math.min(from.vcpus / share.vcpus, from.memory / share.memory))
}
