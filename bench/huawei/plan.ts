import { type DomainRoom } from '../../packages/scheduler-wasm/src/domains/domain-room.ts'
import { planParts } from '../../packages/scheduler-wasm/src/domains/plan-parts.ts'
import { scarceShapes } from '../../packages/scheduler-wasm/src/domains/scarce-shapes.ts'
import type { TopologyHosts, TopologyRequests } from '../load/huawei.ts'
import { roomOf } from './copies.ts'
import { type Cell, NumaHosts } from './numa-hosts.ts'
import { sizesOf, type Unit, unitsOf } from './units.ts'

export interface PlanOptions {
  /** Groups that do not fit whole are not placed at all. */
  readonly atomic?: boolean
  /** The order in which units are decided; that of the file if undefined. */
  readonly order?: (units: readonly Unit[]) => readonly Unit[]
}

/** Shapes that room is kept for. */
const keptShapes = 3
/** What is scarce is asked anew whenever so many times as many requests were seen. */
const growth = 2

/**
 * Plans the requests in order, a group as a whole when its first member comes. What room must be
 * kept for is learned from the requests seen so far.
 *
 * @returns By request: its host, or −1.
 */
export function planInOrder(
  hosts: TopologyHosts,
  asked: TopologyRequests,
  options: PlanOptions = {},
): Int32Array {
  const planner = new Planner(hosts, asked, options.atomic ?? false)
  const units = unitsOf(asked.requests, planner.sizes)
  for (const unit of options.order?.(units) ?? units) planner.plan(unit)
  return planner.hostOf
}

class Planner {
  readonly hostOf: Int32Array
  readonly sizes: ReturnType<typeof sizesOf>
  readonly #hosts: NumaHosts
  readonly #shapeOf: Int32Array
  readonly #cellOf: Uint8Array
  readonly #atomic: boolean
  readonly #asked: Float64Array
  readonly #room: Float64Array
  readonly #barred: Uint8Array
  #seen = 0
  #relearn = 1

  constructor(hosts: TopologyHosts, { requests, shapes }: TopologyRequests, atomic: boolean) {
    this.#hosts = new NumaHosts(hosts, shapes)
    const largest = (values: Int32Array): number => Math.max(1, values.toSorted().at(-1) ?? 1)
    this.sizes = sizesOf(shapes, {
      vcpus: largest(hosts.vcpus),
      memory: largest(hosts.memory),
    })
    this.#room = roomOf(hosts, shapes)
    this.#asked = new Float64Array(shapes.length)
    this.#shapeOf = Int32Array.from(requests, ({ shape }) => shape)
    this.hostOf = new Int32Array(requests.length).fill(-1)
    this.#cellOf = new Uint8Array(requests.length)
    this.#barred = new Uint8Array(this.#hosts.count)
    this.#atomic = atomic
  }

  plan(unit: Unit): void {
    const members = unit.parts.flat()
    this.#learn(members)
    if (members.length === 1 || unit.strategy === '') {
      for (const index of members) this.#place(index, this.#hosts.best(this.#shape(index)))
    } else if (unit.strategy === 'anti-affinity') this.#planApart(members)
    else this.#planRacks(unit)
    if (this.#atomic && members.some((index) => this.hostOf[index] === -1)) this.#undo(members)
  }

  #learn(members: readonly number[]): void {
    for (const index of members) {
      const shape = this.#shape(index)
      this.#asked[shape] = (this.#asked[shape] as number) + 1
      this.#seen++
    }
    if (this.#seen < this.#relearn) return
    this.#relearn = this.#seen * growth
    this.#hosts.keep(scarceShapes(this.#asked, this.#room, keptShapes))
  }

  #planRacks({ parts }: Unit): void {
    const shapes = [...new Set(parts.flat().map((index) => this.#shape(index)))]
    const needs = parts.map((part) =>
      shapes.map((shape) => part.filter((index) => this.#shape(index) === shape).length),
    )
    const plans = planParts({
      needs,
      domains: this.#racks(shapes),
      partial: true,
      trial: (part, rack, order) => {
        const placed = this.#fill(parts[part] ?? [], rack, order === 'small-first')
        this.#undo(parts[part] ?? [])
        return placed
      },
    })
    plans.forEach(({ domain, order }, part) => {
      if (domain >= 0) this.#fill(parts[part] ?? [], domain, order === 'small-first')
    })
  }

  /** Room of every rack for some shapes, in their order. */
  #racks(shapes: readonly number[]): readonly DomainRoom[] {
    return Array.from({ length: this.#hosts.racks }, (_, rack) => ({
      domain: rack,
      value: this.#hosts.rackValue[rack] ?? 0,
      room: shapes.map((shape) => this.#hosts.room(shape, rack)),
    }))
  }

  #fill(part: readonly number[], rack: number, reversed: boolean): number {
    let placed = 0
    for (const index of reversed ? part.toReversed() : part) {
      if (this.#place(index, this.#hosts.bestInRack(this.#shape(index), rack))) placed++
    }
    return placed
  }

  #planApart(members: readonly number[]): void {
    const taken: number[] = []
    for (const index of members) {
      const host = this.#hosts.bestOutside(this.#shape(index), this.#barred)
      if (!this.#place(index, host)) continue
      this.#barred[host] = 1
      taken.push(host)
    }
    for (const host of taken) this.#barred[host] = 0
  }

  #shape(index: number): number {
    return this.#shapeOf[index] as number
  }

  #place(index: number, host: number): boolean {
    if (host < 0) return false
    this.hostOf[index] = host
    this.#cellOf[index] = this.#hosts.take(this.#shape(index), host)
    return true
  }

  #undo(members: readonly number[]): void {
    for (const index of members) {
      const host = this.hostOf[index] as number
      if (host < 0) continue
      this.#hosts.give(this.#shape(index), host, this.#cellOf[index] as Cell)
      this.hostOf[index] = -1
    }
  }
}
