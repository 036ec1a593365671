import { plainRules } from '../baselines/typescript.ts'
import { BenchError } from '../errors.ts'
import { generatedTrace } from '../generate/azure.ts'
import { round3 } from '../harness/measure.ts'
import { choice, file, flag, integer, optionalInteger } from '../harness/options.ts'
import { type Report, type Suite, suite } from '../harness/suite.ts'
import { loadAzure } from '../load/azure.ts'
import { loadProtean } from '../load/protean.ts'
import { eventsOf, lowerBound, type Trace } from '../load/trace.ts'
import { densityOf } from '../replay/density.ts'
import { plainFits } from '../replay/plain.ts'
import { type Policy, replay, type ReplayOptions } from '../replay/replay.ts'
import { fewestHosts } from '../replay/search.ts'

const policies = ['auto', 'pack', 'spread', 'balance', 'fragmentation', 'lifetime'] as const

interface Given {
  readonly file: string | undefined
  readonly seed: number
  readonly hosts: number | undefined
  readonly policy: (typeof policies)[number]
  readonly lifetimes: boolean
  readonly 'lifetime-bin': number
  readonly 'host-vcpus': number
  readonly 'host-gib': number
  readonly machine: number | undefined
  readonly 'no-baselines': boolean
}

/** B2: servers come and go; the fewest equal hosts on which none is turned away. */
export const azureSuite: Suite = suite({
  summary: 'A trace of servers that come and go: the fewest hosts that turn none away.',
  options: {
    file: file('trace: .csv, .csv.gz, or .sqlite/.db of Azure Packing 2020; else generated'),
    seed: integer('generated trace', 1),
    hosts: optionalInteger('exactly so many, and count what is turned away', { min: 1 }),
    policy: choice('how hosts are ranked; auto is pack, or lifetime', policies, 'auto'),
    lifetimes: flag('the policy knows when each server will leave'),
    'lifetime-bin': integer('seconds of a bin of expected ends', 3_600, { min: 1 }),
    'host-vcpus': integer('vCPU of a host', 64, { min: 1, max: 100_000 }),
    'host-gib': integer('GiB of a host', 192, { min: 1, max: 1_000_000 }),
    machine: optionalInteger('machine of an SQLite trace; else the busiest'),
    'no-baselines': flag('leave out plain first fit and best fit'),
  },
  run: azure,
})

async function azure(given: Given): Promise<Report> {
  const trace = await traceOf(given)
  const tooLarge = trace.shapes.find((amounts) =>
    amounts.some((amount, index) => amount > (trace.host[index] ?? 0)),
  )
  if (tooLarge !== undefined) {
    throw new BenchError(`a server of ${tooLarge.join(' × ')} fits on no host`)
  }
  const events = eventsOf(trace)
  const lower = lowerBound(trace, events)
  const options = replayOptions(given)
  const found = given.hosts === undefined ? search(trace, events, lower, options) : null
  const hosts = found?.hosts ?? given.hosts ?? 0
  const { rejected, seconds, tier } = replay(trace, events, { ...options, hosts, strict: false })
  const { mean, points } = densityOf(trace, events, { ...options, hosts })
  return {
    figures: {
      hosts,
      lowerBound: lower,
      ratio: hosts / lower,
      density: round3(mean),
      events: events.length,
      seconds: round3(seconds),
      eventsPerSecond: Math.round(events.length / seconds),
      rejected,
      policy: options.policy,
      lifetimes: given.lifetimes,
      servers: trace.count,
      shapes: trace.shapes.length,
      skipped: trace.skipped,
      searchRuns: found?.runs ?? 0,
      baselines: given['no-baselines'] ? null : baselines(trace, events, lower),
      densityOverTime: points,
    },
    tier,
    notes: [
      'lowerBound: over time and classes, the most of what is asked ÷ what a host has',
      'seconds: one run at that number of hosts, fleet made and filled from nothing',
    ],
  }
}

async function traceOf(given: Given): Promise<Trace> {
  const { file: path, machine, seed } = given
  const host = { vcpus: given['host-vcpus'], gib: given['host-gib'] }
  const isDatabase = path !== undefined && /\.(?:sqlite3?|db)$/.test(path)
  if (isDatabase) return loadProtean(path, { machine })
  if (machine !== undefined) throw new BenchError('--machine is for SQLite traces')
  return path === undefined ? generatedTrace(seed, host) : loadAzure(path, host)
}

function replayOptions(given: Given): Omit<ReplayOptions, 'hosts' | 'strict'> {
  const { lifetimes } = given
  const usual: Policy = lifetimes ? 'lifetime' : 'pack'
  const policy = given.policy === 'auto' ? usual : given.policy
  return { policy, ...(lifetimes && { lifetimeBin: given['lifetime-bin'] }) }
}

function search(
  trace: Trace,
  events: Int32Array,
  lower: number,
  options: Omit<ReplayOptions, 'hosts' | 'strict'>,
): { readonly hosts: number; readonly runs: number } {
  const found = fewestHosts(lower, trace.count, (hosts) => {
    return replay(trace, events, { ...options, hosts, strict: true }).rejected === 0
  })
  if (found === null) throw new Error('no number of hosts takes every server')
  return found
}

/** The fewest hosts of the plain rules, found by halving. */
function baselines(trace: Trace, events: Int32Array, lower: number): object {
  return Object.fromEntries(
    plainRules.map((rule) => {
      const fits = (hosts: number): boolean => plainFits(trace, events, rule, hosts)
      const hosts = fewestHosts(lower, trace.count, fits, 0)?.hosts ?? null
      return [rule, { hosts, ratio: hosts === null ? null : hosts / lower }]
    }),
  )
}
