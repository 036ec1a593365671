import { BenchError } from '../errors.ts'
import { fewestRounds, median, timed } from '../harness/measure.ts'
import { batchOrder } from '../huawei/batch-order.ts'
import { generateHosts, generateRequests } from '../huawei/generate.ts'
import { placedOneByOne } from '../huawei/one-by-one.ts'
import { fleetOf, planInOrder, planOn, specsOf } from '../huawei/plan.ts'
import { upperBound } from '../huawei/upper-bound.ts'
import { violations } from '../huawei/verify.ts'
import {
  loadHosts,
  loadRequests,
  type TopologyHosts,
  type TopologyRequests,
} from '../load/huawei.ts'

export interface HuaweiOptions {
  /** Free vCPUs and GiB of both cells, host by host. Together with `racks` and `file`. */
  readonly nodes?: string
  /** The rack of every host, in the same order. */
  readonly racks?: string
  /** The requests. Without the three, an instance of the same family is generated. */
  readonly file?: string
  /** Of the generated instance. */
  readonly seed: number
  /** Hosts of the generated instance; 1,710 if undefined. Requests go in proportion. */
  readonly hosts?: number
}

export interface HuaweiFigures {
  readonly hosts: number
  readonly racks: number
  /** Requests placed, in the order of the file; a group is planned when its first member comes. */
  readonly placed: number
  readonly of: number
  /** No plan places more. */
  readonly upperBound: number
  /** Where the bound comes from. */
  readonly boundBy: string
  readonly tier: string
  /**
   * Placing all requests on a fleet that is loaded: the median round, the best one, and the first
   * one in this process.
   */
  readonly seconds: number
  readonly bestSeconds: number
  readonly firstSeconds: number
  readonly rounds: number
  /** Of capacity or of a rule, counted from the plan alone: 0. */
  readonly violations: number
  readonly refused: Readonly<Record<string, number>>
  /** When a group that does not fit whole is not placed at all. */
  readonly atomic: { readonly placed: number }
  /** When all requests are known before the first is placed: the better of two orders. */
  readonly batch: { readonly placed: number }
  /** Every request on its own. */
  readonly baselines: {
    readonly firstFit: { readonly placed: number }
    readonly bestFit: { readonly placed: number }
  }
}

/** Rounds until the engine that runs this has compiled what is hot. */
const warmUp = 6
const publishedHosts = 1_710
const publishedRequests = 4_998

/**
 * `huawei`: requests with rules on NUMA cells, racks and hosts, planned in order and group by
 * group, on hosts of two cells each.
 *
 * @throws BenchError when some but not all of the files are given; DataError on a bad file.
 */
export async function huawei(options: HuaweiOptions): Promise<HuaweiFigures> {
  const { hosts, asked } = await inputs(options)
  const specs = specsOf(hosts)
  let plan: Int32Array = new Int32Array()
  let tier = ''
  const rounds: number[] = []
  // The first round also compiles: it is told apart, and the next few are not counted.
  for (let round = 0; round < 1 + warmUp + 2 * fewestRounds; round++) {
    const fleet = fleetOf(specs)
    const { ms, result } = timed(() => planOn(fleet, asked))
    plan = result
    rounds.push(ms / 1e3)
    tier = fleet.tier
  }
  const firstSeconds = rounds[0] ?? 0
  const later = rounds.slice(1 + warmUp)
  const bound = upperBound(hosts, asked)
  const order = batchOrder(asked.requests, asked.shapes)
  return {
    hosts: hosts.rackOf.length,
    racks: hosts.racks,
    tier,
    placed: placed(plan),
    of: asked.requests.length,
    upperBound: bound.placed,
    boundBy: bound.scarcest,
    seconds: round4(median(later)),
    bestSeconds: round4(Math.min(...later)),
    firstSeconds: round4(firstSeconds),
    rounds: later.length,
    violations: violations(hosts, asked, plan),
    refused: refused(asked, plan),
    atomic: { placed: placed(planInOrder(hosts, asked, { atomic: true })) },
    batch: { placed: Math.max(placed(plan), placed(planInOrder(hosts, asked, { order }))) },
    baselines: {
      firstFit: { placed: placedOneByOne(hosts, asked, 'first-fit') },
      bestFit: { placed: placedOneByOne(hosts, asked, 'best-fit') },
    },
  }
}

async function inputs({
  nodes,
  racks,
  file,
  seed,
  hosts = publishedHosts,
}: HuaweiOptions): Promise<{ readonly hosts: TopologyHosts; readonly asked: TopologyRequests }> {
  if (nodes !== undefined && racks !== undefined && file !== undefined) {
    return { hosts: await loadHosts(nodes, racks), asked: await loadRequests(file) }
  }
  if (nodes !== undefined || racks !== undefined || file !== undefined) {
    throw new BenchError('--nodes, --racks and --file are given together or not at all')
  }
  const requests = Math.round((hosts * publishedRequests) / publishedHosts)
  return { hosts: generateHosts(hosts, seed), asked: generateRequests(requests, seed) }
}

function placed(hostOf: Int32Array): number {
  return hostOf.reduce((count, host) => (host < 0 ? count : count + 1), 0)
}

/** Requests left out, by their strategy. */
function refused({ requests }: TopologyRequests, hostOf: Int32Array): Record<string, number> {
  const found: Record<string, number> = {}
  requests.forEach(({ strategy }, index) => {
    if ((hostOf[index] ?? -1) >= 0) return
    const name = strategy === '' ? 'single' : strategy
    found[name] = (found[name] ?? 0) + 1
  })
  return found
}

function round4(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4
}
