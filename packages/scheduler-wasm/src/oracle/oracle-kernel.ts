import type {
  Decision,
  DomainRoom,
  Footprint,
  Frame,
  Kernel,
  Placed,
  Shape,
  Tally,
} from '../kernel.ts'
import { adopt, allocationsOf, move, put, release, shift } from './allocations.ts'
import { decide } from './decide.ts'
import { domains, explain, room } from './explain.ts'
import { type Allocation, Records } from './records.ts'
import { restore, save } from './save.ts'
import {
  emptyWorld,
  enter,
  footprintAt,
  hostAt,
  kindAt,
  kindFrom,
  setTypical,
  shapeAt,
  type World,
} from './world.ts'

const any = 2 ** 31 - 1

/**
 * What a kernel does, written to be read: it looks at every host, one instance at a time, and keeps
 * no classes. Where the interface leaves something open, this is what holds:
 *
 * - Rows of free records hold 0 but for the host and the generation.
 * - A kind has as many cells as lead up to its last cell with a capacity.
 * - Hosts of a kind that came after a shape fail none of the shape's constraints; they are in no
 *   domain. (Set the shapes again after adding a kind.)
 * - Marking a host again changes its members and limit, not its place among marked hosts. A dropped
 *   host loses its mark; a host that is not there gets none. `placeOne` neither looks at marks nor
 *   clears them.
 * - Footprint numbers that were dropped are used again, the last dropped first.
 * - What is asked about an allocation that is not live is −1.
 * - Kinds are told apart by their hashes: among hosts of different kinds with equal hashes in equal
 *   states, no order is promised.
 */
export class OracleKernel implements Kernel {
  readonly frame: Frame
  #world: World

  constructor(frame: Frame) {
    this.frame = frame
    this.#world = emptyWorld(frame)
  }

  get width(): number {
    return this.#world.layout.width
  }

