import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../errors.ts'
import { countViolations } from './count-violations.ts'
import { lowerBound } from './lower-bound.ts'
import { planFleet } from './plan-fleet.ts'
import { Random } from './random.ts'
import type { FleetProblem, PairLimit, PlannedApp } from './types.ts'

/** Problems of any shape, with limits of every kind. */
function problems(most: { apps: number; replicas: number }): fc.Arbitrary<FleetProblem> {
  return fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: most.apps }),
    )
    .chain(([capacity, count]) => {
      const index = fc.nat({ max: count - 1 })
      const app = fc.record({
        amounts: fc.tuple(...capacity.map((max) => fc.nat({ max }))),
        replicas: fc.nat({ max: most.replicas }),
      })
      const limit = fc.record({ app: index, other: index, max: fc.nat({ max: 2 }) })
      return fc.record({
        capacity: fc.constant(capacity),
        apps: fc.array(app, { minLength: count, maxLength: count }),
        limits: fc.array(limit.map(possible), { maxLength: count * 2 }),
      })
    })
}

/** An application that forbids itself could not run at all. */
function possible(limit: PairLimit): PairLimit {
  return limit.app === limit.other ? { ...limit, max: limit.max + 1 } : limit
}

/**
 * The fewest hosts, by trying everything: each replica on every host that is there, or a new one.
 */
function fewestHosts({ capacity, apps, limits = [] }: FleetProblem): number {
  const list = limits as readonly PairLimit[]
  const queue = apps.flatMap(({ replicas }, app) => Array<number>(replicas).fill(app))
  let best = queue.length
  const fits = (host: readonly number[]): boolean => {
    const held = (app: number): number => host.filter((each) => each === app).length
    const used = (dimension: number): number =>
      host.reduce((sum, app) => sum + (apps[app]?.amounts[dimension] ?? 0), 0)
    return (
      capacity.every((amount, dimension) => used(dimension) <= amount) &&
      list.every(({ app, other, max }) => held(app) === 0 || held(other) <= max)
    )
  }
  const place = (at: number, hosts: readonly (readonly number[])[]): void => {
    if (hosts.length >= best) return
    const app = queue[at]
    if (app === undefined) {
      best = hosts.length
      return
    }
    hosts.forEach((host, index) => {
      const more = [...host, app]
      if (fits(more)) place(at + 1, hosts.with(index, more))
    })
    place(at + 1, [...hosts, [app]])
  }
  place(0, [])
  return best
}

/** Hosts cut into parts at random: as many hosts hold them all, without a gap. */
function cutHosts(hosts: number, capacity: readonly number[], random: Random): PlannedApp[] {
  const apps: PlannedApp[] = []
  for (let host = 0; host < hosts; host++) {
    const parts = 2 + random.below(6)
    const left = [...capacity]
    for (let part = 1; part < parts; part++) {
      const amounts = left.map((amount) => random.below(Math.ceil((amount * 2) / parts)))
      amounts.forEach((amount, dimension) => {
        left[dimension] = (left[dimension] ?? 0) - amount
      })
      apps.push({ amounts, replicas: 1 })
    }
    apps.push({ amounts: left, replicas: 1 })
  }
  return apps
}

