import { CloudError } from '../base/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { NetworkDriver, PortReport, PortTarget } from '../ports/network-driver.ts'
import type { NetworkObject, NetworkObjectType, ObjectReport } from '../ports/network-object.ts'
import type { Random } from '../ports/random.ts'
import { type FenceBounds, Fences } from './fences.ts'
import { NetworkObjects } from './network-objects.ts'
import { checkedDelay, type Delay, drawMs, landings, type Timed } from './simulated-delay.ts'
import {
  chance,
  type FaultFilter,
  type FaultKind,
  faultKinds,
  FaultPlan,
} from './simulated-faults.ts'

export interface SimulatedNetworkOptions {
  readonly clock: Clock
  readonly random: Random
  /** How long a port takes. 0 by default: answers come at once, without any timer. */
  readonly latencyMs?: { readonly apply?: Delay }
  /** Probability that a target fails. 0 by default. */
  readonly failureRate?: { readonly apply?: number }
  /** Kinds of failure to draw from, each as likely. All by default; the first three look alike. */
  readonly failureKinds?: readonly FaultKind[]
  /** A call that has not been answered after so long is given up. 30 s by default. */
  readonly limitMs?: number
  /** How many unplugged ports are remembered, and how long, to fence off late calls. */
  readonly fences?: FenceBounds
}

/** A port that is plugged in. */
export interface SimulatedPort {
  readonly portId: string
  readonly networkId: string
  readonly hostId: string
  readonly revision: number
  readonly mac: string
  readonly addresses: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly dhcpOptions?: PortTarget['dhcpOptions']
  readonly dnsName?: PortTarget['dnsName']
  readonly qosPolicyId?: PortTarget['qosPolicyId']
  readonly state: 'active' | 'down'
}

interface Job<T> extends Timed {
  readonly target: T
  readonly fault: FaultKind | undefined
}

/** How targets of one sort are brought about. */
interface Hand<T, R> {
  readonly id: (target: T) => string
  /** The host concerned; null = none. */
  readonly hostId: (target: T) => string | null
  readonly obey: (target: T) => R
  readonly report: (target: T) => R
}

interface Fault {
  readonly message: string
}

/** Ends a call that hangs, when the caller gives no signal. */
const defaultLimitMs = 30_000

