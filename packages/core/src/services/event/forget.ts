import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { eventHorizonId, eventHorizonKind, eventKind } from '../../model/event/event.ts'

const changesPerCommit = 1_000
const commitsPerRun = 20

/**
 * Forgets the oldest changes up to a number, and with them the events that only they lead to: first
 * the events, together with the note that says so, then the changes. What a crash leaves between is
 * forgotten the next time.
 *
 * @returns the number up to which the changes are forgotten.
 */
export async function forgetChanges(kernel: Kernel, upTo: number): Promise<number> {
  const { store, committer } = kernel
  let forgotten = 0
  for (let run = 0; run < commitsPerRun; run++) {
    const page = await store.changes(0, changesPerCommit)
    const old = page.filter(({ seq }) => seq <= upTo)
    const last = old.at(-1)?.seq
    if (last === undefined) break
    const [horizon] = await store.get(eventHorizonKind, [eventHorizonId])
    if ((horizon?.seq ?? 0) < last) {
      const writes = new Writes()
      // Events are never changed: their revision is the first.
      const ids = old
        .filter(({ seq }) => seq > (horizon?.seq ?? 0))
        .flatMap(({ put }) => put[eventKind.name] ?? [])
      writes.remove(eventKind, ...ids.map((id) => ({ id, rev: 1 }) as never))
      if (horizon) writes.update(eventHorizonKind, { ...horizon, seq: last })
      else writes.insert(eventHorizonKind, { id: eventHorizonId, seq: last })
      try {
        await committer.commit(writes)
      } catch (error) {
        // Another process forgets the same: next time.
        if (error instanceof CommitConflict) return forgotten
        throw error
      }
    }
    await store.trim(last)
    forgotten = last
    if (old.length < page.length || page.length < changesPerCommit) break
  }
  return forgotten
}
