import { writeFileSync } from 'node:fs'
import { isCloudError } from '@nephos/core'
import { regressions } from '../regressions.ts'
import { neverTaken, type Probe } from '../probes.ts'
import { crashCommand } from '../crashes/ways.ts'
import type { StoryOptions } from '../story-types.ts'
import type { RunStory } from './attempt.ts'
import { commandOf } from './command.ts'
import { attemptReplay, type CrashBook } from './crash-work.ts'
import { type Executor, localExecutor, pooledExecutor } from './executor.ts'
import { handArgument, serveHand } from './hand.ts'
import { Desk } from './desk.ts'
import { checkScenario, piecesOf } from './pieces.ts'
import { type Failure, failureOf, runPieces, type RunSummary } from './runner.ts'
import { parseSettings, type Settings, type Task } from './settings.ts'
import { shrink, type Shrunk } from './shrink.ts'
import { timelinePage } from './timeline-page.ts'
import { Totals } from './totals.ts'

export interface ProgramOptions {
  readonly run: RunStory
  readonly book: CrashBook
  /** The file that was started, to be started again for stories in other processes. */
  readonly file: string
  /** The words of the command line. */
  readonly words: readonly string[]
}

/** Failures that look different and are shrunk; there may be more. */
const mostShrunk = 3
/** Exit code of a program that ends because nobody reads what it writes. */
const brokenPipe = 141
/** Events of a drawing, the latest. */
const pageEvents = 20_000

/** The program. Exit code: 0 if nothing failed, 1 if something did, 2 for words without meaning. */
export async function main(options: ProgramOptions): Promise<void> {
  const { run, book, words } = options
  if (words[0] === handArgument) return serveHand(run, book)
  // Who reads only the first lines has seen enough.
  process.stdout.on('error', () => process.exit(brokenPipe))
  try {
    const settings = parseSettings(words)
    if (!settings) return
    const job = new Job(settings, options)
    if (!(await job.run())) process.exitCode = 1
  } catch (error) {
    if (!isCloudError(error)) throw error
    process.stderr.write(`nephos-simulate: ${error.message}\n--help tells what there is.\n`)
    process.exitCode = 2
  }
}

class Job {
  readonly #settings: Settings
  readonly #desk: Desk
  readonly #executor: Executor
  readonly #book: CrashBook
  readonly #stop = new AbortController()

  constructor(settings: Settings, { run, book, file }: ProgramOptions) {
    const { task, jobs, json, storySeconds } = settings
    const hands = { program: file, limitMs: storySeconds * 1_000 }
    const isLocal = jobs === 1 || task.type === 'one' || task.type === 'crash'
    this.#settings = settings
    this.#book = book
    this.#desk = new Desk({ out: process.stdout, err: process.stderr, isQuiet: json })
    this.#executor = isLocal ? localExecutor({ run, book }, hands) : pooledExecutor(jobs, hands)
  }

  /** True if nothing failed. */
  async run(): Promise<boolean> {
    const onSignal = (): void => {
      // Who asks twice does not want to wait for what is under way.
      if (this.#stop.signal.aborted) process.exit(130)
      this.#stop.abort()
    }
    process.on('SIGINT', onSignal)
    try {
      const { task } = this.#settings
      if (task.type === 'one') return await this.#one(task.story)
      return task.type === 'crash' ? await this.#crash(task) : await this.#many(task)
    } finally {
      process.off('SIGINT', onSignal)
      this.#executor.close()
    }
  }

  async #one(story: StoryOptions): Promise<boolean> {
    const attempt = await this.#executor.run(story, 0)
    const totals = new Totals()
    totals.add(attempt.result)
    this.#desk.story(attempt)
    const failure = failureOf(attempt)
    const failures = failure ? [failure] : []
    const shrunk = await this.#shrinkAll(failures)
    await this.#draw(shrunk[0]?.attempt.options ?? story)
    const end: RunSummary = { totals, failures, troubles: [], end: 'done', ms: attempt.ms }
    return this.#desk.end({ summary: end, shrunk, never: [], hash: attempt.result?.hash })
  }

  async #crash({ crash, scenario, ways }: Extract<Task, { type: 'crash' }>): Promise<boolean> {
    checkScenario(scenario, this.#book.scenarios)
    const what = await attemptReplay(this.#book, crash, ways)
    return this.#desk.crash(crash, { what, again: crashCommand(crash, ways) })
  }

  async #many(task: Exclude<Task, { type: 'one' | 'crash' }>): Promise<boolean> {
    const { minutes, failFast, checkEvery } = this.#settings
    const limitMs = minutes === undefined ? undefined : minutes * 60_000
    if (task.type === 'soak') this.#desk.line(`from seed ${task.from}`)
    const { pieces, total } = piecesOf(task, this.#book.scenarios, failFast)
    const bar = this.#desk.progress({ total, limitMs, isOfCrashes: task.type === 'crashes' })
    const summary = await runPieces(
      {
        pieces,
        deadline: limitMs === undefined ? undefined : performance.now() + limitMs,
        failFast,
        checkEvery,
        signal: this.#stop.signal,
        onStory: bar.story,
        onCrashes: bar.crashes,
        onFailure: (failure) => bar.failure(failure, wasOf(failure, task)),
      },
      this.#executor,
    )
    bar.end()
    this.#desk.summary(summary)
    const never = this.#never(summary)
    const shrunk = await this.#shrinkAll(summary.failures)
    const drawn = shrunk[0]?.attempt.options ?? summary.failures[0]?.options
    if (drawn) await this.#draw(drawn)
    return this.#desk.end({ summary, shrunk, never })
  }

  /** Shrinks the first of the failures that look alike. */
  async #shrinkAll(failures: readonly Failure[]): Promise<Shrunk[]> {
    const { shrinkSeconds } = this.#settings
    const forms = new Map<string, Failure>()
    for (const failure of failures) {
      if (failure.kind === 'violation' && !forms.has(failure.form)) forms.set(failure.form, failure)
    }
    const shrunk: Shrunk[] = []
    for (const failure of shrinkSeconds > 0 ? [...forms.values()].slice(0, mostShrunk) : []) {
      const smaller = await shrink(failure.options, {
        run: (options) => this.#executor.run(options, 0),
        deadline: performance.now() + shrinkSeconds * 1_000,
        signal: this.#stop.signal,
      })
      this.#desk.shrunk(failure, smaller)
      if (smaller) shrunk.push(smaller)
    }
    return shrunk
  }

  /** Rare paths that so long a run should have taken; a run that broke off owes none. */
  #never({ totals, end }: RunSummary): readonly Probe[] {
    const { requireProbes } = this.#settings
    if (requireProbes === false || end === 'failure' || totals.seeds === 0) return []
    return neverTaken(totals.probes, requireProbes ? Infinity : totals.seeds)
  }

  async #draw(story: StoryOptions): Promise<void> {
    const { page } = this.#settings
    if (page === undefined) return
    const attempt = await this.#executor.run({ ...story, keepTrace: pageEvents }, 0)
    try {
      writeFileSync(page, timelinePage(attempt))
      this.#desk.line(`drawn in ${page}`)
    } catch (cause) {
      // What was found must be told all the same.
      process.stderr.write(`nephos-simulate: ${page} cannot be written: ${String(cause)}\n`)
      process.exitCode = 2
    }
  }
}

/** What a regression's defect was. */
function wasOf({ options }: Failure, task: Task): string | undefined {
  if (task.type !== 'regressions') return undefined
  const command = commandOf(options)
  return regressions.find(({ story }) => commandOf(story) === command)?.was
}
