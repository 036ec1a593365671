import type { Violation } from '../story-types.ts'
import { type Probe, probes } from '../probes.ts'
import { type Attempt, violationsOf } from './attempt.ts'
import { commandOf } from './command.ts'
import type { CrashAttempt, CrashTrouble } from './crash-work.ts'
import type { Failure, RunSummary } from './runner.ts'
import type { Shrunk } from './shrink.ts'
import { waysWords } from '../crashes/ways.ts'
import { counted, grouped, instantText, lengthText, tableLines } from './text.ts'
import type { Totals } from './totals.ts'

/** Findings of one crash that are told. */
const mostWhat = 5

/** What happened in one story, as lines. */
export function storyLines(attempt: Attempt): readonly string[] {
  const { options, result, ms } = attempt
  const { seed, size = 'medium' } = options
  if (!result) return [`seed ${seed} · ${size}`, ...violationLines(violationsOf(attempt))]
  const { plan, answers, strikes } = result
  const rates = Object.entries(plan.faults).map(([name, rate]) => `${name} ${rate}`)
  const struck = new Map<string, number>()
  for (const { name } of strikes) struck.set(name, (struck.get(name) ?? 0) + 1)
  const times = [...struck].map(([name, count]) => `${name} ${count}`)
  const speed = Math.round(result.virtualMs / ms)
  const rows = [
    [
      'plan',
      `${counted(plan.hosts, 'host')}, ${counted(plan.apis, 'API process', 'API processes')}, ` +
        `${counted(plan.workers, 'worker')}, ${counted(plan.tenants, 'tenant')} of ` +
        `${counted(plan.actions, 'action')}, up to ${counted(plan.batch, 'server')} a request, ` +
        `${plan.minutes} virtual min of faults`,
    ],
    ['rates', rates.join(', ') || 'no faults'],
    [
      'happened',
      `${counted(result.calls, 'port call')}, ${counted(result.commits, 'commit')}, ` +
        `${counted(result.actions, 'action')}; ${answersText(answers)}`,
    ],
    [
      'struck',
      strikes.length === 0 ? 'nothing' : `${grouped(strikes.length)}: ${times.join(', ')}`,
    ],
    [
      'probes',
      Object.entries(result.probes)
        .filter(([path]) => !path.startsWith('fault: '))
        .map(([path, count]) => `${path} ${count}`)
        .join(' · ') || 'none',
    ],
    [
      'time',
      `${lengthText(result.virtualMs)} of virtual time in ${lengthText(ms)}, ` +
        `${grouped(speed)} times as fast`,
    ],
    ['hash', result.hash],
  ]
  return [`seed ${seed} · ${size}`, ...tableLines(rows), ...violationLines(violationsOf(attempt))]
}

/** Broken promises, the first ten of them. */
export function violationLines(violations: readonly Violation[]): readonly string[] {
  const lines = violations.slice(0, 10).map(({ invariant, subject, message, at }) => {
    const name = invariant === 0 ? 'defect' : `invariant ${invariant}`
    return `  ${instantText(at)} ${name} broken: ${subject}: ${message}`
  })
  const more = violations.length - lines.length
  return more > 0 ? [...lines, `  and ${grouped(more)} more`] : lines
}

/** A failure as it is seen first: what and how to see it again. */
export function failureLines({ options, kind, violations }: Failure): readonly string[] {
  const what = kind === 'hash' ? 'is not deterministic' : 'failed'
  return [
    `FAILED seed ${options.seed} ${what}:`,
    ...violationLines(violations.slice(0, 3)),
    `  again: ${commandOf(options)}`,
  ]
}

/** What was found by shrinking. */
export function shrunkLines(shrunk: Shrunk): readonly string[] {
  const { attempt, runs, complete } = shrunk
  const { result } = attempt
  const size = result
    ? `${counted(result.strikes.length, 'strike')}, ${counted(result.actions, 'action')}`
    : 'it breaks off'
  const how = complete ? '' : ', time is over'
  return [
    `  smallest found after ${counted(runs, 'story', 'stories')}${how}: ${size}`,
    ...violationLines(violationsOf(attempt).slice(0, 3)),
    `  smallest: ${commandOf(attempt.options)}`,
  ]
}

