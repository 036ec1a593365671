import { describe, expect, it } from 'vitest'
import { type Ask, Fleet } from '../../src/index.ts'
import { accepted, fleetOf, fleetTiers, hosts, refused } from './fixture.ts'

const capacity = { VCPU: 8, MEMORY_MB: 8 }
const one = { VCPU: 1, MEMORY_MB: 1 }
const half = { VCPU: 4, MEMORY_MB: 4 }

function hostOf(fleet: Fleet, ask: Ask): string | undefined {
  return accepted(fleet.preview(ask)).assignments[0]?.hostId
}

describe.each(fleetTiers)('policies on tier %s', (tier) => {
  it('pack learns what is typical, and keeps room for it', () => {
    const fleet = fleetOf(tier, hosts(2, { capacity }))
    accepted(fleet.place({ resources: one, hostIds: ['h0'] }))
    accepted(fleet.place({ resources: half, hostIds: ['h1'] }))
    // The tighter host, as long as nobody knows that halves are what is asked for.
    expect(hostOf(fleet, { resources: one })).toBe('h1')
    for (let count = 0; count < 16; count++) {
      fleet.release(accepted(fleet.place({ resources: half })).allocations)
    }
    expect(hostOf(fleet, { resources: one })).toBe('h0')
    expect(hostOf(fleet, { resources: one, policy: 'best-fit' })).toBe('h1')
    const copy = Fleet.restore(fleet.snapshot())
    expect(hostOf(copy, { resources: one })).toBe('h0')
  })

  it('lifetime does not put what stays beside what goes', () => {
    const fleet = new Fleet({ tier, lifetimeBin: 1 })
    fleet.putHosts(hosts(2, { capacity }))
    accepted(fleet.place({ resources: half, hostIds: ['h0'], now: 0, until: 10 }))
    accepted(fleet.place({ resources: { VCPU: 3, MEMORY_MB: 3 }, hostIds: ['h1'], until: 1000 }))
    const ask: Ask = { resources: one, policy: 'lifetime', now: 0 }
    expect(hostOf(fleet, { ...ask, until: 8 })).toBe('h0')
    expect(hostOf(fleet, { ...ask, until: 60_000 })).toBe('h1')
  })

  it('C13: weighed packs or spreads by the sign of a weight, each class by itself', () => {
    const fleet = fleetOf(tier, hosts(2, { capacity }))
    accepted(fleet.place({ resources: { VCPU: 6, MEMORY_MB: 1 }, hostIds: ['h0'] }))
    accepted(fleet.place({ resources: { VCPU: 1, MEMORY_MB: 6 }, hostIds: ['h1'] }))
    const taken = (VCPU: number, MEMORY_MB: number): string | undefined =>
      hostOf(fleet, { resources: one, policy: 'weighed', weights: { VCPU, MEMORY_MB } })
    expect([taken(1, 0), taken(-1, 0)]).toEqual(['h1', 'h0'])
    expect([taken(0, 1), taken(0, -1)]).toEqual(['h0', 'h1'])
    expect([taken(1, -1), taken(-1, 1)]).toEqual(['h1', 'h0'])
  })

  it('C13: weighed ranks hosts anew after each instance', () => {
    const fleet = fleetOf(tier, hosts(4, { capacity }))
    const counts = (weight: number): number[] =>
      accepted(
        fleet.preview({ resources: one, count: 8, policy: 'weighed', weights: { VCPU: weight } }),
      ).assignments.map(({ count }) => count)
    expect(counts(5)).toEqual([2, 2, 2, 2])
    expect(counts(-5)).toEqual([8])
  })

  it('C13: weights beyond 15 are refused by name; other policies count those below 0 as 0', () => {
    const fleet = fleetOf(tier, hosts(2, { capacity }))
    for (const weight of [-16, 16, 0.5]) {
      const ask: Ask = { resources: one, policy: 'weighed', weights: { VCPU: weight } }
      expect(() => fleet.preview(ask)).toThrow(/weights\.VCPU/)
    }
    accepted(fleet.place({ resources: one, hostIds: ['h1'] }))
    const ask: Ask = { resources: one, policy: 'spread' }
    const weights = { VCPU: -15, MEMORY_MB: 1 }
    expect(hostOf(fleet, { ...ask, weights })).toBe('h0')
  })

  it('names the scarcest class also where each host has room for one', () => {
    const fleet = fleetOf(tier, hosts(3, { capacity: { VCPU: 8, MEMORY_MB: 1_000 } }))
    const few = refused(fleet.place({ resources: { VCPU: 1, MEMORY_MB: 10 }, count: 100 }))
    expect(few).toMatchObject({ feasibleHosts: 3, nearestFeasible: 24, scarcest: 'VCPU' })
    const large = refused(fleet.place({ resources: { VCPU: 1, MEMORY_MB: 500 }, count: 100 }))
    expect(large).toMatchObject({ nearestFeasible: 6, scarcest: 'MEMORY_MB' })
  })
})
