import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

const least = (): number => 0
const most = (): number => 2 ** 32 - 1

describe('backoffMs', () => {
  it('grows with the attempts, up to the cap', () => {
    const ceilings = [0, 1, 2, 3, 4, 30, 5_000].map((attempt) => backoffMs(most, attempt, 50, 500))
    expect(ceilings).toEqual([50, 99, 199, 399, 499, 499, 499])
  })

  it('is drawn from the whole range above the base', () => {
    expect(backoffMs(least, 4, 50, 500)).toBe(50)
    expect(backoffMs(() => 2 ** 31, 4, 50, 500)).toBe(275)
  })
})
