import { CloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { hostScope, hostScopePrefix } from '../model/compute/allocation.ts'
import { type Host, hostCapacity, hostKind } from '../model/compute/host.ts'
import type {
  Assignment,
  Claim,
  FleetCapacity,
  HostView,
  InstanceAsk,
  PlacementAnswer,
  PlacementAsk,
  PlanAnswer,
  PlanAsk,
  Resources,
  Scheduler,
} from '../ports/scheduler.ts'
import type { Change, Counter, Store } from '../ports/store.ts'
import { explained } from './explain.ts'

/**
 * Room taken in the projection for a decision that is not committed yet. It ends in one of two
 * ways, once: `keep` when the decision was committed, `release` when it was not.
 */
export interface Reservation {
  readonly assignments: readonly Assignment[]
  readonly placed: number
  /** The store holds it now. */
  keep(): void
  /** Gives the room back. */
  release(): void
}

/** A reservation that has not ended. */
interface Open {
  readonly claims: ReadonlyMap<string, Claim>
  /**
   * Hosts whose use was read from the store meanwhile: whether with this decision or without,
   * nobody knows.
   */
  readonly reread: Set<string>
}

const loadPage = 5_000
const feedPage = 256

/**
 * The placement projection: the Scheduler port kept in step with the store. Loaded at opening, then
 * fed by what this process decides (at once) and by the change feed (what others decided).
 */
export class Fleet {
  readonly #scheduler: Scheduler
  readonly #store: Store
  readonly #origin: string
  readonly #open = new Set<Open>()
  readonly #classes = new Set<string>()
  #cursor = 0
  #syncing: Promise<void> | undefined

  constructor(scheduler: Scheduler, store: Store, origin: string) {
    this.#scheduler = scheduler
    this.#store = store
    this.#origin = origin
  }

  /** Sequence number of the last change that is known here. */
  get cursor(): number {
    return this.#cursor
  }

  /**
   * Refuses hosts whose resource classes, with those known, are more than an engine can tell apart.
   *
   * @throws CloudError `invalid` with the limit.
   */
  requireClasses(names: Iterable<string>, field: string): void {
    const all = new Set([...this.#classes, ...names])
    if (all.size <= limits.fleetClasses) return
    throw new CloudError(
      'invalid',
      `${field}: more than ${limits.fleetClasses} resource classes in all.`,
      {
        field,
        limit: limits.fleetClasses,
      },
    )
  }

  /** Reads all hosts and their use. */
  async load(): Promise<void> {
    // The cursor first: a change that lands while we read is read again, and setting absolute
    // values twice is harmless.
    this.#cursor = await this.#newest()
    let after: Host | undefined
    do {
      const page = await this.#store.query(hostKind, {
        limit: loadPage,
        ...(after ? { after } : {}),
      })
      this.#putHosts(page)
      after = page.length === loadPage ? page.at(-1) : undefined
    } while (after)
    let scope: string | undefined
    do {
      const page = await this.#store.scan(hostScopePrefix, {
        limit: loadPage,
        ...(scope ? { after: scope } : {}),
      })
      this.#scheduler.setUsage(usages(page))
      scope = page.at(-1)?.scope
    } while (scope)
  }

  /**
   * Follows the change feed to its end: hosts of every origin, use of other origins (ours is known
   * already). What was committed before the call is known when it resolves.
   */
  async sync(): Promise<void> {
    // One that is under way may have read the end of the feed before that commit.
    await this.#syncing?.catch(() => undefined)
    this.#syncing ??= this.#follow().finally(() => (this.#syncing = undefined))
    return this.#syncing
  }

  /** Reads the use of these hosts afresh; what is reserved and not committed comes on top. */
  async reload(hostIds: readonly string[]): Promise<void> {
    const counters = await this.#store.counters(hostIds.map(hostScope))
    const used = new Map(hostIds.map((hostId) => [hostId, {}]))
    for (const usage of usages(counters)) used.set(usage.hostId, usage.used)
    for (const { claims, reread } of this.#open) {
      for (const { hostId, resources, count } of claims.values()) {
        const amounts = used.get(hostId)
        if (!amounts) continue
        addAmounts(amounts, resources, count)
        reread.add(hostId)
      }
    }
    this.#scheduler.setUsage([...used].map(([hostId, amounts]) => ({ hostId, used: amounts })))
  }

  /**
   * Places and reserves.
   *
   * @throws CloudError `noValidHost` with the explanation as `detail`.
   */
  place(ask: PlacementAsk): Reservation {
    const answer = this.#scheduler.place(ask)
    if (!answer.ok) throw explained(ask, answer.explanation)
    const { assignments, placed } = answer
    const claims = assignments.map(({ hostId, count }) => ({
      hostId,
      count,
      resources: ask.resources,
    }))
    const open: Open = {
      claims: new Map(claims.map((claim) => [claim.hostId, claim])),
      reread: new Set(),
    }
    this.#open.add(open)
    return {
      assignments,
      placed,
      keep: () => {
        if (this.#open.delete(open)) this.#recount(open.reread)
      },
      release: () => {
        if (this.#open.delete(open)) this.#giveBack(claims)
      },
    }
  }

  /**
   * As `place`, but what other processes committed is read before a refusal: what they freed is not
   * missed.
   *
   * @throws CloudError `noValidHost` with the explanation as `detail`.
   */
  async find(ask: PlacementAsk): Promise<Reservation> {
    try {
      return this.place(ask)
    } catch (error) {
      const known = this.#cursor
      await this.sync()
      if (this.#cursor === known) throw error
      return this.place(ask)
    }
  }

  /** What `place` would answer, reserving nothing. */
  preview(ask: PlacementAsk): PlacementAnswer {
    return this.#scheduler.preview(ask)
  }

  /** Gives back what committed deletions freed. */
  release(claims: readonly Claim[]): void {
    this.#giveBack(claims)
  }

  /** Instances that an ask could get at most now. */
  room(ask: InstanceAsk): number {
    return this.#scheduler.room(ask)
  }

  /** The enabled hosts in use that hold the least, the emptiest first. */
  lightest(limit: number): readonly string[] {
    return this.#scheduler.lightest(limit)
  }

  /** Where claims could move; changes nothing. */
  plan(ask: PlanAsk): PlanAnswer {
    return this.#scheduler.plan(ask)
  }

  capacity(): FleetCapacity {
    return this.#scheduler.capacity()
  }

  usage(hostId: string): Resources | undefined {
    return this.#scheduler.usage(hostId)
  }

  /**
   * Where more would be given back than is known to be used, the projection was behind: it reads
   * anew.
   */
  #giveBack(claims: readonly Claim[]): void {
    const amounts = new Map<string, Record<string, number>>()
    for (const { hostId, resources, count } of claims) {
      const sum = amounts.get(hostId) ?? {}
      amounts.set(hostId, sum)
      addAmounts(sum, resources, count)
    }
    const behind = new Set<string>()
    for (const [hostId, sum] of amounts) {
      const used = this.#scheduler.usage(hostId) ?? {}
      if (Object.entries(sum).some(([name, amount]) => amount > (used[name] ?? 0)))
        behind.add(hostId)
    }
    this.#scheduler.adjust(
      claims.filter(({ hostId }) => !behind.has(hostId)),
      -1,
    )
    this.#recount(behind)
  }

  /**
   * Reads the use of hosts in the background. If that fails, the next conflict on one of them reads
   * it.
   */
  #recount(hostIds: ReadonlySet<string>): void {
    if (hostIds.size > 0) this.reload([...hostIds]).catch(() => undefined)
  }

  #putHosts(hosts: readonly Host[]): void {
    if (hosts.length === 0) return
    for (const host of hosts) for (const name in host.inventory) this.#classes.add(name)
    this.#scheduler.putHosts(hosts.map(hostView))
  }

  async #newest(): Promise<number> {
    let cursor = 0
    for (;;) {
      const page = await this.#store.changes(cursor, limits.pageRows)
      const last = page.at(-1)
      if (!last) return cursor
      cursor = last.seq
    }
  }

  async #follow(): Promise<void> {
    for (;;) {
      const page = await this.#store.changes(this.#cursor, feedPage)
      const last = page.at(-1)
      if (!last) return
      await this.#apply(page)
      this.#cursor = last.seq
    }
  }

  async #apply(page: readonly Change[]): Promise<void> {
    const put = new Set<string>()
    const used = new Set<string>()
    for (const change of page) {
      for (const id of change.put[hostKind.name] ?? []) put.add(id)
      for (const id of change.removed[hostKind.name] ?? []) put.add(id)
      if (change.origin === this.#origin) continue
      for (const scope of change.scopes) {
        if (scope.startsWith(hostScopePrefix)) used.add(scope.slice(hostScopePrefix.length))
      }
    }
    if (put.size > 0) {
      const ids = [...put]
      const hosts = await this.#store.get(hostKind, ids)
      this.#scheduler.removeHosts(ids.filter((_, index) => hosts[index] === undefined))
      this.#putHosts(hosts.filter((host) => host !== undefined))
    }
    if (used.size > 0) await this.reload([...used])
  }
}

function hostView(host: Host): HostView {
  return {
    id: host.id,
    zone: host.zone,
    capacity: hostCapacity(host),
    traits: host.traits,
    aggregates: host.aggregateIds,
    enabled: host.enabled,
  }
}

/** Counters of host scopes, gathered per host. */
function usages(counters: readonly Counter[]): { hostId: string; used: Record<string, number> }[] {
  const byHost = new Map<string, Record<string, number>>()
  for (const { scope, name, value } of counters) {
    const hostId = scope.slice(hostScopePrefix.length)
    let used = byHost.get(hostId)
    if (!used) byHost.set(hostId, (used = {}))
    used[name] = value
  }
  return [...byHost].map(([hostId, used]) => ({ hostId, used }))
}

function addAmounts(sum: Record<string, number>, resources: Resources, count: number): void {
  for (const [name, amount] of Object.entries(resources))
    sum[name] = (sum[name] ?? 0) + amount * count
}
