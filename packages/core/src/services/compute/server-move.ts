import { isCloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Allocation, allocationKind } from '../../model/compute/allocation.ts'
import type { Host } from '../../model/compute/host.ts'
import { batchScope, type ServerBatch, serverBatchKind } from '../../model/compute/server-batch.ts'
import { type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Reservation } from '../../placement/fleet.ts'
import type { WorkContext } from '../../work/program.ts'
import { getAll } from '../fetch.ts'
import { assignedHosts, claimHosts, commitFreeing, refreshAfter, unclaimHost } from './claim.ts'
import { chargeGroup, groupRule } from './server-group.ts'
import { placementAsk } from './server-plan.ts'
import { settleFailed } from './server-settle.ts'

interface Failed {
  readonly server: Server
  readonly reason: string
}

/**
 * Finds other hosts for servers whose host could not build them. One decision per batch and set of
 * hosts already tried; those for whom no host is left end in ERROR, saying both why building failed
 * and why nothing else fits.
 */
export async function moveElsewhere(
  kernel: Kernel,
  context: WorkContext,
  failed: readonly Failed[],
): Promise<void> {
  const alike = new Map<string, Failed[]>()
  for (const one of failed) {
    const tried = [...one.server.failedHostIds, one.server.hostId].sort()
    const key = [one.server.batchId, ...tried].join(' ')
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  for (const group of alike.values()) await moveAlike(kernel, context, group)
}

async function moveAlike(
  kernel: Kernel,
  context: WorkContext,
  failed: readonly Failed[],
): Promise<void> {
  const { server: first } = failed[0] as Failed
  const [batch] = await getAll(kernel, serverBatchKind, [first.batchId])
  if (!batch) return fail(kernel, context, failed, 'its batch is gone')
  const groupIds = batch.groupId === null ? [] : [batch.groupId]
  const [group] = await getAll(kernel, serverGroupKind, groupIds)
  let room: Reservation
  try {
    room = await findRoom(kernel, batch, group, failed)
  } catch (error) {
    // Anything else, as a store that does not answer, says nothing about room.
    if (!isCloudError(error) || error.code !== 'noValidHost') throw error
    return fail(kernel, context, failed, error.message)
  }
  try {
    const hosts = await assignedHosts(kernel, room)
    const moved = failed.slice(0, room.placed).map((one) => one.server)
    await commitMove(kernel, context, { batch, group, room, hosts, moved })
    room.keep()
  } catch (error) {
    room.release(error)
    await refreshAfter(kernel, error)
    throw error
  }
  if (room.placed < failed.length) await moveAlike(kernel, context, failed.slice(room.placed))
}

async function findRoom(
  kernel: Kernel,
  batch: ServerBatch,
  group: ServerGroup | undefined,
  failed: readonly Failed[],
): Promise<Reservation> {
  const { server } = failed[0] as Failed
  const rule = group ? await groupRule(kernel, group) : null
  const ask = placementAsk(
    { demand: batch.demand, groupRule: rule },
    {
      min: 1,
      max: failed.length,
      zones: batch.zones,
      policy: batch.policy,
      seed: kernel.random.uint32(),
    },
  )
  return kernel.fleet.find({ ...ask, excludedHostIds: [...server.failedHostIds, server.hostId] })
}

interface Move {
  readonly batch: ServerBatch
  readonly group: ServerGroup | undefined
  readonly room: Reservation
  readonly hosts: ReadonlyMap<string, Host>
  readonly moved: readonly Server[]
}

async function commitMove(kernel: Kernel, context: WorkContext, move: Move): Promise<void> {
  const { batch, group, room, hosts, moved } = move
  const { resources } = batch.demand
  const allocations = await kernel.store.get(
    allocationKind,
    moved.map((server) => server.id),
  )
  const targets = room.assignments.flatMap(({ hostId, count }) => Array<string>(count).fill(hostId))
  const writes = new Writes()
  const at = kernel.clock.now()
  moved.forEach((server, index) => {
    const hostId = targets[index] as string
    writes.update(serverKind, {
      ...server,
      hostId,
      zone: (hosts.get(hostId) as Host).zone,
      generation: server.generation + 1,
      failedHostIds: [...server.failedHostIds, server.hostId],
      updatedAt: at,
    })
    const allocation = allocations[index]
    if (!allocation)
      throw new CommitConflict({ type: 'revision', kind: allocationKind.name, ids: [server.id] })
    writes.update<Allocation>(allocationKind, { ...allocation, hostId })
    unclaimHost(writes, server.hostId, resources)
  })
  claimHosts(writes, room.assignments, resources)
  if (group) {
    chargeGroup(
      writes,
      group,
      moved.map((server) => ({ hostId: server.hostId, count: 1 })),
      -1,
    )
    chargeGroup(writes, group, room.assignments, 1)
  }
  const freed = moved.map((server) => ({ hostId: server.hostId, resources, count: 1 }))
  await commitFreeing(kernel, freed, () => context.commit(writes))
  kernel.telemetry.meter.count('servers_moved', moved.length)
}

async function fail(
  kernel: Kernel,
  context: WorkContext,
  failed: readonly Failed[],
  why: string,
): Promise<void> {
  const writes = new Writes()
  const at = kernel.clock.now()
  for (const { server, reason } of failed) {
    const settlement = settleFailed(server, `${reason}; no other host: ${why}`, at)
    if (settlement.type !== 'settled') continue
    writes.update(serverKind, settlement.server)
    writes
      .add({ scope: batchScope(server.batchId), name: 'error', add: 1 })
      .ring(batchScope(server.batchId))
  }
  await context.commit(writes)
}
