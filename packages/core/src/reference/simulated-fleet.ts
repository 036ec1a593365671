import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Clock } from '../ports/clock.ts'
import type { GuestName, GuestReport, GuestTarget, Hypervisor } from '../ports/hypervisor.ts'
import type { Random } from '../ports/random.ts'
import type { Resources } from '../ports/scheduler.ts'
import { type FenceBounds, Fences } from './fences.ts'
import { checkedDelay, type Delay, drawMs, landings, type Timed } from './simulated-delay.ts'
import {
  chance,
  checkedRate,
  type FaultFilter,
  type FaultKind,
  faultKinds,
  FaultPlan,
} from './simulated-faults.ts'
import { type FleetStats, type SimulatedGuest, SimulatedHosts } from './simulated-hosts.ts'

export interface SimulatedFleetOptions {
  readonly clock: Clock
  readonly random: Random
  /**
   * How long a host takes per guest (`apply`), and to answer (`observe`). 0 by default: answers
   * come at once, without any timer.
   */
  readonly latencyMs?: { readonly apply?: Delay; readonly observe?: Delay }
  /** Probability that a target fails, and that a host is silent. 0 by default. */
  readonly failureRate?: { readonly apply?: number; readonly observe?: number }
  /**
   * Kinds of failure to draw from, each as likely. All by default. Chance lets hosts decline
   * builds only: no other host can stop a guest, so other orders are told to try again.
   */
  readonly failureKinds?: readonly FaultKind[]
  /**
   * What each host holds; undefined = there is no such host, it never answers. Without it every
   * host exists and takes whatever it is asked to.
   */
  readonly capacities?: (hostId: string) => Resources | undefined
  /** Guests that one host works on at once; the others wait their turn. 64 by default. */
  readonly concurrency?: number
  /** A call that has not been answered after so long is given up. 30 s by default. */
  readonly limitMs?: number
  /** How many destroyed guests are remembered, and how long, to fence off late calls. */
  readonly fences?: FenceBounds
}

interface Job extends Timed {
  readonly target: GuestTarget
  readonly fault: FaultKind | undefined
}

type Fault = NonNullable<GuestReport['fault']>

/** Bytes of a simulated disk. */
const diskBytes = 4_096

function absentGuest(message: string): CloudError {
  return new CloudError('notFound', message, { field: 'serverId' })
}

/** What a kernel says of itself as it starts. */
const bootLines = [
  'Linux: the kernel starts.',
  'Memory: all of it is there.',
  'CPU: all of them are up.',
  'virtio: block and net devices found.',
  'Root: mounted read-write.',
  'Network: eth0 has its address by DHCP.',
  'Metadata: read.',
  'Host keys: made.',
  'SSH: listens on port 22.',
]

/** The last starts only: the rest is more than a console keeps. */
const consoleStarts = 64

function consoleOf({ serverId, boots, imageId, rescueImageId }: SimulatedGuest): string {
  const from = rescueImageId ?? imageId ?? 'a volume'
  const lines: string[] = []
  for (let boot = Math.max(0, boots + 1 - consoleStarts); boot <= boots; boot++) {
    lines.push(`[    0.000000] Start ${boot + 1} of ${serverId} from ${from}`)
    for (const [at, line] of bootLines.entries()) lines.push(`[    ${at + 1}.000000] ${line}`)
    lines.push('login: ')
  }
  return lines.join('\n')
}

/** Ends a call that hangs, when the caller gives no signal. */
const defaultLimitMs = 30_000

const busy: Fault = { message: 'The host is busy.', retry: 'sameHost' }
const denied: Fault = { message: 'The host reported a failure.', retry: 'sameHost' }
const declined = { message: 'The host refused the guest.', retry: 'otherHost' } as const
const impossible = { message: 'No host will take the guest.', retry: 'never' } as const
const late: Fault = { message: 'The host did not answer in time.', retry: 'sameHost' }
const givenUp: Fault = { message: 'The call was given up.', retry: 'sameHost' }

/**
 * Any number of compute hosts in memory: the executable specification of `Hypervisor`. It keeps
 * nothing when the process ends; whoever embeds it gives back what the store last observed
 * (`adopt`). Time and chance decide here when and whether an order arrives; `SimulatedHosts` knows
 * what it does.
 */
export class SimulatedFleet implements Hypervisor {
  readonly #clock: Clock
  readonly #random: Random
  readonly #applyDelay: Delay
  readonly #observeDelay: Delay
  readonly #silence: number
  readonly #hands: number
  readonly #limitMs: number
  readonly #faults: FaultPlan
  readonly #hosts: SimulatedHosts
  readonly #closing = new AbortController()
  #failed = 0

