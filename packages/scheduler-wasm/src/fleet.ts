import type {
  AllocationView,
  Answer,
  Ask,
  FleetExplanation,
  FleetOptions,
  FleetTier,
  FleetTotals,
  HostSpec,
  Resources,
} from './fleet/api.ts'
import { countsOf } from './fleet/decide.ts'
import { defragment, type DefragmentBudget, type DefragmentPlan } from './fleet/defragment.ts'
import { drain, type DrainPlan } from './fleet/drain.ts'
import { explainAsk } from './fleet/explain.ts'
import { fleetHash } from './fleet/fleet-hash.ts'
import { fragmentation, type FragmentationReport } from './fleet/fragmentation.ts'
import { Guard } from './fleet/guard.ts'
import { putHosts, removeHosts } from './fleet/host-store.ts'
import { checkedOptions } from './fleet/options.ts'
import { checked, decideAsk, placeAsk, roomOf } from './fleet/place.ts'
import { type GangAnswer, type GangOptions, placeAll } from './fleet/place-all.ts'
import { isolate, moveTo, setLimit } from './fleet/rights.ts'
import { preempt, type PreemptPlan } from './fleet/preempt.ts'
import { Prepared, type PreparedAsk } from './fleet/prepared.ts'
import { release, releaseOne } from './fleet/release.ts'
import { snapshotOf } from './fleet/snapshot.ts'
import { FleetState } from './fleet/state.ts'
import { setTypical } from './fleet/typical.ts'
import { type FleetChanges, restored, whatIf } from './fleet/what-if.ts'
import { allocationOf, totalsOf, usageOf } from './fleet/views.ts'

/**
 * Hosts, and what lies on them. Everything is checked at this border: what is malformed throws an
 * EngineError that names the field, and changes nothing.
 *
 * The same calls in the same order give the same answers, on every tier.
 */
export class Fleet {
  readonly #guard = new Guard()
  #state: FleetState

