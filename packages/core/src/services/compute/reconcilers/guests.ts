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
/** Hosts of these whose running guests are held against their rows too: that takes the rows. */
const closelyPerRun = 64

/**
 * Compares what hosts run with what they should: a guest that no allocation names is destroyed, a
 * server at rest whose guest is gone is built again, one that runs when it should not is stopped,
 * one that runs from another image than it should is started anew, one that was shut down from
 * inside is recorded as stopped.
 */
export function guests(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, hostKind, hostsPerRun)
  return {
    name: 'guests',
    run: async (signal) => {
      const hostIds = (await rounds.next()).map((host) => host.id)
      if (hostIds.length === 0) return
      // Facts first, allocations second: a guest is made after its allocation.
      const seen = await kernel.hypervisor.observe(hostIds, { signal })
      const silent = new Set(seen.silent)
      const heard = hostIds.filter((id) => !silent.has(id))
      const allocations = await kernel.store.lookup(
        allocationKind,
        'byHost',
        heard.map((id) => [id]),
      )
      await destroyOrphans(kernel, seen.guests, allocations, signal)
      const closely = new Set(randomRun(kernel, heard))
      const doubtful = await doubtfulServers(kernel, seen.guests, allocations, closely)
      if (doubtful.length > 0) await mendServers(kernel, doubtful, signal)
    },
  }
}

/** Some of the hosts that follow each other, from a random one on. */
function randomRun(kernel: Kernel, hostIds: readonly string[]): readonly string[] {
  if (hostIds.length <= closelyPerRun) return hostIds
  const from = kernel.random.uint32() % hostIds.length
  return [...hostIds.slice(from), ...hostIds.slice(0, from)].slice(0, closelyPerRun)
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

/** Servers at rest whose guest seems not to be what it should. */
async function doubtfulServers(
  kernel: Kernel,
  found: readonly GuestReport[],
  allocations: readonly Allocation[],
  closely: ReadonlySet<string>,
): Promise<Server[]> {
  const reports = guestsOf(found)
  const suspects = allocations.filter(
    ({ id, hostId }) => closely.has(hostId) || reports.get(key(id, hostId))?.power !== 'running',
  )
  const rows = await kernel.store.get(
    serverKind,
    suspects.map((row) => row.id),
  )
  const hosts = new Set(suspects.map(({ hostId }) => hostId))
  return rows.filter(
    (server): server is Server =>
      server !== undefined &&
      server.task === null &&
      server.vmState !== 'error' &&
      hosts.has(server.hostId) &&
      !isAsDesired(server, reports.get(key(server.id, server.hostId))),
  )
}

/**
 * Looks again before it does anything. What it finds then is younger than the rows, and holds for
 * them if they are unchanged when this is written: revisions say so, not clocks.
 */
async function mendServers(
  kernel: Kernel,
  doubtful: readonly Server[],
  signal: AbortSignal,
): Promise<void> {
  const hostIds = [...new Set(doubtful.map((server) => server.hostId))]
  const seen = await kernel.hypervisor.observe(hostIds, { signal })
  const silent = new Set(seen.silent)
  const reports = guestsOf(seen.guests)
  const at = kernel.clock.now()
  const requestId = `req-${kernel.ids.next()}`
  const wrong: Server[] = []
  const halted: Server[] = []
  for (const server of doubtful) {
    const guest = reports.get(key(server.id, server.hostId))
    if (silent.has(server.hostId) || isAsDesired(server, guest)) continue
    const power = guest?.power ?? 'absent'
    if (power === 'stopped') halted.push(stoppedByItself(server, at))
    else if (power !== 'unknown') wrong.push(mending(server, requestId, at))
  }
  if (wrong.length + halted.length === 0) return
  const writes = new Writes().update(serverKind, ...wrong, ...halted)
  if (wrong.length > 0) {
    planConvergence(
      { kernel, requestId },
      writes,
      wrong.map((server) => server.id),
    )
  }
  await kernel.committer.commit(writes)
  kernel.telemetry.meter.count('guests_mended', wrong.length + halted.length)
}

function guestsOf(list: readonly GuestReport[]): ReadonlyMap<string, GuestReport> {
  return new Map(list.map((guest) => [key(guest.serverId, guest.hostId), guest]))
}

/** True if it has the power that it should, and runs from the disk or the image that it should. */
function isAsDesired({ desired }: Server, guest: GuestReport | undefined): boolean {
  if ((guest?.power ?? 'absent') !== desired.power) return false
  return guest?.power !== 'running' || guest.rescueImageId === desired.rescueImageId
}

/** A guest that was shut down from inside, or by its host: so it stays, until it is started. */
function stoppedByItself(server: Server, at: number): Server {
  const { rescueImageId: _, ...rest } = server.desired
  const desired = { ...rest, power: 'stopped' as const }
  // A new generation: an order to run that is late must not be taken for the newest.
  const generation = server.generation + 1
  // A resize stays open; confirmed or reverted, the server is stopped.
  const vmState = server.resize ? server.vmState : 'stopped'
  return { ...server, vmState, desired, generation, updatedAt: at }
}

/** Brings the guest back to what it should be; made again if it is gone. */
function mending(server: Server, requestId: string, at: number): Server {
  const entry = { action: mendAction, requestId, userId: 'system', at }
  return {
    ...server,
    task: 'rebuilding',
    generation: server.generation + 1,
    actions: [...server.actions, entry].slice(-limits.serverActions),
    updatedAt: at,
  }
}
