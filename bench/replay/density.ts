import type { Trace } from '../load/trace.ts'
import { lowerBound } from '../load/trace.ts'
import { round3 } from '../harness/measure.ts'
import { replay, type ReplayOptions } from './replay.ts'

/** One moment of a run. */
export interface DensityPoint {
  readonly hours: number
  /** Share of the first class (vCPU) of hosts in use that is used; 0 without any. */
  readonly density: number
  readonly usedHosts: number
  /** Hosts that no packing could do without at that moment. */
  readonly lowerBound: number
}

export interface Density {
  /** Mean over time, from the first arrival to the last: later on, the trace only empties. */
  readonly mean: number
  readonly points: readonly DensityPoint[]
}

const mostPoints = 200

/** Plays a trace once more and looks at how full the hosts in use are. */
export function densityOf(
  trace: Trace,
  events: Int32Array,
  options: Omit<ReplayOptions, 'strict' | 'onTime'>,
): Density {
  const bounds = boundsByTime(trace, events)
  const name = trace.classes[0] ?? ''
  const each = trace.host[0] ?? 1
  const first = trace.arrival[0] ?? 0
  const last = trace.arrival.at(-1) ?? 0
  const all: DensityPoint[] = []
  let area = 0
  let before: DensityPoint | undefined
  let since = first
  replay(trace, events, {
    ...options,
    strict: false,
    onTime: (time, fleet) => {
      const { usedHosts, used } = fleet.totals()
      const density = usedHosts === 0 ? 0 : (used[name] ?? 0) / (usedHosts * each)
      // What is seen now was so since the time before.
      if (time > since && since < last) area += density * (Math.min(time, last) - since)
      const bound = bounds.get(since) ?? 0
      before = {
        hours: (since - first) / 3_600,
        density: round3(density),
        usedHosts,
        lowerBound: bound,
      }
      if (since <= last && time > since) all.push(before)
      since = time
    },
  })
  const step = Math.max(1, Math.ceil(all.length / mostPoints))
  return {
    mean: area / Math.max(1, last - first),
    points: all.filter((_, index) => index % step === 0),
  }
}

/** The lower bound after all events of each time. */
function boundsByTime(trace: Trace, events: Int32Array): ReadonlyMap<number, number> {
  const bounds = new Map<number, number>()
  lowerBound(trace, events, (index, bound) => {
    const event = events[index] as number
    const time = event < 0 ? trace.departure[~event] : trace.arrival[event]
    bounds.set(time as number, bound)
  })
  return bounds
}
