import type { Writes } from '../../commit/writes.ts'
import { hostScope, hostScopePrefix } from '../../model/compute/allocation.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import type { Assignment, Resources } from '../../ports/scheduler.ts'

/**
 * Charges hosts for what placement assigned. The counters guard capacity at the commit, whatever
 * the projection believed. A host's counters exist as long as it does: an absent one is a host that
 * was deleted meanwhile.
 */
export function claimHosts(
  writes: Writes,
  assignments: readonly Assignment[],
  resources: Resources,
): void {
  const amounts = Object.entries(resources).filter(([, amount]) => amount > 0)
  for (const { hostId, count } of assignments) {
    for (const [name, amount] of amounts)
      writes.add({ scope: hostScope(hostId), name, add: amount * count })
  }
}

/** Gives back what one consumer took from its host. */
export function unclaimHost(writes: Writes, hostId: string, resources: Resources): void {
  for (const [name, amount] of Object.entries(resources)) {
    writes.add({ scope: hostScope(hostId), name, add: -amount })
  }
}

/**
 * Reads the assigned hosts. One that vanished or was disabled since is a lost race: placement is
 * asked again.
 */
export async function assignedHosts(
  kernel: Kernel,
  assignments: readonly Assignment[],
): Promise<Map<string, Host>> {
  const ids = assignments.map((assignment) => assignment.hostId)
  const hosts = await kernel.store.get(hostKind, ids)
  const gone = ids.filter((_, index) => !hosts[index]?.enabled)
  if (gone.length > 0) {
    await kernel.fleet.sync()
    throw new CommitConflict({ type: 'revision', kind: hostKind.name, ids: gone })
  }
  return new Map(ids.map((id, index) => [id, hosts[index] as Host]))
}

/**
 * After a lost claim: read afresh what the projection had wrong, so that the next attempt decides
 * on facts.
 */
export async function refreshAfter(kernel: Kernel, error: unknown): Promise<void> {
  if (!(error instanceof CommitConflict)) return
  const { conflict } = error
  if (conflict.type !== 'counter') return
  const hostIds = conflict.counters
    .filter((counter) => counter.scope.startsWith(hostScopePrefix))
    .map((counter) => counter.scope.slice(hostScopePrefix.length))
  if (hostIds.length === 0) return
  // What a host has may have changed as well as what is used of it.
  await kernel.fleet.sync()
  await kernel.fleet.reload([...new Set(hostIds)])
}
