import { sentence } from '../harness/table.ts'
import { worldNames } from '../scale/worlds.ts'
import { figure, type NamedResult, type Result } from './results.ts'

/** A table of text. Numbers are already words. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly note: string
}

/** All tables that the results are enough for. */
export function tablesOf(results: readonly NamedResult[]): readonly Table[] {
  const of = (suite: string): readonly NamedResult[] =>
    results.filter(({ result }) => result.suite === suite)
  const tables = [
    rates(of('scale')),
    calls(of('scale')),
    memory(of('scale')),
    traces(of('azure')),
    gpus(of('openb')),
    planners([...of('tclab'), ...of('huawei')]),
    kube(of('kube-mirror')),
  ]
  return tables.filter(({ rows }) => rows.length > 0)
}

function cell(result: Result, path: string, digits = 4): string {
  const value = figure(result, path)
  if (value === null) return '–'
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) {
    return Math.round(value).toLocaleString('en-US')
  }
  return String(Number(value.toPrecision(digits)))
}

function rates(results: readonly NamedResult[]): Table {
  return {
    title: 'Place and release, pairs per second',
    head: ['hosts', 'fleet', 'median', 'best', 'C scan', '÷', 'TS best fit', '÷', 'TS first fit'],
    rows: results.flatMap(({ result }) =>
      worldNames.map((world) => [
        cell(result, 'hosts'),
        world,
        cell(result, `pairsPerSecond.${world}`),
        cell(result, `pairsPerSecondBest.${world}`),
        cell(result, `baselines.nativeScan.${world}`),
        cell(result, `ratios.${world}.nativeScan`, 3),
        cell(result, `baselines.typescript.bestFit.${world}`),
        cell(result, `ratios.${world}.bestFit`, 3),
        cell(result, `baselines.typescript.firstFit.${world}`),
      ]),
    ),
    note:
      'Fleets filled to 93 % of their scarcest class; a pair is the release of a random server ' +
      'and a placement. Baselines ran in the same process on the same state; ÷ is the engine ' +
      'over the baseline before it. The C scan is exact best fit over all hosts.',
  }
}

function calls(results: readonly NamedResult[]): Table {
  const paths: readonly (readonly [name: string, path: string])[] = [
    ['one, simple', 'latencyUs.simple'],
    ['one, mixed', 'latencyUs.mixed'],
    ['one, incompressible', 'latencyUs.incompressible'],
    ['500 identical', 'gang500us'],
    ['500, one per host', 'gangs.onePerHostUs'],
    ['500 of ten flavours', 'gangs.tenFlavoursUs'],
    ['refusal', 'refusalUs'],
    ['refusal, explained', 'gangs.explanationUs'],
  ]
  return {
    title: 'Time of a call, µs',
    head: ['hosts', 'call', 'p50', 'p90', 'p99', 'p99.9', 'calls'],
    rows: results.flatMap(({ result }) =>
      paths.map(([name, path]) => [
        cell(result, 'hosts'),
        name,
        ...['p50', 'p90', 'p99', 'p999', 'calls'].map((share) => cell(result, `${path}.${share}`)),
      ]),
    ),
    note: 'Single calls, each timed; two readings of the clock are within the figures.',
  }
}

function memory(results: readonly NamedResult[]): Table {
  const columns = [
    'hosts',
    'states.simple.live',
    'bytesPerHost',
    'bytesPerAllocation',
    'loadMs',
    'api.singlesPerSecond',
    'api.gangServersPerSecond',
    'batchQueueMs',
  ]
  return {
    title: 'Memory, loading, and the interface of objects',
    head: [
      'hosts',
      'live servers',
      'B per host',
      'B per server',
      'load ms',
      'singles/s',
      'gang servers/s',
      'queue of 100,000, ms',
    ],
    rows: results.map(({ result }) => columns.map((path) => cell(result, path))),
    note: 'The fleet with resources only.',
  }
}

