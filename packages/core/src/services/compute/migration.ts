import type { Kernel } from '../../kernel.ts'
import { type Allocation, allocationKind } from '../../model/compute/allocation.ts'
import { type Flavor, flavorKind } from '../../model/compute/flavor.ts'
import {
  type ServerBatch,
  serverBatchKind,
  type ServerDemand,
} from '../../model/compute/server-batch.ts'
import { serverGroupKind } from '../../model/compute/server-group.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type {
  Explanation,
  GroupRule,
  HostToEmpty,
  MovableClaim,
  PlannedMove,
} from '../../ports/scheduler.ts'
import { flavorDemand } from './flavor-demand.ts'
import { groupRules } from './server-group.ts'
import { aggregateSets, readAggregates } from './server-plan.ts'

/** What lies on one host. */
export interface HostLoad {
  readonly hostId: string
  readonly allocations: readonly Allocation[]
}

/** One step of a plan. The steps can be taken one by one, in their order. */
export interface PlannedMigration {
  readonly serverId: string
  readonly projectId: string
  readonly fromHostId: string
  readonly toHostId: string
}

/** A server that cannot leave its host as things are. */
export interface StuckServer {
  readonly serverId: string
  readonly projectId: string
  /** `openResize`: until it is confirmed or reverted, both of its sides stay where they are. */
  readonly reason: 'noRoom' | 'openResize'
  /** For `noRoom`: why no other host takes it, as in the refusal of a request. */
  readonly explanation: Explanation | null
}

/** What placement needs to plan for servers that are there. */
export interface Movable {
  readonly hosts: readonly HostToEmpty[]
  readonly groups: Readonly<Record<string, GroupRule>>
  /** By host: servers with an open resize. */
  readonly pinned: ReadonlyMap<string, readonly Allocation[]>
  /** By the key of claims. */
  readonly projectOf: ReadonlyMap<string, string>
}

/** At most `limit` allocations of a host, and one more if there are more: one statement. */
export function readLoad(kernel: Kernel, hostId: string, limit: number): Promise<Allocation[]> {
  const where = { index: 'byHost', equals: [hostId] }
  return kernel.store.query(allocationKind, { ...where, limit: limit + 1 })
}

/**
 * What servers take and where they may lie: what they were asked for with, or, after a resize, what
 * their flavor demands. A constant number of statements, however many servers there are. A server
 * that left its host meanwhile is left out.
 */
export async function movable(kernel: Kernel, loads: readonly HostLoad[]): Promise<Movable> {
  const read = await readServers(kernel, loads)
  const pinned = new Map<string, Allocation[]>()
  const projectOf = new Map<string, string>()
  const hosts = loads.map(({ hostId, allocations }): HostToEmpty => {
    const claims: MovableClaim[] = []
    const kept: Allocation[] = []
    for (const allocation of allocations) {
      const server = read.servers.get(serverIdOf(allocation))
      if (!server) continue
      if (server.resize !== null || allocation.id !== server.id) {
        kept.push(allocation)
      } else if (server.hostId === hostId) {
        claims.push(claimOf(server, allocation, read))
        projectOf.set(server.id, server.projectId)
      }
    }
    if (kept.length > 0) pinned.set(hostId, kept)
    return { hostId, claims }
  })
  return { hosts, groups: read.groups, pinned, projectOf }
}

export function serverIdOf({ id }: Allocation): string {
  return id.split(':', 1)[0] as string
}

export function migrationOf({ key, from, to }: PlannedMove, plan: Movable): PlannedMigration {
  const projectId = plan.projectOf.get(key) as string
  return { serverId: key, projectId, fromHostId: from, toHostId: to }
}

interface Read {
  readonly servers: ReadonlyMap<string, Server>
  readonly batches: ReadonlyMap<string, ServerBatch>
  readonly groups: Readonly<Record<string, GroupRule>>
  /** Of flavors that servers were resized to. */
  readonly conditions: ReadonlyMap<string, Conditions>
}

type Conditions = Omit<ServerDemand, 'resources'>

async function readServers(kernel: Kernel, loads: readonly HostLoad[]): Promise<Read> {
  const { store } = kernel
  const ids = new Set(loads.flatMap(({ allocations }) => allocations.map(serverIdOf)))
  const servers = present(await store.get(serverKind, [...ids]))
  const batchIds = new Set(servers.map(({ batchId }) => batchId))
  const groupIds = new Set(servers.map(({ groupId }) => groupId).filter((id) => id !== null))
  const [batches, groups] = await Promise.all([
    store.get(serverBatchKind, [...batchIds]),
    store.get(serverGroupKind, [...groupIds]),
  ])
  const byId = new Map(present(batches).map((batch) => [batch.id, batch]))
  const resized = servers.filter(
    ({ batchId, flavor }) => byId.get(batchId)?.flavor.id !== flavor.id,
  )
  const flavorIds = new Set(resized.map(({ flavor }) => flavor.id))
  return {
    servers: new Map(servers.map((server) => [server.id, server])),
    batches: byId,
    groups: await groupRules(kernel, present(groups)),
    conditions: await readConditions(kernel, [...flavorIds]),
  }
}

async function readConditions(
  kernel: Kernel,
  flavorIds: readonly string[],
): Promise<ReadonlyMap<string, Conditions>> {
  if (flavorIds.length === 0) return new Map()
  const [flavors, aggregates] = await Promise.all([
    kernel.store.get(flavorKind, flavorIds),
    readAggregates(kernel),
  ])
  const conditionsOf = (flavor: Flavor): Conditions => {
    const { requiredTraits, forbiddenTraits, aggregateSpecs } = flavorDemand(flavor)
    return { requiredTraits, forbiddenTraits, memberOf: aggregateSets(aggregates, aggregateSpecs) }
  }
  return new Map(present(flavors).map((flavor) => [flavor.id, conditionsOf(flavor)]))
}

function present<T>(rows: readonly (T | undefined)[]): T[] {
  return rows.filter((row) => row !== undefined)
}

function claimOf(server: Server, { resources }: Allocation, read: Read): MovableClaim {
  const batch = read.batches.get(server.batchId)
  // A flavor that is gone leaves the conditions that the server was made under.
  const { requiredTraits, forbiddenTraits, memberOf } = read.conditions.get(server.flavor.id) ??
    batch?.demand ?? { requiredTraits: [], forbiddenTraits: [], memberOf: [] }
  const zones = batch?.zones ?? []
  const grouped = server.groupId !== null && server.groupId in read.groups
  return {
    key: server.id,
    ask: {
      resources,
      requiredTraits,
      forbiddenTraits,
      memberOf,
      ...(zones.length > 0 ? { zones } : {}),
      policy: batch?.policy ?? 'pack',
      // The same state gives the same plan.
      seed: 0,
    },
    ...(grouped ? { group: server.groupId } : {}),
  }
}
