import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, resizeAllocationId } from '../../model/compute/allocation.ts'
import { serverGroupKind } from '../../model/compute/server-group.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Port } from '../../model/network/port.ts'
import type { Assignment, Claim } from '../../ports/scheduler.ts'
import { releaseDisks } from '../block/server-disks.ts'
import { getAll } from '../fetch.ts'
import { removeServerPorts } from '../network/port-plan.ts'
import { chargeQuota } from '../quota.ts'
import { unclaimHost } from './claim.ts'
import { chargeGroup } from './server-group.ts'
import { chargedFlavor } from './server-resize.ts'

/**
 * Removes servers that no host runs any more, with everything that was theirs: allocations, host
 * use, quota, group membership, ports and addresses, in one commit. A constant number of
 * statements, whatever the number of servers.
 */
export async function removeServers(
  kernel: Kernel,
  writes: Writes,
  servers: readonly Server[],
  ports: ReadonlyMap<string, readonly Port[]>,
  freed: Claim[],
): Promise<void> {
  if (servers.length === 0) return
  const ids = servers.flatMap((server) =>
    server.resize ? [server.id, resizeAllocationId(server.id)] : [server.id],
  )
  const allocations = await getAll(kernel, allocationKind, ids)
  writes.remove(serverKind, ...servers)
  writes.remove(allocationKind, ...allocations)
  for (const { hostId, resources } of allocations) {
    unclaimHost(writes, hostId, resources)
    freed.push({ hostId, resources, count: 1 })
  }
  for (const server of servers) {
    const { vcpus, ramMb } = chargedFlavor(server)
    chargeQuota(writes, server.projectId, { instances: 1, cores: vcpus, ram: ramMb }, -1)
  }
  await leaveGroups(kernel, writes, servers)
  await releaseDisks(kernel, writes, servers)
  await removeServerPorts(
    kernel,
    writes,
    servers.flatMap((server) => ports.get(server.id) ?? []),
    servers,
  )
}

/** Takes servers out of their groups' counts. */
async function leaveGroups(
  kernel: Kernel,
  writes: Writes,
  servers: readonly Server[],
): Promise<void> {
  const byGroup = new Map<string, Assignment[]>()
  for (const server of servers) {
    if (server.groupId === null) continue
    const list = byGroup.get(server.groupId) ?? []
    byGroup.set(server.groupId, list)
    for (const hostId of hostsOf(server)) list.push({ hostId, count: 1 })
  }
  if (byGroup.size === 0) return
  for (const group of await getAll(kernel, serverGroupKind, [...byGroup.keys()])) {
    chargeGroup(writes, group, byGroup.get(group.id) ?? [], -1)
  }
}

/** The hosts that count a server as theirs: two while a resize between hosts is open. */
export function hostsOf(server: Server): string[] {
  const other = server.resize?.hostId
  return other === undefined || other === server.hostId ? [server.hostId] : [server.hostId, other]
}
