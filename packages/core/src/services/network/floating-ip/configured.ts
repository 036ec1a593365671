import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import {
  type FloatingIp,
  floatingIpKind,
  floatingIpTargets,
  type FloatingIpTarget,
} from '../../../model/network/floating-ip.ts'
import type { FloatingIpConfig, FloatingIpEnd } from '../../../ports/network-object.ts'
import { configuredType, type ObjectRef, type Reading } from '../configure/configured.ts'
import { planFloatingIpRemoval } from './removal.ts'

/** Floating IPs, as the data plane is told of them. */
export const floatingIpConfigured = configuredType<FloatingIp>({ read, settle, overdue })

async function read(
  kernel: Kernel,
  refs: readonly ObjectRef[],
): Promise<readonly Reading<FloatingIp>[]> {
  const rows = await kernel.store.get(
    floatingIpKind,
    refs.map(({ id }) => id),
  )
  return rows.map((row, index): Reading<FloatingIp> => {
    if (!row) return 'gone'
    if (row.generation < (refs[index]?.revision ?? 0)) return 'late'
    const { id, generation: revision } = row
    return { target: { type: 'floatingIp', id, revision, config: configOf(row) }, row }
  })
}

/** Null when nothing is to answer to it. */
function configOf(row: FloatingIp): FloatingIpConfig | null {
  if (row.status === 'DELETING' || floatingIpTargets(row).length === 0) return null
  return {
    networkId: row.networkId,
    address: row.address,
    target: row.target && endOf(row.target),
    forwardings: row.portForwardings.map((forwarding) => {
      const { protocol, externalPorts, internalPorts } = forwarding
      return { ...endOf(forwarding), protocol, externalPorts, internalPorts }
    }),
  }
}

function endOf({ routerId, portId, fixedIp }: FloatingIpTarget): FloatingIpEnd {
  return { routerId, portId, address: fixedIp.address }
}

async function settle(kernel: Kernel, writes: Writes, rows: readonly FloatingIp[]): Promise<void> {
  const gone = rows.filter(({ status }) => status === 'DELETING')
  await planFloatingIpRemoval(kernel, writes, gone)
  for (const row of rows) {
    const status = floatingIpTargets(row).length > 0 ? 'ACTIVE' : 'DOWN'
    if (row.status === 'DELETING') continue
    if (row.status === status && row.observed === row.generation) continue
    writes.update(floatingIpKind, { ...row, status, observed: row.generation })
  }
}

function overdue(writes: Writes, rows: readonly FloatingIp[]): void {
  const changed = rows.filter(({ status }) => status !== 'ERROR' && status !== 'DELETING')
  writes.update(floatingIpKind, ...changed.map((row) => ({ ...row, status: 'ERROR' as const })))
}
