import { PlainFleet, type PlainRule } from '../baselines/typescript.ts'
import type { Trace } from '../load/trace.ts'

/** Whether a plain rule places every server of a trace on so many equal hosts. */
export function plainFits(
  trace: Trace,
  events: Int32Array,
  rule: PlainRule,
  hosts: number,
): boolean {
  const dimensions = trace.classes.length
  const asks = Int32Array.from(trace.shapes.flat())
  const free = Int32Array.from({ length: dimensions * hosts }, (_, at) => {
    return trace.host[Math.floor(at / hosts)] as number
  })
  const fleet = new PlainFleet(free, new Int32Array(hosts), Int32Array.from(trace.host))
  const places = new Int32Array(trace.count)
  for (const event of events) {
    const server = event < 0 ? ~event : event
    const at = (trace.shape[server] as number) * dimensions
    if (event < 0) {
      fleet.change(places[server] as number, asks, at, -1)
      continue
    }
    const host = fleet[rule](asks, at, 0)
    if (host < 0) return false
    places[server] = host
    fleet.change(host, asks, at, 1)
  }
  return true
}