/** The data plane in memory: the executable specification of `NetworkDriver`. */
export class SimulatedNetwork implements NetworkDriver {
  readonly #clock: Clock
  readonly #random: Random
  readonly #delay: Delay
  readonly #limitMs: number
  readonly #faults: FaultPlan
  readonly #fences: Fences
  readonly #ports = new Map<string, SimulatedPort>()
  readonly #objects: NetworkObjects
  readonly #crashed = new Set<string>()
  readonly #closing = new AbortController()
  readonly #plugs: Hand<PortTarget, PortReport> = {
    id: ({ portId }) => portId,
    hostId: ({ hostId }) => hostId,
    obey: (target) => this.#obey(target),
    report: (target) => this.#report(target),
  }
  readonly #things: Hand<NetworkObject, ObjectReport> = {
    id: ({ id }) => id,
    hostId: () => null,
    obey: (target) => this.#objects.obey(target),
    report: (target) => this.#objects.report(target),
  }

  /** @throws CloudError `invalid` for options out of range. */
  constructor(options: SimulatedNetworkOptions) {
    const { latencyMs = {}, failureRate = {}, limitMs = defaultLimitMs } = options
    this.#clock = options.clock
    this.#random = options.random
    this.#delay = checkedDelay('latencyMs.apply', latencyMs.apply ?? 0)
    checkedDelay('limitMs', limitMs)
    this.#limitMs = limitMs
    const kinds = options.failureKinds ?? faultKinds
    this.#faults = new FaultPlan(options.random, failureRate.apply ?? 0, kinds)
    this.#fences = new Fences(options.clock, options.fences)
    this.#objects = new NetworkObjects(new Fences(options.clock, options.fences))
  }

  /** Ports plugged in now. */
  get ports(): number {
    return this.#ports.size
  }

  /** Routers, floating IPs and the like that are configured now. */
  get objects(): number {
    return this.#objects.size
  }

  /** The signal ends a call early, with faults, not with an error. @throws CloudError `closed`. */
  apply(
    targets: readonly PortTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly PortReport[]> {
    return this.#run(targets, this.#plugs, options.signal)
  }

  /** As `apply`. */
  configure(
    targets: readonly NetworkObject[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ObjectReport[]> {
    return this.#run(targets, this.#things, options.signal)
  }

  /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort()
  }

  /** Takes ports as they were last observed. One that is known already changes only if older. */
  adopt(ports: Iterable<SimulatedPort>): void {
    for (const port of ports) {
      if (port.revision <= this.#seen(port.portId)) continue
      this.#fences.delete(port.portId)
      this.#ports.set(port.portId, port)
    }
  }

  /** The port, or undefined when it is not plugged in. */
  port(portId: string): SimulatedPort | undefined {
    return this.#ports.get(portId)
  }

  /** What is configured, or undefined. */
  object(type: NetworkObjectType, id: string): NetworkObject | undefined {
    return this.#objects.get(type, id)
  }

  /** Everything that is configured. */
  everyObject(): Iterable<NetworkObject> {
    return this.#objects.all()
  }

  /** Takes objects as they were last observed. */
  adoptObjects(objects: Iterable<NetworkObject>): void {
    for (const object of objects) this.#objects.obey(object)
  }

  /** Ports on the host go down, and nothing can be plugged there until `restoreHost`. */
  crashHost(hostId: string): void {
    this.#crashed.add(hostId)
    for (const [portId, port] of this.#ports) {
      if (port.hostId === hostId) this.#ports.set(portId, { ...port, state: 'down' })
    }
  }

  /** Ports on the host stay down until they are applied again. */
  restoreHost(hostId: string): void {
    this.#crashed.delete(hostId)
  }

  /** Makes the next `times` (1) targets that match fail in this way. */
  failNext(kind: FaultKind, options: FaultFilter & { readonly times?: number } = {}): void {
    this.#faults.plan(kind, options, options.times ?? 1)
  }

  async #run<T, R extends object>(
    targets: readonly T[],
    hand: Hand<T, R>,
    signal: AbortSignal | undefined,
  ): Promise<readonly R[]> {
    if (this.#closing.signal.aborted) throw new CloudError('closed', 'This network is closed.')
    const jobs = targets.map((target) => this.#job(target, hand))
    const signals = signal ? [this.#closing.signal, signal] : [this.#closing.signal]
    const reports: R[] = []
    for await (const { items, end } of landings(this.#clock, jobs, signals)) {
      for (const job of items) {
        reports.push(end === 'due' ? this.#land(job, hand) : this.#cut(job, hand, end === 'cut'))
      }
    }
    return reports
  }

  #job<T, R>(target: T, { hostId, id }: Hand<T, R>): Job<T> {
    const fault = this.#faults.planned(hostId(target), id(target)) ?? this.#faults.draw()
    const afterMs = drawMs(this.#random, this.#delay)
    if (fault !== 'hang' && afterMs <= this.#limitMs) return { target, fault, afterMs }
    return { target, fault: 'hang', afterMs: this.#limitMs }
  }

  #land<T, R extends object>(job: Job<T>, hand: Hand<T, R>): R {
    const { target, fault } = job
    const hostId = hand.hostId(target)
    if (hostId !== null && this.#crashed.has(hostId)) {
      return failed(hand.report(target), 'The host does not answer.')
    }
    if (fault === undefined) return hand.obey(target)
    const before = hand.report(target)
    if (fault === 'hang') {
      if (chance(this.#random, 0.5)) hand.obey(target)
      return failed(before, 'The host did not answer in time.')
    }
    if (fault === 'falseAlarm') hand.obey(target)
    return failed(before, 'The host reported a failure.')
  }

  /** The caller gave up: what was under way may be done or not. */
  #cut<T, R extends object>({ target }: Job<T>, hand: Hand<T, R>, begun: boolean): R {
    const before = hand.report(target)
    const hostId = hand.hostId(target)
    const isUp = hostId === null || !this.#crashed.has(hostId)
    if (begun && isUp && chance(this.#random, 0.5)) hand.obey(target)
    return failed(before, 'The call was given up.')
  }

  #obey(target: PortTarget): PortReport {
    const { portId, hostId, revision } = target
    if (revision < this.#seen(portId)) return this.#report(target)
    if (hostId === null) {
      this.#ports.delete(portId)
      this.#fences.set(portId, revision, true)
      return this.#report(target)
    }
    // Without a port a fence is all that could have been seen: it is one of removal.
    if (!this.#ports.has(portId) && this.#fences.get(portId)?.newest === revision) {
      return failed(this.#report(target), 'The port was unplugged at this revision.')
    }
    this.#fences.delete(portId)
    const state = 'active'
    this.#ports.set(portId, { ...target, hostId, state })
    return this.#report(target)
  }

  #report({ portId }: PortTarget): PortReport {
    return { portId, state: this.#ports.get(portId)?.state ?? 'down' }
  }

  #seen(portId: string): number {
    return this.#ports.get(portId)?.revision ?? this.#fences.get(portId)?.newest ?? -Infinity
  }
}

function failed<R extends object>(report: R, message: string): R & { readonly fault: Fault } {
  return { ...report, fault: { message } }
}
