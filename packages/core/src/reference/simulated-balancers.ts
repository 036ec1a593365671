import { CloudError } from '../base/errors.ts'
import type { MemberHealth } from '../model/balancer/operating.ts'
import type { Traffic } from '../model/balancer/status.ts'
import type {
  BalancerConfig,
  BalancerDriver,
  BalancerOptions,
  BalancerReport,
  MemberConfig,
} from '../ports/balancer-driver.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import { type BalancedRequest, type Routing, routeRequest } from './balancer-routing.ts'
import { type FenceBounds, Fences } from './fences.ts'
import { MemberChoice } from './member-choice.ts'
import { checkedDelay, type Delay, drawMs, landings, type Timed } from './simulated-delay.ts'
import {
  chance,
  type FaultFilter,
  type FaultKind,
  faultKinds,
  FaultPlan,
} from './simulated-faults.ts'

export interface SimulatedBalancersOptions {
  readonly clock: Clock
  readonly random: Random
  /** How long a change takes. 0 by default: answers come at once, without any timer. */
  readonly latencyMs?: { readonly apply?: Delay }
  /** Probability that a change fails. 0 by default. */
  readonly failureRate?: { readonly apply?: number }
  /** Kinds of failure to draw from. All by default; the first three look alike. */
  readonly failureKinds?: readonly FaultKind[]
  /** A call that has not been answered after so long is given up. 30 s by default. */
  readonly limitMs?: number
  /** How many removed load balancers are remembered, and how long, to fence off late calls. */
  readonly fences?: FenceBounds
}

/** A load balancer that is carried. */
export interface SimulatedBalancer {
  readonly config: BalancerConfig
  /** Grows when what carries it is replaced. */
  readonly incarnation: number
}

interface Carried extends SimulatedBalancer {
  readonly traffic: Map<string, Traffic>
  readonly choice: MemberChoice
}

/** A configuration to apply, or an id to remove. */
type Order = BalancerConfig | string

interface Job extends Timed {
  readonly order: Order
  readonly fault: FaultKind | undefined
}

/** Ends a call that hangs, when the caller gives no signal. */
const defaultLimitMs = 30_000

const noTraffic: Traffic = Object.freeze({
  activeConnections: 0,
  totalConnections: 0,
  bytesIn: 0,
  bytesOut: 0,
  requestErrors: 0,
})

/**
 * Load balancers in memory: the executable specification of `BalancerDriver`. It can be asked where
 * a request would go, and told which members are down.
 */
export class SimulatedBalancers implements BalancerDriver {
  readonly #clock: Clock
  readonly #random: Random
  readonly #delay: Delay
  readonly #limitMs: number
  readonly #faults: FaultPlan
  readonly #removed: Fences
  readonly #carried = new Map<string, Carried>()
  /** Addresses and ports at which nothing answers. */
  readonly #dead = new Set<string>()
  readonly #closing = new AbortController()
  #incarnations = 0
  #isReachable = true
  #changes = 0

  /** @throws CloudError `invalid` for options out of range. */
  constructor(options: SimulatedBalancersOptions) {
    const { latencyMs = {}, failureRate = {}, limitMs = defaultLimitMs } = options
    this.#clock = options.clock
    this.#random = options.random
    this.#delay = checkedDelay('latencyMs.apply', latencyMs.apply ?? 0)
    checkedDelay('limitMs', limitMs)
    this.#limitMs = limitMs
    const kinds = options.failureKinds ?? faultKinds
    this.#faults = new FaultPlan(options.random, failureRate.apply ?? 0, kinds)
    this.#removed = new Fences(options.clock, options.fences)
  }

  /** Load balancers carried now. */
  get balancers(): number {
    return this.#carried.size
  }

  /** The load balancer, or undefined when it is not carried. */
  balancer(balancerId: string): SimulatedBalancer | undefined {
    return this.#carried.get(balancerId)
  }

