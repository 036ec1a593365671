import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/index.ts'
import { accepted, fleetOf, fleetTiers, hosts, refused } from './fixture.ts'

const large = { VCPU: 8 } as const

describe.each(fleetTiers)('zones and racks on tier %s', (tier) => {
  it('keep an affinity group with members that lie in none', () => {
    const fleet = fleetOf(tier, [{ id: 'lonely', capacity: { VCPU: 8 } }, ...hosts(3)])
    const group = { policy: 'affinity', scope: 'zone', id: 'g' } as const
    const soft = { policy: 'soft-affinity', id: 'g' } as const
    const ask: Ask = { resources: { VCPU: 1 }, group }
    accepted(fleet.place({ ...ask, group: soft, hostIds: ['lonely'] }))
    expect(refused(fleet.place(ask)).nearestFeasible).toBe(0)
    expect(fleet.preempt({ ...ask, priority: 1 })).toBeNull()
    const members = [{ hostId: 'lonely', count: 1 }]
    expect(fleet.capacity({ ...ask, group: { ...group, id: 'h', members } })).toBe(0)
    expect(fleet.capacity({ ...ask, group: { ...group, id: 'h' } })).toBe(8)
  })

  it('are heeded by plans to preempt', () => {
    const fleet = fleetOf(tier, hosts(3))
    const anti = { policy: 'anti-affinity', scope: 'zone', id: 'g' } as const
    accepted(fleet.place({ resources: large, group: anti, hostIds: ['h0'] }))
    accepted(fleet.place({ resources: large, hostIds: ['h1'], priority: 1 }))
    accepted(fleet.place({ resources: large, hostIds: ['h2'] }))
    const ask = (rest: Partial<Ask>): Ask => ({ resources: large, priority: 9, ...rest })
    const hostFor = (rest: Partial<Ask>): string | undefined => fleet.preempt(ask(rest))?.hostId
    expect(hostFor({ group: anti })).toBe('h2')
    expect(hostFor({ group: { ...anti, policy: 'affinity' } })).toBe('h0')
    expect(hostFor({ group: { ...anti, id: 'other' } })).toBe('h0')
    expect(hostFor({ group: anti, zones: ['z0'] })).toBeUndefined()
    const spread = { by: 'zone' } as const
    const soft = { ...anti, scope: 'host', policy: 'soft-affinity' } as const
    expect(hostFor({ group: soft, spread })).toBe('h2')
    expect(hostFor({ group: soft, spread: { ...spread, soft: true } })).toBe('h0')
  })

  it('is told apart which of many victims are enough', () => {
    const fleet = fleetOf(tier, hosts(400, { capacity: { VCPU: 16 } }))
    accepted(fleet.place({ resources: { VCPU: 1 }, count: 6_400 }))
    const plan = fleet.preempt({ resources: { VCPU: 12 }, priority: 1 })
    expect([plan?.hostId, plan?.victims.length]).toEqual(['h0', 12])
  })
})