  /** @throws EngineError for options that it cannot take. */
  constructor(options: FleetOptions = {}) {
    const { tier, lifetimeBin, hosts, allocations, typical } = checkedOptions(options)
    const state = new FleetState(tier, lifetimeBin)
    this.#state = state
    this.#guard.run(() => {
      state.kernel.reserve(hosts, allocations)
      state.hosts.reserve(hosts)
      if (typical.length > 0) setTypical(state, typical)
    })
  }

  get tier(): FleetTier {
    return this.#state.tier
  }

  /** Hosts. */
  get size(): number {
    return this.#state.hosts.size
  }

  /** Bytes held for hosts and allocations; names not counted. */
  get bytes(): number {
    return this.#state.kernel.bytes + this.#state.hosts.bytes
  }

  /**
   * Adds hosts, or replaces all that is known of them but what they hold. All or none. The first
   * hosts say which resource classes there are; a class, cell or device that comes later widens all
   * rows, which takes as long as loading them did.
   */
  putHosts(hosts: readonly HostSpec[]): void {
    this.#guard.run(() => putHosts(this.#state, hosts))
  }

  /** Forgets hosts and their allocations. Ids that are not there are ignored. */
  removeHosts(ids: readonly string[]): void {
    this.#guard.run(() => removeHosts(this.#state, ids))
  }

  /** Decides, and on success reserves: every instance becomes an allocation. */
  place(ask: Ask): Answer {
    return this.#guard.run(() => placeAsk(this.#state, ask, 2))
  }

  /** Answers as `place` would, and changes nothing. */
  preview(ask: Ask): Answer {
    return this.#guard.run(() => placeAsk(this.#state, ask, 0))
  }

  /** Places all asks, or none; or with `partial` as much of them as fits. */
  placeAll(asks: readonly Ask[], options: GangOptions = {}): GangAnswer {
    return this.#guard.run(() => placeAll(this.#state, asks, options))
  }

  /** Compiles an ask for many calls; the fastest way to place. */
  prepare(ask: Ask): PreparedAsk {
    return this.#guard.run(() => new Prepared(this.#state, this.#guard, ask))
  }

  /** Gives allocations back: all, or none if one is not live or named twice. */
  release(allocations: readonly number[] | Float64Array): void {
    this.#guard.run(() => release(this.#state, allocations))
  }

  /** Gives one allocation back, by the shortest way. */
  releaseOne(allocation: number): void {
    if (this.#guard.trapped) throw this.#guard.refusal()
    try {
      releaseOne(this.#state, allocation)
    } catch (error) {
      throw this.#guard.caught(error)
    }
  }

  /**
   * Puts an allocation on another host that has room for it, under the same number. Labels, groups
   * and limits are not looked at.
   */
  move(allocation: number, hostId: string): void {
    this.#guard.run(() => moveTo(this.#state, allocation, hostId))
  }

  /**
   * From now on a host with any instance of `app` holds at most `max` of `other`, whichever comes
   * first; with `app` = `other`, at most `max` of itself. Null lifts the limit.
   */
  limit(app: string, other: string, max: number | null): void {
    this.#guard.run(() => setLimit(this.#state, app, other, max))
  }

  /** Hosts of an aggregate take only asks of these tenants; null lets all in again. */
  isolate(aggregate: string, tenants: readonly string[] | null): void {
    this.#guard.run(() => isolate(this.#state, aggregate, tenants))
  }

  /** What is known of an allocation; undefined if it is not live. */
  allocation(id: number): AllocationView | undefined {
    return this.#guard.run(() => allocationOf(this.#state, id))
  }

  /** Live allocations of a host, newest first. */
  allocationsOf(hostId: string): readonly number[] {
    return this.#guard.run(() => {
      const slot = typeof hostId === 'string' ? this.#state.hosts.find(hostId) : -1
      return slot < 0 ? [] : [...this.#state.kernel.allocationsOf(slot)]
    })
  }

  /** What is used of a host, by class; undefined if it is not there. */
  usage(hostId: string): Resources | undefined {
    return this.#guard.run(() => usageOf(this.#state, hostId))
  }

  /** What every constraint of an ask does to the fleet, whether it could be placed or not. */
  explain(ask: Ask): FleetExplanation {
    return this.#guard.run(() => {
      const template = checked(this.#state, ask)
      const [, max] = countsOf(ask)
      const { placed } = decideAsk(this.#state, template, ask, 1, max, 0)
      return explainAsk(this.#state, template, ask, placed)
    })
  }

  /** Instances that an ask could have at most, whatever its counts say. */
  capacity(ask: Ask): number {
    return this.#guard.run(() => roomOf(this.#state, ask))
  }

  /** Sums over all hosts. */
  totals(): FleetTotals {
    return this.#guard.run(() => totalsOf(this.#state))
  }

  /**
   * What `ask` would get if hosts were put and removed, and allocations released; the fleet itself
   * stays as it is.
   */
  whatIf(changes: FleetChanges, ask: Ask): Answer {
    return this.#guard.run(() => whatIf(this.#state, changes, ask))
  }

  /** How much of what is free is of use for typical asks. */
  fragmentation(asks: readonly Ask[]): FragmentationReport {
    return this.#guard.run(() => fragmentation(this.#state, asks))
  }

  /** A plan that empties a host; the fleet itself stays as it is. */
  drain(hostId: string): DrainPlan {
    return this.#guard.run(() => drain(this.#state, hostId))
  }

  /** A plan that frees hosts by moves; the fleet itself stays as it is. */
  defragment(budget: DefragmentBudget): DefragmentPlan {
    return this.#guard.run(() => defragment(this.#state, budget))
  }

  /** A plan that makes room for one instance by releasing others of lower priority, or null. */
  preempt(ask: Ask): PreemptPlan | null {
    return this.#guard.run(() => preempt(this.#state, ask))
  }

  /** The workload that the policy `fragmentation` keeps room for; replaces the one before. */
  setTypical(typical: NonNullable<FleetOptions['typical']>): void {
    this.#guard.run(() => setTypical(this.#state, typical))
  }

  /** All of the fleet, to be restored. */
  snapshot(): Uint8Array {
    return this.#guard.run(() => snapshotOf(this.#state))
  }

  /**
   * A fleet from a snapshot: it answers as the one that was saved would.
   *
   * @throws EngineError `corrupt` for bytes that are no snapshot.
   */
  static restore(bytes: Uint8Array, options: { readonly tier?: FleetTier | 'auto' } = {}): Fleet {
    const fleet = new Fleet(options)
    fleet.#state = restored(bytes, fleet.#state.tier)
    return fleet
  }

  /** What the fleet holds, in sixteen hexadecimal digits, whatever its history. */
  hash(): string {
    return this.#guard.run(() => fleetHash(this.#state))
  }
}
