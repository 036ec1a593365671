import type { Writes } from '../../commit/writes.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import { hostScopePrefix } from '../../model/compute/allocation.ts'
import type { Assignment, Resources } from '../../ports/scheduler.ts'

/**
 * Charges hosts for what placement assigned. The counters guard capacity at the commit, whatever the projection
 * believed; a counter that does not exist yet is made with the host's capacity as its limit.
 */
export function claimHosts(
  writes: Writes,
  hosts: ReadonlyMap<string, Host>,
  assignments: readonly Assignment[],
  resources: Resources,
): void {
  const amounts = Object.entries(resources).filter(([, amount]) => amount > 0)
  for (const { hostId, count } of assignments) {
    const inventory = (hosts.get(hostId) as Host).inventory
    for (const [name, amount] of amounts) {
      const own = inventory[name]
      writes.add({ scope: hostScope(hostId), name, add: amount * count, limit: own ? capacityOf(own) : 0 })
    }
  }
}

/** Gives back what one consumer took from its host. */
export function unclaimHost(writes: Writes, hostId: string, resources: Resources): void {
  for (const [name, amount] of Object.entries(resources)) {
    writes.add({ scope: hostScope(hostId), name, add: -amount })
  }
}

/** Reads the assigned hosts. One that vanished or was disabled since is a lost race: placement is asked again. */
export async function assignedHosts(kernel: Kernel, assignments: readonly Assignment[]): Promise<Map<string, Host>> {
  const ids = assignments.map((assignment) => assignment.hostId)
  const hosts = await kernel.store.get(hostKind, ids)
  const gone = ids.filter((_, index) => !hosts[index]?.enabled)
  if (gone.length > 0) {
    await kernel.fleet.sync()
    throw new CommitConflict({ type: 'revision', kind: hostKind.name, ids: gone })
  }
  return new Map(ids.map((id, index) => [id, hosts[index] as Host]))
}

/** After a lost claim: read afresh what the projection had wrong, so that the next attempt decides on facts. */
export async function refreshAfter(kernel: Kernel, error: unknown): Promise<void> {
  if (!(error instanceof CommitConflict)) return
  const { conflict } = error
  if (conflict.type !== 'counter') return
  const hostIds = conflict.counters
    .filter((counter) => counter.scope.startsWith(hostScopePrefix))
    .map((counter) => counter.scope.slice(hostScopePrefix.length))
  if (hostIds.length > 0) await kernel.fleet.reload([...new Set(hostIds)])
}
