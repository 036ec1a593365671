import type { StoryOptions, StoryPlan, StoryResult } from '../../src/simulate/story-types.ts'
import { actionNumbers } from '../../src/simulate/story-numbers.ts'

const drawn: StoryPlan = {
  hosts: 12,
  apis: 3,
  workers: 2,
  tenants: 3,
  actions: 8,
  batch: 20,
  minutes: 60,
  faults: { crash: 10, pause: 10, busDrop: 0.1 },
}

const names = ['crash', 'busDrop', 'pause'] as const

/** Seeds that fail: 3, 10, 17, … */
export function isBad(seed: number): boolean {
  return seed % 7 === 3
}

/**
 * A story without a world. A bad seed breaks invariant 9 if strikes 3 and 9 take place, action
 * 1,002 is taken, and there are three hosts or more.
 */
export async function fakeStory(options: StoryOptions): Promise<StoryResult> {
  const { seed, onlyStrikes, skip = [], without = [], keepTrace = 0 } = options
  const plan = { ...drawn, ...options.plan }
  const only = onlyStrikes && new Set(onlyStrikes)
  const strikes = Array.from({ length: 20 }, (_, index) => ({
    index,
    name: names[index % names.length] as (typeof names)[number],
  })).filter(({ index, name }) => !without.includes(name) && (only?.has(index) ?? true))
  const left = new Set(skip)
  const actions = actionNumbers(plan).filter((number) => !left.has(number))
  const struck = new Set(strikes.map(({ index }) => index))
  const fails =
    isBad(seed) && struck.has(3) && struck.has(9) && actions.includes(1_002) && plan.hosts >= 3
  const violation = { invariant: 9, subject: `port-${seed}`, message: `has 2 holders`, at: 120 }
  return {
    seed,
    plan,
    hash: `hash-of-${seed}`,
    violations: fails ? [violation] : [],
    probes: { 'a process crashed': 2 },
    strikes,
    calls: 100,
    commits: 10,
    answers: { ok: 5, refused: 2, unknown: 1 },
    actions: actions.length,
    virtualMs: 3_600_000,
    trace: Array.from({ length: Math.min(3, keepTrace) }, (_, at) => ({
      at,
      lane: 'api-1',
      kind: 'call',
      text: `call ${at}`,
    })),
  }
}
