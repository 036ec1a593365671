import type { Ask } from '@nephos/scheduler-wasm'
import { type Percentiles, percentilesUs, timed, times } from '../harness/measure.ts'
import type { Bed } from './bed.ts'

/** Instances of a gang. */
const size = 500
/** Pairs of churn between one call and the next, so that no call meets the state of the last. */
const pairsBetween = 16
/** Gangs without room before it is given up: each time a hundredth of servers was released. */
const mostRefused = 60

export interface GangFigures {
  /** Identical instances, one call of a prepared ask. */
  readonly identicalUs: Percentiles | null
  /** At most one on a host. */
  readonly onePerHostUs: Percentiles | null
  /** One more than there is room for: an exact count, and nothing is placed. */
  readonly refusalUs: Percentiles
  /** The same through objects, with the explanation. */
  readonly explanationUs: Percentiles
  /** Instances that the refused gang asks for. */
  readonly refusedCount: number
}

/**
 * Gangs on a filled fleet. Each is given back, outside of what is timed, and followed by churn.
 * Where a gang finds no room, random servers are released; null when there is none at all.
 */
export function measureGangs(bed: Bed, calls: number): GangFigures {
  const small = bed.world.asks[0]?.ask as Ask
  const apart: Ask = { ...small, group: { policy: 'anti-affinity' } }
  return {
    identicalUs: gang(bed, small, calls),
    onePerHostUs: gang(bed, apart, calls),
    ...refusals(bed, calls),
  }
}

function gang(bed: Bed, ask: Ask, calls: number): Percentiles | null {
  const prepared = bed.fleet.prepare(ask)
  const out = new Float64Array(size)
  const place = (): boolean => prepared.placeMany(size, out) > 0
  return placedTimes(bed, calls, place, () => bed.fleet.release(out))
}

/** Ten flavours in one request, over zones where there are some, apart where they can be. */
export function measureTenFlavours(bed: Bed, calls: number): Percentiles | null {
  const { fleet, world } = bed
  const zoned = world.hosts.some(({ zone }) => zone !== undefined)
  const asks = world.asks.slice(0, 10).map(({ ask }) => ({
    ...ask,
    count: size / 10,
    group: { policy: 'soft-anti-affinity' as const },
    ...(zoned && { spread: { by: 'zone' as const, soft: true } }),
  }))
  let answer: ReturnType<typeof fleet.placeAll> | undefined
  return placedTimes(
    bed,
    calls,
    () => (answer = fleet.placeAll(asks)).ok,
    () => {
      if (answer?.ok) for (const { allocations } of answer.parts) fleet.release(allocations)
    },
  )
}

/** Times of calls that placed; where one did not, room is made and it does not count. */
function placedTimes(
  bed: Bed,
  calls: number,
  place: () => boolean,
  release: () => void,
): Percentiles | null {
  const kept = new Float64Array(calls)
  let refused = 0
  for (let count = 0; count < calls;) {
    const started = performance.now()
    const done = place()
    kept[count] = performance.now() - started
    if (done) {
      release()
      count++
    } else {
      if (++refused > mostRefused) return null
      thin(bed)
    }
    bed.churn(pairsBetween)
  }
  return percentilesUs(kept)
}

/** Releases one in a hundred servers. */
function thin(bed: Bed): void {
  const count = Math.ceil(bed.pool.size / 100)
  for (let index = 0; index < count && bed.pool.size > 0; index++) {
    bed.fleet.releaseOne(bed.pool.remove((index * 7_919) % bed.pool.size))
  }
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
