import { type FaultName, faultNames } from '../../world/faults.ts'
import type { StoryOptions, StoryPlan } from '../story-types.ts'
import { actionNumbers } from '../story-numbers.ts'
import { type Attempt, formOf, violationsOf } from './attempt.ts'
import { minimise } from './minimise.ts'

export interface ShrinkOptions {
  readonly run: (options: StoryOptions) => Promise<Attempt>
  /** No story begins after this `performance.now()`. */
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  /** Called after each story. */
  readonly onRun?: (runs: number) => void
}

/** The smallest story found that fails as the first one did. */
export interface Shrunk {
  readonly attempt: Attempt
  /** Stories run on the way. */
  readonly runs: number
  /** False if there was no time to try everything. */
  readonly complete: boolean
}

/** Fields of a plan that may be smaller, those that shorten a story most first. */
const scales = ['minutes', 'tenants', 'actions', 'hosts', 'batch', 'workers', 'apis'] as const

/**
 * Makes a failing story smaller as long as the same promise is broken in it: fewer kinds of faults,
 * a smaller plan, fewer strikes, fewer actions, until nothing can be left out.
 *
 * @returns undefined if the story does not fail when it is run again.
 */
export async function shrink(
  options: StoryOptions,
  choices: ShrinkOptions,
): Promise<Shrunk | undefined> {
  const first = await choices.run(options)
  const target = targetOf(first)
  if (target === undefined) return undefined
  const work = new Shrinking(first, target, choices)
  await work.dropFaults()
  for (let before = ''; before !== work.state;) {
    before = work.state
    await work.scaleDown()
    // Fewer actions make fewer calls, and so fewer strikes.
    await work.dropActions()
    await work.dropStrikes()
  }
  return { attempt: work.best, runs: work.runs, complete: !work.isOver }
}

class Shrinking {
  best: Attempt
  runs = 1
  readonly #target: string
  readonly #choices: ShrinkOptions

  constructor(first: Attempt, target: string, choices: ShrinkOptions) {
    this.best = first
    this.#target = target
    this.#choices = choices
  }

  get state(): string {
    return JSON.stringify(this.best.options)
  }

  get isOver(): boolean {
    const { deadline, signal } = this.#choices
    return performance.now() >= deadline || signal?.aborted === true
  }

  async dropFaults(): Promise<void> {
    const { result, options } = this.best
    const out = new Set(options.without)
    const struck = new Set(result?.strikes.map(({ name }) => name))
    const names = faultNames.filter((name) => (result ? struck.has(name) : !out.has(name)))
    await minimise(names, (kept) => this.#try({ without: allBut(kept) }))
  }

  async scaleDown(): Promise<void> {
    for (const field of scales) {
      for (let isSmaller = true; isSmaller;) isSmaller = await this.#lower(field)
    }
  }

  async dropStrikes(): Promise<void> {
    // Without a result nobody knows which struck.
    const struck = this.best.result?.strikes.map(({ index }) => index) ?? []
    await minimise(struck, (kept) => this.#try({ onlyStrikes: kept }))
  }

  async dropActions(): Promise<void> {
    const { plan } = this.best.result ?? {}
    if (!plan) return
    const out = new Set(this.best.options.skip)
    const all = actionNumbers(plan)
    const taken = all.filter((number) => !out.has(number))
    await minimise(taken, (kept) => {
      const stay = new Set(kept)
      return this.#try({ skip: all.filter((number) => !stay.has(number)) })
    })
  }

  async #lower(field: (typeof scales)[number]): Promise<boolean> {
    const value = this.best.result?.plan[field]
    if (value === undefined) return false
    const smaller = [1, Math.ceil(value / 4), Math.ceil(value / 2), value - 1]
    const candidates = [...new Set(smaller)].filter((each) => each >= 1 && each < value)
    for (const candidate of candidates) {
      const plan: Partial<StoryPlan> = { ...this.best.options.plan, [field]: candidate }
      if (await this.#try({ plan })) return true
    }
    return false
  }

  /** True if the story, so changed, still fails as the first one did; it is the best then. */
  async #try(change: Partial<StoryOptions>): Promise<boolean> {
    if (this.isOver) return false
    const attempt = await this.#choices.run({ ...this.best.options, ...change })
    this.runs++
    this.#choices.onRun?.(this.runs)
    if (!hasTarget(attempt, this.#target)) return false
    this.best = attempt
    return true
  }
}

/**
 * What must fail again: the same invariant. Defects without a number are told apart by what they
 * say, so that one is not shrunk into another.
 */
function targetsOf(attempt: Attempt): readonly string[] {
  return violationsOf(attempt).map((violation) =>
    violation.invariant === 0 ? formOf(violation) : String(violation.invariant),
  )
}

function targetOf(attempt: Attempt): string | undefined {
  return targetsOf(attempt)[0]
}

function hasTarget(attempt: Attempt, target: string): boolean {
  return targetsOf(attempt).includes(target)
}

function allBut(kept: readonly FaultName[]): readonly FaultName[] {
  const stay = new Set(kept)
  return faultNames.filter((name) => !stay.has(name))
}
