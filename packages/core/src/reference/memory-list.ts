/** A place in a sorted list: chunk, and offset within it. */
interface Place {
  readonly chunk: number
  readonly offset: number
}

/** Items of one chunk: small enough that shifting them costs less than a pointer-chasing tree. */
const chunkItems = 512

/**
 * Items in order, none equal to another. Finding takes O(log n); adding and removing shift at most
 * one chunk; adding at the end shifts nothing.
 */
export class MemoryList<T> {
  readonly #compare: (a: T, b: T) => number
  /** No chunk is empty. */
  readonly #chunks: T[][] = []
  #size = 0

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare
  }

  get size(): number {
    return this.#size
  }

  add(item: T): void {
    this.#size++
    const last = this.#chunks.at(-1)
    if (last === undefined || this.#compare(last.at(-1) as T, item) < 0) {
      if (last !== undefined && last.length < chunkItems) last.push(item)
      else this.#chunks.push([item])
      return
    }
    const { chunk, offset } = this.#first((other) => this.#compare(other, item) >= 0)
    const items = this.#chunks[chunk] as T[]
    items.splice(offset, 0, item)
    if (items.length > chunkItems) {
      this.#chunks.splice(chunk + 1, 0, items.splice(chunkItems >> 1))
    }
  }

  /** Removes the item equal to this one, if there is one. */
  remove(item: T): void {
    const { chunk, offset } = this.#first((other) => this.#compare(other, item) >= 0)
    const items = this.#chunks[chunk]
    if (items === undefined || this.#compare(items[offset] as T, item) !== 0) return
    this.#size--
    items.splice(offset, 1)
    if (items.length === 0) this.#chunks.splice(chunk, 1)
  }

  /** Puts an item where one equal to it is. */
  replace(item: T): void {
    const { chunk, offset } = this.#first((other) => this.#compare(other, item) >= 0)
    const items = this.#chunks[chunk]
    if (items !== undefined && this.#compare(items[offset] as T, item) === 0) items[offset] = item
  }

  /**
   * The items from the first for which `begins` holds to before the first for which `ends` holds.
   * Both must hold for every item after one for which they hold.
   */
  range(
    begins: (item: T) => boolean,
    ends: (item: T) => boolean,
    limit: number,
    reverse: boolean,
  ): T[] {
    const start = this.#first(begins)
    const end = this.#first(ends)
    return reverse ? this.#down(start, end, limit) : this.#up(start, end, limit)
  }

  /** How many items `range` would give without a limit. */
  count(begins: (item: T) => boolean, ends: (item: T) => boolean): number {
    const start = this.#first(begins)
    const end = this.#first(ends)
    let count = end.offset - start.offset
    for (let chunk = start.chunk; chunk < end.chunk; chunk++) {
      count += (this.#chunks[chunk] as T[]).length
    }
    return count
  }

  #up(start: Place, end: Place, limit: number): T[] {
    const found: T[] = []
    for (let chunk = start.chunk; chunk <= end.chunk && found.length < limit; chunk++) {
      const items = this.#chunks[chunk] ?? []
      const stop = chunk === end.chunk ? end.offset : items.length
      for (let at = chunk === start.chunk ? start.offset : 0; at < stop; at++) {
        if (found.length === limit) break
        found.push(items[at] as T)
      }
    }
    return found
  }

  #down(start: Place, end: Place, limit: number): T[] {
    const found: T[] = []
    for (let chunk = end.chunk; chunk >= start.chunk && found.length < limit; chunk--) {
      const items = this.#chunks[chunk] ?? []
      const stop = chunk === start.chunk ? start.offset : 0
      for (let at = chunk === end.chunk ? end.offset - 1 : items.length - 1; at >= stop; at--) {
        if (found.length === limit) break
        found.push(items[at] as T)
      }
    }
    return found
  }

  /** The first place whose item satisfies; the end when none does. */
  #first(satisfies: (item: T) => boolean): Place {
    const chunks = this.#chunks
    const chunk = bisect(chunks.length, (at) => satisfies((chunks[at] as T[]).at(-1) as T))
    const items = chunks[chunk]
    if (items === undefined) return { chunk, offset: 0 }
    return { chunk, offset: bisect(items.length, (at) => satisfies(items[at] as T)) }
  }
}

/** The least of 0 … count for which the predicate holds, count if there is none. */
function bisect(count: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
