import { worldNames } from '../scale/worlds.ts'
import { figure, type NamedResult, type Result } from './results.ts'
import { barPlot, linePlot, type Series } from './svg.ts'

/** A plot, drawn for a page (`alone` false) or for a file of its own. */
export interface Chart {
  /** Name of the file without its end. */
  readonly name: string
  readonly title: string
  /** Keys of the results that it shows. */
  readonly from: readonly string[]
  draw(alone: boolean): string
}

/** All plots that the results are enough for. */
export function chartsOf(results: readonly NamedResult[]): readonly Chart[] {
  const scale = results.filter(({ result }) => result.suite === 'scale')
  return [
    ...throughput(scale),
    ...latency(scale),
    ...results.flatMap(density),
    ...aboveBound(results),
  ]
}

function throughput(scale: readonly NamedResult[]): readonly Chart[] {
  if (scale.length === 0) return []
  const series = worldNames.flatMap((world): Series[] => [
    line(`engine, ${world}`, scale, `pairsPerSecond.${world}`),
    { ...line(`C scan, ${world}`, scale, `baselines.nativeScan.${world}`), dashed: true },
  ])
  const plain = line('TypeScript best fit, simple', scale, 'baselines.typescript.bestFit.simple')
  const title = 'Place and release pairs per second against hosts'
  return [
    {
      name: 'throughput',
      title,
      from: scale.map(({ key }) => key),
      draw: (alone) =>
        linePlot(
          {
            title,
            description:
              'Both axes are logarithmic. One line for the engine and one, dashed, for a C scan ' +
              'of all hosts, for each of three kinds of fleet; one for best fit in TypeScript.',
            x: { label: 'hosts', log: true },
            y: { label: 'pairs per second', log: true },
            series: [...series, { ...plain, dashed: true }].filter(({ points }) => points.length),
          },
          alone,
        ),
    },
  ]
}

function line(name: string, results: readonly NamedResult[], path: string): Series {
  const points = results.flatMap(({ result }): [number, number][] => {
    const hosts = figure(result, 'hosts')
    const value = figure(result, path)
    return hosts === null || value === null || value <= 0 ? [] : [[hosts, value]]
  })
  return { name, points: points.sort(([a], [b]) => a - b) }
}

const shares = ['p50', 'p90', 'p99', 'p999'] as const
const shareNames = ['half', '90 %', '99 %', '99.9 %']
const timedCalls: readonly (readonly [name: string, path: string])[] = [
  ['one, simple', 'latencyUs.simple'],
  ['one, mixed', 'latencyUs.mixed'],
  ['one, incompressible', 'latencyUs.incompressible'],
  ['gang of 500', 'gang500us'],
  ['500, one per host', 'gangs.onePerHostUs'],
  ['500, ten flavours', 'gangs.tenFlavoursUs'],
  ['refused gang', 'refusalUs'],
]

function latency(scale: readonly NamedResult[]): readonly Chart[] {
  return scale.map(({ key, result }) => {
    const hosts = figure(result, 'hosts') ?? 0
    const title = `Latency of a call, ${hosts.toLocaleString('en-US')} hosts`
    const series = timedCalls.map(([name, path]): Series => {
      const points = shares.flatMap((share, index): [number, number][] => {
        const value = figure(result, `${path}.${share}`)
        return value === null ? [] : [[index, Math.max(value, 1e-3)]]
      })
      return { name, points }
    })
    return {
      name: `latency-${hosts}`,
      title,
      from: [key],
      draw: (alone) =>
        linePlot(
          {
            title,
            description:
              'For each kind of call, the time within which half, 90, 99 and 99.9 of a hundred ' +
              'calls were answered; the axis of times is logarithmic.',
            x: { label: 'calls answered within', names: shareNames },
            y: { label: 'microseconds', log: true },
            series: series.filter(({ points }) => points.length > 0),
          },
          alone,
        ),
    }
  })
}

interface Moment {
  readonly hours: number
  readonly density: number
  readonly usedHosts: number
  readonly lowerBound: number
}

function density({ key, result }: NamedResult): readonly Chart[] {
  const moments = result['densityOverTime'] as readonly Moment[] | undefined
  if (result.suite !== 'azure' || moments === undefined || moments.length === 0) return []
  const points = (of: (moment: Moment) => number): readonly [number, number][] =>
    moments.map((moment) => [moment.hours, of(moment)])
  const shareTitle = `vCPU share of hosts in use over time, ${key}`
  const hostsTitle = `Hosts in use over time, ${key}`
  return [
    {
      name: `density-${key}`,
      title: shareTitle,
      from: [key],
      draw: (alone) =>
        linePlot(
          {
            title: shareTitle,
            description: 'How much of the vCPU of hosts that hold any server is given to servers.',
            x: { label: 'hours since the first arrival' },
            y: { label: 'share of vCPU' },
            series: [{ name: 'share', points: points((moment) => moment.density) }],
          },
          alone,
        ),
    },
    {
      name: `hosts-${key}`,
      title: hostsTitle,
      from: [key],
      draw: (alone) =>
        linePlot(
          {
            title: hostsTitle,
            description:
              'Hosts that hold any server, and, dashed, the hosts that no packing could do ' +
              'without at that moment.',
            x: { label: 'hours since the first arrival' },
            y: { label: 'hosts' },
            series: [
              { name: 'in use', points: points((moment) => moment.usedHosts) },
              {
                name: 'lower bound',
                points: points((moment) => moment.lowerBound),
                dashed: true,
              },
            ],
          },
          alone,
        ),
    },
  ]
}

/** Hosts over the lower bound, in %, of everything that has one. */
function aboveBound(results: readonly NamedResult[]): readonly Chart[] {
  const over = (hosts: number | null, bound: number | null): number | null =>
    hosts === null || bound === null || bound === 0 ? null : 100 * (hosts / bound - 1)
  const bars = results.flatMap(({ key, result }) => {
    if (result.suite !== 'azure' && result.suite !== 'tclab') return []
    const bound = figure(result, 'lowerBound')
    const all = [
      [key, figure(result, 'hosts'), true],
      [`${key}, best fit`, figure(result, 'baselines.bestFit.hosts'), false],
      [`${key}, first fit`, figure(result, 'baselines.firstFit.hosts'), false],
    ] as const
    return all.flatMap(([name, hosts, ours]) => {
      const value = over(hosts, bound)
      return value === null ? [] : [{ name, value: Math.max(0, value), ours }]
    })
  })
  if (bars.length === 0) return []
  const title = 'Hosts above the lower bound'
  return [
    {
      name: 'above-lower-bound',
      title,
      from: results.filter(isBounded).map(({ key }) => key),
      draw: (alone) =>
        barPlot(
          {
            title,
            description:
              'By how many % the hosts needed exceed those that no packing can do without: ' +
              'the engine, and plain best fit and first fit.',
            label: '% above the lower bound; shorter is better',
            bars,
          },
          alone,
        ),
    },
  ]
}

function isBounded({ result }: { readonly result: Result }): boolean {
  return result.suite === 'azure' || result.suite === 'tclab'
}
