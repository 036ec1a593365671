import { limits } from '../base/limits.ts'
import { hostScope, hostScopePrefix } from '../model/compute/allocation.ts'
import { type Host, hostCapacity, hostKind } from '../model/compute/host.ts'
import type {
  Assignment,
  Claim,
  FleetCapacity,
  HostView,
  PlacementAnswer,
  PlacementAsk,
  Resources,
  Scheduler,
} from '../ports/scheduler.ts'
import type { Change, Counter, Store } from '../ports/store.ts'
import { explained } from './explain.ts'

/** Room taken in the projection for a decision that is not committed yet. */
export interface Reservation {
  readonly assignments: readonly Assignment[]
  readonly placed: number
  /** Gives the room back; for a decision that did not commit. Idempotent. */
  release(): void
}

const loadPage = 5_000
const feedPage = 256

/**
 * The placement projection: the Scheduler port kept in step with the store. Loaded at opening, then fed by what this
 * process decides (at once) and by the change feed (what others decided).
 */
export class Fleet {
  readonly #scheduler: Scheduler
  readonly #store: Store
  readonly #origin: string
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

  /** Reads all hosts and their use. */
  async load(): Promise<void> {
    // The cursor first: a change that lands while we read is read again, and setting absolute values twice is harmless.
    this.#cursor = await this.#newest()
    let after: Host | undefined
    do {
      const page = await this.#store.query(hostKind, { limit: loadPage, ...(after ? { after } : {}) })
      if (page.length > 0) this.#scheduler.putHosts(page.map(hostView))
      after = page.length === loadPage ? page.at(-1) : undefined
    } while (after)
    let scope: string | undefined
    do {
      const page = await this.#store.scan(hostScopePrefix, { limit: loadPage, ...(scope ? { after: scope } : {}) })
      this.#scheduler.setUsage(usages(page))
      scope = page.at(-1)?.scope
    } while (scope)
  }

  /**
   * Follows the change feed to its end: hosts of every origin, use of other origins (ours is known already). What was
   * committed before the call is known when it resolves.
   */
  async sync(): Promise<void> {
    // One that is under way may have read the end of the feed before that commit.
    await this.#syncing?.catch(() => undefined)
    this.#syncing ??= this.#follow().finally(() => (this.#syncing = undefined))
    return this.#syncing
  }

  /** Reads the use of these hosts afresh: after a commit whose outcome is unknown. */
  async reload(hostIds: readonly string[]): Promise<void> {
    const counters = await this.#store.counters(hostIds.map(hostScope))
    const used = new Map(usages(counters).map((usage) => [usage.hostId, usage]))
    this.#scheduler.setUsage(hostIds.map((hostId) => used.get(hostId) ?? { hostId, used: {} }))
  }

  /**
   * Places and reserves.
   * @throws CloudError `noValidHost` with the explanation as `detail`.
   */
  place(ask: PlacementAsk): Reservation {
    const answer = this.#scheduler.place(ask)
    if (!answer.ok) throw explained(ask, answer.explanation)
    const claims = answer.assignments.map(({ hostId, count }) => ({ hostId, count, resources: ask.resources }))
    let held = true
    return {
      assignments: answer.assignments,
      placed: answer.placed,
      release: () => {
        if (held) this.#scheduler.adjust(claims, -1)
        held = false
      },
    }
  }

  /** What `place` would answer, reserving nothing. */
  preview(ask: PlacementAsk): PlacementAnswer {
    return this.#scheduler.preview(ask)
  }

  /** Gives back what committed deletions freed. */
  release(claims: readonly Claim[]): void {
    this.#scheduler.adjust(claims, -1)
  }

  capacity(): FleetCapacity {
    return this.#scheduler.capacity()
  }

  usage(hostId: string): Resources | undefined {
    return this.#scheduler.usage(hostId)
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
      this.#scheduler.putHosts(hosts.filter((host) => host !== undefined).map(hostView))
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
