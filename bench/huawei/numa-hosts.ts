import type { ScarceShape } from '../../packages/scheduler-wasm/src/domains/scarce-shapes.ts'
import type { TopologyHosts, TopologyShape } from '../load/huawei.ts'
import { cellShare } from './copies.ts'

/** Which cell an instance lies in: 0, 1, or 2 for both. */
export type Cell = 0 | 1 | 2

interface CellShare {
  readonly vcpus: number
  readonly memory: number
  readonly cells: 1 | 2
}

interface Inverse {
  readonly vcpus: number
  readonly memory: number
  readonly cells: 1 | 2
  readonly weight: number
}

/** By rack, for one shape: valid where the version beside it is the rack's. */
interface OfRacks {
  readonly version: Int32Array
  /** The best host, or −1, and its score without the rack's part. */
  readonly best: Int32Array
  readonly score: Float64Array
  readonly room: Int32Array
  readonly roomVersion: Int32Array
}

/** What best fit counts for at the most, where one place for the scarcest shape counts 1,000. */
const fitWeight = 100
/** What value elsewhere in the rack counts for, in proportion to value lost. */
const rackWeight = 0.01

/**
 * Hosts with two NUMA cells each, in racks. A host's value is the sum, over the shapes kept, of
 * weight × instances that it could take. Its score for an instance is the value lost by taking it,
 * plus a little for what stays free in the cells used (best fit) and for the value of its rack, so
 * that racks with room for what is scarce stay whole. Scores are kept until the host
 * changes, and so are the best host and the room of a rack.
 */
export class NumaHosts {
  readonly count: number
  readonly racks: number
  /** By rack: the value of its hosts. */
  readonly rackValue: Float64Array
  readonly #hosts: TopologyHosts
  readonly #shares: readonly CellShare[]
  readonly #vcpus: Int32Array
  readonly #memory: Int32Array
  readonly #vcpuScale: number
  readonly #memoryScale: number
  readonly #value: Float64Array
  readonly #version: Int32Array
  readonly #scores: readonly Float64Array[]
  readonly #versions: readonly Int32Array[]
  readonly #cells: readonly Uint8Array[]
  readonly #members: readonly Int32Array[]
  readonly #ofRacks: readonly OfRacks[]
  readonly #rackVersion: Int32Array
  #kept: readonly Inverse[] = []

