import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { addressKind, freeTurns } from '../../model/network/address.ts'
import type { Network } from '../../model/network/network.ts'
import { type Subnet, subnetKind } from '../../model/network/subnet.ts'
import { getAll } from '../fetch.ts'
import { chargeQuota } from '../quota.ts'
import { requireAtMost, subnetScope } from './counters.ts'
import { planReturn } from './pool-allocation.ts'

/**
 * The subnets of networks, in one statement.
 *
 * @throws CommitConflict when one cannot be read: its network has changed, or the read is old.
 */
export function loadSubnets(
  kernel: Kernel,
  ...networks: readonly Pick<Network, 'subnetIds'>[]
): Promise<Subnet[]> {
  const ids = networks.flatMap((network) => network.subnetIds)
  return getAll(kernel, subnetKind, ids)
}

/**
 * Removes subnets in which no address is held, in the caller's commit, which fails if one is taken
 * meanwhile. Rows of released addresses go with them, up to a bound; what is beyond it means
 * nothing without its subnet, and is removed by `sweepAddresses`.
 *
 * @throws CloudError `conflict` with the number of addresses held.
 */
export async function removeSubnets(
  kernel: Kernel,
  writes: Writes,
  subnets: readonly Subnet[],
): Promise<void> {
  if (subnets.length === 0) return
  const counters = await kernel.store.counters(subnets.map((subnet) => subnetScope(subnet.id)))
  const known = new Set(counters.map(({ scope }) => scope))
  const unseen = subnets.filter(({ id }) => !known.has(subnetScope(id))).map(({ id }) => id)
  // A subnet has its counters from the beginning: without any, the read is old.
  if (unseen.length > 0) {
    throw new CommitConflict({ type: 'revision', kind: subnetKind.name, ids: unseen })
  }
  const held = counters.reduce((sum, counter) => sum + counter.value, 0)
  if (held > 0) {
    throw new CloudError('conflict', `${held} addresses of the subnet are held by ports.`, {
      field: 'id',
      detail: { addresses: held },
    })
  }
  await planReturn(kernel, writes, subnets)
  for (const counter of counters) requireAtMost(writes, counter)
  for (const subnet of subnets) {
    writes.remove(subnetKind, subnet).drop(subnetScope(subnet.id))
    chargeQuota(writes, subnet.projectId, { subnets: 1 }, -1)
    const bounds = freeTurns(subnet.id)
    const query = { index: 'byTurn', ...bounds, limit: limits.pageRows }
    writes.remove(addressKind, ...(await kernel.store.query(addressKind, query)))
  }
}
