import type { Ask } from '@nephos/scheduler-wasm'
import { median, round3, timed } from '../harness/measure.ts'
import type { Bed } from './bed.ts'

export interface ApiFigures {
  /** Single placements, an object in and an object out; medians of rounds. */
  readonly singlesPerSecond: number
  /** Servers of gangs of 500, an object in and an object out. */
  readonly gangServersPerSecond: number
}

const rounds = 7

/** The public interface: asks are objects that were not seen before. */
export function measureApi(bed: Bed, perRound: number): ApiFigures {
  // What is placed before it is given back is little beside what is free.
  const atOnce = Math.max(10, bed.world.hosts.length >> 2)
  const singles: number[] = []
  const gangs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const asks = Array.from({ length: perRound }, () => fresh(bed, bed.draw()))
    singles.push(served(bed, asks, atOnce))
    const many = Array.from({ length: Math.max(4, perRound >> 8) }, () => {
      return { ...fresh(bed, 0), count: 500 }
    })
    gangs.push(served(bed, many, 1))
  }
  return {
    singlesPerSecond: Math.round(median(singles)),
    gangServersPerSecond: Math.round(median(gangs)),
  }
}

/** An ask of its own, as a caller would write it. */
function fresh(bed: Bed, ask: number): Ask {
  const given = bed.world.asks[ask]?.ask as Ask
  return { ...given, resources: { ...given.resources } }
}

/** Servers placed per second; some calls at a time, all is given back, untimed. */
function served(bed: Bed, asks: readonly Ask[], atOnce: number): number {
  const { fleet } = bed
  let servers = 0
  let took = 0
  for (let from = 0; from < asks.length; from += atOnce) {
    const placed: (readonly number[])[] = []
    const until = Math.min(asks.length, from + atOnce)
    const { ms } = timed(() => {
      for (let at = from; at < until; at++) {
        const answer = fleet.place(asks[at] as Ask)
        if (!answer.ok) continue
        placed.push(answer.allocations)
        servers += answer.placed
      }
    })
    took += ms
    for (const allocations of placed) fleet.release(allocations)
  }
  return (servers / took) * 1e3
}

/** Mixed requests of a queue that is planned in one call. */
export const queueLength = 100_000

/** Milliseconds for the queue in one call, the median of three; or why it could not be. */
export function measureQueue(bed: Bed): { readonly ms: number | null; readonly reason?: string } {
  const asks = Array.from({ length: queueLength }, () => fresh(bed, bed.draw()))
  const took: number[] = []
  for (let round = 0; round < 3; round++) {
    try {
      const { ms, result } = timed(() => bed.fleet.placeAll(asks))
      if (!result.ok) return { ms: null, reason: `request ${result.part} found no room` }
      took.push(ms)
      for (const { allocations } of result.parts) bed.fleet.release(allocations)
    } catch (error) {
      return { ms: null, reason: (error as Error).message }
    }
  }
  return { ms: round3(median(took)) }
}
