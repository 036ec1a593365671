import { ResourceClasses } from './classes.ts'
import { EngineError } from './errors.ts'
import { firstBasis, hashId, secondBasis } from './hash.ts'
import {
  BLOCK_CLASSES,
  BLOCK_DIRTY,
  BLOCK_HASH,
  BLOCK_META,
  BLOCK_SECOND_HASH,
  CLASS_BYTES,
  CLASS_CAPACITY,
  CLASS_INVERSE,
  COLUMN_BYTES,
  CONTROL_BYTES,
  IN_BLOCKS,
  IN_BLOCK_BYTES,
  LANES,
  META_DISABLED,
  META_EMPTY,
  META_SIGNATURE_SHIFT,
} from './layout.ts'
import { engineLimits } from './limits.ts'
import { Signatures, signatureOf } from './signatures.ts'
import { sortForBlocks } from './sort-for-blocks.ts'
import type { Claim, HostView, Resources } from './types.ts'
import type { EngineMemory } from './wasm.ts'

/**
 * Distances in integers: between two classes of a lane, and from a free amount to what belongs to
 * it.
 */
const classStride = CLASS_BYTES >> 2
const capacityAt = CLASS_CAPACITY >> 2
const inverseAt = CLASS_INVERSE >> 2

/** The hosts in the engine's memory: which slot is whose, and all writing of capacity and use. */
export class HostTable {
  readonly classes = new ResourceClasses()
  readonly signatures = new Signatures()
  readonly #memory: EngineMemory
  readonly #slots = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #unused: number[] = []
  #blocks = 0

  constructor(memory: EngineMemory) {
    this.#memory = memory
    memory.integers[IN_BLOCK_BYTES >> 2] = this.classes.blockBytes
  }

  /** The first address after the blocks. */
  get end(): number {
    return CONTROL_BYTES + this.#blocks * this.classes.blockBytes
  }

  get size(): number {
    return this.#slots.size
  }

  slotOf(id: string): number | undefined {
    return this.#slots.get(id)
  }

  idOf(slot: number): string {
    return this.#ids[slot] as string
  }

  /**
   * Address of a slot's lane in the first column of its block; a column's offset is added to it.
   */
  laneOf(slot: number): number {
    return this.blockOf(slot) + (slot % LANES) * 4
  }

  blockOf(slot: number): number {
    return CONTROL_BYTES + Math.floor(slot / LANES) * this.classes.blockBytes
  }

  put(hosts: readonly HostView[]): void {
    const ids = new Set<string>()
    let fresh = 0
    for (const { id } of hosts) {
      ids.add(id)
      if (!this.#slots.has(id)) fresh++
    }
    // Named twice: the last word counts.
    if (ids.size < hosts.length)
      return this.put([...new Map(hosts.map((host) => [host.id, host])).values()])
    const size = this.#slots.size + fresh
    if (size > engineLimits.hosts) {
      throw new EngineError('too many hosts', 'hosts', engineLimits.hosts)
    }
    this.classes.meet(capacitiesOf(hosts), 'hosts', this.#memory, this.#blocks)
    this.#append(Math.ceil((this.#ids.length + fresh - this.#unused.length) / LANES))
    this.signatures.begin()
    const numbers = hosts.map((host) => this.signatures.acquire(host))
    for (const index of sortForBlocks(hosts, numbers)) {
      this.#write(hosts[index] as HostView, numbers[index] as number)
    }
  }

  remove(ids: readonly string[]): void {
    const { integers } = this.#memory
    for (const id of ids) {
      const slot = this.#slots.get(id)
      if (slot === undefined) continue
      const meta = (this.laneOf(slot) + BLOCK_META) >> 2
      this.signatures.release(signatureOf(integers[meta] as number))
      integers[meta] = -1
      let column = this.#firstColumn(slot)
      for (let number = 0; number < this.classes.length; number++) {
        integers[column] = 0
        integers[column + capacityAt] = 0
        integers[column + inverseAt] = 0
        column += classStride
      }
      this.#touch(slot)
      this.#slots.delete(id)
      this.#ids[slot] = ''
      this.#unused.push(slot)
    }
  }

  setUsage(usages: readonly { readonly hostId: string; readonly used: Resources }[]): void {
    const known = usages.filter(({ hostId }) => this.#slots.has(hostId))
    const { classes } = this
    classes.meet(
      known.map(({ used }) => used),
      'usages',
      this.#memory,
      this.#blocks,
    )
    const { integers } = this.#memory
    for (const { hostId, used } of known) {
      const slot = this.#slots.get(hostId) as number
      let column = this.#firstColumn(slot)
      for (const name of classes.names) {
        const amount = amountOf(used, name)
        integers[column] = (integers[column + capacityAt] as number) - amount
        column += classStride
      }
      this.#markUse(slot)
    }
  }

  /**
   * All claims, or none if one would leave the range of use: below 0 or above what a lane holds.
   */
  adjust(claims: readonly Claim[], sign: 1 | -1): void {
    const known = claims.filter(({ hostId }) => this.#slots.has(hostId))
    if (sign === 1) {
      this.classes.meet(
        known.map(({ resources }) => resources),
        'claims',
        this.#memory,
        this.#blocks,
      )
    }
    for (const [done, claim] of known.entries()) {
      const broken = this.#adjust(claim, sign)
      if (broken === undefined) continue
      for (const undone of known.slice(0, done)) this.#adjust(undone, sign === 1 ? -1 : 1)
      const limit = sign === 1 ? engineLimits.amount : this.#usedBy(claim.hostId, broken)
      const field = `claims[${claims.indexOf(claim)}].resources.${broken}`
      throw new EngineError('would leave the range of use', field, limit)
    }
  }

  usage(id: string): Resources | undefined {
    const slot = this.#slots.get(id)
    if (slot === undefined) return undefined
    const entries: [string, number][] = []
    for (const [number, name] of this.classes.names.entries()) {
      const used = this.#used(slot, number)
      const capacity = this.#memory.integers[
        this.#firstColumn(slot) + number * classStride + capacityAt
      ] as number
      if (used > 0 || capacity > 0) entries.push([name, used])
    }
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  #usedBy(id: string, name: string): number {
    const number = this.classes.numberOf(name)
    return number === undefined ? 0 : this.#used(this.#slots.get(id) as number, number)
  }

  /** Applies one claim, or nothing: the class that would leave its range. */
  #adjust({ hostId, resources, count }: Claim, sign: 1 | -1): string | undefined {
    const slot = this.#slots.get(hostId) as number
    const names = Object.keys(resources)
    for (const name of names) {
      const used = this.#usedBy(hostId, name) + sign * count * (resources[name] as number)
      if (used < 0 || used > engineLimits.amount) return name
    }
    for (const name of names) {
      const number = this.classes.numberOf(name)
      if (number === undefined) continue
      this.#use(slot, number, this.#used(slot, number) + sign * count * (resources[name] as number))
    }
    this.#markUse(slot)
    return undefined
  }

  /**
   * Index, in integers, of a slot's free amount of the first class; the other classes follow at
   * `classStride`.
   */
  #firstColumn(slot: number): number {
    return (this.laneOf(slot) + BLOCK_CLASSES) >> 2
  }

  #used(slot: number, number: number): number {
    const { integers } = this.#memory
    const column = this.#firstColumn(slot) + number * classStride
    return (integers[column + capacityAt] as number) - (integers[column] as number)
  }

