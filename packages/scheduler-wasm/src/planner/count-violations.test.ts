import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countViolations } from './count-violations.ts'
import { planFleet } from './plan-fleet.ts'
import type { FleetProblem, PlannedReplicas } from './types.ts'

const problem: FleetProblem = {
  capacity: [12, 12],
  apps: [
    { amounts: [1, 2], replicas: 4 },
    { amounts: [2, 1], replicas: 3 },
    { amounts: [1, 1], replicas: 2 },
  ],
  limits: [
    { app: 0, other: 1, max: 1 },
    { app: 2, other: 2, max: 1 },
  ],
}
const put = (app: number, replicas: number): PlannedReplicas => ({ app, replicas })
const good = [
  [put(0, 4), put(1, 1), put(2, 1)],
  [put(1, 2), put(2, 1)],
]

describe('countViolations', () => {
  it('finds none in a valid plan', () => {
    expect(countViolations(problem, good)).toBe(0)
    expect(countViolations({ capacity: [1], apps: [] }, [])).toBe(0)
  })

  it.each<[string, PlannedReplicas[][], number]>([
    ['a missing replica', [[put(0, 3), put(1, 1), put(2, 1)], good[1] ?? []], 1],
    ['a replica too many', [...good, [put(1, 1)]], 1],
    [
      'a limit on another',
      [
        [put(0, 4), put(1, 2), put(2, 1)],
        [put(1, 1), put(2, 1)],
      ],
      1,
    ],
    [
      'a limit on itself',
      [
        [put(0, 4), put(1, 1)],
        [put(1, 2), put(2, 2)],
      ],
      1,
    ],
    [
      'an application listed twice',
      [
        [put(0, 4), put(1, 1)],
        [put(1, 2), put(2, 1), put(2, 1)],
      ],
      1,
    ],
    ['an unknown application', [...good, [put(3, 1)]], 1],
    ['no replicas', [...good, [put(0, 0)]], 1],
    ['a part of a replica', [...good, [put(0, 0.5)]], 1],
  ])('finds %s', (_, plan, count) => {
    expect(countViolations(problem, plan)).toBe(count)
  })

  it('finds a host that gives more than it has, of each resource', () => {
    const apps = [{ amounts: [3, 1], replicas: 2 }]
    expect(countViolations({ capacity: [5, 5], apps }, [[put(0, 2)]])).toBe(1)
    expect(countViolations({ capacity: [5, 1], apps }, [[put(0, 2)]])).toBe(2)
  })

  it('finds a limit broken on purpose in any plan', () => {
    const size = fc.record({
      amounts: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 })),
      replicas: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(size, { minLength: 2, maxLength: 8 }), fc.nat(), (apps, pick) => {
        const plain = { capacity: [9, 9], apps }
        const { assignment } = planFleet(plain, { budget: 2_000 })
        const host = assignment[pick % assignment.length] ?? []
        const [first, last] = [host[0], host.at(-1)]
        if (first === undefined || last === undefined || first === last) return
        const limits = [{ app: first.app, other: last.app, max: last.replicas - 1 }]
        expect(countViolations(plain, assignment)).toBe(0)
        expect(countViolations({ ...plain, limits }, assignment)).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})