describe('C13: planFleet', () => {
  it('makes valid plans, never below the lower bound', () => {
    fc.assert(
      fc.property(problems({ apps: 12, replicas: 9 }), fc.integer(), (problem, seed) => {
        const plan = planFleet(problem, { seed, budget: 20_000 })
        expect(countViolations(problem, plan.assignment)).toBe(0)
        expect(plan.violations).toBe(0)
        expect(plan.hosts).toBe(plan.assignment.length)
        expect(plan.hosts).toBeGreaterThanOrEqual(plan.lowerBound)
        expect(plan.lowerBound).toBe(lowerBound(problem))
      }),
      { numRuns: 300 },
    )
  })

  it('stays close to the optimum of small problems, and its bound below', () => {
    let planned = 0
    let fewest = 0
    fc.assert(
      fc.property(problems({ apps: 3, replicas: 2 }), (problem) => {
        const optimum = fewestHosts(problem)
        const plan = planFleet(problem)
        expect(plan.lowerBound).toBeLessThanOrEqual(optimum)
        expect(plan.hosts).toBeGreaterThanOrEqual(optimum)
        planned += plan.hosts
        fewest += optimum
      }),
      { numRuns: 200, seed: 7 },
    )
    expect(planned).toBeLessThanOrEqual(fewest * 1.02)
  })

  it.each([1, 2, 3])('fills hosts that were cut into parts nearly without a gap, %i', (seed) => {
    const capacity = [64, 128]
    const apps = cutHosts(200, capacity, new Random(seed))
    const plan = planFleet({ capacity, apps }, { seed, budget: 500_000 })
    expect(plan.lowerBound).toBe(200)
    expect(plan.hosts).toBeLessThanOrEqual(206)
  })

  it('gets no worse with a larger budget, and is the same for the same seed', () => {
    const capacity = [64, 128, 50]
    const problem = { capacity, apps: cutHosts(60, capacity, new Random(4)) }
    const small = planFleet(problem, { budget: 0 })
    const large = planFleet(problem, { budget: 1_000_000 })
    expect(large.hosts).toBeLessThanOrEqual(small.hosts)
    expect(planFleet(problem, { budget: 1_000_000 })).toEqual(large)
  })

  it('stops when it is told to, with a valid plan', () => {
    const capacity = [64, 128]
    const problem = { capacity, apps: cutHosts(60, capacity, new Random(5)) }
    let asked = 0
    const plan = planFleet(problem, { keepGoing: () => asked++ < 3 })
    expect(asked).toBe(4)
    expect(plan.violations).toBe(0)
  })

  it('takes limits as columns too', () => {
    const apps = [1, 2, 3].map((amount) => ({ amounts: [amount], replicas: 4 }))
    const limits = [
      { app: 0, other: 1, max: 0 },
      { app: 1, other: 2, max: 1 },
      { app: 2, other: 2, max: 1 },
    ]
    const column = (name: keyof PairLimit): Int32Array =>
      Int32Array.from(limits, (limit) => limit[name])
    const table = { app: column('app'), other: column('other'), max: column('max') }
    const plan = planFleet({ capacity: [6], apps, limits: table })
    expect(plan).toEqual(planFleet({ capacity: [6], apps, limits }))
    expect(plan.violations).toBe(0)
  })

  it('plans nothing for nothing', () => {
    expect(planFleet({ capacity: [1], apps: [] })).toMatchObject({ hosts: 0, lowerBound: 0 })
    const idle = [{ amounts: [1], replicas: 0 }]
    expect(planFleet({ capacity: [1], apps: idle })).toMatchObject({ hosts: 0, assignment: [] })
  })

  const app = { amounts: [1], replicas: 1 }
  const self = { app: 0, other: 0, max: 0 }
  it.each<[string, unknown, string]>([
    ['no problem', undefined, 'capacity'],
    ['no capacity', { capacity: [], apps: [] }, 'capacity.length'],
    ['a capacity of nothing', { capacity: [0], apps: [] }, 'capacity[0]'],
    ['too many resources', { capacity: Array(17).fill(1), apps: [] }, 'capacity.length'],
    ['no applications', { capacity: [1] }, 'apps'],
    ['no application', { capacity: [1], apps: [null] }, 'apps[0].amounts'],
    ['too many amounts', { capacity: [1], apps: [{ ...app, amounts: [1, 1] }] }, 'apps[0].amounts'],
    ['what no host has', { capacity: [1], apps: [{ ...app, amounts: [2] }] }, 'amounts[0]'],
    ['NaN', { capacity: [1], apps: [{ ...app, amounts: [Number.NaN] }] }, 'amounts[0]'],
    ['less than none', { capacity: [1], apps: [{ ...app, replicas: -1 }] }, 'replicas'],
    ['an unknown app', { capacity: [1], apps: [app], limits: [{ ...self, app: 1 }] }, 'app'],
    ['an unknown other', { capacity: [1], apps: [app], limits: [{ ...self, other: -1 }] }, 'other'],
    ['half a replica', { capacity: [1], apps: [app], limits: [{ ...self, max: 0.5 }] }, 'max'],
    ['an app that forbids itself', { capacity: [1], apps: [app], limits: [self] }, 'max'],
    ['no column', { capacity: [1], apps: [app], limits: { app: [] } }, 'limits.app'],
  ])('refuses %s', (_, problem, field) => {
    expect(fieldOf(() => planFleet(problem as FleetProblem))).toContain(field)
  })

  it.each([
    [{ seed: 0.5 }, 'seed'],
    [{ budget: -1 }, 'budget'],
    [{ keepGoing: 1 }, 'keepGoing'],
  ])('refuses options %j', (options, field) => {
    const problem = { capacity: [1], apps: [] }
    expect(fieldOf(() => planFleet(problem, options as object))).toBe(field)
  })
})

function fieldOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof EngineError) return error.field
    throw error
  }
  return 'nothing was thrown'
}
