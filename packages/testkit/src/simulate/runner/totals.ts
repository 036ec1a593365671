import type { CrashReport } from '../crashes/enumerate.ts'
import type { StoryResult } from '../story-types.ts'

/** Sums over many stories. */
export class Totals {
  seeds = 0
  /** Stories that were run a second time, in another process. */
  checked = 0
  calls = 0
  commits = 0
  actions = 0
  strikes = 0
  virtualMs = 0
  /** Enumerations of crashes, and what they added up to. */
  readonly crashes = { scenarios: 0, points: 0, pairs: 0, runs: 0 }
  readonly answers = { ok: 0, refused: 0, unknown: 0 }
  readonly #probes = new Map<string, number>()
  readonly #faults = new Map<string, number>()

  /** How often each rare path was taken. */
  get probes(): ReadonlyMap<string, number> {
    return this.#probes
  }

  /** How often each fault struck. */
  get faults(): ReadonlyMap<string, number> {
    return this.#faults
  }

  /** Counts a story; one that broke off has no result, and counts as a seed only. */
  add(result: StoryResult | undefined): void {
    this.seeds++
    if (!result) return
    this.calls += result.calls
    this.commits += result.commits
    this.actions += result.actions
    this.strikes += result.strikes.length
    this.virtualMs += result.virtualMs
    this.answers.ok += result.answers.ok
    this.answers.refused += result.answers.refused
    this.answers.unknown += result.answers.unknown
    for (const [path, times] of Object.entries(result.probes)) grow(this.#probes, path, times)
    for (const { name } of result.strikes) grow(this.#faults, name, 1)
  }

  /** Counts an enumeration of crashes; one that broke off, or was not waited for, has no report. */
  addCrashes(report: CrashReport | undefined): void {
    const { crashes } = this
    crashes.scenarios++
    if (!report) return
    crashes.points += report.points
    crashes.pairs += report.pairs
    crashes.runs += report.runs
  }
}

function grow(sums: Map<string, number>, name: string, by: number): void {
  sums.set(name, (sums.get(name) ?? 0) + by)
}
