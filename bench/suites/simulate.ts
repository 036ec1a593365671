import { runStory, type StoryPlan, type StoryResult } from '@nephos/testkit'
import { fewestRounds, median } from '../harness/measure.ts'

export interface SimulateOptions {
  /** First seed of the small stories. */
  readonly seed: number
  /** Small stories in a round. */
  readonly stories: number
  readonly rounds?: number
}

export interface StoryFigures {
  /** Calls of ports in a second of real time, on one core: the median round, and the best. */
  readonly callsPerSecond: number
  readonly bestCallsPerSecond: number
  /** Real milliseconds of one story: the median round, and the best. */
  readonly ms: number
  readonly bestMs: number
  /** Virtual hours in a second of real time. */
  readonly hoursPerSecond: number
  readonly violations: number
}

export interface SimulateFigures {
  readonly rounds: number
  /** Stories as seeds draw them, with everything that goes wrong. */
  readonly small: StoryFigures
  /** One virtual hour of 50 hosts, where 5 tenants ask for 10 servers each; nothing goes wrong. */
  readonly hour: StoryFigures
  /** 20 tenants ask for 500 servers each, on 2,000 hosts, as the seed draws it. */
  readonly big: StoryFigures
  readonly rssMb: number
}

const calmHour: Partial<StoryPlan> = {
  hosts: 50,
  apis: 2,
  workers: 2,
  tenants: 5,
  actions: 1,
  batch: 10,
  minutes: 60,
  faults: {},
}

interface Round {
  readonly ms: number
  readonly calls: number
  readonly virtualMs: number
  readonly violations: number
}

/** `simulate`: how fast a whole cloud runs under one seed, on one core. */
export async function simulate(options: SimulateOptions): Promise<SimulateFigures> {
  const { seed, stories, rounds = fewestRounds } = options
  const small: Round[] = []
  const hour: Round[] = []
  const big: Round[] = []
  // The first round compiles. The kinds take turns, so that what the machine does strikes all.
  for (let round = -1; round < rounds; round++) {
    const s = await timed(() => each(stories, (i) => runStory({ seed: seed + i, size: 'small' })))
    const h = await timed(() =>
      each(5, (i) => runStory({ seed: seed + i, size: 'big', plan: calmHour })),
    )
    const b = await timed(() => each(1, () => runStory({ seed: seed + round + 1, size: 'big' })))
    if (round < 0) continue
    small.push(s)
    hour.push(h)
    big.push(b)
  }
  return {
    rounds,
    small: figuresOf(small, stories),
    hour: figuresOf(hour, 5),
    big: figuresOf(big, 1),
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  }
}

async function each(
  count: number,
  run: (index: number) => Promise<StoryResult>,
): Promise<readonly StoryResult[]> {
  const results: StoryResult[] = []
  for (let i = 0; i < count; i++) results.push(await run(i))
  return results
}

async function timed(run: () => Promise<readonly StoryResult[]>): Promise<Round> {
  const started = performance.now()
  const results = await run()
  const ms = performance.now() - started
  const sum = (of: (result: StoryResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0)
  return {
    ms,
    calls: sum((result) => result.calls),
    virtualMs: sum((result) => result.virtualMs),
    violations: sum((result) => result.violations.length),
  }
}

function figuresOf(rounds: readonly Round[], stories: number): StoryFigures {
  const rates = rounds.map(({ calls, ms }) => (calls / ms) * 1e3)
  const times = rounds.map(({ ms }) => ms / stories)
  return {
    callsPerSecond: Math.round(median(rates)),
    bestCallsPerSecond: Math.round(Math.max(...rates)),
    ms: round2(median(times)),
    bestMs: round2(Math.min(...times)),
    hoursPerSecond: round2(median(rounds.map(({ virtualMs, ms }) => virtualMs / 3_600 / ms))),
    violations: rounds.reduce((total, { violations }) => total + violations, 0),
  }
}

function round2(value: number): number {
  return Math.round(value * 100) / 100
}