  /** @throws CloudError `invalid` for options out of range. */
  constructor(options: SimulatedFleetOptions) {
    const { latencyMs = {}, failureRate = {}, limitMs = defaultLimitMs } = options
    this.#clock = options.clock
    this.#random = options.random
    this.#applyDelay = checkedDelay('latencyMs.apply', latencyMs.apply ?? 0)
    this.#observeDelay = checkedDelay('latencyMs.observe', latencyMs.observe ?? 0)
    this.#silence = checkedRate('failureRate.observe', failureRate.observe ?? 0)
    checkedDelay('limitMs', limitMs)
    this.#limitMs = limitMs
    this.#hands = options.concurrency ?? limits.driverConcurrency
    if (!(this.#hands >= 1)) {
      throw new CloudError('invalid', 'concurrency: must be at least 1', {
        field: 'concurrency',
        limit: 1,
      })
    }
    const kinds = options.failureKinds ?? faultKinds
    this.#faults = new FaultPlan(options.random, failureRate.apply ?? 0, kinds)
    this.#hosts = new SimulatedHosts(new Fences(options.clock, options.fences), options.capacities)
  }

  /** Guests on hosts now, whatever their power. */
  get guests(): number {
    return this.#hosts.table.size
  }

  get stats(): FleetStats {
    return { ...this.#hosts.stats, failed: this.#failed }
  }

  /** @throws CloudError `closed`. */
  async *apply(
    targets: readonly GuestTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<readonly GuestReport[], void, void> {
    this.#checkOpen()
    const jobs = targets.map((target) => this.#job(target))
    for await (const { items, end } of landings(this.#clock, jobs, this.#signals(options.signal))) {
      const reports = items.map((job) =>
        end === 'due' ? this.#land(job) : this.#cut(job, end === 'cut'),
      )
      for (const report of reports) if (report.fault) this.#failed++
      yield reports
    }
  }

  /** @throws CloudError `aborted` when the signal fires first, `closed`. */
  async observe(
    hostIds: readonly string[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly guests: readonly GuestReport[]; readonly silent: readonly string[] }> {
    this.#checkOpen()
    throwIfAborted(options.signal)
    const asked = [...new Set(hostIds)].map((hostId) => {
      const ms = drawMs(this.#random, this.#observeDelay)
      const silent = chance(this.#random, this.#silence) || ms > this.#limitMs
      return { hostId, silent, afterMs: Math.min(ms, this.#limitMs) }
    })
    const guests: GuestReport[] = []
    const silent: string[] = []
    for await (const { items } of landings(this.#clock, asked, this.#signals(options.signal))) {
      throwIfAborted(options.signal)
      this.#checkOpen()
      for (const host of items) {
        if (host.silent || !this.#hosts.answers(host.hostId)) silent.push(host.hostId)
        else for (const report of this.#hosts.reportsOn(host.hostId)) guests.push(report)
      }
    }
    return { guests, silent }
  }

  /** A disk of a few sectors that tells what its guest was made from, and how often. */
  async *readDisk(
    name: GuestName,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array, void, void> {
    const guest = await this.#reach(name, options.signal)
    if (guest.imageId === null) throw absentGuest('The guest has no disk of its own.')
    const { serverId, imageId, builds } = guest
    const text = new TextEncoder().encode(JSON.stringify({ serverId, imageId, builds }))
    const disk = new Uint8Array(diskBytes)
    disk.set(text.subarray(0, diskBytes))
    yield disk
  }

  /** A few lines for each time that the guest was started. */
  async readConsole(
    name: GuestName,
    options: {
      readonly lines?: number | undefined
      readonly signal?: AbortSignal | undefined
    } = {},
  ): Promise<string> {
    const guest = await this.#reach(name, options.signal)
    const text = consoleOf(guest)
    const lines = text.split('\n')
    const { lines: most = lines.length } = options
    const from = Math.max(0, lines.length - most)
    return lines.slice(from).join('\n').slice(-limits.consoleBytes)
  }

  /** Calls under way end as `unknown`; later ones throw `closed`. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort()
  }

  /** Takes guests as last observed. One that is known already changes only if it is older. */
  adopt(guests: Iterable<SimulatedGuest>): void {
    for (const guest of guests) this.#hosts.adopt(guest)
  }

  /** The guest, or undefined where there is none. */
  guest(serverId: string, hostId: string): SimulatedGuest | undefined {
    return this.#hosts.guest(serverId, hostId)
  }

  /** Servers that run, or are paused, on several hosts at once: none, in a sound cloud. */
  runningTwice(): { readonly serverId: string; readonly hostIds: readonly string[] }[] {
    return this.#hosts.runningTwice()
  }

  /**
   * Power fails: guests stop, save the suspended ones, and the host is silent until `restoreHost`.
   */
  crashHost(hostId: string): void {
    this.#hosts.crash(hostId)
  }

  /** The host answers again; its guests stay stopped until they are started. */
  restoreHost(hostId: string): void {
    this.#hosts.restore(hostId)
  }

  /** The guest stops by itself, as when its system halts. False where there is none. */
  stopGuest(serverId: string, hostId: string): boolean {
    const guest = this.#hosts.table.find(serverId, hostId)
    if (guest) guest.power = 'stopped'
    return guest !== undefined
  }

  /** Makes the next `times` (1) targets that match fail in this way. */
  failNext(kind: FaultKind, options: FaultFilter & { readonly times?: number } = {}): void {
    this.#faults.plan(kind, options, options.times ?? 1)
  }

  /** The guest, once its host has answered. */
  async #reach(
    { serverId, hostId }: GuestName,
    signal: AbortSignal | undefined,
  ): Promise<SimulatedGuest> {
    this.#checkOpen()
    throwIfAborted(signal)
    const isSilent = chance(this.#random, this.#silence)
    if (isSilent || !this.#hosts.answers(hostId)) {
      throw new CloudError('unavailable', 'The host does not answer.')
    }
    const guest = this.#hosts.guest(serverId, hostId)
    if (!guest) throw absentGuest('The host has no such guest.')
    return await Promise.resolve(guest)
  }

  #job(target: GuestTarget): Job {
    const { hostId, serverId } = target
    const fault = this.#faults.planned(hostId, serverId) ?? this.#likely(target)
    const ms = drawMs(this.#random, this.#applyDelay)
    const afterMs = ms > 0 ? this.#inTurn(hostId, ms) : 0
    if (fault !== 'hang' && afterMs <= this.#limitMs) return { target, fault, afterMs }
    return { target, fault: 'hang', afterMs: this.#limitMs }
  }

  #likely(target: GuestTarget): FaultKind | undefined {
    const fault = this.#faults.draw()
    if (fault !== 'refuse' && fault !== 'otherHost') return fault
    const builds =
      target.power !== 'absent' && !this.#hosts.table.find(target.serverId, target.hostId)
    return builds ? fault : 'sameHost'
  }

  /** Milliseconds until the host has a hand free and has done the work; books that hand. */
  #inTurn(hostId: string, ms: number): number {
    const host = this.#hosts.table.host(hostId)
    if (host.crashed) return ms
    const hands = (host.hands ??= [])
    const now = this.#clock.elapsed()
    let first = 0
    for (let i = 1; i < hands.length; i++) {
      if ((hands[i] as number) < (hands[first] as number)) first = i
    }
    const isTaken = (hands[first] ?? now) > now
    if (isTaken && hands.length < this.#hands) first = hands.length
    const end = Math.max(now, hands[first] ?? now) + ms
    hands[first] = end
    return end - now
  }

  #land(job: Job): GuestReport {
    const { target, fault } = job
    const hosts = this.#hosts
    if (!hosts.answers(target.hostId)) {
      const message = 'The host does not answer.'
      const isThere = hosts.table.find(target.serverId, target.hostId) !== undefined
      if (isThere || target.power === 'absent')
        return unknown(target, { message, retry: 'sameHost' })
      // Another host may be asked only because this one will not take the order when it is back.
      hosts.refuse(target, declined)
      return unknown(target, { message, retry: 'otherHost' })
    }
    switch (fault) {
      case undefined:
        return hosts.obey(target)
      case 'hang':
        if (chance(this.#random, 0.5)) hosts.obey(target)
        return unknown(target, late)
      case 'falseAlarm': {
        const before = hosts.report(target)
        hosts.obey(target)
        return { ...before, fault: denied }
      }
      case 'sameHost':
        return { ...hosts.report(target), fault: busy }
      case 'otherHost':
        return hosts.refuse(target, declined)
      case 'refuse':
        return hosts.refuse(target, impossible)
    }
  }

  /** The caller gave up: what was under way may be done or not. */
  #cut(job: Job, begun: boolean): GuestReport {
    const { target } = job
    const isDone = begun && this.#hosts.answers(target.hostId) && chance(this.#random, 0.5)
    if (isDone) this.#hosts.obey(target)
    return unknown(target, givenUp)
  }

  #signals(signal: AbortSignal | undefined): readonly AbortSignal[] {
    return signal ? [this.#closing.signal, signal] : [this.#closing.signal]
  }

  #checkOpen(): void {
    if (this.#closing.signal.aborted) throw new CloudError('closed', 'This fleet is closed.')
  }
}

function unknown({ serverId, hostId, generation }: GuestTarget, fault: Fault): GuestReport {
  return { serverId, hostId, power: 'unknown', generation, fault }
}
