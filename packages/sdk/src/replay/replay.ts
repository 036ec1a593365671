import {
  CloudError,
  limits,
  SeededRandom,
  type Settings,
  type Store,
  throwIfAborted,
  VirtualClock,
} from '@nephos/core'
import type { Cloud, CloudStats } from '../cloud/cloud.ts'
import { createCloud } from '../cloud/create-cloud.ts'
import { type Departure, Departures } from './departures.ts'
import { refusalReason } from './refusal.ts'
import type { ReplayProgress, ReplayReport } from './report.ts'
import { eventLoopTurn, finishWork } from './settle.ts'
import { Tally } from './tally.ts'
import type { ServerAsk, TenantBatch } from './workload.ts'
import { buildWorld, type ReplayWorld } from './world.ts'

export interface ReplayOptions {
  /** Batches in order of time: `csvWorkload(file)`, `syntheticWorkload({ seed })`, or your own. */
  readonly workload: AsyncIterable<TenantBatch>
  /** Hosts of 64 vCPU and 192 GiB, all in one zone. 1,000 by default. */
  readonly hosts?: number
  /** Stop after this many requests; servers of those leave as the workload says. */
  readonly limit?: number
  /** `pack` by default. */
  readonly policy?: 'pack' | 'spread'
  /** Of placement, ids and all other chance. 1 by default. */
  readonly seed?: number
  /** An empty store; in memory by default. */
  readonly store?: Store
  /** True: each server has a port with an address of 10.0.0.0/8. */
  readonly networks?: boolean
  /** Called after each instant of the workload. */
  readonly onProgress?: (progress: ReplayProgress) => void
  readonly signal?: AbortSignal
}

/** Simulated time of the first arrival; only differences count. */
const epochMs = Date.UTC(2020, 0, 1)

/**
 * Doorbells wake the workers and nothing fails here, so timers only cost: an hour of simulated time
 * between looks keeps reconcilers and janitor at work without their being what is measured.
 */
const quietMs = 3_600_000

const unlimited: Settings['defaultQuotas'] = Object.freeze({
  instances: -1,
  cores: -1,
  ram: -1,
  ports: -1,
})

/**
 * Replays a workload through a whole cloud in simulated time: each batch is one `servers.create` per
 * flavor, each departure a delete, departures of a batch at one instant one bulk delete. At equal
 * times departures come first. Refused requests are counted and skipped.
 * @throws CloudError `invalid` for a workload out of order, `conflict` for a store that is not empty,
 * whatever the workload throws, and errors that are no answer to a request (`unavailable`, …).
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const seed = options.seed ?? 1
  const hosts = options.hosts ?? 1_000
  const clock = new VirtualClock(epochMs, eventLoopTurn)
  const cloud = await createCloud({
    clock,
    random: new SeededRandom(seed),
    ...(options.store === undefined ? {} : { store: options.store }),
    settings: {
      defaultQuotas: unlimited,
      policy: options.policy ?? 'pack',
      pollMs: quietMs,
      reconcileMs: quietMs,
    },
  })
  try {
    const world = await buildWorld(cloud, { hosts, networks: options.networks ?? false })
    const run = new Run(cloud, clock, world, options)
    const before = cloud.stats
    const started = performance.now()
    await run.all()
    const realMs = performance.now() - started
    const stats = difference(before, cloud.stats)
    const findings = await cloud.audit()
    const { tally, spanMs } = run
    return {
      requests: tally.requests,
      servers: tally.servers,
      refused: tally.refused,
      refusedServers: tally.refusedServers,
      reasons: tally.reasons,
      acceptMs: tally.accepts.quantiles(),
      density: tally.density.mean,
      densitySeries: tally.density.series,
      hosts,
      peakHostsUsed: tally.peakHostsUsed,
      peakServers: tally.peakServers,
      deleteRequests: tally.deleteRequests,
      serversDeleted: tally.serversDeleted,
      spanMs,
      realMs,
      stats,
      findings,
    }
  } finally {
    await cloud.close()
  }
}

function difference(before: CloudStats, after: CloudStats): CloudStats {
  return {
    transactions: after.transactions - before.transactions,
    statements: after.statements - before.statements,
    messages: after.messages - before.messages,
  }
}

/** One pass over a workload. Its time starts at 0 with the first batch. */
class Run {
  readonly tally = new Tally()
  readonly #cloud: Cloud
  readonly #clock: VirtualClock
  readonly #world: ReplayWorld
  readonly #options: ReplayOptions
  readonly #departures = new Departures()
  #nowMs = 0
  #isArriving = true

  constructor(cloud: Cloud, clock: VirtualClock, world: ReplayWorld, options: ReplayOptions) {
    this.#cloud = cloud
    this.#clock = clock
    this.#world = world
    this.#options = options
  }

  get spanMs(): number {
    return this.#nowMs
  }

  async all(): Promise<void> {
    const { workload, limit = Infinity } = this.#options
    let originMs: number | undefined
    for await (const batch of workload) {
      originMs ??= batch.atMs
      await this.#moveTo(batch.atMs - originMs)
      for (const ask of batch.asks.slice(0, limit - this.tally.requests)) await this.#arrive(ask)
      if (this.tally.requests >= limit) break
    }
    await this.#endInstant()
    this.#isArriving = false
    await this.#departUntil(Infinity)
  }

  async #moveTo(atMs: number): Promise<void> {
    throwIfAborted(this.#options.signal)
    if (atMs === this.#nowMs) return
    if (!(atMs > this.#nowMs)) {
      throw new CloudError('invalid', 'The workload goes back in time.', { field: 'workload' })
    }
    await this.#endInstant()
    await this.#departUntil(atMs)
    await this.#tick(atMs)
  }

  async #departUntil(atMs: number): Promise<void> {
    for (let next = this.#departures.next; next !== undefined && next <= atMs; ) {
      throwIfAborted(this.#options.signal)
      await this.#tick(next)
      await this.#depart(this.#departures.take())
      await this.#endInstant()
      next = this.#departures.next
    }
  }

  async #tick(atMs: number): Promise<void> {
    this.#nowMs = atMs
    await this.#clock.advanceTo(epochMs + atMs)
  }

  /** Lets the cloud finish what it accepted, and looks at the hosts. */
  async #endInstant(): Promise<void> {
    await finishWork(this.#cloud, this.#clock)
    const capacity = await this.#cloud.system.hosts.capacity({})
    const { tally } = this
    tally.sample(this.#nowMs, capacity, this.#isArriving)
    const { requests, servers, alive, hostsUsed } = tally
    this.#options.onProgress?.({ spanMs: this.#nowMs, requests, servers, alive, hostsUsed })
  }
