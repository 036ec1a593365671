import type { Store } from '../../ports/store.ts'

/** Proofs kept: some kilobytes each. */
const most = 5_000

/**
 * What secrets were found to prove, as of one version of all rights. Another version makes it
 * forget everything: so what it answers is what the rows say now. It holds no secret, only hashes.
 */
class Remembered<T> {
  #version = 0
  readonly #proofs = new Map<string, T>()

  get(id: string, version: number): T | undefined {
    return version === this.#version ? this.#proofs.get(id) : undefined
  }

  /** @param version read before the rows that `proof` was made of. */
  set(id: string, version: number, proof: T): void {
    if (version < this.#version) return
    if (version > this.#version) {
      this.#proofs.clear()
      this.#version = version
    }
    if (this.#proofs.size >= most) {
      const [oldest] = this.#proofs.keys()
      if (oldest !== undefined) this.#proofs.delete(oldest)
    }
    this.#proofs.set(id, proof)
  }
}

/** A memory for each store, since versions of two stores say nothing of each other. */
export function rememberedBy<T>(): (store: Store) => Remembered<T> {
  const memories = new WeakMap<Store, Remembered<T>>()
  return (store) => {
    const memory = memories.get(store) ?? new Remembered<T>()
    memories.set(store, memory)
    return memory
  }
}
