/**
 * How many of something each host holds: dense arrays in the order of coming, and an open table
 * over them.
 */
export class SlotCounts {
  #slots = new Int32Array(4)
  #counts = new Int32Array(4)
  /** Index into the dense arrays, −1 = empty. Four times their length, a power of two. */
  #table = new Int32Array(16).fill(-1)
  #size = 0
  #total = 0

  /** Hosts with any. */
  get size(): number {
    return this.#size
  }

  get total(): number {
    return this.#total
  }

  slotAt(index: number): number {
    return this.#slots[index] as number
  }

  countAt(index: number): number {
    return this.#counts[index] as number
  }

  get(slot: number): number {
    const index = this.#table[this.#find(slot)] as number
    return index < 0 ? 0 : (this.#counts[index] as number)
  }

  /** Adds to a host's count (or takes away), and returns what it has now. */
  add(slot: number, count: number): number {
    this.#total += count
    const at = this.#find(slot)
    const index = this.#table[at] as number
    if (index < 0) {
      if (count !== 0) this.#append(slot, count)
      return count
    }
    const left = (this.#counts[index] as number) + count
    this.#counts[index] = left
    if (left === 0) this.#drop(index)
    return left
  }

  /** The same hosts in the same order. */
  copy(): SlotCounts {
    const copy = new SlotCounts()
    for (let index = 0; index < this.#size; index++)
      copy.add(this.slotAt(index), this.countAt(index))
    return copy
  }

  #find(slot: number): number {
    const table = this.#table
    const mask = table.length - 1
    let at = (Math.imul(slot, 0x9e3779b1) >>> 7) & mask
    for (;;) {
      const index = table[at] as number
      if (index < 0 || this.#slots[index] === slot) return at
      at = (at + 1) & mask
    }
  }

  #append(slot: number, count: number): void {
    if (this.#size === this.#slots.length) this.#grow()
    const index = this.#size++
    this.#slots[index] = slot
    this.#counts[index] = count
    this.#table[this.#find(slot)] = index
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const counts = new Int32Array(slots.length)
    slots.set(this.#slots)
    counts.set(this.#counts)
    this.#slots = slots
    this.#counts = counts
    this.#table = new Int32Array(4 * slots.length).fill(-1)
    for (let index = 0; index < this.#size; index++) {
      this.#table[this.#find(slots[index] as number)] = index
    }
  }

  /** The last of the dense arrays takes the place of the one dropped. */
  #drop(index: number): void {
    this.#unlink(this.#find(this.slotAt(index)))
    const last = --this.#size
    if (index === last) return
    const at = this.#find(this.slotAt(last))
    this.#slots[index] = this.slotAt(last)
    this.#counts[index] = this.countAt(last)
    this.#table[at] = index
  }

  /** Empties a place of the table, and moves up what had been pushed past it. */
  #unlink(hole: number): void {
    const table = this.#table
    const mask = table.length - 1
    let free = hole
    table[free] = -1
    for (let at = (free + 1) & mask; ; at = (at + 1) & mask) {
      const index = table[at] as number
      if (index < 0) return
      const home = (Math.imul(this.slotAt(index), 0x9e3779b1) >>> 7) & mask
      if (((at - home) & mask) < ((at - free) & mask)) continue
      table[free] = index
      table[at] = -1
      free = at
    }
  }
}
