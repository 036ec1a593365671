import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Allocation } from '../../model/compute/allocation.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { fetchHost } from './host.ts'
import {
  migrationOf,
  movable,
  type PlannedMigration,
  readLoad,
  serverIdOf,
  type StuckServer,
} from './migration.ts'

/** How to empty a host: every server on it is either in `moves` or `stuck`. */
export interface HostDrainPlan {
  readonly hostId: string
  /** In an order in which they can be carried out one by one. */
  readonly moves: readonly PlannedMigration[]
  readonly stuck: readonly StuckServer[]
}

/**
 * A plan, no more: nothing moves, nothing is reserved, and what is placed meanwhile may take the
 * room. Each server goes where its request would be placed now: zones, traits, aggregates, its
 * server group and its policy are heeded; the members of an affinity group move together or not at
 * all. The largest are placed first. The host itself may be enabled or not: disable it so that it
 * takes no new servers. The same state gives the same plan.
 *
 * @throws CloudError `notFound` for the host, `conflict` for one with more than 10,000 servers.
 */
export const hostDrain = defineOperation({
  id: 'compute.host.drain',
  summary: 'Plans where the servers of a host could move; moves nothing.',
  policy: { scope: 'system', role: 'admin' },
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call, input): Promise<HostDrainPlan> => {
    const { kernel } = call
    const { id: hostId } = await fetchHost(call, input.id)
    const allocations = await readLoad(kernel, hostId, limits.planServers)
    if (allocations.length > limits.planServers) {
      throw new CloudError('conflict', `The host has more than ${limits.planServers} servers.`, {
        field: 'id',
        limit: limits.planServers,
      })
    }
    const plan = await movable(kernel, [{ hostId, allocations }])
    // What others committed meanwhile is to be known: the plan may rest on it.
    await kernel.fleet.sync()
    const { hosts, groups } = plan
    const { moves, stuck } = kernel.fleet.plan({ mode: 'drain', hosts, groups })
    return {
      hostId,
      moves: moves.map((move) => migrationOf(move, plan)),
      stuck: [
        ...stuck.map(({ key, explanation }): StuckServer => {
          const projectId = plan.projectOf.get(key) as string
          return { serverId: key, projectId, reason: 'noRoom', explanation }
        }),
        ...withOpenResize(plan.pinned.get(hostId) ?? []),
      ],
    }
  },
})

/** Each once, also where both sides of a resize lie on the host. */
function withOpenResize(allocations: readonly Allocation[]): StuckServer[] {
  const projects = new Map(allocations.map((row) => [serverIdOf(row), row.projectId]))
  return [...projects].map(([serverId, projectId]) => {
    return { serverId, projectId, reason: 'openResize', explanation: null }
  })
}
