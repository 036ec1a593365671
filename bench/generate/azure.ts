import { random, runningSums } from '../harness/random.ts'
import type { HostShape } from '../load/azure.ts'
import { type Trace, TraceBuilder } from '../load/trace.ts'

const servers = 40_000
const binSeconds = 300
const bins = 600
/** Servers of one batch. */
const largest = 300

/** vCPU, MiB and weight, about as often as in the 2017 trace of Azure. */
const flavours: readonly (readonly [vcpus: number, mib: number, weight: number])[] = [
  [1, 1_792, 60],
  [2, 3_584, 18],
  [4, 7_168, 10],
  [8, 14_336, 9],
  [1, 768, 1.6],
  [8, 57_344, 0.6],
  [2, 14_336, 0.2],
  [4, 28_672, 0.2],
  [16, 114_688, 0.1],
]

/** A trace of the same kind: batches of equal servers; short lives mostly, and a few long ones. */
export function generatedTrace(seed: number, host: HostShape): Trace {
  const draw = random(seed)
  const sums = runningSums(flavours.map(([, , weight]) => weight))
  const builder = new TraceBuilder(['VCPU', 'MEMORY_MB'], [host.vcpus, host.gib * 1_024])
  let batch = 0
  for (let made = 0; made < servers; batch++) {
    const arrival = binSeconds * draw.below(bins)
    const [vcpus = 1, mib = 1_024] = flavours[draw.weighted(sums)] ?? []
    const size = Math.min(servers - made, largest, Math.ceil(0.5 * (1 - draw.next()) ** -1.1))
    for (let each = 0; each < size; each++) {
      const life = binSeconds * Math.ceil(2 ** (9 * draw.next() ** 1.5))
      const departure = draw.next() < 0.04 ? Infinity : arrival + life
      builder.add({ arrival, departure, batch, amounts: [vcpus, mib] })
    }
    made += size
  }
  return builder.build()
}
