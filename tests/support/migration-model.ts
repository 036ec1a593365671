import {
  type Allocation,
  allocationKind,
  type Host,
  hostCapacity,
  hostKind,
  type PlannedMigration,
  type Server,
  type ServerBatch,
  serverBatchKind,
  serverKind,
  type Store,
} from '@nephos/core'

const everything = 100_000

/** The rule of a group, as it was made. */
export interface ModelGroup {
  readonly policy: string
  readonly maxPerHost: number
}

/** Carries plans out by hand on what the store says, and refuses every step that breaks a rule. */
export class MigrationModel {
  readonly #hosts: ReadonlyMap<string, Host>
  readonly #servers: ReadonlyMap<string, Server>
  readonly #batches: ReadonlyMap<string, ServerBatch>
  readonly #allocations: ReadonlyMap<string, Allocation>
  readonly #groups: ReadonlyMap<string, ModelGroup>
  readonly #hostOf: Map<string, string>

  private constructor(rows: {
    readonly hosts: readonly Host[]
    readonly servers: readonly Server[]
    readonly batches: readonly ServerBatch[]
    readonly allocations: readonly Allocation[]
    readonly groups: ReadonlyMap<string, ModelGroup>
  }) {
    this.#hosts = new Map(rows.hosts.map((host) => [host.id, host]))
    this.#servers = new Map(rows.servers.map((server) => [server.id, server]))
    this.#batches = new Map(rows.batches.map((batch) => [batch.id, batch]))
    this.#allocations = new Map(rows.allocations.map((row) => [row.id, row]))
    this.#groups = rows.groups
    this.#hostOf = new Map(rows.allocations.map(({ id, hostId }) => [id, hostId]))
  }

  static async read(
    store: Store,
    groups: ReadonlyMap<string, ModelGroup> = new Map(),
  ): Promise<MigrationModel> {
    const limit = everything
    const [hosts, servers, batches, allocations] = await Promise.all([
      store.query(hostKind, { limit }),
      store.query(serverKind, { limit }),
      store.query(serverBatchKind, { limit }),
      store.query(allocationKind, { limit }),
    ])
    return new MigrationModel({ hosts, servers, batches, allocations, groups })
  }

  /** Ids of allocations on a host. */
  on(hostId: string): string[] {
    return [...this.#hostOf].filter(([, on]) => on === hostId).map(([id]) => id)
  }

  /** Moves servers one by one. Groups are looked at when all moves are done. */
  carryOut(moves: readonly PlannedMigration[]): void {
    for (const move of moves) this.#step(move)
    for (const { serverId, toHostId } of moves) this.#checkGroup(serverId, toHostId)
  }

  #step({ serverId, projectId, fromHostId, toHostId }: PlannedMigration): void {
    const server = this.#servers.get(serverId) as Server
    const target = this.#hosts.get(toHostId)
    require(target?.enabled, `${toHostId} takes nothing`)
    require(this.#hostOf.get(serverId) === fromHostId, `${serverId} is not on ${fromHostId}`)
    require(fromHostId !== toHostId, `${serverId} stays`)
    require(server.projectId === projectId, `${serverId} is of another project`)
    const { zones, demand } = this.#batches.get(server.batchId) as ServerBatch
    require(zones.length === 0 || zones.includes(target.zone), `${target.zone} was not asked for`)
    for (const trait of demand.requiredTraits) require(target.traits.includes(trait), trait)
    for (const trait of demand.forbiddenTraits) require(!target.traits.includes(trait), trait)
    this.#hostOf.set(serverId, toHostId)
    const capacity = hostCapacity(target)
    for (const [name, amount] of Object.entries(this.#usedOn(toHostId))) {
      require(amount <= (capacity[name] ?? 0), `${toHostId} has too little ${name}`)
    }
  }

  #usedOn(hostId: string): Record<string, number> {
    const used: Record<string, number> = {}
    for (const id of this.on(hostId)) {
      const { resources } = this.#allocations.get(id) as Allocation
      for (const [name, amount] of Object.entries(resources)) {
        used[name] = (used[name] ?? 0) + amount
      }
    }
    return used
  }

  #checkGroup(serverId: string, hostId: string): void {
    const groupId = this.#servers.get(serverId)?.groupId
    const group = typeof groupId === 'string' ? this.#groups.get(groupId) : undefined
    if (group === undefined) return
    const members = [...this.#servers.values()].filter((server) => server.groupId === groupId)
    const here = members.filter(({ id }) => this.#hostOf.get(id) === hostId).length
    if (group.policy === 'affinity') require(here === members.length, `${groupId} is torn apart`)
    if (group.policy === 'anti-affinity') require(here <= group.maxPerHost, `${groupId} is close`)
  }
}

function require(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`the plan cannot be carried out: ${message}`)
}
