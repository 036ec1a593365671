import type { Writes } from '../../commit/writes.ts'
import { hostScope, hostScopePrefix } from '../../model/compute/allocation.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import type { Reservation } from '../../placement/fleet.ts'
import { isAsAsked } from '../../placement/verify.ts'
import type { Assignment, Claim, Resources } from '../../ports/scheduler.ts'

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
 * Reads the assigned hosts. If one of them is no longer there, enabled, or what was asked for, the
 * race for it is lost and placement is asked again; so it is when the engine was wrong.
 *
 * @throws CommitConflict
 */
export async function assignedHosts(
  kernel: Kernel,
  room: Pick<Reservation, 'ask' | 'assignments' | 'placed'>,
): Promise<Map<string, Host>> {
  const ids = room.assignments.map(({ hostId }) => hostId)
  const hosts = await kernel.store.get(hostKind, ids)
  if (!isAsAsked(room, hosts)) {
    kernel.telemetry.meter.count('placement_host_gone')
    await kernel.fleet.sync()
    throw new CommitConflict({ type: 'revision', kind: hostKind.name, ids })
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
  kernel.telemetry.meter.count('placement_claim_lost')
  // What a host has may have changed as well as what is used of it.
  await kernel.fleet.sync()
  await kernel.fleet.reload([...new Set(hostIds)])
}

/** Makes a commit that frees room, and tells placement when it begins and how it ends. */
export async function commitFreeing(
  kernel: Kernel,
  freed: readonly Claim[],
  commit: () => Promise<void>,
): Promise<void> {
  const freeing = kernel.fleet.freeing(freed)
  try {
    await commit()
  } catch (error) {
    freeing.failed(error)
    throw error
  }
  freeing.done()
}
