import { type NativeScan, nativeScan } from '../baselines/native.ts'
import { type NovaRates, novaScheduler } from '../baselines/nova.ts'
import { clockNs, type Percentiles, round3 } from '../harness/measure.ts'
import { choice, flag, integer } from '../harness/options.ts'
import { type Report, type Suite, suite } from '../harness/suite.ts'
import { measureApi, measureQueue, queueLength } from '../scale/api.ts'
import { Bed } from '../scale/bed.ts'
import { measureGangs, measureTenFlavours } from '../scale/gangs.ts'
import { incompressibleWorld } from '../scale/incompressible.ts'
import { measureWorld, type WorldFigures } from '../scale/measure-world.ts'
import { mixedWorld } from '../scale/mixed.ts'
import { simpleWorld } from '../scale/simple.ts'
import { type World, type WorldName, withPolicy, worldNames } from '../scale/worlds.ts'

const builders: Readonly<Record<WorldName, (hosts: number, seed: number) => World>> = {
  simple: simpleWorld,
  mixed: mixedWorld,
  incompressible: incompressibleWorld,
}

type ByWorld<T> = Readonly<Record<WorldName, T>>

interface Given {
  readonly hosts: number
  readonly seed: number
  readonly policy: (typeof policies)[number]
  readonly 'round-ms': number
  readonly 'fill-seconds': number
  readonly 'no-baselines': boolean
}

/** The first is the rule of the baselines: engine ÷ baseline compares like with like. */
const policies = ['best-fit', 'pack', 'spread', 'balance'] as const

/** B8: fleets of a size, filled to 93 %, then churn, gangs and refusals. */
export const scaleSuite: Suite = suite({
  summary: 'Fleets filled to 93 %: pairs/s, latency, gangs, refusals, memory; three kinds.',
  options: {
    hosts: integer('hosts of each fleet', 10_000, { min: 100, max: 1_000_000 }),
    seed: integer('random fleet and asks', 1),
    policy: choice('how hosts are ranked; baselines fit best', policies, 'best-fit'),
    'round-ms': integer('length of a measured round, of seven', 150, { min: 1, max: 60_000 }),
    'fill-seconds': integer('longest time to fill a fleet', 60, { min: 1 }),
    'no-baselines': flag('leave out the C scan, plain TypeScript and nova'),
  },
  run: scale,
})

async function scale(given: Given): Promise<Report> {
  const native = given['no-baselines'] ? null : await nativeScan()
  const nova = given['no-baselines'] ? null : await novaScheduler(given.hosts)
  const found: Partial<Record<WorldName, WorldFigures>> = {}
  let special: Special | undefined
  let tenFlavoursUs: Percentiles | null = null
  let tier = 'none'
  for (const name of worldNames) {
    const world = withPolicy(builders[name](given.hosts, given.seed), given.policy)
    const bed = new Bed(world, given.seed)
    tier = bed.fleet.tier
    found[name] = await measureWorld(bed, {
      roundMs: given['round-ms'],
      fillSeconds: given['fill-seconds'],
      native,
    })
    if (name === 'simple') special = measureSpecial(bed, given)
    if (name === 'mixed') tenFlavoursUs = measureTenFlavours(bed, callsOf(given))
  }
  const worlds = found as ByWorld<WorldFigures>
  return {
    figures: {
      hosts: given.hosts,
      seed: given.seed,
      policy: given.policy,
      pairsPerSecond: byWorld(worlds, ({ pairs }) => pairs.median),
      pairsPerSecondBest: byWorld(worlds, ({ pairs }) => pairs.best),
      ...special,
      gangs: { ...special?.gangs, tenFlavoursUs },
      latencyUs: byWorld(worlds, ({ latencyUs }) => latencyUs),
      bytesPerHost: worlds.simple.state.bytesPerHost,
      bytesPerAllocation: worlds.simple.state.bytesPerAllocation,
      loadMs: worlds.simple.state.loadMs,
      baselines: baselinesOf(worlds, native, nova),
      ratios: byWorld(worlds, ratiosOf),
      states: byWorld(worlds, ({ state }) => state),
      rounds: worlds.simple.pairs.rounds,
      clockNs: clockNs(),
    },
    tier,
    notes: [
      'a pair is a random release and a placement; figures are medians of rounds, best beside',
      'latencies are of single calls and hold two readings of the clock (clockNs)',
    ],
  }
}

interface Special {
  readonly gangs: object
  readonly [figure: string]: unknown
}

/** What is measured on the first world only. */
function measureSpecial(bed: Bed, given: Given): Special {
  const api = measureApi(bed, Math.max(500, Math.min(20_000, 100 * given['round-ms'])))
  const queue = given.hosts >= queueLength ? measureQueue(bed) : null
  const { identicalUs, refusalUs, ...gangs } = measureGangs(bed, callsOf(given))
  return {
    gang500us: identicalUs,
    refusalUs,
    gangs,
    api,
    batchQueueMs: queue?.ms ?? null,
    ...(queue?.reason !== undefined && { batchQueueReason: queue.reason }),
  }
}

/** Calls of each kind of gang. */
function callsOf(given: Given): number {
  return Math.max(140, Math.min(2_100, 14 * given['round-ms']))
}

function baselinesOf(
  worlds: ByWorld<WorldFigures>,
  native: NativeScan | null,
  nova: NovaRates | null,
): object | null {
  if (native === null) return null
  const scans = byWorld(worlds, ({ baselines }) => baselines?.nativeScan?.median ?? null)
  return {
    nativeScan: native.ok ? { ...scans, compiler: native.compiler } : null,
    nativeScanLanes: byWorld(worlds, ({ baselines }) => baselines?.nativeScan?.lanes ?? null),
    ...(!native.ok && { nativeScanReason: native.reason }),
    typescript: {
      firstFit: byWorld(worlds, ({ baselines }) => baselines?.firstFit.median ?? null),
      bestFit: byWorld(worlds, ({ baselines }) => baselines?.bestFit.median ?? null),
    },
    nova: nova?.ok === true ? nova : null,
    ...(nova?.ok === false && { novaReason: nova.reason }),
  }
}

/** Engine ÷ baseline, medians of the same run. */
function ratiosOf({ pairs, baselines }: WorldFigures): object {
  const over = (found: { readonly median: number } | null | undefined): number | null =>
    found ? round3(pairs.median / found.median) : null
  return {
    nativeScan: over(baselines?.nativeScan),
    firstFit: over(baselines?.firstFit),
    bestFit: over(baselines?.bestFit),
  }
}

function byWorld<T>(worlds: ByWorld<WorldFigures>, of: (figures: WorldFigures) => T): ByWorld<T> {
  return {
    simple: of(worlds.simple),
    mixed: of(worlds.mixed),
    incompressible: of(worlds.incompressible),
  }
}
