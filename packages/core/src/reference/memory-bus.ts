import type { Bus } from '../ports/bus.ts'

/** Doorbells within one process, rung in a later microtask and coalesced per topic. */
export class MemoryBus implements Bus {
  readonly #listeners = new Map<string, Set<() => void>>()
  #messages = 0
  #closed = false

  get messages(): number {
    return this.#messages
  }

  async publish(topics: readonly string[]): Promise<void> {
    this.#messages++
    await Promise.resolve()
    if (this.#closed) return
    const errors: unknown[] = []
    for (const topic of new Set(topics)) {
      for (const ring of this.#listeners.get(topic) ?? []) {
        try {
          ring()
        } catch (error) {
          errors.push(error)
        }
      }
    }
    // One listener's defect must not keep the others waiting; the publisher hears of it.
    if (errors.length > 0) throw new AggregateError(errors, 'A listener of the bus threw.')
  }

  subscribe(topic: string, ring: () => void): () => void {
    let set = this.#listeners.get(topic)
    if (!set) this.#listeners.set(topic, (set = new Set()))
    set.add(ring)
    return () => {
      set.delete(ring)
      if (set.size === 0 && this.#listeners.get(topic) === set) this.#listeners.delete(topic)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#listeners.clear()
  }
}
