import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/index.ts'
import { accepted, fleetOf, fleetTiers, hosts, randomFrom, small } from './fixture.ts'

describe.each(fleetTiers)('mixed gangs on tier %s', (tier) => {
  it('are placed whole, in the order of their parts', () => {
    const fleet = fleetOf(tier, hosts(7))
    const answer = fleet.placeAll([
      { resources: small, count: 4 },
      { resources: { VCPU: 8 }, count: 2 },
      { resources: { VCPU: 1 }, count: 3, group: { policy: 'anti-affinity', id: 'g' } },
    ])
    if (!answer.ok) throw new Error('refused')
    expect(answer.parts.map(({ placed }) => placed)).toEqual([4, 2, 3])
    const [, large] = answer.parts
    expect(fleet.allocation(large?.allocations[0] ?? -1)?.resources).toEqual({ VCPU: 8 })
  })

  it('lead with the largest, so that more of them fit', () => {
    const fleet = fleetOf(tier, hosts(2))
    accepted(fleet.place({ resources: { VCPU: 1 }, hostIds: ['h0'] }))
    // In the order given, the small ones would fill up what the large one needs.
    const answer = fleet.placeAll([
      { resources: { VCPU: 1 }, count: 7, policy: 'spread' },
      { resources: { VCPU: 8 } },
    ])
    expect(answer.ok).toBe(true)
  })

  it('leave nothing behind when a part does not fit', () => {
    const random = randomFrom(11)
    for (let round = 0; round < 30; round++) {
      const fleet = fleetOf(tier, hosts(6))
      accepted(fleet.place({ resources: small, count: 1 + random(12) }))
      const before = fleet.hash()
      const parts = Array.from({ length: 2 + random(3) }, (): Ask => {
        const group = { policy: random(2) ? 'anti-affinity' : 'soft-affinity', id: 'g' } as const
        const resources = { VCPU: 1 + random(8), MEMORY_MB: 1_024 }
        return { resources, count: 1 + random(5), ...(random(2) ? { group } : {}) }
      })
      const answer = fleet.placeAll([...parts, ...(random(2) ? [{ resources: { VCPU: 9 } }] : [])])
      if (!answer.ok) {
        expect(answer.part).toBeGreaterThanOrEqual(0)
        expect(answer.explanation.hosts).toBe(6)
      } else fleet.release(answer.parts.flatMap(({ allocations }) => allocations))
      expect(fleet.hash()).toBe(before)
      const free = fleet.capacity({ resources: small, group: { policy: 'anti-affinity', id: 'g' } })
      expect(free).toBeGreaterThanOrEqual(Math.min(1, fleet.capacity({ resources: small })))
    }
  })

  it('lie in one rack that takes all of a group', () => {
    const fleet = fleetOf(tier, [
      ...hosts(1, { rack: 'a' }, 'a'),
      ...hosts(2, { rack: 'b' }, 'b'),
      ...hosts(3, { rack: 'c' }, 'c'),
    ])
    const group = { policy: 'affinity', scope: 'rack', id: 'x' } as const
    const answer = fleet.placeAll([
      { resources: { VCPU: 3 }, count: 3, group },
      { resources: { VCPU: 2 }, count: 3, group },
    ])
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    const used = answer.parts.flatMap(({ assignments }) => assignments.map(({ hostId }) => hostId))
    expect(new Set(used.map((id) => id.charAt(0)))).toEqual(new Set(['b']))
  })
})
