import { CloudError, type ControlPlane } from '@nephos/core'
import type { Member } from '../../world/member.ts'
import { unrest } from './checks.ts'
import { cleanUp } from './clean-up.ts'
import { difference, endState } from './end-state.ts'
import { CrashRun, type Mark, type RunEnd, type RunOptions } from './run.ts'
import { type CrashPoint, parseCrash, printCrash, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { crashCommand, type CrashWays } from './ways.ts'

export interface EnumerateOptions extends CrashWays {
  /** Crashes of one run: 2, by default, is every pair of a crash and one in its recovery. */
  readonly depth?: number
  /** False: every crash is run, also where the world is as in another one. */
  readonly memo?: boolean
  /** Of the places where a run can crash, only each so-many-th is tried; 1 by default. */
  readonly every?: number
  /** Failures after which it ends; 10 by default. */
  readonly most?: number
  /** Asked between crashes: false ends it there. */
  readonly goOn?: () => boolean
}

export interface CrashFailure {
  readonly scenario: string
  /** As `replayCrash` takes it. */
  readonly crash: string
  readonly what: readonly string[]
  /** The command that runs it again. */
  readonly again: string
}

export interface CrashReport {
  readonly scenario: string
  /** False if it ended before every crash was tried. */
  readonly complete: boolean
  /** Places where the deed was crashed. */
  readonly points: number
  /** Pairs of such a place and one in the recovery from it; triples and so on, if wanted, too. */
  readonly pairs: number
  /** States of the world that crashes have left, unlike each other. */
  readonly states: number
  readonly runs: number
  /** States from which several runs came to different ends: with any, `memo` would not be sound. */
  readonly forks: number
  /** Operations called in the deed. */
  readonly operations: readonly string[]
  /** Steps of workflows that were begun more than once, such as `server.converge.apply undo`. */
  readonly repeated: readonly string[]
  /** How often each rare path was taken. */
  readonly probes: Readonly<Record<string, number>>
  readonly failures: readonly CrashFailure[]
}

/**
 * Crashes a scenario at every call of every process, before and after its effect; then at every
 * call of the recovery. Each run must come to rest, and to what the run without crash came to (or,
 * when the client gave up, to what was there before the call that was cut off), with every
 * invariant kept; and what was made can be deleted without a trace.
 *
 * Two crashes that leave the same state have the same future, since a process keeps nothing and
 * chance decides only names: each state is run once.
 */
export async function enumerateCrashes(
  scenario: Scenario,
  options: EnumerateOptions = {},
): Promise<CrashReport> {
  return new Enumeration(scenario, options).report()
}

class Enumeration {
  readonly #scenario: Scenario
  readonly #options: EnumerateOptions
  /** Where recovery from each state can be crashed. */
  readonly #known = new Map<string, readonly Mark[]>()
  /** What each state came to. */
  readonly #futures = new Map<string, string>()
  readonly #forks = new Set<string>()
  readonly #cleaned = new Set<string>()
  readonly #repeated = new Set<string>()
  readonly #probes = new Map<string, number>()
  readonly #failures: CrashFailure[] = []
  #allowed: (readonly string[])[] = []
  #complete = true
  #pairs = 0
  #runs = 0

  constructor(scenario: Scenario, options: EnumerateOptions) {
    this.#scenario = scenario
    this.#options = options
  }

  async report(): Promise<CrashReport> {
    const whole = await this.#run([])
    const { client } = whole.parts
    const operations = [...client.called].sort()
    this.#allowed = [await this.#stateOf(whole)]
    if (this.#options.givesUp) await this.#allowLess(client.steps)
    await this.#judge([], whole)
    const first = this.#some(whole.marks)
    await this.#descend(first)
    return {
      scenario: this.#scenario.name,
      complete: this.#complete,
      points: first.length,
      pairs: this.#pairs,
      states: this.#known.size,
      runs: this.#runs,
      forks: this.#forks.size,
      operations,
      repeated: [...this.#repeated].sort(),
      probes: Object.fromEntries(this.#probes),
      failures: this.#failures,
    }
  }

  async replay(points: readonly CrashPoint[]): Promise<readonly string[]> {
    const whole = await this.#run([])
    this.#allowed = [await this.#stateOf(whole)]
    if (this.#options.givesUp) await this.#allowLess(whole.parts.client.steps)
    await this.#judge(points, await this.#run(points))
    return this.#failures.flatMap(({ what }) => what)
  }

  /** Every crash, then every crash in the recovery from it, as deep as is wanted. */
  async #descend(first: readonly Mark[]): Promise<void> {
    const { depth = 2, most = 10, goOn } = this.#options
    let level: Way[] = [{ points: [], marks: first }]
    for (let crashes = 1; crashes <= depth; crashes++) {
      const next: Way[] = []
      for (const { points, marks } of level) {
        for (const mark of marks) {
          this.#complete = this.#failures.length < most && (goOn?.() ?? true)
          if (!this.#complete) return
          const { recovery, isNew } = await this.#crash([...points, mark], mark.state)
          if (crashes < depth) this.#pairs += recovery.length
          if (isNew) next.push({ points: [...points, mark], marks: recovery })
        }
      }
      level = next
    }
  }

  /** Crashes at the last of the points, unless the state that this leaves is known. */
  async #crash(
    points: readonly CrashPoint[],
    state: string | undefined,
  ): Promise<{ readonly recovery: readonly Mark[]; readonly isNew: boolean }> {
    const { memo = true, processes } = this.#options
    const isMemo = memo && processes === undefined
    const known = isMemo && state !== undefined ? this.#known.get(state) : undefined
    if (known) return { recovery: known, isNew: false }
    let left = printCrash('', points)
    const onRestart = (found: string): boolean => {
      left = found
      return !isMemo || !this.#known.has(found)
    }
    try {
      const end = await this.#run(points, processes ? {} : { onRestart })
      if (!end.complete) return { recovery: this.#known.get(left) ?? [], isNew: false }
      const recovery = this.#some(end.marks)
      this.#known.set(left, recovery)
      this.#compare(left, state, end)
      await this.#judge(points, end)
      return { recovery, isNew: true }
    } catch (error) {
      this.#known.set(left, [])
      this.#fail(points, [String(error)])
      return { recovery: [], isNew: false }
    }
  }

  #some(marks: readonly Mark[]): readonly Mark[] {
    const { every = 1 } = this.#options
    return marks.filter((_, index) => index % every === 0)
  }

  /** What a state looks like before and after the crash, and what it comes to, must be one. */
  #compare(left: string, expected: string | undefined, end: RunEnd): void {
    const known = this.#futures.get(left) ?? end.state
    this.#futures.set(left, known)
    const isOther = expected !== undefined && expected !== left
    if (isOther || known !== end.state) this.#forks.add(left)
  }

  async #run(points: readonly CrashPoint[], more: Partial<RunOptions> = {}): Promise<RunEnd> {
    const { processes, givesUp = false, heard = true } = this.#options
    const options = { scenario: this.#scenario, points, givesUp, heard, ...more }
    const run = new CrashRun(processes ? { ...options, processes } : options)
    this.#runs++
    return run.run()
  }

  async #judge(points: readonly CrashPoint[], end: RunEnd): Promise<void> {
    const { ledger, world } = end.parts
    for (const step of ledger.repeated) this.#repeated.add(step)
    const what = await unrest(end)
    what.push(...this.#strange(await this.#stateOf(end)))
    if (!this.#cleaned.has(end.state)) {
      this.#cleaned.add(end.state)
      what.push(...(await this.#repeats(end)))
      const left = await cleanUp(end).catch((error) => [String(error)])
      what.push(...left.map((one) => `after all was deleted: ${one}`))
    }
    for (const [path, times] of world.ground.probes) {
      this.#probes.set(path, (this.#probes.get(path) ?? 0) + times)
    }
    if (what.length > 0) this.#fail(points, what)
  }

  /** One key, one effect, one answer: also when the call is made again much later. */
  async #repeats({ parts, run }: RunEnd): Promise<string[]> {
    const { client, world, ledger } = parts
    const { plane } = world.members[0] as Member<ControlPlane>
    const commits = ledger.version
    const wrong = await run.drive(client.repeat(plane as ControlPlane)).catch((error: unknown) => {
      return [`a repeat was refused: ${String(error)}`]
    })
    if (ledger.version !== commits) wrong.push('a repeat had an effect')
    return wrong
  }

  /** How a state differs from all that are allowed: from the nearest of them. */
  #strange(state: readonly string[]): readonly string[] {
    let least: readonly string[] | undefined
    for (const allowed of this.#allowed) {
      const differences = difference(allowed, state)
      if (!least || differences.length < least.length) least = differences
    }
    return (least ?? []).map((line) => `other than without crash: ${line}`)
  }

  /** A client that gives up has done the first of its steps, however many. */
  async #allowLess(steps: number): Promise<void> {
    for (let stopAfter = 0; stopAfter < steps; stopAfter++) {
      this.#allowed.push(await this.#stateOf(await this.#run([], { stopAfter })))
    }
  }

  #stateOf(end: RunEnd): Promise<string[]> {
    return endState(end, this.#scenario.loose)
  }

  #fail(points: readonly CrashPoint[], what: readonly string[]): void {
    const { name } = this.#scenario
    const crash = printCrash(name, points)
    const again = crashCommand(crash, this.#options)
    this.#failures.push({ scenario: name, crash, what, again })
  }
}

interface Way {
  readonly points: readonly CrashPoint[]
  readonly marks: readonly Mark[]
}

/**
 * Runs one crash again, as it was printed: `create-batch:17:after,4:before`.
 *
 * @returns what went wrong; empty when nothing did.
 * @throws CloudError `invalid` for what is no crash, `notFound` for an unknown scenario.
 */
export async function replayCrash(
  crash: string,
  options: CrashWays = {},
): Promise<readonly string[]> {
  const parsed = parseCrash(crash)
  if (!parsed) {
    throw new CloudError('invalid', `crash: is none, such as stop:4:after: ${crash}`, {
      field: 'crash',
    })
  }
  const scenario = scenarios.find(({ name }) => name === parsed.scenario)
  if (!scenario) {
    throw new CloudError('notFound', `There is no scenario ${parsed.scenario}.`, { field: 'crash' })
  }
  return new Enumeration(scenario, options).replay(parsed.points)
}
