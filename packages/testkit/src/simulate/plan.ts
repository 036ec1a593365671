import type { Settings } from '@nephos/core'
import { Chance } from '../world/chance.ts'
import { type FaultName, faultNames, type FaultRates, worldFaults } from '../world/faults.ts'
import type { StoryOptions, StoryPlan, StorySize } from './story-types.ts'

const hourly: ReadonlySet<FaultName> = new Set(worldFaults)

/** Faults of calls of which a story has few. */
const ofFewCalls = /^(?:host|network|images|engine)[A-Z]/
const perCall = [0.003, 0.02, 0.1] as const
const perFewCalls = [0.02, 0.1, 0.4] as const
const perHour = [2, 10, 40] as const

/** Draws the plan of a story from its seed; what the options name is taken from there. */
export function drawPlan(options: StoryOptions): StoryPlan {
  const chance = new Chance(options.seed, 'plan')
  const size = options.size ?? 'medium'
  const drawn = { ...drawScale(chance, size), faults: drawFaults(chance) }
  // A big story is about hosts that die under hundreds of servers, whatever else goes wrong.
  if (size === 'big')
    drawn.faults = { hostDies: chance.pick<number>(perHour) as number, ...drawn.faults }
  const plan = { ...drawn, ...options.plan }
  const without = new Set(options.without)
  const faults = Object.entries(plan.faults).filter(([name]) => !without.has(name as FaultName))
  return { ...plan, faults: Object.fromEntries(faults) }
}

function drawScale(chance: Chance, size: StorySize): Omit<StoryPlan, 'faults'> {
  if (size === 'big') {
    return { hosts: 2_000, apis: 3, workers: 3, tenants: 20, actions: 1, batch: 500, minutes: 20 }
  }
  if (size === 'small') {
    return {
      hosts: chance.happens(0.1) ? chance.whole(7, 20) : chance.whole(1, 6),
      apis: chance.whole(1, 2),
      workers: chance.whole(1, 2),
      tenants: chance.whole(1, 2),
      actions: chance.whole(2, 5),
      batch: chance.pick([1, 3, 8]) as number,
      minutes: chance.pick([3, 6, 12]) as number,
    }
  }
  return {
    hosts: chance.happens(0.1) ? chance.whole(13, 50) : chance.whole(2, 12),
    apis: chance.whole(1, 3),
    workers: chance.whole(1, 3),
    tenants: chance.whole(1, 3),
    actions: chance.whole(3, 12),
    batch: chance.pick([1, 3, 8, 20]) as number,
    minutes: chance.pick([10, 20, 60]) as number,
  }
}

/**
 * Swarm: each run draws which faults it has at all. Many have one kind only, so that what this kind
 * does is not drowned by the others; some have nearly all.
 */
function drawFaults(chance: Chance): FaultRates {
  const share = chance.share()
  if (share >= 0.96) return drawTrouble(chance)
  const kinds =
    share < 0.05
      ? 0
      : share < 0.4
        ? 1
        : share < 0.75
          ? chance.whole(2, 5)
          : chance.whole(6, faultNames.length)
  const left = [...faultNames]
  const faults: Partial<Record<FaultName, number>> = {}
  for (let i = 0; i < kinds; i++) {
    const [name] = left.splice(chance.whole(0, left.length - 1), 1)
    if (name === undefined) break
    faults[name] = chance.pick<number>(ratesOf(name)) as number
  }
  return faults
}

/** Half of everything, and often: what needs several things to go wrong at once is found here. */
function drawTrouble(chance: Chance): FaultRates {
  const drawn = faultNames.filter(() => chance.happens(0.5))
  return Object.fromEntries(drawn.map((name) => [name, chance.between(0, 2 * mostOf(name))]))
}

function mostOf(name: FaultName): number {
  return Math.max(...ratesOf(name))
}

function ratesOf(name: FaultName): readonly number[] {
  if (hourly.has(name)) return perHour
  return ofFewCalls.test(name) ? perFewCalls : perCall
}

/** How often processes look and how long they hold work, drawn as an operator might set them. */
export function drawSettings({ seed, size }: StoryOptions): Partial<Settings> {
  const chance = new Chance(seed, 'settings')
  // A round over thousands of hosts is most of what a big story would do.
  if (size === 'big') return { leaseMs: 60_000, pollMs: 30_000, reconcileMs: 300_000 }
  return {
    leaseMs: chance.pick([20_000, 60_000, 120_000]) as number,
    pollMs: chance.pick([15_000, 120_000]) as number,
    reconcileMs: chance.pick([60_000, 180_000]) as number,
  }
}
