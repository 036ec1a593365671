import { inRange, type IpRange } from '../../base/cidr.ts'

/** Ranges in order and disjoint, first one consumed first. */
export class Ranges {
  readonly #ranges: { first: bigint; last: bigint }[] = []

  /** Number of ranges, not of addresses. */
  get length(): number {
    return this.#ranges.length
  }

  clear(): void {
    this.#ranges.length = 0
  }

  /**
   * Appends what of the range is not in `except` (in order). The range lies behind all that is
   * here.
   */
  append(range: IpRange, except: readonly bigint[]): void {
    let first = range.first
    for (const key of except) {
      if (key < first) continue
      if (key > range.last) break
      if (key > first) this.#ranges.push({ first, last: key - 1n })
      first = key + 1n
    }
    if (first <= range.last) this.#ranges.push({ first, last: range.last })
  }

  /** Removes and returns the first address. */
  shift(): bigint | undefined {
    const range = this.#ranges[0]
    if (!range) return undefined
    const key = range.first
    if (key === range.last) this.#ranges.shift()
    else range.first = key + 1n
    return key
  }

  /** Removes one address, wherever it is. */
  remove(key: bigint): void {
    const index = this.#ranges.findIndex((range) => inRange(range, key))
    const range = this.#ranges[index]
    if (!range) return
    const parts = [
      { first: range.first, last: key - 1n },
      { first: key + 1n, last: range.last },
    ]
    this.#ranges.splice(index, 1, ...parts.filter((part) => part.first <= part.last))
  }
}
