import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, resizeAllocationId } from '../../model/compute/allocation.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { WorkContext } from '../../work/program.ts'
import { changedMeanwhile } from './server-beside.ts'
import { endedActions } from './server-settle.ts'

type Sides = Pick<Server, 'hostId' | 'zone' | 'flavor' | 'resize'>

/** A server as it was before its open resize or move, whose other side is now what it leaves. */
export function swapped({ hostId, zone, flavor, resize }: Server): Partial<Sides> {
  if (!resize) return {}
  const { hostId: old, zone: oldZone, flavor: oldFlavor } = resize
  return { hostId: old, zone: oldZone, flavor: oldFlavor, resize: { hostId, zone, flavor } }
}

/**
 * Lets the two allocations of each server change places.
 *
 * @throws CommitConflict when one is gone.
 */
export async function swapAllocations(
  kernel: Kernel,
  writes: Writes,
  servers: readonly Server[],
): Promise<void> {
  const ids = servers.flatMap(({ id }) => [id, resizeAllocationId(id)])
  const rows = await kernel.store.get(allocationKind, ids)
  servers.forEach((server, index) => {
    const now = rows[index * 2]
    const kept = rows[index * 2 + 1]
    if (!now || !kept) throw changedMeanwhile(server)
    writes.update(
      allocationKind,
      { ...now, hostId: kept.hostId, resources: kept.resources },
      { ...kept, hostId: now.hostId, resources: now.resources },
    )
  })
}

/** Servers that cannot come where they were to go stay where they were. */
export async function moveBack(
  kernel: Kernel,
  context: WorkContext,
  failed: readonly { readonly server: Server; readonly reason: string }[],
): Promise<void> {
  const at = kernel.clock.now()
  const writes = new Writes()
  await swapAllocations(
    kernel,
    writes,
    failed.map(({ server }) => server),
  )
  for (const { server, reason } of failed) {
    const { resize, ...sides } = swapped(server)
    writes.update(serverKind, {
      ...server,
      ...sides,
      resize: resize ? { ...resize, returning: true } : null,
      generation: server.generation + 1,
      actions: endedActions(server, at, reason),
      updatedAt: at,
    })
  }
  await context.commit(writes)
  kernel.telemetry.meter.count('migrations_returned', failed.length)
}
