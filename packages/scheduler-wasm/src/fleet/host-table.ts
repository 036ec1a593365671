import { firstBasis, hashId } from '../hash.ts'

const empty = -1
const deleted = -2

/**
 * Host ids and their slots: an open table of 32-bit slots, probed linearly and never more than half
 * full, so that a host costs 8 to 16 bytes beside its id.
 */
export class HostTable {
  #ids: (string | undefined)[] = []
  #table = new Int32Array(16).fill(empty)
  /** Entries of the table that are not empty. */
  #filled = 0
  #size = 0
  readonly #unused: number[] = []

  get size(): number {
    return this.#size
  }

  /** Slots given out so far; some of them may be free again. */
  get slots(): number {
    return this.#ids.length
  }

  get bytes(): number {
    return this.#table.byteLength + 8 * this.#ids.length
  }

  /** Makes room at once. */
  reserve(hosts: number): void {
    let length = this.#table.length
    while (length < 2 * hosts) length *= 2
    if (length > this.#table.length) this.#rehash(length)
  }

  /** The id in a slot, or undefined. */
  idOf(slot: number): string | undefined {
    return this.#ids[slot]
  }

  /** The slot of an id, or −1. */
  find(id: string): number {
    const table = this.#table
    const mask = table.length - 1
    for (let at = hashId(id, firstBasis) & mask; ; at = (at + 1) & mask) {
      const slot = table[at] as number
      if (slot === empty) return -1
      if (slot !== deleted && this.#ids[slot] === id) return slot
    }
  }

  /** A slot for an id that is not there yet. */
  add(id: string): number {
    if (2 * (this.#filled + 1) > this.#table.length) {
      this.#rehash(
        4 * this.#size > this.#table.length ? 2 * this.#table.length : this.#table.length,
      )
    }
    const slot = this.#unused.pop() ?? this.#ids.length
    this.put(slot, id)
    return slot
  }

  /** Gives an id a slot of its own, which must be free; slots between are left free. */
  put(slot: number, id: string): void {
    while (this.#ids.length < slot) {
      this.#unused.push(this.#ids.length)
      this.#ids.push(undefined)
    }
    this.#ids[slot] = id
    this.#size++
    this.#insert(slot, id)
  }

  /** Says that slots were given out up to a number, as when they were put one by one. */
  end(slots: number): void {
    while (this.#ids.length < slots) {
      this.#unused.push(this.#ids.length)
      this.#ids.push(undefined)
    }
  }

  remove(id: string): void {
    const table = this.#table
    const mask = table.length - 1
    for (let at = hashId(id, firstBasis) & mask; ; at = (at + 1) & mask) {
      const slot = table[at] as number
      if (slot === empty) return
      if (slot === deleted || this.#ids[slot] !== id) continue
      table[at] = deleted
      this.#ids[slot] = undefined
      this.#unused.push(slot)
      this.#size--
      return
    }
  }

  #insert(slot: number, id: string): void {
    if (2 * (this.#filled + 1) > this.#table.length) this.#rehash(2 * this.#table.length)
    else this.#write(slot, id)
  }

  #write(slot: number, id: string): void {
    const table = this.#table
    const mask = table.length - 1
    let at = hashId(id, firstBasis) & mask
    while (table[at] !== empty) at = (at + 1) & mask
    table[at] = slot
    this.#filled++
  }

  #rehash(length: number): void {
    this.#table = new Int32Array(length).fill(empty)
    this.#filled = 0
    for (let slot = 0; slot < this.#ids.length; slot++) {
      const id = this.#ids[slot]
      if (id !== undefined) this.#write(slot, id)
    }
  }
}
