import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { type FloatingIp, floatingIpKind } from '../../../model/network/floating-ip.ts'
import { chargeQuota } from '../../quota.ts'
import { externalScope } from '../counters.ts'
import { planAddressRelease } from '../port-release.ts'

/** Writes the end of floating IPs to which nothing answers: their rows, addresses, and charges. */
export async function planFloatingIpRemoval(
  kernel: Kernel,
  writes: Writes,
  rows: readonly FloatingIp[],
): Promise<void> {
  if (rows.length === 0) return
  await planAddressRelease(
    kernel,
    writes,
    rows.map(({ id, subnetId, address }) => ({ id, fixedIps: [{ subnetId, address }] })),
  )
  writes.remove(floatingIpKind, ...rows)
  for (const { projectId, networkId } of rows) {
    chargeQuota(writes, projectId, { floatingIps: 1 }, -1)
    writes.add({ scope: externalScope(networkId), name: 'uses', add: -1 })
  }
}
