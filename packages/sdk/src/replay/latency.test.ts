import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LatencyHistogram } from './latency.ts'

test('quantiles are within half a percent, the maximum is exact', () => {
  const duration = fc.double({ min: 0.001, max: 1_000_000, noNaN: true })
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1 }), (durations) => {
      const histogram = new LatencyHistogram()
      for (const ms of durations) histogram.record(ms)
      const sorted = durations.toSorted((a, b) => a - b)
      const { p50, p99, max } = histogram.quantiles()
      const exact = (share: number): number =>
        sorted[Math.ceil(share * sorted.length) - 1] as number
      for (const [found, wanted] of [
        [p50, exact(0.5)],
        [p99, exact(0.99)],
      ] as const) {
        expect(found).toBeGreaterThanOrEqual(wanted * 0.999_999)
        expect(found).toBeLessThanOrEqual(wanted * 1.005_001)
      }
      expect(max).toBe(sorted.at(-1))
      expect(histogram.count).toBe(durations.length)
    }),
  )
})

test('nothing recorded, nothing measured; what is out of range is kept', () => {
  const histogram = new LatencyHistogram()
  expect(histogram.quantiles()).toEqual({ p50: 0, p99: 0, max: 0 })
  histogram.record(0)
  expect(histogram.quantiles()).toEqual({ p50: 0, p99: 0, max: 0 })
  histogram.record(1e9)
  expect(histogram.quantiles().max).toBe(1e9)
  expect(histogram.quantiles().p99).toBeGreaterThan(1e6)
})
