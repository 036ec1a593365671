import {
  defaultSettings,
  type PlacementPolicy,
  SeededRandom,
  type Settings,
  type Store,
  VirtualClock,
} from '@nephos/core'
import type { CloudStats } from '../cloud/cloud.ts'
import { createCloud } from '../cloud/create-cloud.ts'
import type { ReplayProgress, ReplayReport } from './report.ts'
import { epochMs, ReplayRun } from './run.ts'
import { eventLoopTurn } from './settle.ts'
import type { Tally } from './tally.ts'
import type { TenantBatch } from './workload.ts'
import { buildWorld } from './world.ts'

export interface ReplayOptions {
  /** Batches in order of time: `csvWorkload(file)`, `syntheticWorkload({ seed })`, or your own. */
  readonly workload: AsyncIterable<TenantBatch>
  /** Hosts of 64 vCPU and 192 GiB, all in one zone. 1,000 by default. */
  readonly hosts?: number
  /** Stop after this many requests; servers of those leave as the workload says. */
  readonly limit?: number
  /** `pack` by default. */
  readonly policy?: PlacementPolicy
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

/**
 * Doorbells wake the workers and nothing fails here, so timers only cost: an hour of simulated time
 * between looks keeps reconcilers and janitor at work without their being what is measured.
 */
const quietMs = 3_600_000

const unlimited: Settings['defaultQuotas'] = Object.freeze(
  Object.fromEntries(Object.keys(defaultSettings.defaultQuotas).map((name) => [name, -1])),
)

/**
 * Replays a workload through a whole cloud in simulated time: each batch is one `servers.create`
 * per flavor, each departure a delete, departures of a batch at one instant one bulk delete. At
 * equal times departures come first. Refused requests are counted and skipped.
 *
 * @throws CloudError `invalid` for a workload out of order, `conflict` for a store that is not
 *   empty, whatever the workload throws, and errors that are no answer to a request.
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
    const run = new ReplayRun(cloud, clock, world, options)
    const before = cloud.stats
    const started = performance.now()
    await run.all()
    const realMs = performance.now() - started
    const stats = difference(before, cloud.stats)
    const findings = await cloud.audit()
    return { ...counted(run.tally), hosts, spanMs: run.spanMs, realMs, stats, findings }
  } finally {
    await cloud.close()
  }
}

function counted(
  tally: Tally,
): Omit<ReplayReport, 'hosts' | 'spanMs' | 'realMs' | 'stats' | 'findings'> {
  return {
    requests: tally.requests,
    servers: tally.servers,
    refused: tally.refused,
    refusedServers: tally.refusedServers,
    reasons: tally.reasons,
    acceptMs: tally.accepts.quantiles(),
    density: tally.density.mean,
    densitySeries: tally.density.series,
    peakHostsUsed: tally.peakHostsUsed,
    peakServers: tally.peakServers,
    deleteRequests: tally.deleteRequests,
    serversDeleted: tally.serversDeleted,
  }
}

function difference(before: CloudStats, after: CloudStats): CloudStats {
  return {
    transactions: after.transactions - before.transactions,
    statements: after.statements - before.statements,
    messages: after.messages - before.messages,
  }
}
