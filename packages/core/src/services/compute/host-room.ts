import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import type { Counter } from '../../ports/store.ts'

/**
 * Lowering a limit that others claim against. A counter's limit alone cannot be lowered on the
 * condition that the use is below it, but room can be taken on the condition that it is free. So
 * one commit takes the room that is to go and notes it under a scope of its own; the next gives it
 * back under the new limit and removes the note. The note is what ties the second to the first, and
 * what `giveBackRoom` finds after a crash between the two: until then exactly the new limit is
 * free.
 */
export const notePrefix = 'withheld:'

/** The scope of the note of one change of a host: one counter per class, at the amount taken. */
export function noteScope(kernel: Kernel, hostId: string): string {
  return `${hostNotes(hostId)}${kernel.ids.next()}`
}

/** What the scopes of all notes of a host begin with. */
export function hostNotes(hostId: string): string {
  return `${notePrefix}${hostId}:`
}

/** What was taken of a resource class. */
export type Withheld = Pick<Counter, 'name' | 'value'>

/**
 * Makes a commit succeed only if the use of each class is at most its ceiling then: takes the room
 * between ceiling and limit, which is free only in that case.
 *
 * @param note where to note it for `giveBack`; without it the counters go with the same commit.
 */
export function withhold(
  writes: Writes,
  counters: ReadonlyMap<string, Counter>,
  ceilings: ReadonlyMap<string, number>,
  note?: string,
): Withheld[] {
  const withheld: Withheld[] = []
  for (const { scope, name, limit } of counters.values()) {
    const amount = limit - (ceilings.get(name) ?? 0)
    if (amount <= 0) continue
    writes.add({ scope, name, add: amount, limit })
    if (note !== undefined) writes.add({ scope: note, name, add: amount, limit: amount })
    withheld.push({ name, value: amount })
  }
  return withheld
}

/**
 * Gives withheld room back and sets the limits of the host as it is in `host`: a conflict if the
 * note is absent (nothing was withheld, or all is given back), or the host has changed.
 */
export function giveBack(host: Host, note: string, withheld: readonly Withheld[]): Writes {
  const writes = new Writes().update(hostKind, host)
  const scope = hostScope(host.id)
  for (const { name, value } of withheld) {
    const inventory = host.inventory[name]
    writes.add({ scope: note, name, add: -value, transient: true })
    writes.add({ scope, name, add: -value })
    writes.limit({ scope, name, limit: inventory ? capacityOf(inventory) : 0 })
  }
  return writes
}

/** Gives back what a note says, however often it is tried and whoever else tries. */
export async function giveBackNote(kernel: Kernel, note: string): Promise<void> {
  const hostId = note.slice(notePrefix.length).split(':', 1)[0] as string
  for (let tries = 1; ; tries++) {
    const withheld = await kernel.store.counters([note])
    if (withheld.length === 0) return
    // Room that is withheld keeps a host from being deleted, so it is there.
    const [host] = await kernel.store.get(hostKind, [hostId])
    if (!host) return
    try {
      await kernel.committer.commit(giveBack(host, note, withheld))
      return
    } catch (error) {
      if (!(error instanceof CommitConflict) || tries >= limits.commitAttempts) throw error
    }
  }
}

/** Gives back all room that a crash left withheld. A change that is under way is not disturbed. */
export async function giveBackRoom(kernel: Kernel, signal?: AbortSignal): Promise<void> {
  const page = await kernel.store.scan(notePrefix, { limit: limits.pageRows })
  for (const note of new Set(page.map(({ scope }) => scope))) {
    if (signal?.aborted) return
    await giveBackNote(kernel, note)
  }
}
