import { describe, expect, it } from 'vitest'
import { brokenKernels } from './harness/broken.ts'
import { compareKernels } from './harness/compare.ts'
import { kernels, makeOracle } from './harness/kernels.ts'

/** Scripts that make more than 50,000 decisions. */
const cases = 1500

const [, ...others] = kernels

describe('differential tests', () => {
  it.each(others)('%s answers everything as the oracle does', { timeout: 240_000 }, (_, make) => {
    const { decisions } = compareKernels(makeOracle, make, { cases, seed: 1 })
    expect(decisions).toBeGreaterThanOrEqual(50_000)
  })

  it('finds nothing where there is nothing to find', () => {
    expect(() => compareKernels(makeOracle, makeOracle, { cases: 30, seed: 2 })).not.toThrow()
  })

  it.each(Object.entries(brokenKernels))('finds it when %s', (_, make) => {
    let message = ''
    try {
      compareKernels(makeOracle, make, { cases: 400, seed: 3 })
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain('Kernels differ')
    // What is shown is small enough to be read.
    expect(message.split('\n').length).toBeLessThan(30)
  })
})
