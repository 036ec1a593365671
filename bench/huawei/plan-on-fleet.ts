import { Fleet } from '../../packages/scheduler-wasm/src/fleet.ts'
import type { Ask, HostSpec } from '../../packages/scheduler-wasm/src/fleet/api.ts'
import type { TopologyHosts, TopologyRequests } from '../load/huawei.ts'
import { sizesOf, type Unit, unitsOf } from './units.ts'

export interface PlanOptions {
  readonly atomic?: boolean
  readonly tier?: 'auto' | 'simd' | 'plain' | 'typescript'
  readonly order?: (units: readonly Unit[]) => readonly Unit[]
}

export function specsOf({ vcpus, memory, rackOf }: TopologyHosts): readonly HostSpec[] {
  return Array.from(rackOf, (rack, host) => {
    const cells = [0, 1].map((cell) => ({
      VCPU: vcpus[2 * host + cell] as number,
      MEMORY_GB: memory[2 * host + cell] as number,
    }))
    return {
      id: String(host),
      rack: String(rack),
      cells,
      capacity: {
        VCPU: (cells[0]?.VCPU ?? 0) + (cells[1]?.VCPU ?? 0),
        MEMORY_GB: (cells[0]?.MEMORY_GB ?? 0) + (cells[1]?.MEMORY_GB ?? 0),
      },
    }
  })
}

export function loaded(specs: readonly HostSpec[], tier: PlanOptions['tier'] = 'auto'): Fleet {
  const fleet = new Fleet({ tier, hosts: specs.length, allocations: 8_192 })
  fleet.putHosts(specs)
  return fleet
}

export function planOnFleet(
  fleet: Fleet,
  asked: TopologyRequests,
  options: PlanOptions = {},
): Int32Array {
  const { requests, shapes } = asked
  const hostOf = new Int32Array(requests.length).fill(-1)
  const asks = shapes.map(({ vcpus, memory, cells }): Ask => {
    return { resources: { VCPU: vcpus, MEMORY_GB: memory }, cells }
  })
  const units = unitsOf(requests, sizesOf(shapes, { vcpus: 136, memory: 202 }))
  let number = 0
  const t = { s: 0, a: 0, g: 0 }
  for (const { strategy, parts } of options.order?.(units) ?? units) {
    if (strategy === '' || parts.flat().length === 1) {
      const t0 = performance.now()
      for (const index of parts.flat()) {
        const answer = fleet.place(asks[requests[index]?.shape ?? 0] as Ask)
        if (answer.ok) hostOf[index] = Number(answer.assignments[0]?.hostId)
      }
      t.s += performance.now() - t0
      continue
    }
    const t0 = performance.now()
    const id = String(number++)
    const gang: Ask[] = []
    const lists: number[][] = []
    for (const [part, list] of parts.entries()) {
      const byShape = new Map<number, number[]>()
      for (const index of list) {
        const shape = requests[index]?.shape ?? 0
        const known = byShape.get(shape)
        if (known === undefined) byShape.set(shape, [index])
        else known.push(index)
      }
      for (const [shape, indices] of byShape) {
        const group: NonNullable<Ask['group']> =
          strategy === 'anti-affinity'
            ? { policy: 'anti-affinity', id }
            : { policy: 'affinity', scope: 'rack', id, part: String(part) }
        gang.push({ ...(asks[shape] as Ask), count: indices.length, group })
        lists.push(indices)
      }
    }
    const answer = fleet.placeAll(gang, { partial: options.atomic !== true })
    if (answer.ok) {
      for (const [at, { assignments }] of answer.parts.entries()) {
        let next = 0
        for (const { hostId, count } of assignments) {
          for (let each = 0; each < count; each++) {
            hostOf[(lists[at] as number[])[next++] as number] = Number(hostId)
          }
        }
      }
    }
    t[strategy === 'anti-affinity' ? 'a' : 'g'] += performance.now() - t0
  }
  if (process.env.TT) console.log(t)
  return hostOf
}
