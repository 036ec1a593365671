import type { Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { limits } from '../base/limits.ts'
import { type Work, workKind, workTopic } from '../model/work/work.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/**
 * Frees every lease at once. Only for a store that no other process can have open: then every owner
 * is dead, and waiting for its leases to end would only delay accepted work.
 */
export async function freeLeases(ports: {
  store: Store
  clock: Clock
  committer: Committer
}): Promise<number> {
  const { store, clock, committer } = ports
  let freed = 0
  let after: Work | undefined
  for (;;) {
    const page = await store.query(workKind, {
      limit: limits.pageRows,
      ...(after ? { after } : {}),
    })
    after = page.at(-1)
    if (!after) return freed
    const held = page.filter((work) => work.owner !== null)
    if (held.length === 0) continue
    const now = clock.now()
    await committer.commit(
      new Writes().update(workKind, ...held.map((work) => ({ ...work, owner: null, due: now }))),
    )
    freed += held.length
  }
}

/**
 * Finds work that a process whose clock was ahead dated too far off. Such a row looks like one that
 * a healthy worker holds to a process whose own clock is behind; but who holds a row renews it, so
 * only a row that stays as it is for a whole lease is taken for forgotten. Elapsed time tells that.
 */
export class FarWork {
  readonly #ports: { readonly store: Store; readonly clock: Clock; readonly committer: Committer }
  readonly #leaseMs: number
  #seen = new Map<string, { readonly rev: number; readonly at: number }>()

  constructor(
    ports: { readonly store: Store; readonly clock: Clock; readonly committer: Committer },
    leaseMs: number,
  ) {
    this.#ports = ports
    this.#leaseMs = leaseMs
  }

  /**
   * Looks once; frees what was the same at a look at least a lease ago. Whoever holds such a row
   * all the same is refused at its next write.
   *
   * @returns rows freed.
   */
  async recall(): Promise<number> {
    const { store, clock, committer } = this.#ports
    const now = clock.now()
    const at = clock.elapsed()
    const far = await store.query(workKind, {
      index: 'byDue',
      from: now + this.#leaseMs + limits.workWaitMs + 1,
      limit: limits.pageRows,
    })
    const before = this.#seen
    this.#seen = new Map(
      far.map(({ id, rev }) => {
        const known = before.get(id)
        return [id, known?.rev === rev ? known : { rev, at }]
      }),
    )
    const forgotten = far.filter(({ id }) => at - (this.#seen.get(id)?.at ?? at) >= this.#leaseMs)
    if (forgotten.length === 0) return 0
    const freed = forgotten.map((work) => ({ ...work, owner: null, due: now }))
    await committer.commit(new Writes().update(workKind, ...freed).ring(workTopic))
    return freed.length
  }
}
