import { type Ask, Fleet, type HostSpec } from '@nephos/scheduler-wasm'
import { median, round3, timed } from '../harness/measure.ts'
import { integer } from '../harness/options.ts'
import { type Report, type Suite, suite } from '../harness/suite.ts'

/** Millicores, MiB and pods of a node, and what a pod asks for, as in scheduler_perf. */
const node = { CPU_MILLI: 4_000, MEMORY_MB: 32_768, PODS: 110 }
const pod = { CPU_MILLI: 100, MEMORY_MB: 500, PODS: 1 }

/** Runs of each case before those that count: code is compiled in them. */
const warmUps = 2

interface Given {
  readonly seed: number
  readonly rounds: number
  readonly scale: number
}

interface Case {
  readonly nodes: number
  readonly pods: number
  /** Medians of rounds, each on a fleet of its own. */
  readonly decisionsPerSecond: number
  readonly best: number
  /** What kube-scheduler's own tests ask for on a cluster of that kind; null where nothing. */
  readonly kubeThreshold: number | null
}

/** T11: the cases of kube-scheduler's scheduler_perf, decided by the engine alone. */
export const kubeMirrorSuite: Suite = suite({
  summary: "The cases of kube-scheduler's scheduler_perf, decided by the engine alone.",
  options: {
    seed: integer('ties', 1),
    rounds: integer('runs of each case', 7, { min: 1, max: 1_000 }),
    scale: integer('% of the nodes and pods of each case', 100, { min: 1, max: 100 }),
  },
  run: kubeMirror,
})

async function kubeMirror(given: Given): Promise<Report> {
  const apart = { policy: 'anti-affinity', id: 'apart' } as const
  const basic = singles(given, 5_000, 50_000, { resources: pod }, 810)
  const antiAffinity = singles(given, 5_000, 2_000, { resources: pod, group: apart }, 60)
  const onePerNode = singles(given, 20_000, 20_000, { resources: pod, group: apart }, null)
  const three = gangs(given, 3, 1_000)
  const large = gangs(given, 500, 6)
  return {
    figures: {
      basic,
      antiAffinity,
      onePerNode,
      gangsOfThree: { ...three, kubeMicroseconds: 3_700 },
      gangsOf500: large,
      rounds: given.rounds,
    },
    tier: new Fleet().tier,
    notes: [
      "kube-scheduler's figures include its API server and etcd; these are of the engine alone",
      'kubeThreshold: pods/s that its tests demand; kubeMicroseconds: its mean for a gang of three',
    ],
  }
}

function nodesOf(count: number): Fleet {
  const fleet = new Fleet({ hosts: count })
  fleet.putHosts(
    Array.from({ length: count }, (_, index): HostSpec => {
      return { id: `node-${index}`, zone: `zone-${index % 3}`, capacity: node }
    }),
  )
  return fleet
}

/** Pods one by one. */
function singles(
  { rounds, scale }: Given,
  fullNodes: number,
  fullPods: number,
  ask: Ask,
  kubeThreshold: number | null,
): Case {
  const nodes = Math.ceil((fullNodes * scale) / 100)
  const pods = Math.ceil((fullPods * scale) / 100)
  const rates: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const prepared = nodesOf(nodes).prepare(ask)
    let placed = 0
    const { ms } = timed(() => {
      for (let each = 0; each < pods; each++) if (prepared.place() >= 0) placed++
    })
    if (placed !== pods) throw new Error(`${placed} of ${pods} pods were placed`)
    if (round >= 0) rates.push((pods / ms) * 1e3)
  }
  return {
    nodes,
    pods,
    decisionsPerSecond: Math.round(median(rates)),
    best: Math.round(Math.max(...rates)),
    kubeThreshold,
  }
}

/** Gangs of so many, all or nothing, on 5,000 nodes. */
function gangs({ rounds, scale }: Given, size: number, fullCount: number): object {
  const count = Math.max(2, Math.ceil((fullCount * scale) / 100))
  const nodes = Math.ceil((5_000 * scale) / 100)
  const each: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const prepared = nodesOf(nodes).prepare({ resources: pod })
    const out = new Float64Array(size)
    const { ms } = timed(() => {
      for (let gang = 0; gang < count; gang++) {
        if (prepared.placeMany(size, out) !== size) throw new Error('a gang found no room')
      }
    })
    if (round >= 0) each.push((ms / count) * 1e3)
  }
  return {
    nodes,
    gangs: count,
    size,
    microsecondsPerGang: round3(median(each)),
    best: round3(Math.min(...each)),
  }
}
