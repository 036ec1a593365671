import type { StoryOptions, Violation } from '../story-types.ts'
import { type Attempt, formOf, violationsOf } from './attempt.ts'
import { type CrashAttempt, type CrashTask, type CrashTrouble, troublesOf } from './crash-work.ts'
import type { Executor } from './executor.ts'
import { Totals } from './totals.ts'

/** One thing to do. */
export type Piece = { readonly story: StoryOptions } | { readonly crashes: CrashTask }

export interface RunOptions {
  readonly pieces: Iterable<Piece>
  /** No story begins after this `performance.now()`, and enumerations of crashes end. */
  readonly deadline?: number | undefined
  /** True: nothing begins once something has failed. */
  readonly failFast?: boolean
  /** Every so many stories, one is run again in another process: equal hashes or a failure. */
  readonly checkEvery?: number
  /** Nothing begins after it is aborted, and enumerations end. */
  readonly signal?: AbortSignal | undefined
  readonly onStory?: (totals: Totals) => void
  readonly onFailure?: (failure: Failure) => void
  readonly onCrashes?: (attempt: CrashAttempt, totals: Totals) => void
}

/** A story that did not go as it must. */
export interface Failure {
  readonly options: StoryOptions
  /** `hash`: the same story, run twice, did not do the same. */
  readonly kind: 'violation' | 'hash'
  /** Equal for failures that look like one defect. */
  readonly form: string
  /** The first of them; never empty. */
  readonly violations: readonly Violation[]
}

export interface RunSummary {
  readonly totals: Totals
  /** In ascending order of seeds. */
  readonly failures: readonly Failure[]
  /** Crashes from which the world did not recover. */
  readonly troubles: readonly CrashTrouble[]
  /** Why no more stories were run. */
  readonly end: 'done' | 'time' | 'failure' | 'stopped'
  /** Real milliseconds. */
  readonly ms: number
}

const violationsKept = 10

/** Does many things, as many at once as the executor can. */
export async function runPieces(options: RunOptions, executor: Executor): Promise<RunSummary> {
  const begin = performance.now()
  const run = new Run(options, executor)
  await Promise.all(Array.from({ length: executor.width }, (_, lane) => run.lane(lane)))
  const failures = run.failures.sort((a, b) => a.options.seed - b.options.seed)
  const { totals, troubles, end } = run
  return { totals, failures, troubles, end, ms: performance.now() - begin }
}

class Run {
  readonly totals = new Totals()
  readonly failures: Failure[] = []
  readonly troubles: CrashTrouble[] = []
  end: RunSummary['end'] = 'done'
  readonly #options: RunOptions
  readonly #executor: Executor
  readonly #pieces: Iterator<Piece>
  #given = 0

  constructor(options: RunOptions, executor: Executor) {
    this.#options = options
    this.#executor = executor
    this.#pieces = options.pieces[Symbol.iterator]()
  }

  /** Does one thing after the other until there is no more to do. */
  async lane(lane: number): Promise<void> {
    for (let piece = this.#next(); piece; piece = this.#next()) {
      if ('story' in piece) await this.#story(piece.story, lane)
      else await this.#crashes(piece.crashes, lane)
    }
  }

  async #story(story: StoryOptions, lane: number): Promise<void> {
    const { checkEvery = 0, onStory } = this.#options
    const isChecked = checkEvery > 0 && this.#given % checkEvery === 0
    this.#given++
    const attempt = await this.#executor.run(story, lane)
    this.totals.add(attempt.result)
    const failure = failureOf(attempt)
    if (failure) this.#failed(failure)
    if (isChecked && attempt.result) await this.#check(attempt, lane)
    onStory?.(this.totals)
  }

  async #crashes(task: CrashTask, lane: number): Promise<void> {
    const { deadline = Infinity, signal, onCrashes } = this.#options
    const attempt = await this.#executor.crashes(task, lane, { deadline, signal })
    this.totals.addCrashes(attempt.report)
    this.troubles.push(...troublesOf(attempt))
    onCrashes?.(attempt, this.totals)
  }

  #next(): Piece | undefined {
    const { deadline = Infinity, failFast, signal } = this.#options
    const hasFailed = this.failures.length + this.troubles.length > 0
    if (failFast && hasFailed) this.end = 'failure'
    else if (signal?.aborted) this.end = 'stopped'
    else if (performance.now() >= deadline) this.end = 'time'
    if (this.end !== 'done') return undefined
    const { done, value } = this.#pieces.next()
    return done ? undefined : value
  }

  async #check(first: Attempt, lane: number): Promise<void> {
    const second = await this.#executor.elsewhere(first.options, lane)
    this.totals.checked++
    const mismatch = mismatchOf(first, second)
    if (mismatch) this.#failed(mismatch)
  }

  #failed(failure: Failure): void {
    this.failures.push(failure)
    this.#options.onFailure?.(failure)
  }
}

export function failureOf(attempt: Attempt): Failure | undefined {
  const violations = violationsOf(attempt)
  const [first] = violations
  if (!first) return undefined
  const { options } = attempt
  const form = formOf(first)
  return { options, kind: 'violation', form, violations: violations.slice(0, violationsKept) }
}

function mismatchOf(first: Attempt, second: Attempt): Failure | undefined {
  if (second.result?.hash === first.result?.hash) return undefined
  const end = second.result?.hash ?? second.broken ?? 'nothing'
  const message = `two processes did not do the same: ${first.result?.hash} and ${end}`
  const violation = { invariant: 0, subject: 'hash', message, at: 0 }
  return { options: first.options, kind: 'hash', form: 'hash', violations: [violation] }
}