/** One enumeration of crashes, as a line. */
export function crashesLine({ task, report, ms }: CrashAttempt, failures: number): string {
  const { scenario, depth } = task
  const ways = waysWords(task).join(' ')
  const name = `${scenario}${ways === '' ? '' : ` ${ways}`}`.padEnd(24)
  if (!report) return `${name} broke off after ${lengthText(ms)}`
  const pairs = depth > 1 ? `, ${grouped(report.pairs).padStart(6)} pairs` : ''
  return (
    `${name} ${grouped(report.points).padStart(4)} points${pairs}, ` +
    `${grouped(report.runs).padStart(5)} runs, ${failures} failed, ${lengthText(ms)}` +
    (report.complete ? '' : ', not all')
  )
}

/** A crash that the world did not recover from. */
export function troubleLines({ what, again }: CrashTrouble): readonly string[] {
  const more = what.length - mostWhat
  return [
    'FAILED crash:',
    ...what.slice(0, mostWhat).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    `  again: ${again}`,
  ]
}

/** What a run of many stories added up to. */
export function summaryLines({ totals, ms }: RunSummary): readonly string[] {
  const { crashes } = totals
  const crashRows =
    crashes.scenarios === 0
      ? []
      : [
          [
            'crashes',
            grouped(crashes.runs),
            `runs for ${counted(crashes.points, 'place')} and ${counted(crashes.pairs, 'pair')} ` +
              `of ${counted(crashes.scenarios, 'scenario')}`,
          ],
        ]
  if (totals.seeds === 0 && crashes.scenarios > 0) return tableLines(crashRows)
  const perSecond = (count: number): string => grouped((count * 1_000) / Math.max(1, ms))
  const seeds = ((totals.seeds * 1_000) / Math.max(1, ms)).toFixed(1)
  return tableLines([
    ['seeds', grouped(totals.seeds), `${seeds}/s in ${lengthText(ms)}`],
    ['run twice', grouped(totals.checked), 'in another process'],
    ['port calls', grouped(totals.calls), `${perSecond(totals.calls)}/s`],
    ['commits', grouped(totals.commits), `${perSecond(totals.commits)}/s`],
    ['actions', grouped(totals.actions), answersText(totals.answers)],
    ['faults', grouped(totals.strikes), `of ${counted(totals.faults.size, 'kind')}`],
    ['virtual time', lengthText(totals.virtualMs), `${perSecond(totals.virtualMs / 1_000)} s/s`],
    ...crashRows,
  ])
}

/** How often each rare path was taken: those that must be first, then what else was counted. */
export function probeLines(totals: Totals): readonly string[] {
  const named = new Set(probes.map(({ path }) => path))
  const times = (path: string): string => grouped(totals.probes.get(path) ?? 0)
  const others = [...totals.probes.keys()].filter((path) => !named.has(path)).sort()
  return [
    'rare paths taken',
    ...tableLines([
      ...probes.map(({ path }) => [path, times(path), totals.probes.has(path) ? '' : 'NEVER']),
      ...others.map((path) => [path, times(path), '']),
    ]),
  ]
}

/** The rare paths that were never taken: what a run of many seeds fails for. */
export function neverLines(never: readonly Probe[]): readonly string[] {
  if (never.length === 0) return []
  return [
    `FAILED ${counted(never.length, 'rare path')} never taken:`,
    ...never.map(({ path, why }) => `  ${path}: ${why}`),
  ]
}

/** The last line of a run. */
export function lastLine(
  { totals, failures, troubles }: Omit<RunSummary, 'end' | 'ms'>,
  never: number,
): string {
  const { scenarios } = totals.crashes
  const crashWords =
    scenarios === 0
      ? []
      : [
          `${counted(scenarios, 'scenario')} crashed`,
          counted(troubles.length, 'failing crash', 'failing crashes'),
        ]
  if (totals.seeds === 0 && scenarios > 0) return crashWords.join(', ')
  const mismatches = failures.filter(({ kind }) => kind === 'hash').length
  return [
    counted(totals.seeds, 'seed'),
    counted(failures.length - mismatches, 'violation'),
    counted(mismatches, 'hash mismatch', 'hash mismatches'),
    `${counted(never, 'rare path')} never taken`,
    ...crashWords,
  ].join(', ')
}

function answersText(answers: Totals['answers']): string {
  const { ok, refused, unknown } = answers
  return `answers: ${grouped(ok)} ok, ${grouped(refused)} refused, ${grouped(unknown)} unknown`
}
