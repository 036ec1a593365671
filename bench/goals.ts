/** One goal: a figure of a suite, and what it should reach. */
export interface Goal {
  readonly id: string
  readonly suite: string
  /** Where the figure is in the suite's result: names joined by dots. */
  readonly path: string
  readonly what: string
  readonly atLeast: boolean
  /** Larger or smaller is better, by `atLeast`; where it depends on hosts, by number of hosts. */
  readonly target: number | readonly HostTarget[]
  /** Where the goal is meant for some results only, what these say of themselves. */
  readonly when?: Readonly<Record<string, string | number | boolean>>
}

/** A target for fleets of at least so many hosts. */
export type HostTarget = readonly [hosts: number, target: number]

export interface Judged {
  readonly id: string
  readonly path: string
  readonly what: string
  readonly atLeast: boolean
  readonly target: number
  readonly found: number
  readonly verdict: 'met' | 'missed'
}

const sizes = [1_000, 10_000, 100_000, 1_000_000] as const

function bySize(...targets: readonly [number, number, number, number]): readonly HostTarget[] {
  return sizes.map((hosts, index) => [hosts, targets[index] as number] as const)
}

const scale = (
  id: string,
  path: string,
  what: string,
  atLeast: boolean,
  target: Goal['target'],
): Goal => ({ id, suite: 'scale', path, what, atLeast, target })

const http = (id: string, path: string, what: string, atLeast: boolean, target: number): Goal => ({
  id,
  suite: 'http',
  path,
  what,
  atLeast,
  target,
})

/** What clients of the HTTP interfaces are to see, of one process on two cores. */
const httpGoals: readonly Goal[] = [
  http('H1', 'createMs.p50', '500 servers in one request, ms', false, 60),
  http('H2', 'firstPageMs.p50', 'the first 1,000 servers in detail, ms', false, 25),
  http('H3', 'lastPageMs.p50', 'the last 1,000 servers in detail, ms', false, 25),
  http('H4', 'getsPerSecond', 'GET /servers/{id}, calls/s', true, 3_000),
  http('H5', 'tokensPerSecond', 'tokens for a password, calls/s', true, 300),
  http('H6', 'uploadMbPerSecond', 'bytes of an image sent, MB/s', true, 400),
  http('H7', 'downloadMbPerSecond', 'bytes of an image fetched, MB/s', true, 400),
]

