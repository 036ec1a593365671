import {
  type Assignment,
  createEngine,
  type PlacementAsk,
  type Tier,
  tiers,
} from '@nephos/scheduler-wasm'
import { Bench } from 'tinybench'

/**
 * `place`: the placement engine alone. A decision that is undone at once, so that every round meets
 * the same fleet: three host types in three zones, half used at random.
 */
export interface PlaceOptions {
  /** The largest fleet: 1,000, 10,000 and 100,000 hosts are measured up to it. */
  readonly hosts: number
  readonly seed?: number
  /** Milliseconds for each line of the table; 300 if undefined. */
  readonly timeMs?: number
}

export interface PlaceRow {
  readonly hosts: number
  readonly tier: Tier
  readonly ask: string
  readonly rounds: number
  readonly p50Us: number
  readonly p99Us: number
  readonly minUs: number
}

const sizes = [1_000, 10_000, 100_000]
/** The TypeScript tier looks at every host one by one: above this it only costs patience. */
const obviousHosts = 10_000

const types = [
  { VCPU: 64, MEMORY_MB: 196_608, DISK_GB: 2_000 },
  { VCPU: 96, MEMORY_MB: 393_216, DISK_GB: 3_000 },
  { VCPU: 128, MEMORY_MB: 524_288, DISK_GB: 4_000 },
]

const resources = { VCPU: 2, MEMORY_MB: 4_096, DISK_GB: 20 }

const asks: Readonly<Record<string, Omit<PlacementAsk, 'resources' | 'seed'>>> = {
  'one, pack': { min: 1, max: 1, policy: 'pack' },
  'one, spread': { min: 1, max: 1, policy: 'spread' },
  '500, pack': { min: 500, max: 500, policy: 'pack' },
  '500, spread': { min: 500, max: 500, policy: 'spread' },
  '500, one a host': {
    min: 500,
    max: 500,
    policy: 'pack',
    group: { policy: 'anti-affinity', members: [] },
  },
}

export async function run(options: PlaceOptions): Promise<PlaceRow[]> {
  const rows: PlaceRow[] = []
  for (const hosts of sizes.filter((size) => size <= options.hosts)) {
    for (const tier of tiers) {
      if (tier === 'typescript' && hosts > obviousHosts) continue
      rows.push(...(await measure(hosts, tier, options)))
    }
  }
  return rows
}

async function measure(hosts: number, tier: Tier, options: PlaceOptions): Promise<PlaceRow[]> {
  const engine = filled(hosts, tier, options.seed ?? 1)
  const time = options.timeMs ?? 300
  const bench = new Bench({ time, iterations: 16, warmupTime: time / 10, warmupIterations: 4 })
  let seed = 0
  for (const [name, given] of Object.entries(asks)) {
    let taken: readonly Assignment[] = []
    bench.add(
      name,
      () => {
        const answer = engine.place({ ...given, resources, seed: seed++ })
        if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.explanation)}`)
        taken = answer.assignments
      },
      {
        afterEach: () =>
          engine.adjust(
            taken.map((each) => ({ ...each, resources })),
            -1,
          ),
      },
    )
  }
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`)
    const { latency } = result
    const us = (ms: number): number => Math.round(ms * 1e4) / 10
    const figures = { p50Us: us(latency.p50), p99Us: us(latency.p99), minUs: us(latency.min) }
    return { hosts, tier, ask: name, rounds: latency.samplesCount, ...figures }
  })
}

function filled(hosts: number, tier: Tier, seed: number): ReturnType<typeof createEngine> {
  const engine = createEngine({ tier })
  const draw = random(seed)
  const views = Array.from({ length: hosts }, (_, index) => ({
    id: `host-${index}`,
    zone: `zone-${index % 3}`,
    capacity: types[Math.floor(index / 3) % 3] as (typeof types)[number],
    traits: [],
    aggregates: [],
    enabled: true,
  }))
  engine.putHosts(views)
  engine.setUsage(
    views.map(({ id, capacity }) => ({
      hostId: id,
      used: Object.fromEntries(
        Object.entries(capacity).map(([name, amount]) => [name, Math.floor(draw() * amount)]),
      ),
    })),
  )
  return engine
}

/** A small generator of numbers in [0, 1): the same fleet for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