function traces(results: readonly NamedResult[]): Table {
  return {
    title: 'Servers that come and go: the fewest hosts that turn none away',
    head: ['trace', 'policy', 'hosts', 'bound', 'ratio', 'best fit', 'first fit', 'density', 's'],
    rows: results.map(({ key, result }) => [
      key,
      String(result['policy']),
      ...['hosts', 'lowerBound'].map((path) => cell(result, path)),
      cell(result, 'ratio', 5),
      cell(result, 'baselines.bestFit.hosts'),
      cell(result, 'baselines.firstFit.hosts'),
      cell(result, 'density'),
      cell(result, 'seconds'),
    ]),
    note: 'Seconds are of one run of all events at that number of hosts.',
  }
}

function gpus(results: readonly NamedResult[]): Table {
  return {
    title: 'GPU allocated when 130 % of it is asked for, %',
    head: ['list', 'mean', 'sd', 'bound', 'FGD', 'over FGD', 'best fit (published)', 'pack', 's'],
    rows: results.map(({ result }) => [
      String(result['list']),
      ...[
        'allocationPercent.mean',
        'allocationPercent.sd',
        'upperBoundPercent',
        'published.fgd',
        'overFgd',
        'published.bestFit',
        'baselines.pack.mean',
        'secondsPerSeed',
      ].map((path) => cell(result, path)),
    ]),
    note: 'Means over ten seeds; seconds are of one run. FGD: Weng et al., USENIX ATC 2023.',
  }
}

function planners(results: readonly NamedResult[]): Table {
  return {
    title: 'Plans: applications with limits (fewest hosts), topology (most placed)',
    head: ['set', 'result', 'bound', 'first fit', 'best fit', 'broken rules', 's'],
    rows: results.map(({ key, result }) => {
      const hosts = result.suite === 'tclab'
      const what = hosts ? 'hosts' : 'placed'
      return [
        key,
        `${cell(result, what)} ${what}`,
        cell(result, hosts ? 'lowerBound' : 'upperBound'),
        cell(result, `baselines.firstFit.${what}`),
        cell(result, `baselines.bestFit.${what}`),
        cell(result, 'violations'),
        cell(result, 'seconds'),
      ]
    }),
    note: 'The bound is a lower one of hosts, an upper one of what can be placed.',
  }
}

function kube(results: readonly NamedResult[]): Table {
  const cases = ['basic', 'antiAffinity', 'onePerNode']
  return {
    title: "The cases of kube-scheduler's scheduler_perf",
    head: ['case', 'nodes', 'pods', 'decisions/s', 'best', 'its tests demand'],
    rows: results.flatMap(({ result }) =>
      cases.map((name) => [
        name,
        ...['nodes', 'pods', 'decisionsPerSecond', 'best', 'kubeThreshold'].map((path) =>
          cell(result, `${name}.${path}`),
        ),
      ]),
    ),
    note:
      "kube-scheduler's figures include its API server and etcd; these are of the engine " +
      'alone.',
  }
}

/** Every goal that a result was judged by. */
export function goalsTable(results: readonly NamedResult[]): Table {
  return {
    title: 'Goals',
    head: ['run', 'goal', 'figure', 'verdict'],
    rows: results.flatMap(({ key, result }) =>
      result.goals.map((goal) => [key, goal.id, sentence(goal), goal.verdict]),
    ),
    note: 'Medians are judged, not the best rounds.',
  }
}

/** Where and how each result was made. */
export function conditionsTable(results: readonly NamedResult[]): Table {
  return {
    title: 'Conditions',
    head: ['run', 'command', 'when', 'Node', 'processor', 'cores', 'tier'],
    rows: results.map(({ key, result: { conditions } }) => [
      key,
      conditions.command,
      conditions.date,
      conditions.node,
      conditions.cpu,
      String(conditions.cores),
      conditions.tier ?? '–',
    ]),
    note: 'All on one thread.',
  }
}
