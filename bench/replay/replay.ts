import { type Ask, Fleet, type HostSpec } from '@nephos/scheduler-wasm'
import type { Trace } from '../load/trace.ts'

export type Policy = NonNullable<Ask['policy']>

export interface ReplayOptions {
  readonly hosts: number
  readonly policy: Policy
  /** Seconds of a bin of expected ends, where the policy is to know them. */
  readonly lifetimeBin?: number
  /** Stop at the first server that finds no room. */
  readonly strict: boolean
  /** Called before the events of a time that is later than all before, with that time. */
  readonly onTime?: (time: number, fleet: Fleet) => void
}

export interface Replayed {
  readonly rejected: number
  readonly seconds: number
  readonly tier: string
}

/** Plays a trace on equal hosts: one decision for each arrival, in order. */
export function replay(trace: Trace, events: Int32Array, options: ReplayOptions): Replayed {
  const started = performance.now()
  const fleet = emptyFleet(trace, options)
  const { policy, lifetimeBin, onTime, strict } = options
  const asks = trace.shapes.map((amounts) =>
    fleet.prepare({ resources: resourcesOf(trace.classes, amounts), policy }),
  )
  const { arrival, departure, shape } = trace
  const ids = new Float64Array(trace.count).fill(-1)
  const first = arrival[0] ?? 0
  const last = endOf(trace) - first
  let rejected = 0
  let now = -Infinity
  for (const event of events) {
    const server = event < 0 ? ~event : event
    const time = (event < 0 ? departure : arrival)[server] as number
    if (time > now) {
      onTime?.(time, fleet)
      now = time
    }
    if (event < 0) {
      const id = ids[server] as number
      if (id >= 0) fleet.releaseOne(id)
      continue
    }
    const ask = asks[shape[server] as number]
    if (ask === undefined) throw new RangeError('a server of no shape')
    const until = lifetimeBin === undefined ? undefined : departure[server]
    const id =
      until === undefined ? ask.place() : ask.place(Math.min(until - first, last), now - first)
    if (id < 0) {
      rejected++
      if (strict) break
    }
    ids[server] = id
  }
  return { rejected, seconds: (performance.now() - started) / 1e3, tier: fleet.tier }
}

/** A time after all events: when servers that never leave are said to end. */
function endOf({ arrival, departure }: Trace): number {
  let last = arrival.at(-1) ?? 0
  for (const time of departure) if (time < Infinity && time > last) last = time
  return last + 1
}

function emptyFleet(trace: Trace, { hosts, lifetimeBin }: ReplayOptions): Fleet {
  const fleet = new Fleet({
    hosts,
    ...(lifetimeBin !== undefined && { lifetimeBin }),
  })
  const capacity = resourcesOf(trace.classes, trace.host)
  fleet.putHosts(Array.from({ length: hosts }, (_, at): HostSpec => ({ id: `h${at}`, capacity })))
  return fleet
}

function resourcesOf(
  classes: readonly string[],
  amounts: readonly number[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    classes.flatMap((name, index) => {
      const amount = amounts[index] ?? 0
      return amount > 0 ? [[name, amount]] : []
    }),
  )
}
