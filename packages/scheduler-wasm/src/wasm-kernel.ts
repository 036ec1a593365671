import {
  instantiateKernel,
  type KernelExports,
  KernelMemory,
  type KernelTier,
} from './wasm-module.ts'
import type {
  Decision,
  DomainRoom,
  Footprint,
  Frame,
  Kernel,
  Placed,
  Shape,
  Tally,
} from './kernel.ts'

/** The kernel in WebAssembly. */
export function createKernel(tier: KernelTier, frame: Frame): Kernel {
  return new WasmKernel(tier, frame)
}

const tallyBits = 10
const nothing = new Int32Array(0)
const noNumbers = new Float64Array(0)

class WasmKernel implements Kernel {
  readonly frame: Frame
  readonly width: number
  readonly #exports: KernelExports
  readonly #memory: KernelMemory
  #kinds = 0

  constructor(tier: KernelTier, frame: Frame) {
    this.frame = frame
    this.#exports = instantiateKernel(tier)
    this.#memory = new KernelMemory(this.#exports.memory)
    const { resources, cells, cellClasses, devices, lifetimes } = frame
    this.#exports.begin(resources, cells, cellClasses, devices, lifetimes ? 1 : 0)
    const columns = resources + cells * cellClasses + devices + (lifetimes ? 1 : 0)
    this.width = (columns + 3) & ~3
  }

  get bytes(): number {
    // Beyond 2 GiB, what the module answers is negative.
    return this.#exports.bytes() >>> 0
  }

  reserve(hosts: number, allocations: number): void {
    this.#exports.reserve(hosts, allocations)
  }

  addKind(capacity: Int32Array, hash: number): number {
    this.#write(capacity)
    this.#kinds++
    return this.#exports.addKind(hash)
  }

  addHost(slot: number, kind: number): void {
    this.#exports.addHost(slot, kind)
  }

  changeKind(slot: number, kind: number): void {
    this.#exports.changeKind(slot, kind)
  }

  dropHost(slot: number): void {
    this.#exports.dropHost(slot)
  }

  kindOf(slot: number): number {
    return this.#exports.kindOf(slot)
  }

  state(slot: number): Int32Array {
    return this.#memory.integers(this.#exports.state(slot), this.width)
  }

  shift(slot: number, amounts: Int32Array, times: number): boolean {
    this.#write(amounts)
    return this.#exports.shift(slot, times) !== 0
  }

  addFootprint({ amounts, cells, cellAmounts, devices, units }: Footprint): number {
    const words = new Int32Array(this.frame.resources + 4)
    words.set(amounts)
    words.set(cellAmounts, this.frame.resources)
    this.#write(words)
    return this.#exports.addFootprint(cells, devices, units)
  }

  dropFootprint(id: number): void {
    this.#exports.dropFootprint(id)
  }

