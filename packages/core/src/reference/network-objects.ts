import type { NetworkObject, NetworkObjectType, ObjectReport } from '../ports/network-object.ts'
import type { Fences } from './fences.ts'

/** Routers, floating IPs and the like, as a data plane has them: fenced by their revisions. */
export class NetworkObjects {
  readonly #fences: Fences
  readonly #objects = new Map<string, NetworkObject>()

  constructor(fences: Fences) {
    this.#fences = fences
  }

  get size(): number {
    return this.#objects.size
  }

  get(type: NetworkObjectType, id: string): NetworkObject | undefined {
    return this.#objects.get(keyOf({ type, id }))
  }

  all(): IterableIterator<NetworkObject> {
    return this.#objects.values()
  }

  /** Does as told, unless something newer was seen. */
  obey(target: NetworkObject): ObjectReport {
    const key = keyOf(target)
    const known = this.#objects.get(key)
    const fence = this.#fences.get(key)
    const seen = known?.revision ?? fence?.newest ?? -Infinity
    // At its own revision a removed one stays removed.
    if (target.revision < seen || (!known && fence?.newest === target.revision)) {
      return this.report(target)
    }
    if (target.config === null) {
      this.#objects.delete(key)
      this.#fences.set(key, target.revision, true)
    } else {
      this.#fences.delete(key)
      this.#objects.set(key, target)
    }
    return this.report(target)
  }

  report({ type, id }: Pick<NetworkObject, 'type' | 'id'>): ObjectReport {
    return { type, id, revision: this.get(type, id)?.revision ?? null }
  }
}

function keyOf({ type, id }: Pick<NetworkObject, 'type' | 'id'>): string {
  return `${type}/${id}`
}
