import type { Probe } from '../probes.ts'
import type { Attempt } from './attempt.ts'
import { commandOf } from './command.ts'
import { type CrashAttempt, type CrashTrouble, troublesOf } from './crash-work.ts'
import { Progress, type ProgressTarget } from './progress.ts'
import {
  crashesLine,
  failureLines,
  lastLine,
  neverLines,
  probeLines,
  shrunkLines,
  storyLines,
  summaryLines,
  troubleLines,
} from './report.ts'
import type { Failure, RunSummary } from './runner.ts'
import type { Shrunk } from './shrink.ts'
import { counted } from './text.ts'
import { Totals } from './totals.ts'

export interface DeskOptions {
  readonly out: { write(text: string): unknown }
  readonly err: ProgressTarget
  /** True: nothing but one JSON object at the end. */
  readonly isQuiet: boolean
}

export interface RunEnd {
  readonly summary: RunSummary
  readonly shrunk: readonly Shrunk[]
  /** Rare paths that were never taken and had to be. */
  readonly never: readonly Probe[]
  /** Of a single story. */
  readonly hash?: string | undefined
}

/** Failures that look alike are told so often. */
const mostAlike = 3
/** Real milliseconds between two looks at a run whose pieces take long. */
const tickMs = 1_000

/** Tells people, or programs, how a run goes and how it went. */
export class Desk {
  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    this.#options = options
  }

  line(...lines: readonly string[]): void {
    const { out, isQuiet } = this.#options
    if (!isQuiet) for (const line of lines) out.write(`${line}\n`)
  }

  story(attempt: Attempt): void {
    this.line(...storyLines(attempt))
  }

  /** Follows a run of many stories. */
  progress(run: {
    readonly total: number
    readonly limitMs?: number | undefined
    /** True: of scenarios that are crashed, and not of stories. */
    readonly isOfCrashes: boolean
  }): {
    readonly story: (totals: Totals) => void
    readonly crashes: (attempt: CrashAttempt, totals: Totals) => void
    readonly failure: (failure: Failure, note?: string) => void
    readonly end: () => void
  } {
    const begin = performance.now()
    const bar = new Progress(this.#options.err, begin)
    const alike = new Map<string, number>()
    let failures = 0
    let latest = new Totals()
    const show = (): void => {
      const now = performance.now()
      const state = { ...run, ...doneOf(latest, run.isOfCrashes), failures, ms: now - begin }
      bar.show(state, now)
    }
    const ticks = setInterval(show, tickMs).unref()
    return {
      story: (totals) => {
        latest = totals
        show()
      },
      crashes: (attempt, totals) => {
        latest = totals
        const troubles = troublesOf(attempt)
        failures += troubles.length
        if (run.isOfCrashes || troubles.length > 0) bar.clear()
        if (run.isOfCrashes) this.line(crashesLine(attempt, troubles.length))
        for (const trouble of troubles) this.line(...troubleLines(trouble))
        show()
      },
      failure: (failure, note) => {
        failures++
        const times = (alike.get(failure.form) ?? 0) + 1
        alike.set(failure.form, times)
        if (times > mostAlike) return
        bar.clear()
        this.line(...failureLines(failure), ...(note === undefined ? [] : [`  it was: ${note}`]))
        if (times === mostAlike) this.line('  more of this kind are counted only')
      },
      end: () => {
        clearInterval(ticks)
        bar.clear()
      },
    }
  }

  /** One crash that was run again. True if nothing went wrong. */
  crash(crash: string, trouble: CrashTrouble): boolean {
    const isWell = trouble.what.length === 0
    this.line(...(isWell ? [`${crash}: all is well`] : troubleLines(trouble)))
    const { out, isQuiet } = this.#options
    if (isQuiet) out.write(`${JSON.stringify({ crash, ...trouble })}\n`)
    return isWell
  }

  shrunk(failure: Failure, shrunk: Shrunk | undefined): void {
    this.line(`seed ${failure.options.seed}, made smaller:`)
    if (shrunk) this.line(...shrunkLines(shrunk))
    else this.line('  it does not fail when it is run again: it is not deterministic')
  }

  summary(summary: RunSummary): void {
    this.line(...summaryLines(summary))
    if (summary.totals.seeds > 0) this.line(...probeLines(summary.totals))
    const forms = new Map<string, number>()
    for (const { form } of summary.failures) forms.set(form, (forms.get(form) ?? 0) + 1)
    for (const [form, count] of forms) this.line(`FAILED ${counted(count, 'seed')}: ${form}`)
  }

  /** The last words. True if nothing failed. */
  end(end: RunEnd): boolean {
    const { summary, never, hash } = end
    const { failures, troubles } = summary
    this.line(...neverLines(never))
    const last = lastLine(summary, never.length)
    this.line(hash === undefined ? last : `${last}, hash ${hash}`)
    if (this.#options.isQuiet) this.#options.out.write(`${JSON.stringify(jsonOf(end))}\n`)
    return failures.length === 0 && troubles.length === 0 && never.length === 0
  }
}

/** The same as data, for programs. */
function jsonOf({ summary, shrunk, never, hash }: RunEnd): unknown {
  const { totals, failures, troubles, end, ms } = summary
  const { seeds, checked, calls, commits, actions, strikes, virtualMs, answers, crashes } = totals
  return {
    end,
    ms,
    seeds,
    checked,
    calls,
    commits,
    actions,
    strikes,
    virtualMs,
    answers,
    crashes,
    faults: sorted(totals.faults),
    probes: sorted(totals.probes),
    never: never.map(({ path }) => path),
    failures: failures.map(({ options, kind, violations }) => ({
      seed: options.seed,
      kind,
      violations,
      command: commandOf(options),
    })),
    troubles: troubles.map(({ what, again }) => ({ what, command: again })),
    smallest: shrunk.map(({ attempt }) => commandOf(attempt.options)),
    ...(hash === undefined ? {} : { hash }),
  }
}

function doneOf(
  { seeds, crashes }: Totals,
  isOfCrashes: boolean,
): { readonly done: number; readonly noun?: string; readonly more?: string } {
  if (isOfCrashes) return { done: crashes.scenarios, noun: 'scenarios' }
  if (crashes.scenarios === 0) return { done: seeds }
  return { done: seeds, more: `${counted(crashes.scenarios, 'scenario')} crashed` }
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
