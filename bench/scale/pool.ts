/** Live allocations and the ask that each answers, in no order: any can be taken out at once. */
export class Pool {
  #ids = new Float64Array(1_024)
  #asks = new Uint16Array(1_024)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(id: number, ask: number): void {
    if (this.#size === this.#ids.length) this.#grow()
    this.#ids[this.#size] = id
    this.#asks[this.#size] = ask
    this.#size++
  }

  id(at: number): number {
    return this.#ids[at] as number
  }

  ask(at: number): number {
    return this.#asks[at] as number
  }

  /** Takes one out; the last takes its place. */
  remove(at: number): number {
    const id = this.#ids[at] as number
    const last = --this.#size
    this.#ids[at] = this.#ids[last] as number
    this.#asks[at] = this.#asks[last] as number
    return id
  }

  #grow(): void {
    const ids = new Float64Array(2 * this.#ids.length)
    const asks = new Uint16Array(ids.length)
    ids.set(this.#ids)
    asks.set(this.#asks)
    this.#ids = ids
    this.#asks = asks
  }
}
