import type { Ask } from '@nephos/scheduler-wasm'
import { type Percentiles, percentilesUs, timed, times } from '../harness/measure.ts'
import type { Bed } from './bed.ts'

/** Instances of a gang. */
const size = 500
/** Pairs of churn between one call and the next, so that no call meets the state of the last. */
const pairsBetween = 16

export interface GangFigures {
  /** Identical instances, one call of a prepared ask. */
  readonly identicalUs: Percentiles | null
  /** At most one on a host. */
  readonly onePerHostUs: Percentiles | null
  /** Ten flavours in one request, over zones where there are some, apart where they can be. */
  readonly tenFlavoursUs: Percentiles | null
  /** One more than there is room for: an exact count, and nothing is placed. */
  readonly refusalUs: Percentiles
  /** The same through objects, with the explanation. */
  readonly explanationUs: Percentiles
  /** Instances that the refused gang asks for. */
  readonly refusedCount: number
}

/**
 * Gangs on a filled fleet. Each is given back, outside of what is timed, and followed by churn.
 * Where a gang finds no room, random servers are released first; null when there is none at all.
 */
export function measureGangs(bed: Bed, calls: number): GangFigures {
  const small = bed.world.asks[0]?.ask as Ask
  const apart: Ask = { ...small, group: { policy: 'anti-affinity' } }
  return {
    identicalUs: gang(bed, small, calls),
    onePerHostUs: gang(bed, apart, calls),
    tenFlavoursUs: tenFlavours(bed, calls),
    ...refusals(bed, calls),
  }
}

function gang(bed: Bed, ask: Ask, calls: number): Percentiles | null {
  const { fleet } = bed
  const prepared = fleet.prepare(ask)
  const out = new Float64Array(size)
  for (let tries = 0; prepared.placeMany(size, out) === 0; tries++) {
    if (tries === 40 || bed.world.hosts.length < size) return null
    thin(bed)
  }
  fleet.release(out)
  let placed = 0
  const ms = times(calls, () => (placed = prepared.placeMany(size, out)), {
    after: () => {
      if (placed > 0) fleet.release(out)
      bed.churn(pairsBetween)
    },
  })
  return percentilesUs(ms)
}

/** Releases one in a hundred servers. */
function thin(bed: Bed): void {
  const count = Math.ceil(bed.pool.size / 100)
  for (let index = 0; index < count && bed.pool.size > 0; index++) {
    bed.fleet.releaseOne(bed.pool.remove((index * 7_919) % bed.pool.size))
  }
}

function tenFlavours(bed: Bed, calls: number): Percentiles | null {
  const { fleet, world } = bed
  const zoned = world.hosts.some(({ zone }) => zone !== undefined)
  const asks = world.asks.slice(0, 10).map(({ ask }) => ({
    ...ask,
    count: size / 10,
    group: { policy: 'soft-anti-affinity' as const },
    ...(zoned && { spread: { by: 'zone' as const, soft: true } }),
  }))
  for (let tries = 0; ; tries++) {
    const answer = fleet.placeAll(asks)
    if (answer.ok) {
      for (const { allocations } of answer.parts) fleet.release(allocations)
      break
    }
    if (tries === 40) return null
    thin(bed)
  }
  let answer: ReturnType<typeof fleet.placeAll> | undefined
  const ms = times(calls, () => (answer = fleet.placeAll(asks)), {
    after: () => {
      if (answer?.ok) for (const { allocations } of answer.parts) fleet.release(allocations)
      bed.churn(pairsBetween)
    },
  })
  return percentilesUs(ms)
}

function refusals(
  bed: Bed,
  calls: number,
): Pick<GangFigures, 'refusalUs' | 'explanationUs' | 'refusedCount'> {
  const { fleet, world } = bed
  const large = world.asks.reduce((most, each) =>
    (each.amounts[0] ?? 0) > (most.amounts[0] ?? 0) ? each : most,
  ).ask
  const most = 1_000_000
  const { result: room } = timed(() => fleet.capacity(large))
  const refusedCount = Math.min(most, Math.max(size, room + 1))
  const prepared = fleet.prepare(large)
  const out = new Float64Array(refusedCount)
  const refused = (placed: boolean): void => {
    if (placed) throw new Error('a gang that has no room was placed')
  }
  const refusal = times(calls, () => refused(prepared.placeMany(refusedCount, out) > 0))
  const asked = { ...large, count: refusedCount }
  const explained = times(Math.min(calls, 200), () => refused(fleet.place(asked).ok))
  return {
    refusalUs: percentilesUs(refusal),
    explanationUs: percentilesUs(explained),
    refusedCount,
  }
}
