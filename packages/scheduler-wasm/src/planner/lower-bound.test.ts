import { describe, expect, it } from 'vitest'
import { lowerBound } from './lower-bound.ts'

const app = (amount: number, replicas: number): { amounts: number[]; replicas: number } => ({
  amounts: [amount],
  replicas,
})

describe('lowerBound', () => {
  it('is the sum over the capacity, of the scarcest resource', () => {
    const apps = [{ amounts: [1, 3], replicas: 5 }]
    expect(lowerBound({ capacity: [10, 10], apps })).toBe(2)
    expect(lowerBound({ capacity: [10, 10], apps: [{ amounts: [1, 0], replicas: 20 }] })).toBe(2)
  })

  it('counts what is over half a host one by one, and what fits beside none', () => {
    expect(lowerBound({ capacity: [10], apps: [app(6, 5)] })).toBe(5)
    // Beside 8 no 3 fits: four hosts for the 8s, two for six 3s.
    expect(lowerBound({ capacity: [10], apps: [app(8, 4), app(3, 6)] })).toBe(6)
  })

  it('rounds needs that fill a host badly', () => {
    // Three of these fill a host, whichever: their sum alone would allow eight hosts.
    expect(lowerBound({ capacity: [100], apps: [app(26, 15), app(27, 15)] })).toBe(10)
  })

  it('counts the replicas that a host may hold of one application', () => {
    const limits = [{ app: 0, other: 0, max: 2 }]
    expect(lowerBound({ capacity: [10], apps: [app(0, 9)], limits })).toBe(5)
    expect(lowerBound({ capacity: [10], apps: [app(4, 9)] })).toBe(5)
  })

  it('adds up applications that are kept apart, whichever side says so', () => {
    const apps = [app(5, 3), app(1, 1), app(1, 1), app(1, 1)]
    const limits = [
      { app: 0, other: 1, max: 0 },
      { app: 1, other: 0, max: 0 },
      { app: 2, other: 0, max: 0 },
      { app: 1, other: 2, max: 0 },
      { app: 3, other: 0, max: 1 },
    ]
    expect(lowerBound({ capacity: [10], apps, limits })).toBe(4)
  })

  it('has no bound for nothing', () => {
    expect(lowerBound({ capacity: [10], apps: [] })).toBe(0)
    expect(lowerBound({ capacity: [10], apps: [app(3, 0)] })).toBe(0)
  })
})
