/** One live allocation. */
export interface Allocation {
  readonly slot: number
  readonly footprint: number
  readonly until: number
  /** Bits 0…15 the devices, bits 16…23 the cells that it lies on. */
  readonly parts: number
}

/** The factor of the generation in an allocation's number. */
const step = 2 ** 28
const generations = 2 ** 16

const rowWords = 5
const gone: Allocation = { slot: -1, footprint: 0, until: 0, parts: 0 }

/** As it is saved. */
export interface SavedRecords {
  readonly live: readonly (Allocation | null)[]
  readonly generations: readonly number[]
  readonly free: readonly number[]
}

/**
 * Allocations by record. A freed record is used again, the last freed first, with the next
 * generation, so that the numbers of dead allocations are not mistaken for live ones.
 */
export class Records {
  readonly #live: (Allocation | null)[] = []
  readonly #generations: number[] = []
  readonly #free: number[] = []

  add(allocation: Allocation): number {
    const record = this.#free.pop() ?? this.#live.length
    this.#live[record] = allocation
    this.#generations[record] ??= 0
    return record
  }

  /** The allocation of a live record. */
  at(record: number): Allocation {
    const found = this.#live[record]
    if (!found) throw new RangeError(`no record ${record}`)
    return found
  }

  /** The live record that a number stands for, −1 for any other number. */
  find(number: number): number {
    if (!Number.isSafeInteger(number) || number < 0) return -1
    const record = number % step
    return this.#live[record] && this.numberOf(record) === number ? record : -1
  }

  numberOf(record: number): number {
    return record + step * (this.#generations[record] ?? 0)
  }

  replace(record: number, allocation: Allocation): void {
    this.#live[record] = allocation
  }

  free(record: number): void {
    this.#live[record] = null
    this.#generations[record] = ((this.#generations[record] ?? 0) + 1) % generations
    this.#free.push(record)
  }

  /** Host (−1 when free), footprint, until, parts and generation of every record. */
  rows(): Int32Array {
    return Int32Array.from(
      this.#live.flatMap((each, record) => {
        const { slot, footprint, until, parts } = each ?? gone
        return [slot, footprint, until, parts, this.#generations[record] ?? 0]
      }),
    )
  }

  /** Records as `rows` told them. Of the free ones, the lowest is used first. */
  static fromRows(rows: Int32Array): Records {
    const records = new Records()
    for (let at = 0; at < rows.length; at += rowWords) {
      const [slot = -1, footprint = 0, until = 0, parts = 0, generation = 0] = rows.subarray(at)
      records.#live.push(slot < 0 ? null : { slot, footprint, until, parts })
      records.#generations.push(generation)
    }
    const free = records.#live.flatMap((each, record) => (each ? [] : record))
    records.#free.push(...free.reverse())
    return records
  }

  save(): SavedRecords {
    return { live: this.#live, generations: this.#generations, free: this.#free }
  }

  static from(saved: SavedRecords): Records {
    const records = new Records()
    records.#live.push(...saved.live)
    records.#generations.push(...saved.generations)
    records.#free.push(...saved.free)
    return records
  }
}
