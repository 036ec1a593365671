import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, resizeAllocationId } from '../../model/compute/allocation.ts'
import { serverGroupKind } from '../../model/compute/server-group.ts'
import type { Server, ServerFlavor } from '../../model/compute/server.ts'
import type { Claim } from '../../ports/scheduler.ts'
import { getAll } from '../fetch.ts'
import { chargeQuota } from '../quota.ts'
import { unclaimHost } from './claim.ts'
import { chargeGroup } from './server-group.ts'

/**
 * What a server is charged for: while a resize is open, the larger of both flavors in each
 * dimension, so that neither confirming nor reverting can exceed the quota.
 */
export function chargedFlavor(
  server: Pick<Server, 'flavor' | 'resize'>,
): Pick<ServerFlavor, 'vcpus' | 'ramMb'> {
  const { flavor, resize } = server
  if (!resize) return flavor
  return {
    vcpus: Math.max(flavor.vcpus, resize.flavor.vcpus),
    ramMb: Math.max(flavor.ramMb, resize.flavor.ramMb),
  }
}

/** Charges the difference between two states of a server. */
export function chargeDifference(
  writes: Writes,
  projectId: string,
  before: Pick<Server, 'flavor' | 'resize'>,
  after: Pick<Server, 'flavor' | 'resize'>,
): void {
  const old = chargedFlavor(before)
  const now = chargedFlavor(after)
  chargeQuota(writes, projectId, { cores: now.vcpus - old.vcpus, ram: now.ramMb - old.ramMb })
}

/**
 * Ends open resizes: the side that is not in use gives back its allocation, host use, group count
 * and quota.
 */
export async function closeResizes(
  kernel: Kernel,
  writes: Writes,
  servers: readonly Server[],
  freed: Claim[],
): Promise<void> {
  if (servers.length === 0) return
  const ids = servers.map((server) => resizeAllocationId(server.id))
  const groupIds = [...new Set(servers.map((server) => server.groupId).filter((id) => id !== null))]
  const [allocations, groups] = await Promise.all([
    getAll(kernel, allocationKind, ids),
    getAll(kernel, serverGroupKind, groupIds),
  ])
  for (const allocation of allocations) {
    writes.remove(allocationKind, allocation)
    unclaimHost(writes, allocation.hostId, allocation.resources)
    freed.push({ hostId: allocation.hostId, resources: allocation.resources, count: 1 })
  }
  for (const server of servers) {
    chargeDifference(writes, server.projectId, server, { ...server, resize: null })
    const group = groups.find((one) => one.id === server.groupId)
    const left = server.resize?.hostId
    if (group && left !== undefined && left !== server.hostId) {
      chargeGroup(writes, group, [{ hostId: left, count: 1 }], -1)
    }
  }
}
