/**
 * Where a search has been: by what is settled (operations in the order, state), how many operations
 * with unknown outcome it took to get there, class by class. Who got to the same place with no more
 * of each had every way on that is open now, so that coming with more is in vain.
 */
export class Visited {
  readonly #places = new Map<string, (readonly number[])[]>()
  #size = 0

  /** Number of places that were new. */
  get size(): number {
    return this.#size
  }

  /** False when this is in vain. */
  add(place: string, used: readonly number[]): boolean {
    const known = this.#places.get(place)
    if (known?.some((fewer) => fewer.every((count, at) => count <= (used[at] as number)))) {
      return false
    }
    this.#size++
    if (known) known.push(used)
    else this.#places.set(place, [used])
    return true
  }
}
