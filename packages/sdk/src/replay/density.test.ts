import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DensityMeter } from './density.ts'
import { sparkline } from './sparkline.ts'

test('each observation counts for as long as it holds', () => {
  const meter = new DensityMeter()
  meter.observe(0, 0.5)
  meter.observe(1_000, 1)
  meter.observe(1_000, 0.9)
  meter.observe(4_000, 0.1)
  expect(meter.mean).toBeCloseTo((0.5 * 1 + 0.9 * 3) / 4, 12)
})

test('time without a host in use does not count', () => {
  const meter = new DensityMeter()
  meter.observe(0, null)
  meter.observe(600, 0.25)
  meter.observe(700, null)
  meter.observe(10_000, null)
  expect(meter.mean).toBe(0.25)
})

test('with no time passed it is the last observation, with none at all 0', () => {
  const meter = new DensityMeter()
  expect(meter.mean).toBe(0)
  expect(meter.series).toEqual([])
  meter.observe(7, 0.5)
  meter.observe(7, 0.75)
  expect(meter.mean).toBe(0.75)
  meter.observe(7, null)
  expect(meter.mean).toBe(0)
})

test('the series is bounded, without gaps, and has the same mean', () => {
  const step = fc.tuple(fc.nat({ max: 2 ** 40 }), fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 60 }), (steps) => {
      const meter = new DensityMeter()
      let atMs = 0
      let area = 0
      let last = 0
      for (const [index, [ms, density]] of steps.entries()) {
        if (index > 0) area += last * ms
        atMs += index > 0 ? ms : 0
        meter.observe(atMs, density)
        last = density
      }
      const { series } = meter
      expect(series.length).toBeLessThanOrEqual(1_024)
      expect(series.at(-1)?.toMs ?? 0).toBe(atMs)
      const gap = series.find((p, index) => p.fromMs !== (series[index - 1]?.toMs ?? 0))
      expect(gap).toBeUndefined()
      if (atMs === 0) return
      expect(meter.mean).toBeCloseTo(area / atMs, 9)
      const sum = series.reduce((all, p) => all + (p.density ?? 0) * (p.toMs - p.fromMs), 0)
      expect(sum / atMs).toBeCloseTo(meter.mean, 9)
    }),
  )
})

test('the sparkline shows levels, and gaps where nothing was in use', () => {
  const points = [0, 0.49, 0.5, 1, null].map((density, index) => ({
    fromMs: index,
    toMs: index + 1,
    density,
  }))
  expect(sparkline(points)).toBe('▁▄▅█ ')
  expect(sparkline(points, 2)).toBe('▂▇')
  expect(sparkline([])).toBe('')
})
