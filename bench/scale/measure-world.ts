import { nativeChurn, type NativeRates, type NativeScan } from '../baselines/native.ts'
import { plainChurn } from '../baselines/typescript.ts'
import {
  type Percentiles,
  percentilesUs,
  rate,
  round3,
  type Rounds,
  timed,
  times,
} from '../harness/measure.ts'
import type { Bed } from './bed.ts'
import { distinctStates, workloadOf } from './export.ts'

export interface WorldOptions {
  readonly roundMs: number
  /** Seconds that filling may take; what is reached by then is measured. */
  readonly fillSeconds: number
  /** Null: no baselines. */
  readonly native: NativeScan | null
}

/** What the fleet was like when it was measured. */
export interface WorldState {
  /** Share of the scarcest class in use. */
  readonly fill: number
  readonly live: number
  /** Asks that found no room, while filling and measuring. */
  readonly refused: number
  readonly fillMs: number
  readonly loadMs: number
  readonly bytesPerHost: number
  readonly bytesPerAllocation: number
  /** Different states ÷ hosts; null where it was not counted. */
  readonly distinctStates: number | null
}

export interface WorldBaselines {
  readonly nativeScan: NativeRates | null
  readonly firstFit: Rounds
  readonly bestFit: Rounds
}

export interface WorldFigures {
  readonly pairs: Rounds
  readonly latencyUs: Percentiles
  readonly state: WorldState
  readonly baselines: WorldBaselines | null
}

/** Fills a bed, warms it, and measures pairs, single calls and the baselines on the same state. */
export async function measureWorld(bed: Bed, options: WorldOptions): Promise<WorldFigures> {
  const { roundMs } = options
  const hosts = bed.world.hosts.length
  const filled = bed.fill(options.fillSeconds * 1e3)
  const bytesFilled = bed.fleet.bytes
  warm(bed, hosts, roundMs)
  const pairs = rate((count) => bed.churn(count), { roundMs })
  const latencyUs = latency(bed, roundMs)
  const state: WorldState = {
    fill: round3(filled.fill),
    live: bed.live,
    refused: bed.refused,
    fillMs: Math.round(filled.ms),
    loadMs: round3(bed.loadMs),
    bytesPerHost: round3((bed.bytesLoaded - bed.bytesEmpty) / hosts),
    bytesPerAllocation: round3((bytesFilled - bed.bytesLoaded) / Math.max(1, filled.live)),
    distinctStates: null,
  }
  if (options.native === null) return { pairs: whole(pairs), latencyUs, state, baselines: null }
  const workload = workloadOf(bed)
  const distinct = hosts <= 100_000 ? round3(distinctStates(workload)) : null
  const { native } = options
  const baselines: WorldBaselines = {
    nativeScan: native.ok ? await nativeChurn(native.program, workload, { roundMs }) : null,
    firstFit: whole(plainChurn(workload, 'firstFit', { roundMs })),
    bestFit: whole(plainChurn(workload, 'bestFit', { roundMs })),
  }
  return {
    pairs: whole(pairs),
    latencyUs,
    state: { ...state, distinctStates: distinct },
    baselines,
  }
}

/** Churn until the state is one of churn and the code is compiled: a pair per host, or a while. */
function warm(bed: Bed, hosts: number, roundMs: number): void {
  const most = performance.now() + 10 * roundMs
  for (let done = 0; done < hosts + 20_000 && performance.now() < most;) done += bed.churn(256)
}

/** Single placements: a random server goes before each, untimed. */
function latency(bed: Bed, roundMs: number): Percentiles {
  const { fleet, pool } = bed
  let id = -1
  let ask = 0
  const run = (calls: number): Float64Array =>
    times(calls, () => (id = bed.prepared(ask).place()), {
      before: () => {
        ask = bed.draw()
        if (pool.size > 0) fleet.releaseOne(pool.remove((ask * 7_919) % pool.size))
      },
      after: () => {
        if (id >= 0) pool.add(id, ask)
      },
    })
  const probe = timed(() => run(500))
  const calls = Math.round((500 * 8 * roundMs) / Math.max(probe.ms, 1e-3))
  return percentilesUs(run(Math.max(1_000, Math.min(200_000, calls))))
}

function whole({ rounds, median, best }: Rounds): Rounds {
  return { rounds, median: Math.round(median), best: Math.round(best) }
}
