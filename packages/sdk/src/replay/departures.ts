/** Servers of one batch that leave at one instant. */
export interface Departure {
  readonly atMs: number
  readonly serverIds: readonly string[]
}

/** Departures by time: a binary heap of instants, each with its departures in order of arrival. */
export class Departures {
  readonly #instants: number[] = []
  readonly #byInstant = new Map<number, Departure[]>()

  add(departure: Departure): void {
    const { atMs } = departure
    const known = this.#byInstant.get(atMs)
    if (known) return void known.push(departure)
    this.#byInstant.set(atMs, [departure])
    this.#rise(atMs)
  }

  /** Time of the earliest departure, or undefined when nobody leaves. */
  get next(): number | undefined {
    return this.#instants[0]
  }

  /** Takes all departures of the earliest instant. */
  take(): readonly Departure[] {
    const [first] = this.#instants
    if (first === undefined) return []
    const last = this.#instants.pop() as number
    if (this.#instants.length > 0) this.#sink(last)
    const departures = this.#byInstant.get(first) as Departure[]
    this.#byInstant.delete(first)
    return departures
  }

  #rise(atMs: number): void {
    const heap = this.#instants
    let at = heap.length
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if ((heap[parent] as number) <= atMs) break
      heap[at] = heap[parent] as number
      at = parent
    }
    heap[at] = atMs
  }

  #sink(atMs: number): void {
    const heap = this.#instants
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = child + 1
      if (right < heap.length && (heap[right] as number) < (heap[child] as number)) child = right
      if ((heap[child] as number) >= atMs) break
      heap[at] = heap[child] as number
      at = child
    }
    heap[at] = atMs
  }
}