  /** What the rows take; the objects around them are not counted. */
  get bytes(): number {
    return 4 * this.width * (this.#world.hosts.size + this.#world.kinds.length)
  }

  reserve(): void {
    // Maps grow by themselves.
  }

  addKind(capacity: Int32Array, hash: number): number {
    const { kinds, layout } = this.#world
    return kinds.push(kindFrom(layout, capacity, hash)) - 1
  }

  addHost(slot: number, kind: number): void {
    const devices = Array.from({ length: this.frame.devices }, (_, index) => index)
    const state = kindAt(this.#world, kind).capacity.slice()
    enter(this.#world, { slot, kind, state, devices, records: [] })
  }

  changeKind(slot: number, kind: number): void {
    const host = hostAt(this.#world, slot)
    const { capacity: old } = kindAt(this.#world, host.kind)
    const { capacity } = kindAt(this.#world, kind)
    const state = host.state.map((free, index) => free + (capacity[index] ?? 0) - (old[index] ?? 0))
    enter(this.#world, { ...host, kind, state })
  }

  dropHost(slot: number): void {
    for (const number of allocationsOf(this.#world, slot)) release(this.#world, number)
    this.#world.hosts.delete(slot)
    this.#world.marks.delete(slot)
  }

  kindOf(slot: number): number {
    return hostAt(this.#world, slot).kind
  }

  state(slot: number): Int32Array {
    return hostAt(this.#world, slot).state.slice()
  }

  shift(slot: number, amounts: Int32Array, times: number): boolean {
    return shift(this.#world, slot, amounts, times)
  }

  addFootprint(footprint: Footprint): number {
    const { footprints, freeFootprints } = this.#world
    const id = freeFootprints.pop() ?? footprints.size
    const { amounts, cellAmounts } = footprint
    const rows = { amounts: amounts.slice(), cellAmounts: cellAmounts.slice() }
    footprints.set(id, { ...footprint, ...rows })
    return id
  }

  dropFootprint(id: number): void {
    footprintAt(this.#world, id)
    this.#world.footprints.delete(id)
    this.#world.freeFootprints.push(id)
  }

  setShape(slot: number, shape: Shape): void {
    const { weights, filter } = shape
    const rows = { weights: weights.slice(), filter: filter.slice() }
    this.#world.shapes.set(slot, { ...shape, ...rows })
  }

  setTypical(
    footprints: Int32Array,
    weights: Int32Array,
    counts: Int32Array = weights,
    filters: Uint8Array = new Uint8Array(footprints.length * this.#world.kinds.length),
  ): void {
    const row = filters.length / Math.max(1, footprints.length)
    const kinds = Math.min(row, this.#world.kinds.length)
    const typical = [...footprints].map((footprint, index) => ({
      footprint,
      asked: footprintAt(this.#world, footprint),
      weight: weights[index] ?? 0,
      count: counts[index] ?? 0,
      filter: [...filters.subarray(index * row, index * row + kinds)],
    }))
    setTypical(this.#world, typical)
  }

  mark(slot: number, members: number, limit: number): void {
    if (this.#world.hosts.has(slot)) this.#world.marks.set(slot, { members, limit })
  }

  clearMarks(): void {
    this.#world.marks.clear()
  }

  decide(decision: Decision): Placed {
    const { placed, entries } = decide(this.#world, decision)
    const { footprint } = shapeAt(this.#world, decision.shape)
    const { effect, until, footprint: named = -1 } = decision
    const recorded = effect < 2 ? -1 : named < 0 ? footprint : named
    const load = { footprint, recorded, until }
    const allocations =
      effect === 0 ? [] : entries.flatMap(({ slot, count }) => put(this.#world, slot, count, load))
    return {
      placed,
      entries: Int32Array.from(entries.flatMap(({ slot, count }) => [slot, count])),
      allocations: Float64Array.from(allocations),
    }
  }

  placeOne(shape: number, until: number, now: number): number {
    const unmarked: World = { ...this.#world, marks: new Map() }
    const { entries } = decide(unmarked, {
      shape,
      min: 1,
      max: 1,
      limit: any,
      sharing: 0,
      ranking: 0,
      markedOnly: false,
      oldestFirst: false,
      seed: 0,
      until,
      now,
      effect: 2,
    })
    const [chosen] = entries
    if (!chosen) return -1
    const { footprint } = shapeAt(this.#world, shape)
    return put(this.#world, chosen.slot, 1, { footprint, recorded: footprint, until })[0] ?? -1
  }

  room(shape: number, limit: number, markedOnly: boolean, cap: number): number {
    return room(this.#world, shape, limit, markedOnly, cap)
  }

  domains(
    shape: number,
    limit: number,
    domainOf: Int32Array,
    count: number,
    scored = true,
  ): DomainRoom {
    return domains(this.#world, shape, limit, domainOf, count, scored)
  }

  explain(shape: number, markedOnly: boolean): Tally {
    return explain(this.#world, shape, markedOnly)
  }

  hostOf(allocation: number): number {
    return this.#find(allocation)?.slot ?? -1
  }

  footprintOf(allocation: number): number {
    return this.#find(allocation)?.footprint ?? -1
  }

  untilOf(allocation: number): number {
    return this.#find(allocation)?.until ?? -1
  }

  partsOf(allocation: number): number {
    return this.#find(allocation)?.parts ?? -1
  }

  #find(allocation: number): Allocation | undefined {
    const record = this.#world.records.find(allocation)
    return record < 0 ? undefined : this.#world.records.at(record)
  }

  release(allocation: number): boolean {
    return release(this.#world, allocation)
  }

  move(allocation: number, slot: number): boolean {
    return move(this.#world, allocation, slot)
  }

  allocationsOf(slot: number): Float64Array {
    return Float64Array.from(allocationsOf(this.#world, slot))
  }

  records(): Int32Array {
    return this.#world.records.rows()
  }

  setRecords(rows: Int32Array, order: Int32Array): void {
    this.#world.records = Records.fromRows(rows)
    adopt(this.#world, order)
  }

  save(): Uint8Array {
    return save(this.#world)
  }

  restore(bytes: Uint8Array): void {
    this.#world = restore(this.frame, bytes)
  }
}
