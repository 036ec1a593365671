import type { Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { limits } from '../base/limits.ts'
import { type Work, workKind } from '../model/work/work.ts'
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