  /** All that are carried. */
  get carried(): readonly SimulatedBalancer[] {
    return [...this.#carried.values()]
  }

  /** Changes made so far. */
  get changes(): number {
    return this.#changes
  }

  /** False while every call fails. */
  get isReachable(): boolean {
    return this.#isReachable
  }

  /** Makes the next `times` (1) changes that match fail in this way. */
  failNext(kind: FaultKind, options: FaultFilter & { readonly times?: number } = {}): void {
    this.#faults.plan(kind, options, options.times ?? 1)
  }

  /** From now on nothing answers at a member's address and port, or something does again. */
  setAnswering(address: string, port: number, answers: boolean): void {
    if (answers) this.#dead.delete(`${address} ${port}`)
    else this.#dead.add(`${address} ${port}`)
  }

  /** From now on every call fails and does nothing, or works again. */
  setReachable(isReachable: boolean): void {
    this.#isReachable = isReachable
  }

  /** Forgets a load balancer, as a host does that fails. */
  lose(balancerId: string): void {
    this.#carried.delete(balancerId)
  }

  /**
   * Sends a request to a load balancer, and counts it.
   *
   * @returns what became of it, with the one member that it was forwarded to.
   */
  serve(balancerId: string, request: BalancedRequest): Routing {
    const carried = this.#carried.get(balancerId)
    if (!carried) return { type: 'refused' }
    const { config, choice, traffic } = carried
    const { listener, routing } = routeRequest(config, request, (id) => this.#isUp(config, id))
    if (!listener) return routing
    const before = traffic.get(listener.id) ?? noTraffic
    const errors = routing.type === 'unavailable' ? 1 : 0
    traffic.set(listener.id, {
      activeConnections: 0,
      totalConnections: before.totalConnections + 1,
      bytesIn: before.bytesIn + 512,
      bytesOut: before.bytesOut + (errors === 1 ? 0 : 2_048),
      requestErrors: before.requestErrors + errors,
    })
    if (routing.type !== 'forwarded') return routing
    const pool = config.pools.find(({ id }) => id === routing.poolId)
    return pool ? { ...routing, members: [choice.pick(pool, routing.members, request)] } : routing
  }

  async apply(
    configs: readonly BalancerConfig[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    return this.#change(configs, options)
  }

  async remove(
    balancerIds: readonly string[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    return this.#change(balancerIds, options)
  }

  /** Answers at once, and fails by no chance. */
  async observe(
    balancerIds: readonly string[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    this.#requireOpen()
    const isCut = options.signal?.aborted ?? false
    return balancerIds.map((id) => {
      const report = this.#report(id)
      if (!this.#isReachable) return failed(report, unreachable)
      return isCut ? failed(report, 'The call was given up.') : report
    })
  }

  /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort()
  }

  #requireOpen(): void {
    if (!this.#closing.signal.aborted) return
    throw new CloudError('closed', 'These load balancers are closed.')
  }

  async #change(
    orders: readonly Order[],
    { signal }: BalancerOptions,
  ): Promise<readonly BalancerReport[]> {
    this.#requireOpen()
    const jobs = orders.map((order) => this.#job(order))
    const signals = signal ? [this.#closing.signal, signal] : [this.#closing.signal]
    const reports = new Map<Job, BalancerReport>()
    for await (const { items, end } of landings(this.#clock, jobs, signals)) {
      for (const job of items) {
        reports.set(job, end === 'due' ? this.#land(job) : this.#cut(job, end === 'cut'))
      }
    }
    return jobs.map((job) => reports.get(job) ?? failed(this.#report(idOf(job.order)), 'Lost.'))
  }

  #job(order: Order): Job {
    const fault = this.#faults.planned(null, idOf(order)) ?? this.#faults.draw()
    const afterMs = drawMs(this.#random, this.#delay)
    if (fault !== 'hang' && afterMs <= this.#limitMs) return { order, fault, afterMs }
    return { order, fault: 'hang', afterMs: this.#limitMs }
  }

  #land({ order, fault }: Job): BalancerReport {
    if (!this.#isReachable) return failed(this.#report(idOf(order)), unreachable)
    if (fault === undefined) return this.#obey(order)
    const isDone = fault === 'falseAlarm' || (fault === 'hang' && chance(this.#random, 0.5))
    const before = this.#report(idOf(order))
    if (isDone) this.#obey(order)
    const why = fault === 'hang' ? 'Nothing answered in time.' : 'The change was reported to fail.'
    return failed(before, why)
  }

  /** The caller gave up: what was under way may be done or not. */
  #cut({ order }: Job, begun: boolean): BalancerReport {
    const before = this.#report(idOf(order))
    if (begun && this.#isReachable && chance(this.#random, 0.5)) this.#obey(order)
    return failed(before, 'The call was given up.')
  }

  #obey(order: Order): BalancerReport {
    const id = idOf(order)
    if (typeof order === 'string') {
      this.#changes++
      this.#carried.delete(id)
      this.#removed.set(id, Number.MAX_SAFE_INTEGER, true)
      return this.#report(id)
    }
    if (this.#removed.get(id)) return failed(this.#report(id), 'It was removed for good.')
    const before = this.#carried.get(id)
    if (before && before.config.generation >= order.generation) return this.#report(id)
    this.#changes++
    const isKept = before?.config.failovers === order.failovers
    const known = new Set(order.listeners.map((one) => one.id))
    const traffic = isKept ? [...before.traffic].filter(([one]) => known.has(one)) : []
    this.#carried.set(id, {
      config: order,
      incarnation: isKept ? before.incarnation : ++this.#incarnations,
      traffic: new Map(traffic),
      choice: isKept ? before.choice : new MemberChoice(),
    })
    return this.#report(id)
  }

  #report(balancerId: string): BalancerReport {
    const carried = this.#carried.get(balancerId)
    if (!carried) return { balancerId, generation: null, epoch: '', members: {}, traffic: {} }
    const { config, incarnation, traffic } = carried
    const members: Record<string, MemberHealth> = {}
    for (const pool of config.pools) {
      if (!pool.monitor) continue
      for (const { id } of pool.members) members[id] = this.#isUp(config, id) ? 'up' : 'down'
    }
    return {
      balancerId,
      generation: config.generation,
      epoch: String(incarnation),
      members,
      traffic: Object.fromEntries(
        config.listeners.map(({ id }) => [id, traffic.get(id) ?? noTraffic]),
      ),
    }
  }

  #isUp({ pools }: BalancerConfig, memberId: string): boolean {
    for (const { members } of pools) {
      const member = members.find(({ id }) => id === memberId)
      if (member) return !this.#dead.has(watchedAt(member))
    }
    return false
  }
}

const unreachable = 'Nothing answers.'

function idOf(order: Order): string {
  return typeof order === 'string' ? order : order.balancerId
}

/** Where a member is watched. */
function watchedAt(member: MemberConfig): string {
  const { address, protocolPort, monitorAddress, monitorPort } = member
  return `${monitorAddress ?? address} ${monitorPort ?? protocolPort}`
}

function failed(report: BalancerReport, message: string): BalancerReport {
  return { ...report, fault: { message } }
}
