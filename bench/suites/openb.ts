import { generatedHosts, generatedPods } from '../generate/openb.ts'
import { meanAndSd, round3 } from '../harness/measure.ts'
import { choice, file, flag, integer } from '../harness/options.ts'
import { type Report, type Suite, suite } from '../harness/suite.ts'
import { loadGpuHosts, loadPods } from '../load/openb.ts'
import { upperBound } from '../openb/bound.ts'
import { listName, published } from '../openb/published.ts'
import { type OpenbRun, requests, runOpenb, totalUnits } from '../openb/run.ts'

const policies = ['fragmentation', 'pack', 'spread', 'balance'] as const

interface Given {
  readonly nodes: string | undefined
  readonly file: string | undefined
  readonly seed: number
  readonly seeds: number
  readonly policy: (typeof policies)[number]
  readonly 'no-typical': boolean
  readonly 'no-baselines': boolean
}

/** B1: GPUs that are shared, asked for until 130 % of them are; how much of them is given. */
export const openbSuite: Suite = suite({
  summary: 'Whole and shared GPUs asked for up to 130 % of a cluster: how much is allocated.',
  options: {
    nodes: file('hosts: openb_node_list_*.csv or .csv.gz; else generated'),
    file: file('requests: openb_pod_list_*.csv or .csv.gz; else generated'),
    seed: integer('first of the seeds', 42),
    seeds: integer('runs, each with the next seed', 10, { min: 1, max: 1_000 }),
    policy: choice('how hosts are ranked', policies, 'fragmentation'),
    'no-typical': flag('do not tell the policy which asks are typical'),
    'no-baselines': flag('leave out the same runs with policy pack'),
  },
  run: openb,
})

async function openb(given: Given): Promise<Report> {
  const hosts = given.nodes === undefined ? generatedHosts() : await loadGpuHosts(given.nodes)
  const list = given.file === undefined ? generatedPods(1) : await loadPods(given.file)
  const capacity = totalUnits(hosts)
  const seeds = Array.from({ length: given.seeds }, (_, index) => given.seed + index)
  const drawn = seeds.map((seed) => requests(list, capacity, seed))
  const runs = (policy: Given['policy']): readonly OpenbRun[] =>
    drawn.map((rows) => runOpenb(hosts, list, rows, { policy, typical: !given['no-typical'] }))
  const found = runs(given.policy)
  const name = given.file === undefined ? null : listName(given.file)
  const known = name === null ? undefined : published[name]
  const allocation = percent(found.map(({ at130 }) => at130))
  const seconds = found.reduce((sum, run) => sum + run.seconds, 0)
  const bounds = drawn.map((rows) => upperBound(hosts, list.shapes, rows))
  const alone = given['no-baselines'] || given.policy === 'pack'
  return {
    figures: {
      hosts: hosts.length,
      gpus: capacity / 1_000,
      list: name ?? (given.file === undefined ? 'generated' : 'other'),
      policy: given.policy,
      allocationPercent: allocation,
      allocationPercentAt100: percent(found.map(({ at100 }) => at100)),
      upperBoundPercent: round3(meanAndSd(bounds).mean),
      ...(known !== undefined && {
        published: known,
        overFgd: round3(allocation.mean - known.fgd),
      }),
      seeds: seeds.length,
      seconds: round3(seconds),
      secondsPerSeed: round3(seconds / seeds.length),
      pods: found.reduce((sum, { pods }) => sum + pods, 0),
      dropped: found.reduce((sum, { dropped }) => sum + dropped, 0),
      baselines: alone ? null : { pack: percent(runs('pack').map(({ at130 }) => at130)) },
    },
    tier: found[0]?.tier ?? null,
    notes: [
      'upperBoundPercent: mean over seeds of what no placement can exceed',
      'published means come from other draws of the same lists: means compare, single runs do not',
    ],
  }
}

function percent(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const { mean, sd } = meanAndSd(values)
  return { mean: round3(mean), sd: round3(sd) }
}
