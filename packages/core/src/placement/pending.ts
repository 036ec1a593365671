import type { Claim } from '../ports/scheduler.ts'

/** A change of hosts' use whose commit is under way. */
export interface Pending {
  readonly claims: readonly Claim[]
  /** 1: the room is taken in the projection already. −1: it will be given back. */
  readonly sign: 1 | -1
  /** Hosts whose use was read meanwhile: with this change or without, nobody knows. */
  readonly reread: Set<string>
}

/** Hosts remembered as doubtful at most; the oldest is forgotten first, and found by a conflict. */
const mostDoubtful = 4_096

/**
 * Which of this process's own changes overlap which of its reads. A read that overlaps the end of a
 * change tells an old truth or a new one, so it does not count.
 */
export class PendingChanges {
  readonly #open = new Set<Pending>()
  readonly #reads = new Set<Set<string>>()
  readonly #doubtful = new Set<string>()

  begin(claims: readonly Claim[], sign: 1 | -1): Pending {
    const pending = { claims, sign, reread: new Set<string>() }
    this.#open.add(pending)
    return pending
  }

  /**
   * The change is known to have been committed, or not.
   *
   * @returns false if it ended before.
   */
  end(pending: Pending): boolean {
    if (!this.#open.delete(pending)) return false
    for (const touched of this.#reads) {
      for (const { hostId } of pending.claims) touched.add(hostId)
    }
    return true
  }

  /** Nobody knows whether these will still change: they are looked at when the feed names them. */
  doubt(claims: readonly Claim[]): void {
    for (const { hostId } of claims) {
      this.#doubtful.delete(hostId)
      this.#doubtful.add(hostId)
    }
    for (const hostId of this.#doubtful) {
      if (this.#doubtful.size <= mostDoubtful) return
      this.#doubtful.delete(hostId)
    }
  }

  isDoubtful(hostId: string): boolean {
    return this.#doubtful.has(hostId)
  }

  /** Changes of these hosts that have not ended; each is told that its host was read. */
  *touching(
    hosts: ReadonlyMap<string, unknown>,
  ): Generator<{ readonly claim: Claim; readonly sign: 1 | -1 }> {
    for (const { claims, sign, reread } of this.#open) {
      for (const claim of claims) {
        if (!hosts.has(claim.hostId)) continue
        reread.add(claim.hostId)
        yield { claim, sign }
      }
    }
  }

  /** Runs a read of hosts' use, and tells for which hosts a change ended meanwhile. */
  async reading<T>(read: () => Promise<T>): Promise<{ value: T; changed: ReadonlySet<string> }> {
    const changed = new Set<string>()
    this.#reads.add(changed)
    try {
      return { value: await read(), changed }
    } finally {
      this.#reads.delete(changed)
    }
  }
}
