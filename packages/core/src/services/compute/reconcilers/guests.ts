import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import {
  type Allocation,
  allocationKind,
  resizeAllocationId,
} from '../../../model/compute/allocation.ts'
import { hostKind } from '../../../model/compute/host.ts'
import { mendAction } from '../../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import type { GuestReport, GuestTarget } from '../../../ports/hypervisor.ts'
import type { Reconciler } from '../../../work/reconciler.ts'
import { Rounds } from '../../rounds.ts'
import { planConvergence } from '../converge-plan.ts'

/** Hosts looked at in one run. */
const hostsPerRun = 500

/**
 * Compares what hosts run with what they should: a guest that no allocation names is destroyed, a
 * server at rest whose guest is gone is built again, one that was shut down from inside is recorded
 * as stopped.
 */
export function guests(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, hostKind, hostsPerRun)
  return {
    name: 'guests',
    run: async (signal) => {
      const hostIds = (await rounds.next()).map((host) => host.id)
      if (hostIds.length === 0) return
      // Facts first, rows second: a row that changed in between is younger than the fact, and is
      // left alone.
      const seenAt = kernel.clock.now()
      const seen = await kernel.hypervisor.observe(hostIds, { signal })
      const silent = new Set(seen.silent)
      const keys = hostIds.filter((id) => !silent.has(id)).map((id) => [id])
      const allocations = await kernel.store.lookup(allocationKind, 'byHost', keys)
      await destroyOrphans(kernel, seen.guests, allocations, signal)
      await mendServers(kernel, seen.guests, allocations, seenAt)
    },
  }
}

const key = (serverId: string, hostId: string): string => `${serverId} ${hostId}`

async function destroyOrphans(
  kernel: Kernel,
  found: readonly GuestReport[],
  allocations: readonly Allocation[],
  signal: AbortSignal,
): Promise<void> {
  const rightful = new Set(allocations.map((row) => key(row.id, row.hostId)))
  const orphans = found.filter(
    ({ serverId, hostId, power }) =>
      power !== 'absent' &&
      !rightful.has(key(serverId, hostId)) &&
      !rightful.has(key(resizeAllocationId(serverId), hostId)),
  )
  if (orphans.length === 0) return
  const targets = orphans.map((guest): GuestTarget => ({
    serverId: guest.serverId,
    hostId: guest.hostId,
    generation: guest.generation + 1,
    power: 'absent',
    boots: { count: 0, hard: true },
    builds: 0,
    name: guest.serverId,
    imageId: null,
    resources: {},
    ports: [],
  }))
  for await (const reports of kernel.hypervisor.apply(targets, { signal })) {
    kernel.telemetry.meter.count(
      'orphans_destroyed',
      reports.filter((report) => !report.fault).length,
    )
  }
}

async function mendServers(
  kernel: Kernel,
  found: readonly GuestReport[],
  allocations: readonly Allocation[],
  seenAt: number,
): Promise<void> {
  const guestsByKey = new Map(found.map((guest) => [key(guest.serverId, guest.hostId), guest]))
  const doubtful = allocations.filter(
    (row) => guestsByKey.get(key(row.id, row.hostId))?.power !== 'running',
  )
  const rows = await kernel.store.get(
    serverKind,
    doubtful.map((row) => row.id),
  )
  const atRest = rows.filter(
    (server): server is Server =>
      server !== undefined &&
      server.task === null &&
      server.resize === null &&
      server.updatedAt < seenAt,
  )
  const at = kernel.clock.now()
  const requestId = `req-${kernel.ids.next()}`
  const gone: Server[] = []
  const stopped: Server[] = []
  for (const server of atRest) {
    if (server.vmState === 'error') continue
    const guest = guestsByKey.get(key(server.id, server.hostId))
    if (!guest || guest.power === 'absent') {
      gone.push(rebuilt(server, requestId, at))
    } else if (guest.power === 'stopped' && server.vmState === 'active') {
      const desired = { ...server.desired, power: 'stopped' as const }
      stopped.push({ ...server, vmState: 'stopped', desired, updatedAt: at })
    }
  }
  if (gone.length + stopped.length === 0) return
  const writes = new Writes().update(serverKind, ...gone, ...stopped)
  if (gone.length > 0) {
    planConvergence(
      { kernel, requestId },
      writes,
      gone.map((server) => server.id),
    )
  }
  await kernel.committer.commit(writes)
  kernel.telemetry.meter.count('guests_mended', gone.length + stopped.length)
}

/** The line of history tells older work that this task is not its own. */
function rebuilt(server: Server, requestId: string, at: number): Server {
  const entry = { action: mendAction, requestId, userId: 'system', at }
  return {
    ...server,
    task: 'rebuilding',
    generation: server.generation + 1,
    actions: [...server.actions, entry].slice(-limits.serverActions),
    updatedAt: at,
  }
}