/** What the engine is to reach on one thread of a 2-core server. */
export const goals: readonly Goal[] = [
  ...httpGoals,
  scale(
    'T1',
    'pairsPerSecond.simple',
    'place and release, resources only, pairs/s',
    true,
    bySize(5e6, 4e6, 2e6, 1e6),
  ),
  scale(
    'T2',
    'pairsPerSecond.mixed',
    'place and release, every constraint, pairs/s',
    true,
    bySize(1.5e6, 1e6, 5e5, 2.5e5),
  ),
  scale(
    'T3',
    'pairsPerSecond.incompressible',
    'place and release, every host distinct, pairs/s',
    true,
    bySize(2e6, 2.5e5, 1e5, 2e4),
  ),
  scale('T3b', 'ratios.incompressible.nativeScan', 'incompressible ÷ the C scan', true, 1),
  scale('T4', 'gang500us.p50', 'gang of 500 identical, p50 µs', false, bySize(10, 15, 20, 30)),
  scale('T4', 'gang500us.p99', 'gang of 500 identical, p99 µs', false, bySize(20, 30, 50, 80)),
  scale(
    'T5',
    'gangs.onePerHostUs.p99',
    'gang of 500, one per host, p99 µs',
    false,
    bySize(60, 100, 200, 400),
  ),
  scale(
    'T6',
    'gangs.tenFlavoursUs.p99',
    'gang of 500, ten flavours over zones, p99 µs',
    false,
    bySize(200, 300, 500, 1_000),
  ),
  scale('T7', 'refusalUs.p99', 'gang refused exactly, p99 µs', false, bySize(3, 5, 10, 20)),
  scale('T8', 'batchQueueMs', '100,000 mixed requests in one call, ms', false, [
    [100_000, 100],
    [1_000_000, 200],
  ]),
  scale(
    'T9',
    'api.singlesPerSecond',
    'singles through objects, per second',
    true,
    bySize(4e5, 4e5, 3e5, 2e5),
  ),
  scale(
    'T9',
    'api.gangServersPerSecond',
    'servers of gangs through objects, per second',
    true,
    bySize(5e6, 5e6, 5e6, 3e6),
  ),
  scale(
    'L1',
    'latencyUs.simple.p99',
    'one placement, resources only, p99 µs',
    false,
    bySize(1, 1, 1, 2),
  ),
  scale('L1', 'latencyUs.simple.p999', 'one placement, resources only, p99.9 µs', false, 20),
  scale('L1', 'latencyUs.mixed.p99', 'one placement, every constraint, p99 µs', false, 10),
  scale(
    'L1',
    'latencyUs.incompressible.p99',
    'one placement, every host distinct, p99 µs',
    false,
    bySize(60, 60, 60, 600),
  ),
  scale('M1', 'bytesPerHost', 'bytes per host, all in', false, 96),
  scale('M2', 'bytesPerAllocation', 'bytes per live allocation', false, 24),
  scale('M3', 'loadMs', 'hosts loaded, ms', false, [
    [100_000, 20],
    [1_000_000, 200],
  ]),
  {
    id: 'T10',
    suite: 'azure',
    path: 'seconds',
    what: 'one run of the trace, s',
    atLeast: false,
    target: 0.4,
  },
  {
    id: 'Q2',
    suite: 'azure',
    path: 'ratio',
    what: 'hosts ÷ lower bound, online',
    atLeast: false,
    target: 1.012,
    when: { lifetimes: false },
  },
  {
    id: 'Q2',
    suite: 'azure',
    path: 'ratio',
    what: 'hosts ÷ lower bound, lifetimes known',
    atLeast: false,
    target: 1.006,
    when: { lifetimes: true },
  },
  {
    id: 'Q2',
    suite: 'azure',
    path: 'density',
    what: 'mean vCPU share of hosts in use',
    atLeast: true,
    target: 0.88,
  },
  {
    id: 'T10',
    suite: 'openb',
    path: 'secondsPerSeed',
    what: 'one run of 130 %, s',
    atLeast: false,
    target: 0.5,
  },
  {
    id: 'Q1',
    suite: 'openb',
    path: 'allocationPercent.mean',
    what: 'GPU allocated, %',
    atLeast: true,
    target: 96,
    when: { list: 'default' },
  },
  {
    id: 'Q1',
    suite: 'openb',
    path: 'overFgd',
    what: 'points over FGD',
    atLeast: true,
    target: 0.3,
  },
  {
    id: 'Q3',
    suite: 'tclab',
    path: 'ratio',
    what: 'hosts ÷ lower bound',
    atLeast: false,
    target: 1.005,
  },
  {
    id: 'Q3',
    suite: 'tclab',
    path: 'violations',
    what: 'limits broken',
    atLeast: false,
    target: 0,
  },
  { id: 'Q3', suite: 'tclab', path: 'seconds', what: 'planning, s', atLeast: false, target: 2 },
  {
    id: 'Q6',
    suite: 'huawei',
    path: 'placed',
    what: 'placed of 4,998',
    atLeast: true,
    target: 4_900,
    when: { of: 4_998 },
  },
  { id: 'Q6', suite: 'huawei', path: 'seconds', what: 'planning, s', atLeast: false, target: 0.05 },
  {
    id: 'T11',
    suite: 'kube-mirror',
    path: 'basic.decisionsPerSecond',
    what: 'decisions/s',
    atLeast: true,
    target: 1e6,
  },
  {
    id: 'T11',
    suite: 'kube-mirror',
    path: 'antiAffinity.decisionsPerSecond',
    what: 'required anti-affinity, decisions/s',
    atLeast: true,
    target: 5e5,
  },
  {
    id: 'T11',
    suite: 'kube-mirror',
    path: 'gangsOfThree.microsecondsPerGang',
    what: 'gang of 3, µs',
    atLeast: false,
    target: 2,
  },
  {
    id: 'R1',
    suite: 'simulate',
    path: 'small.callsPerSecond',
    what: 'simulated port calls a second on one core',
    atLeast: true,
    target: 50_000,
  },
  {
    id: 'R2',
    suite: 'simulate',
    path: 'hour.ms',
    what: 'a virtual hour of 50 hosts and 50 servers, ms',
    atLeast: false,
    target: 50,
  },
]

/** The goals on a suite's result, in the order of the list; a figure not there has none. */
export function judge(suite: string, figures: object, list: readonly Goal[] = goals): Judged[] {
  const hosts = figureAt(figures, 'hosts')
  return list.flatMap((goal) => {
    if (goal.suite !== suite || !applies(goal, figures)) return []
    const found = figureAt(figures, goal.path)
    const target = targetFor(goal.target, hosts)
    if (typeof found !== 'number' || Number.isNaN(found) || target === null) return []
    const met = goal.atLeast ? found >= target : found <= target
    const { id, path, what, atLeast } = goal
    return [{ id, path, what, atLeast, target, found, verdict: met ? 'met' : 'missed' }]
  })
}

function applies(goal: Goal, figures: object): boolean {
  const when = Object.entries(goal.when ?? {})
  return when.every(([path, value]) => figureAt(figures, path) === value)
}

/** Of targets by hosts, that of the largest fleet which is not larger than this one. */
function targetFor(target: Goal['target'], hosts: unknown): number | null {
  if (typeof target === 'number') return target
  if (typeof hosts !== 'number') return null
  return target.findLast(([least]) => least <= hosts)?.[1] ?? null
}

function figureAt(figures: object, path: string): unknown {
  let value: unknown = figures
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string, unknown>>)[part]
  }
  return value
}
