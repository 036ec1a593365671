import { expect, test } from 'vitest'
import { generatedTrace } from '../generate/azure.ts'
import { eventsOf, lowerBound } from '../load/trace.ts'
import { densityOf } from './density.ts'
import { plainFits } from './plain.ts'
import { replay } from './replay.ts'
import { fewestHosts } from './search.ts'

test('the fewest hosts are found, also below what halving finds', () => {
  for (const answer of [7, 8, 30, 100]) {
    const found = fewestHosts(7, 1_000, (hosts) => hosts >= answer)
    expect(found?.hosts).toBe(answer)
  }
  const gaps = new Set([9, 12, 13])
  expect(fewestHosts(7, 1_000, (hosts) => hosts >= 14 || gaps.has(hosts))?.hosts).toBe(9)
  expect(fewestHosts(7, 1_000, () => false)).toBeNull()
})

test('a trace is played without anyone turned away, and its density is a share', () => {
  const trace = generatedTrace(1, { vcpus: 64, gib: 192 })
  const events = eventsOf(trace)
  const lower = lowerBound(trace, events)
  const hosts = Math.ceil(lower * 1.2)
  expect(replay(trace, events, { hosts, policy: 'pack', strict: true }).rejected).toBe(0)
  expect(plainFits(trace, events, 'bestFit', hosts)).toBe(true)
  expect(plainFits(trace, events, 'firstFit', lower - 1)).toBe(false)
  const { mean, points } = densityOf(trace, events, { hosts, policy: 'pack' })
  expect(mean).toBeGreaterThan(0.3)
  expect(mean).toBeLessThanOrEqual(1)
  expect(points.length).toBeGreaterThan(10)
  for (const { density, usedHosts, lowerBound: bound } of points) {
    expect(density).toBeLessThanOrEqual(1)
    expect(usedHosts).toBeGreaterThanOrEqual(bound)
  }
})
