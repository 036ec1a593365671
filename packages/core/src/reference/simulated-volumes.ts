import { CloudError, throwIfAborted } from '../base/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type {
  StorageReport,
  StorageTarget,
  UnmanagedThing,
  VolumeDriver,
} from '../ports/volume-driver.ts'
import { limits } from '../base/limits.ts'
import { compareText } from '../ports/store-order.ts'
import type { FenceBounds } from './fences.ts'
import { checkedDelay, type Delay, drawMs, landings, type Timed } from './simulated-delay.ts'
import {
  chance,
  type FaultFilter,
  type FaultKind,
  faultKinds,
  FaultPlan,
} from './simulated-faults.ts'
import { VolumeTable } from './volume-table.ts'

export interface SimulatedVolumesOptions {
  readonly clock: Clock
  readonly random: Random
  /** How long an order takes. 0 by default: answers come at once, without any timer. */
  readonly latencyMs?: { readonly apply?: Delay }
  /** Probability that a target fails. 0 by default. */
  readonly failureRate?: { readonly apply?: number }
  /** Kinds of failure to draw from, each as likely. All by default. */
  readonly failureKinds?: readonly FaultKind[]
  /** A call that has not been answered after so long is given up. 30 s by default. */
  readonly limitMs?: number
  /** How many removed things are remembered, and how long, to fence off late calls. */
  readonly fences?: FenceBounds
}

interface Job extends Timed {
  readonly target: StorageTarget
  readonly fault: FaultKind | undefined
}

/** Ends a call that hangs, when the caller gives no signal. */
const defaultLimitMs = 30_000

/**
 * Back-ends in memory: the executable specification of `VolumeDriver`. A volume's bytes are one
 * text, so that what is copied and restored can be told.
 */
export class SimulatedVolumes implements VolumeDriver {
  readonly #clock: Clock
  readonly #random: Random
  readonly #delay: Delay
  readonly #limitMs: number
  readonly #faults: FaultPlan
  readonly #closing = new AbortController()
  /** What is there, for tests to look at and to write to. */
  readonly table: VolumeTable

  /** @throws CloudError `invalid` for options out of range. */
  constructor(options: SimulatedVolumesOptions) {
    const { latencyMs = {}, failureRate = {}, limitMs = defaultLimitMs } = options
    this.#clock = options.clock
    this.#random = options.random
    this.#delay = checkedDelay('latencyMs.apply', latencyMs.apply ?? 0)
    checkedDelay('limitMs', limitMs)
    this.#limitMs = limitMs
    const kinds = options.failureKinds ?? faultKinds
    this.#faults = new FaultPlan(options.random, failureRate.apply ?? 0, kinds)
    this.table = new VolumeTable(options.clock, options.fences)
  }

  /** The signal ends a call early, with faults, not with an error. @throws CloudError `closed`. */
  async apply(
    targets: readonly StorageTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly StorageReport[]> {
    if (this.#closing.signal.aborted) throw new CloudError('closed', 'These volumes are closed.')
    const jobs = targets.map((target) => this.#job(target))
    const signals = options.signal ? [this.#closing.signal, options.signal] : [this.#closing.signal]
    const reports: StorageReport[] = []
    for await (const { items, end } of landings(this.#clock, jobs, signals)) {
      for (const job of items) {
        reports.push(end === 'due' ? this.#land(job) : this.#cut(job, end === 'cut'))
      }
    }
    return reports
  }

  async unmanaged(
    pool: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly UnmanagedThing[]> {
    if (this.#closing.signal.aborted) throw new CloudError('closed', 'These volumes are closed.')
    throwIfAborted(options.signal)
    return [...this.table.unmanaged.values()]
      .filter((thing) => thing.pool === pool)
      .toSorted((a, b) => compareText(a.reference, b.reference))
      .slice(0, limits.pageRows)
      .map(({ type, reference, sizeGb, volumeId }) => {
        return { type, reference, sizeGb, ...(volumeId !== undefined && { volumeId }) }
      })
  }

  /** A volume's bytes: its text. */
  async *read(
    volumeId: string,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    if (this.#closing.signal.aborted) throw new CloudError('closed', 'These volumes are closed.')
    throwIfAborted(options.signal)
    const volume = this.table.volumes.get(volumeId)
    if (!volume) throw new CloudError('notFound', 'No such volume.', { field: 'volumeId' })
    yield await Promise.resolve(new TextEncoder().encode(volume.content))
  }

  /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort()
  }

  /**
   * Makes the next `times` (1) targets that match fail in this way: `refuse` for good, the others
   * until they are tried again.
   */
  failNext(kind: FaultKind, options: FaultFilter & { readonly times?: number } = {}): void {
    this.#faults.plan(kind, options, options.times ?? 1)
  }

  #job(target: StorageTarget): Job {
    const fault = this.#faults.planned(null, target.id) ?? this.#faults.draw()
    const afterMs = drawMs(this.#random, this.#delay)
    if (fault !== 'hang' && afterMs <= this.#limitMs) return { target, fault, afterMs }
    return { target, fault: 'hang', afterMs: this.#limitMs }
  }

  #land({ target, fault }: Job): StorageReport {
    if (fault === undefined) return this.table.obey(target)
    const before = this.table.report(target)
    if (fault === 'refuse') return failed(before, 'The back-end refuses it.', 'never')
    if (fault === 'hang') {
      if (chance(this.#random, 0.5)) this.table.obey(target)
      return failed(before, 'The back-end did not answer in time.')
    }
    if (fault === 'falseAlarm') this.table.obey(target)
    return failed(before, 'The back-end reported a failure.')
  }

  /** The caller gave up: what was under way may be done or not. */
  #cut({ target }: Job, begun: boolean): StorageReport {
    const before = this.table.report(target)
    if (begun && chance(this.#random, 0.5)) this.table.obey(target)
    return failed(before, 'The call was given up.')
  }
}

function failed(
  report: StorageReport,
  message: string,
  retry: 'again' | 'never' = 'again',
): StorageReport {
  return { ...report, fault: { message, retry } }
}