  constructor(hosts: TopologyHosts, shapes: readonly TopologyShape[]) {
    this.#hosts = hosts
    this.count = hosts.rackOf.length
    this.racks = hosts.racks
    this.#members = membersOf(hosts)
    this.#rackVersion = new Int32Array(hosts.racks)
    this.#ofRacks = shapes.map(() => ({
      version: new Int32Array(hosts.racks).fill(-1),
      best: new Int32Array(hosts.racks),
      score: new Float64Array(hosts.racks),
      room: new Int32Array(hosts.racks),
      roomVersion: new Int32Array(hosts.racks).fill(-1),
    }))
    this.rackValue = new Float64Array(hosts.racks)
    this.#shares = shapes.map((shape) => ({ ...cellShare(shape), cells: shape.cells }))
    this.#vcpus = hosts.vcpus.slice()
    this.#memory = hosts.memory.slice()
    this.#vcpuScale = fitWeight / Math.max(1, largest(hosts.vcpus))
    this.#memoryScale = fitWeight / Math.max(1, largest(hosts.memory))
    this.#value = new Float64Array(this.count)
    this.#version = new Int32Array(this.count)
    this.#scores = shapes.map(() => new Float64Array(this.count))
    this.#versions = shapes.map(() => new Int32Array(this.count).fill(-1))
    this.#cells = shapes.map(() => new Uint8Array(this.count))
  }

  /** From now on room is kept for these shapes. */
  keep(kept: readonly ScarceShape[]): void {
    this.#kept = kept.map(({ shape, weight }) => {
      const { vcpus, memory, cells } = this.#shares[shape] as CellShare
      // A hair above the reciprocal, so that exact quotients do not fall below their whole number.
      const over = 1 + 1e-9
      return { vcpus: over / vcpus, memory: over / memory, cells, weight }
    })
    this.rackValue.fill(0)
    for (let host = 0; host < this.count; host++) {
      this.#value[host] = 0
      this.#touch(host)
    }
  }

  /** Instances of a shape that a rack takes now, if it takes nothing else. */
  room(shape: number, rack: number): number {
    const { room, roomVersion } = this.#ofRacks[shape] as OfRacks
    if (roomVersion[rack] !== this.#rackVersion[rack]) {
      let sum = 0
      for (const host of this.#members[rack] as Int32Array) sum += this.#copies(shape, host)
      room[rack] = sum
      roomVersion[rack] = this.#rackVersion[rack] as number
    }
    return room[rack] as number
  }

  /** The host with the lowest score, the first among equals, or −1. */
  best(shape: number): number {
    const { score, version, best } = this.#ofRacks[shape] as OfRacks
    const current = this.#rackVersion
    const values = this.rackValue
    let chosen = 0
    let least = Infinity
    for (let rack = 0; rack < this.racks; rack++) {
      if (version[rack] !== current[rack]) this.#ofRack(shape, rack)
      const whole = (score[rack] as number) + rackWeight * (values[rack] as number)
      if (whole >= least) continue
      least = whole
      chosen = rack
    }
    return best[chosen] as number
  }

  /** The same in one rack. */
  bestInRack(shape: number, rack: number): number {
    return this.#ofRack(shape, rack).best[rack] as number
  }

  /**
   * The same outside of some hosts.
   *
   * @param barred By host: 1 where it must not be taken.
   */
  bestOutside(shape: number, barred: Uint8Array): number {
    const scores = this.#scores[shape] as Float64Array
    let best = -1
    let least = Infinity
    for (let rack = 0; rack < this.racks; rack++) {
      const known = this.#ofRack(shape, rack)
      const more = rackWeight * (this.rackValue[rack] as number)
      if ((known.score[rack] as number) + more >= least) continue
      for (const host of this.#members[rack] as Int32Array) {
        const score = (scores[host] as number) + more
        if (score >= least || barred[host] === 1) continue
        least = score
        best = host
      }
    }
    return best
  }

  /** Puts an instance on a host that `best` has just answered for its shape; says in which cell. */
  take(shape: number, host: number): Cell {
    const cell = (this.#cells[shape] as Uint8Array)[host] as Cell
    this.#shift(shape, host, cell, -1)
    return cell
  }

  /** Takes an instance away again. */
  give(shape: number, host: number, cell: Cell): void {
    this.#shift(shape, host, cell, 1)
  }

  #freeVcpus(at: number): number {
    return this.#vcpus[at] as number
  }

  #freeMemory(at: number): number {
    return this.#memory[at] as number
  }

  /** What is known of racks for one shape, brought up to date for one of them. */
  #ofRack(shape: number, rack: number): OfRacks {
    const known = this.#ofRacks[shape] as OfRacks
    if (known.version[rack] === this.#rackVersion[rack]) return known
    const scores = this.#scores[shape] as Float64Array
    const versions = this.#versions[shape] as Int32Array
    let best = -1
    let least = Infinity
    for (const host of this.#members[rack] as Int32Array) {
      if (versions[host] !== this.#version[host]) this.#score(shape, host)
      const score = scores[host] as number
      if (score >= least) continue
      least = score
      best = host
    }
    known.best[rack] = best
    known.score[rack] = least
    known.version[rack] = this.#rackVersion[rack] as number
    return known
  }

  #copies(shape: number, host: number): number {
    const { vcpus, memory, cells } = this.#shares[shape] as CellShare
    const at = 2 * host
    const first = Math.min(this.#freeVcpus(at) / vcpus, this.#freeMemory(at) / memory)
    const second = Math.min(this.#freeVcpus(at + 1) / vcpus, this.#freeMemory(at + 1) / memory)
    return cells === 1
      ? Math.trunc(first) + Math.trunc(second)
      : Math.trunc(Math.min(first, second))
  }

  #shift(shape: number, host: number, cell: Cell, sign: 1 | -1): void {
    const { vcpus, memory } = this.#shares[shape] as CellShare
    for (const each of [0, 1] as const) {
      if (cell !== 2 && cell !== each) continue
      this.#vcpus[2 * host + each] = this.#freeVcpus(2 * host + each) + sign * vcpus
      this.#memory[2 * host + each] = this.#freeMemory(2 * host + each) + sign * memory
    }
    this.#touch(host)
  }

  #touch(host: number): void {
    const at = 2 * host
    const value = this.#valueOf(
      this.#freeVcpus(at),
      this.#freeMemory(at),
      this.#freeVcpus(at + 1),
      this.#freeMemory(at + 1),
    )
    const rack = this.#hosts.rackOf[host] as number
    const before = this.#value[host] as number
    this.rackValue[rack] = (this.rackValue[rack] as number) + value - before
    this.#value[host] = value
    this.#version[host] = (this.#version[host] as number) + 1
    this.#rackVersion[rack] = (this.#rackVersion[rack] as number) + 1
  }

  #valueOf(vcpus: number, memory: number, otherVcpus: number, otherMemory: number): number {
    let value = 0
    for (const kept of this.#kept) {
      const first = Math.min(vcpus * kept.vcpus, memory * kept.memory)
      const second = Math.min(otherVcpus * kept.vcpus, otherMemory * kept.memory)
      const copies =
        kept.cells === 1
          ? Math.trunc(first) + Math.trunc(second)
          : Math.trunc(Math.min(first, second))
      value += kept.weight * copies
    }
    return value
  }

  /** Brings up to date what is kept of one shape on one host: its score, and its best cell. */
  #score(shape: number, host: number): void {
    const { vcpus, memory, cells } = this.#shares[shape] as CellShare
    const at = 2 * host
    const v0 = this.#freeVcpus(at)
    const m0 = this.#freeMemory(at)
    const v1 = this.#freeVcpus(at + 1)
    const m1 = this.#freeMemory(at + 1)
    const in0 = v0 >= vcpus && m0 >= memory
    const in1 = v1 >= vcpus && m1 >= memory
    let score = Infinity
    let cell: Cell = 0
    if (cells === 2) {
      if (in0 && in1) {
        const lost = -this.#valueOf(v0 - vcpus, m0 - memory, v1 - vcpus, m1 - memory)
        score = lost + this.#fit((v0 + v1) / 2 - vcpus, (m0 + m1) / 2 - memory)
        cell = 2
      }
    } else {
      if (in0) {
        const lost = -this.#valueOf(v0 - vcpus, m0 - memory, v1, m1)
        score = lost + this.#fit(v0 - vcpus, m0 - memory)
      }
      if (in1) {
        const lost = -this.#valueOf(v0, m0, v1 - vcpus, m1 - memory)
        const other = lost + this.#fit(v1 - vcpus, m1 - memory)
        if (other < score) {
          score = other
          cell = 1
        }
      }
    }
    ;(this.#scores[shape] as Float64Array)[host] = score + (this.#value[host] as number)
    ;(this.#cells[shape] as Uint8Array)[host] = cell
    ;(this.#versions[shape] as Int32Array)[host] = this.#version[host] as number
  }

  #fit(vcpus: number, memory: number): number {
    return vcpus * this.#vcpuScale + memory * this.#memoryScale
  }
}

function membersOf({ rackOf, racks }: TopologyHosts): readonly Int32Array[] {
  const members = Array.from({ length: racks }, (): number[] => [])
  rackOf.forEach((rack, host) => members[rack]?.push(host))
  return members.map((hosts) => Int32Array.from(hosts))
}

function largest(values: Int32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
