import { z } from 'zod'
import { throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Call } from '../call.ts'
import { defineOperation } from '../operation.ts'
import {
  type HostLoad,
  migrationOf,
  movable,
  type PlannedMigration,
  readLoad,
} from './migration.ts'

/** Which moves would free which hosts. */
export interface DefragmentPlan {
  /** In an order in which they can be carried out one by one. */
  readonly moves: readonly PlannedMigration[]
  /** Hosts that hold nothing when all moves are done. */
  readonly freedHostIds: readonly string[]
}

/** Hosts that are tried for every move that may be made. */
const triesPerMove = 4
/** Reads at once. */
const readsAtOnce = 32

/**
 * A plan, no more: nothing moves and nothing is reserved. The emptiest hosts are tried, at most
 * four for every move allowed and 1,000 in all, those with the fewest servers first. A host is
 * emptied wholly, onto hosts in use, or left alone; what keeps a server where it is keeps its host.
 * Zones, traits, aggregates and server groups are heeded. The same state gives the same plan.
 */
export const fleetDefragment = defineOperation({
  id: 'compute.fleet.defragment',
  summary: 'Plans which hosts could be freed by a few moves; moves nothing.',
  policy: { scope: 'system', role: 'admin' },
  input: z.strictObject({
    /** Moves at most. */
    moves: z.int().min(1).max(limits.planMoves),
    /** Hosts to free at most; as many as the moves allow when absent. */
    hosts: z.int().min(1).max(limits.planHosts).optional(),
  }),
  mutates: false,
  run: async (call, input): Promise<DefragmentPlan> => {
    const { kernel } = call
    await kernel.fleet.sync()
    const loads = await lightLoads(call, input.moves)
    const plan = await movable(kernel, loads)
    await kernel.fleet.sync()
    const { moves, freed } = kernel.fleet.plan({
      mode: 'defragment',
      hosts: plan.hosts.filter(({ hostId }) => !plan.pinned.has(hostId)),
      groups: plan.groups,
      moves: input.moves,
      ...(input.hosts === undefined ? {} : { most: input.hosts }),
    })
    return { moves: moves.map((move) => migrationOf(move, plan)), freedHostIds: freed }
  },
})

/** What lies on the emptiest hosts, fewest allocations first; hosts that hold too many left out. */
async function lightLoads(call: Call, moves: number): Promise<HostLoad[]> {
  const { kernel } = call
  const hostIds = kernel.fleet.lightest(Math.min(triesPerMove * moves, limits.planHosts))
  const loads: HostLoad[] = []
  let servers = 0
  for (let at = 0; at < hostIds.length && servers < limits.planServers; at += readsAtOnce) {
    throwIfAborted(call.signal)
    const some = hostIds.slice(at, at + readsAtOnce)
    const read = await Promise.all(some.map((hostId) => readLoad(kernel, hostId, moves)))
    for (const [index, allocations] of read.entries()) {
      if (allocations.length === 0 || allocations.length > moves) continue
      loads.push({ hostId: some[index] as string, allocations })
      servers += allocations.length
    }
  }
  return loads.sort((a, b) => a.allocations.length - b.allocations.length)
}