  #use(slot: number, number: number, used: number): void {
    const { integers } = this.#memory
    const column = this.#firstColumn(slot) + number * classStride
    integers[column] = (integers[column + capacityAt] as number) - used
  }

  /** Keeps the empty bit in step with the use, and the block's summary from being believed. */
  #markUse(slot: number): void {
    const { integers } = this.#memory
    let column = this.#firstColumn(slot)
    let empty = META_EMPTY
    for (let number = 0; number < this.classes.length; number++) {
      if (integers[column] !== integers[column + capacityAt]) empty = 0
      column += classStride
    }
    const meta = (this.laneOf(slot) + BLOCK_META) >> 2
    integers[meta] = ((integers[meta] as number) & ~META_EMPTY) | empty
    this.#touch(slot)
  }

  #touch(slot: number): void {
    this.#memory.integers[(this.blockOf(slot) + BLOCK_DIRTY) >> 2] = 1
  }

  #write(host: HostView, signature: number): void {
    const { integers } = this.#memory
    const known = this.#slots.get(host.id)
    const slot = known ?? this.#take(host.id)
    const meta = (this.laneOf(slot) + BLOCK_META) >> 2
    if (known !== undefined) this.signatures.release(signatureOf(integers[meta] as number))
    integers[meta] = (signature << META_SIGNATURE_SHIFT) | (host.enabled ? 0 : META_DISABLED)
    let column = this.#firstColumn(slot)
    for (const name of this.classes.names) {
      const used = (integers[column + capacityAt] as number) - (integers[column] as number)
      const capacity = amountOf(host.capacity, name)
      integers[column] = capacity - used
      integers[column + capacityAt] = capacity
      integers[column + inverseAt] = capacity === 0 ? 0 : Math.floor(2 ** 31 / capacity)
      column += classStride
    }
    this.#markUse(slot)
  }

  /** A slot for a new host. */
  #take(id: string): number {
    const { integers } = this.#memory
    const slot = this.#unused.pop() ?? this.#ids.length
    this.#ids[slot] = id
    this.#slots.set(id, slot)
    const lane = this.laneOf(slot)
    integers[(lane + BLOCK_HASH) >> 2] = hashId(id, firstBasis)
    integers[(lane + BLOCK_SECOND_HASH) >> 2] = hashId(id, secondBasis)
    return slot
  }

  /** Makes blocks up to a number, all lanes free. */
  #append(blocks: number): void {
    const bytes = this.classes.blockBytes
    if (blocks <= this.#blocks) return
    this.#memory.ensure(CONTROL_BYTES + blocks * bytes)
    const { integers } = this.#memory
    for (let index = this.#blocks; index < blocks; index++) {
      const block = CONTROL_BYTES + index * bytes
      integers.fill(0, block >> 2, (block + bytes) >> 2)
      integers.fill(-1, (block + BLOCK_META) >> 2, (block + BLOCK_META + COLUMN_BYTES) >> 2)
    }
    this.#blocks = blocks
    integers[IN_BLOCKS >> 2] = blocks
  }
}

/**
 * An amount, 0 if not named. The names of classes are free: some are those of an object's own
 * methods.
 */
function amountOf(resources: Resources, name: string): number {
  const amount: unknown = resources[name]
  return typeof amount === 'number' ? amount : 0
}

function* capacitiesOf(hosts: readonly HostView[]): Iterable<Resources> {
  for (const host of hosts) yield host.capacity
}
