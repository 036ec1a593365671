import { CloudError, isCloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { hostScope, hostScopePrefix } from '../model/compute/allocation.ts'
import { type Host, hostCapacity, hostKind, takesServers } from '../model/compute/host.ts'
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
import { PendingChanges } from './pending.ts'

/**
 * Room taken in the projection for a decision that is not committed yet. It ends in one of two
 * ways, once: `keep` when the decision was committed, `release` when it was not.
 */
export interface Reservation {
  /** The question. */
  readonly ask: PlacementAsk
  readonly assignments: readonly Assignment[]
  readonly placed: number
  /** The store holds it now. */
  keep(): void
  /**
   * Gives the room back. @param error why the commit failed: it tells whether it may have been
   * made.
   */
  release(error?: unknown): void
}

/** Room that a commit under way gives back. It ends once, in one of two ways. */
export interface Freeing {
  /** Committed: the room is free. */
  done(): void
  /** Not committed, as far as `error` tells. */
  failed(error: unknown): void
}

const loadPage = 5_000
const feedPage = 256
/** Reads of one host's use in a row that a change of this process may spoil. */
const rereads = 4

/**
 * The placement projection: the Scheduler port kept in step with the store. Loaded at opening, then
 * fed by what this process decides (at once) and by the change feed (what others decided).
 */
export class Fleet {
  readonly #scheduler: Scheduler
  readonly #store: Store
  readonly #origin: string
  readonly #weights: Readonly<Record<string, number>>
  readonly #pending = new PendingChanges()
  readonly #classes = new Set<string>()
  #cursor = 0
  #syncing: Promise<void> | undefined

  /** @param weights of the policy `weighed`, by resource class. */
  constructor(
    scheduler: Scheduler,
    store: Store,
    origin: string,
    weights: Readonly<Record<string, number>> = {},
  ) {
    this.#scheduler = scheduler
    this.#store = store
    this.#origin = origin
    this.#weights = weights
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
    let left = hostIds
    for (let tries = 0; left.length > 0 && tries < rereads; tries++) {
      const scopes = left.map(hostScope)
      const { value, changed } = await this.#pending.reading(() => this.#store.counters(scopes))
      this.#setUsage(
        left.filter((hostId) => !changed.has(hostId)),
        value,
      )
      left = left.filter((hostId) => changed.has(hostId))
    }
    // So busy a host is read again when its next change is seen in the feed.
    this.doubt(left)
  }

  /**
   * Somebody else than placement is about to change the use of these hosts, and may never hear
   * whether he did: it is read whenever the feed names them.
   */
  doubt(hostIds: readonly string[]): void {
    this.#pending.doubt(hostIds.map((hostId) => ({ hostId, resources: {}, count: 0 })))
  }

  /**
   * Places and reserves.
   *
   * @throws CloudError `noValidHost` with the explanation as `detail`.
   */
  place(ask: PlacementAsk): Reservation {
    const answer = this.#scheduler.place(this.#weighed(ask))
    if (!answer.ok) throw explained(ask, answer.explanation)
    const { assignments, placed } = answer
    const claims = assignments.map(({ hostId, count }) => ({
      hostId,
      count,
      resources: ask.resources,
    }))
    const pending = this.#pending.begin(claims, 1)
    return {
      ask,
      assignments,
      placed,
      keep: () => {
        if (this.#pending.end(pending)) this.#recount(pending.reread)
      },
      release: (failure) => {
        if (!this.#pending.end(pending)) return
        this.#giveBack(claims)
        if (mayBeMade(failure)) this.#doubt(claims)
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
    return this.#scheduler.preview(this.#weighed(ask))
  }

  /** Announces what a commit will give back, before it is made. */
  freeing(claims: readonly Claim[]): Freeing {
    const pending = this.#pending.begin(claims, -1)
    return {
      done: () => {
        if (!this.#pending.end(pending)) return
        this.#giveBack(claims.filter(({ hostId }) => !pending.reread.has(hostId)))
        this.#recount(pending.reread)
      },
      failed: (error) => {
        if (this.#pending.end(pending) && mayBeMade(error)) this.#doubt(claims)
      },
    }
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
    const hosts = ask.hosts.map((host) => ({
      ...host,
      claims: host.claims.map((claim) => ({ ...claim, ask: this.#weighed(claim.ask) })),
    }))
    return this.#scheduler.plan({ ...ask, hosts })
  }

  capacity(): FleetCapacity {
    return this.#scheduler.capacity()
  }

  usage(hostId: string): Resources | undefined {
    return this.#scheduler.usage(hostId)
  }

  /** What weighs is the operator's choice, not that of who asks. */
  #weighed<Asked extends Pick<InstanceAsk, 'policy'>>(ask: Asked): Asked {
    return ask.policy === 'weighed' ? { ...ask, weights: this.#weights } : ask
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

  /** It may have been committed, or be later: looked at now, and whenever the feed names it. */
  #doubt(claims: readonly Claim[]): void {
    this.#pending.doubt(claims)
    this.#recount(new Set(claims.map(({ hostId }) => hostId)))
  }

  #setUsage(hostIds: readonly string[], counters: readonly Counter[]): void {
    const used = new Map(hostIds.map((hostId) => [hostId, {}]))
    for (const usage of usages(counters)) {
      if (used.has(usage.hostId)) used.set(usage.hostId, usage.used)
    }
    for (const { claim, sign } of this.#pending.touching(used)) {
      const amounts = used.get(claim.hostId)
      if (amounts && sign === 1) addAmounts(amounts, claim.resources, claim.count)
    }
    this.#scheduler.setUsage([...used].map(([hostId, amounts]) => ({ hostId, used: amounts })))
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
      const isOwn = change.origin === this.#origin
      for (const scope of change.scopes) {
        if (!scope.startsWith(hostScopePrefix)) continue
        const hostId = scope.slice(hostScopePrefix.length)
        if (!isOwn || this.#pending.isDoubtful(hostId)) used.add(hostId)
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

/** True if a commit that failed in this way may have been made, or may still be. */
function mayBeMade(error: unknown): boolean {
  return isCloudError(error) && error.code === 'unavailable'
}

function hostView(host: Host): HostView {
  return {
    id: host.id,
    zone: host.zone,
    capacity: hostCapacity(host),
    traits: host.traits,
    aggregates: host.aggregateIds,
    enabled: takesServers(host),
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