  setShape(slot: number, { footprint, policy, weights, filter }: Shape): void {
    const at = this.#exports.input(16 + Math.max(filter.length, this.#kinds))
    const bytes = this.#memory.bytes
    bytes.fill(0, at, at + 16 + this.#kinds)
    bytes.set(weights, at)
    bytes.set(filter, at + 16)
    this.#exports.setShape(slot, footprint, policy)
  }

  setTypical(
    footprints: Int32Array,
    weights: Int32Array,
    counts: Int32Array = weights,
    filters: Uint8Array = new Uint8Array(footprints.length * this.#kinds),
  ): void {
    const { length } = footprints
    const at = this.#exports.input(12 * length + filters.length)
    const words = this.#memory.integers(at, 3 * length)
    words.set(footprints)
    words.set(weights, length)
    words.set(counts, 2 * length)
    this.#memory.bytes.set(filters, at + 12 * length)
    this.#exports.setTypical(length, length > 0 ? filters.length / length : 0)
  }

  mark(slot: number, members: number, limit: number): void {
    this.#exports.mark(slot, members, limit)
  }

  clearMarks(): void {
    this.#exports.clearMarks()
  }

  decide(decision: Decision): Placed {
    const { shape, min, max, limit, sharing, ranking, seed, until, now, effect } = decision
    const footprint = decision.footprint ?? -1
    const placed = this.#exports.decide(
      shape,
      min,
      max,
      limit,
      sharing,
      ranking,
      decision.markedOnly ? 1 : 0,
      decision.oldestFirst ? 1 : 0,
      seed,
      until,
      now,
      effect,
      footprint,
    )
    if (placed < min) return { placed, entries: nothing, allocations: noNumbers }
    const kernel = this.#exports
    const made = effect === 2 ? this.#memory.floats(kernel.numbers(), placed) : noNumbers
    return {
      placed,
      entries: this.#memory.integers(kernel.entries(), 2 * kernel.entryCount()),
      allocations: made,
    }
  }

  placeOne(shape: number, until: number, now: number): number {
    return this.#exports.placeOne(shape, until, now)
  }

  room(shape: number, limit: number, markedOnly: boolean, cap: number): number {
    return this.#exports.room(shape, limit, markedOnly ? 1 : 0, cap)
  }

  domains(
    shape: number,
    limit: number,
    domainOf: Int32Array,
    count: number,
    scored = true,
  ): DomainRoom {
    this.#write(domainOf)
    const at = this.#exports.domains(shape, limit, domainOf.length, count, scored ? 1 : 0)
    return {
      room: this.#memory.integers(at, count),
      hosts: this.#memory.integers(at + 4 * count, count),
      best: this.#memory.integers(at + 8 * count, count),
    }
  }

  explain(shape: number, markedOnly: boolean): Tally {
    const at = this.#exports.input(0)
    this.#exports.explain(shape, markedOnly ? 1 : 0)
    const head = this.#memory.integers(at, 2)
    return {
      hosts: head[0] as number,
      feasible: head[1] as number,
      inOrder: this.#memory.integers(at + 8, tallyBits),
      alone: this.#memory.integers(at + 8 + 4 * tallyBits, tallyBits),
      short: this.#memory.integers(at + 8 + 8 * tallyBits, this.frame.resources + 2),
      free: this.#memory.floats(
        (at + 8 + 8 * tallyBits + 4 * (this.frame.resources + 2) + 7) & ~7,
        this.frame.resources,
      ),
    }
  }

  hostOf(allocation: number): number {
    return this.#exports.hostOf(allocation)
  }

  footprintOf(allocation: number): number {
    return this.#exports.footprintOf(allocation)
  }

  untilOf(allocation: number): number {
    return this.#exports.untilOf(allocation)
  }

  partsOf(allocation: number): number {
    return this.#exports.partsOf(allocation)
  }

  release(allocation: number): boolean {
    return this.#exports.release(allocation) !== 0
  }

  move(allocation: number, slot: number): boolean {
    return this.#exports.move(allocation, slot) !== 0
  }

  allocationsOf(slot: number): Float64Array {
    const count = this.#exports.allocationsOf(slot)
    return this.#memory.floats(this.#exports.numbers(), count)
  }

  save(): Uint8Array {
    this.#exports.save()
    return this.#memory.bytes.slice(0, this.bytes)
  }

  restore(bytes: Uint8Array): void {
    this.#memory.ensure(bytes.length)
    this.#memory.bytes.set(bytes)
    this.#exports.restore()
    this.#kinds = this.#exports.kindCount()
  }

  records(): Int32Array {
    const count = this.#exports.records()
    return this.#memory.integers(this.#exports.input(0), 5 * count)
  }

  setRecords(rows: Int32Array, order: Int32Array): void {
    const words = new Int32Array(rows.length + order.length)
    words.set(rows)
    words.set(order, rows.length)
    this.#write(words)
    this.#exports.setRecords(rows.length / 5, order.length)
  }

  /** Writes a vector where the kernel looks for its input. */
  #write(words: Int32Array): void {
    const at = this.#exports.input(words.byteLength)
    this.#memory.integers(at, words.length).set(words)
  }
}
