import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import {
  type FloatingIp,
  floatingIpKind,
  floatingIpTargets,
  type FloatingIpTarget,
} from '../../../model/network/floating-ip.ts'
import type { Port } from '../../../model/network/port.ts'
import { getAll } from '../../fetch.ts'
import { gatewayScope, subnetRouterScope } from '../counters.ts'
import { planConfigure } from '../configure/plan-configure.ts'

/** Counts on routers what needs them: made (`sign` 1) or gone. */
export function countTargets(
  writes: Writes,
  targets: readonly FloatingIpTarget[],
  sign: 1 | -1,
): void {
  for (const { fixedIp, routerId, gatewayPortId } of targets) {
    for (const scope of [
      subnetRouterScope(fixedIp.subnetId, routerId),
      gatewayScope(gatewayPortId),
    ])
      writes.add({ scope, name: 'floatingIps', add: sign })
  }
}

/**
 * Writes that floating IPs no longer stand for ports that go, in one read whatever their number.
 *
 * @throws CommitConflict when one cannot be read: a port names them as long as they stand for it.
 */
export async function planDisassociation(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  ports: readonly Port[],
): Promise<void> {
  const { kernel } = call
  const ids = [...new Set(ports.flatMap(({ floatingIpIds = [] }) => floatingIpIds))]
  const gone = new Set(ports.map(({ id }) => id))
  const at = kernel.clock.now()
  const changed = (await getAll(kernel, floatingIpKind, ids)).map((row): FloatingIp => {
    const stays = ({ portId }: FloatingIpTarget): boolean => !gone.has(portId)
    countTargets(
      writes,
      floatingIpTargets(row).filter((target) => !stays(target)),
      -1,
    )
    return {
      ...row,
      target: row.target && stays(row.target) ? row.target : null,
      portForwardings: row.portForwardings.filter(stays),
      generation: row.generation + 1,
      updatedAt: at,
    }
  })
  writes.update(floatingIpKind, ...changed)
  planConfigure(
    call,
    writes,
    changed.map(({ id, generation }) => ({ type: 'floatingIp', id, revision: generation })),
  )
}
