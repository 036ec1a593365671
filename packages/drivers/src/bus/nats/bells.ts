/** The listeners of one process. */
export class Bells {
  readonly #listeners = new Map<string, Set<() => void>>()

  /** Rings the listeners of these topics. One that throws does not silence the others. */
  ring(topics: Iterable<string>): void {
    for (const topic of new Set(topics)) {
      for (const ring of this.#listeners.get(topic) ?? []) {
        try {
          ring()
        } catch {
          // Its own defect: nobody here could do anything about it.
        }
      }
    }
  }

  /** Rings everybody: something may have been missed. */
  ringAll(): void {
    this.ring(this.#listeners.keys())
  }

  /** @returns the unsubscriber. */
  add(topic: string, ring: () => void): () => void {
    let set = this.#listeners.get(topic)
    if (!set) this.#listeners.set(topic, (set = new Set()))
    set.add(ring)
    return () => {
      set.delete(ring)
      if (set.size === 0 && this.#listeners.get(topic) === set) this.#listeners.delete(topic)
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
