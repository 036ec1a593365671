import { Chance } from './chance.ts'
import { type FaultName, type FaultRates, Faults } from './faults.ts'
import { Links } from './links.ts'
import { Timeline } from './timeline.ts'
import { Trace, type TraceKind } from './trace.ts'

/** How long messages take, in milliseconds. */
export interface Latency {
  readonly store: readonly [min: number, max: number]
  readonly bus: readonly [min: number, max: number]
  readonly hosts: readonly [min: number, max: number]
}

export const defaultLatency: Latency = {
  store: [0.2, 2],
  bus: [0.1, 5],
  hosts: [10, 400],
}

/** Everything answers at once: for tests that enumerate. */
export const noLatency: Latency = { store: [0, 0], bus: [0, 0], hosts: [0, 0] }

export interface GroundOptions {
  readonly seed: number
  /** Milliseconds since the epoch at which the world begins. */
  readonly start?: number
  readonly latency?: Latency
  readonly faults?: FaultRates
  /** Strikes, by index, that take place; all by default. */
  readonly onlyStrikes?: Iterable<number>
  /** Events kept of the trace, the latest. */
  readonly keepTrace?: number
  /** True: what falls on one instant happens in the order in which it was planned. */
  readonly inOrder?: boolean
  /** Whether what a process had sent as it died still arrives; by chance when absent. */
  readonly heard?: boolean
}

/** 2026-01-01: a world begins on a fixed day, so that its ids are the same everywhere. */
const firstDay = 1_767_225_600_000

/** What the parts of a world share: time, chance, what goes wrong, who reaches whom, the trace. */
export class Ground {
  readonly seed: number
  readonly start: number
  readonly latency: Latency
  readonly timeline: Timeline
  readonly trace: Trace
  readonly faults: Faults
  readonly links = new Links()
  /** Latencies and everything else that is drawn at a call and is no fault. */
  readonly chance: Chance
  readonly #heard: boolean | undefined
  readonly #probes = new Map<string, number>()
  #calls = 0

  constructor(options: GroundOptions) {
    const { seed, start = firstDay, latency = defaultLatency } = options
    this.seed = seed
    this.start = start
    this.latency = latency
    this.timeline = new Timeline(start, options.inOrder ? undefined : new Chance(seed, 'order'))
    this.trace = new Trace(start, options.keepTrace)
    this.faults = new Faults(options.faults ?? {}, new Chance(seed, 'faults'), options.onlyStrikes)
    this.chance = new Chance(seed, 'latency')
    this.#heard = options.heard
  }

  get now(): number {
    return this.timeline.now
  }

  /** Calls of ports so far. */
  get calls(): number {
    return this.#calls
  }

  /** How often each rare path was taken. */
  get probes(): ReadonlyMap<string, number> {
    return this.#probes
  }

  /** Notes that a rare path was taken. */
  sometimes(path: string, count = 1): void {
    this.#probes.set(path, (this.#probes.get(path) ?? 0) + count)
  }

  /** Whether a call arrives whose process died after it had sent it. */
  isHeard(): boolean {
    return this.#heard ?? this.chance.happens(0.5)
  }

  countCall(): void {
    this.#calls++
  }

  note(lane: string, kind: TraceKind, text: string): void {
    this.trace.note(this.now, lane, kind, text)
  }

  /** True if the fault strikes now: noted, and counted as a probe. */
  hits(name: FaultName, lane: string): boolean {
    if (!this.faults.hits(name)) return false
    this.note(lane, 'fault', name)
    this.sometimes(`fault: ${name}`)
    return true
  }

  delay(range: readonly [min: number, max: number]): number {
    const [min, max] = range
    return max <= 0 ? 0 : this.chance.between(min, max)
  }
}
