import { describe, expect, it } from 'vitest'
import type { Fleet } from '../../src/index.ts'
import {
  accepted,
  byHost,
  fleetOf,
  fleetTiers,
  hosts,
  randomFrom,
  refused,
  small,
} from './fixture.ts'

function carryOut(fleet: Fleet, moves: readonly { allocation: number; to: string }[]): void {
  for (const { allocation, to } of moves) fleet.move(allocation, to)
}

describe.each(fleetTiers)('plans on tier %s', (tier) => {
  it('drain a host, by labels and groups, and change nothing', () => {
    const fleet = fleetOf(tier, [...hosts(3), ...hosts(1, { traits: ['SSD'] }, 's')])
    const group = { policy: 'anti-affinity', id: 'g' } as const
    accepted(fleet.place({ resources: small, hostIds: ['h0'], group }))
    accepted(fleet.place({ resources: small, hostIds: ['h1'], group }))
    accepted(fleet.place({ resources: { VCPU: 1 }, requiredTraits: ['SSD'] }))
    accepted(fleet.place({ resources: { VCPU: 5 }, hostIds: ['h0'] }))
    const before = fleet.hash()
    const plan = fleet.drain('h0')
    expect(fleet.hash()).toBe(before)
    expect(plan.stuck).toEqual([])
    expect(plan.moves).toHaveLength(2)
    carryOut(fleet, plan.moves)
    expect(fleet.allocationsOf('h0')).toEqual([])
    const members = fleet
      .allocationsOf('h1')
      .filter((each) => fleet.allocation(each)?.group === 'g')
    expect(members).toHaveLength(1)
    const stuck = fleet.drain('s0')
    expect(stuck.moves.length + stuck.stuck.length).toBe(fleet.allocationsOf('s0').length)
    expect(stuck.stuck.map((each) => fleet.allocation(each)?.resources)).toContainEqual({ VCPU: 1 })
  })

  it('drain members of an affinity group together', () => {
    const fleet = fleetOf(tier, hosts(3))
    const group = { policy: 'affinity', id: 'g' } as const
    const [host] = accepted(fleet.place({ resources: small, count: 3, group })).assignments
    const { moves, stuck } = fleet.drain(host?.hostId ?? '')
    expect(stuck).toEqual([])
    expect(moves).toHaveLength(3)
    expect(new Set(moves.map(({ to }) => to)).size).toBe(1)
  })

  it('leave an affinity group where it is when one of its members fits nowhere else', () => {
    const fleet = fleetOf(tier, [
      { id: 'large', capacity: { VCPU: 16 } },
      { id: 'small', capacity: { VCPU: 5 } },
    ])
    const group = { policy: 'affinity', id: 'g' } as const
    accepted(fleet.place({ resources: { VCPU: 4 }, hostIds: ['large'], group }))
    accepted(fleet.place({ resources: { VCPU: 2 }, group }))
    accepted(fleet.place({ resources: { VCPU: 1 }, hostIds: ['large'] }))
    const before = fleet.hash()
    const { moves, stuck } = fleet.drain('large')
    expect(moves).toHaveLength(1)
    expect(stuck.map((each) => fleet.allocation(each)?.resources)).toEqual(
      expect.arrayContaining([{ VCPU: 4 }, { VCPU: 2 }]),
    )
    expect(fleet.hash()).toBe(before)
  })

  it('do not empty a host onto one that is empty', () => {
    const fleet = fleetOf(tier, hosts(2))
    accepted(fleet.place({ resources: small }))
    expect(fleet.defragment({ moves: 5 })).toEqual({ moves: [], freedHosts: [] })
  })

  it('free hosts within a budget', () => {
    const random = randomFrom(5)
    const fleet = fleetOf(tier, hosts(20))
    const { allocations } = accepted(fleet.place({ resources: small, count: 80 }))
    fleet.release(allocations.filter(() => random(100) < 60))
    const before = fleet.hash()
    const plan = fleet.defragment({ moves: 12 })
    expect(fleet.hash()).toBe(before)
    expect(plan.moves.length).toBeLessThanOrEqual(12)
    expect(plan.freedHosts.length).toBeGreaterThan(2)
    const used = fleet.totals().usedHosts
    carryOut(fleet, plan.moves)
    expect(fleet.totals().usedHosts).toBe(used - plan.freedHosts.length)
    expect(plan.freedHosts.every((id) => fleet.allocationsOf(id).length === 0)).toBe(true)
    expect(fleet.defragment({ moves: 0 })).toEqual({ moves: [], freedHosts: [] })
    expect(fleet.defragment({ moves: 99, hosts: 1 }).freedHosts.length).toBeLessThanOrEqual(1)
  })

  it('displace as few as possible, of lower priority', () => {
    const fleet = fleetOf(tier, hosts(2))
    const fill = (host: string, VCPU: number, priority: number): number =>
      accepted(fleet.place({ resources: { VCPU }, hostIds: [host], priority })).allocations[0] ?? -1
    fill('h0', 4, 9)
    const small0 = [fill('h0', 2, 1), fill('h0', 2, 1)]
    const big = fill('h1', 5, 3)
    fill('h1', 3, 9)
    expect(fleet.preempt({ resources: { VCPU: 4 }, priority: 1 })).toBeNull()
    expect(fleet.preempt({ resources: { VCPU: 4 }, priority: 2 })).toEqual({
      hostId: 'h0',
      victims: small0,
    })
    expect(fleet.preempt({ resources: { VCPU: 4 }, priority: 5 })).toEqual({
      hostId: 'h1',
      victims: [big],
    })
    expect(fleet.preempt({ resources: { VCPU: 6 }, priority: 5 })).toBeNull()
    const excluded = { resources: { VCPU: 4 }, priority: 5, excludedHostIds: ['h1'] }
    expect(fleet.preempt(excluded)?.victims).toEqual(small0)
    fleet.release(small0)
    expect(fleet.preempt({ resources: { VCPU: 4 } })).toEqual({ hostId: 'h0', victims: [] })
  })

  it('displace instances from devices', () => {
    const devices = { model: 'A', count: 2 }
    const fleet = fleetOf(tier, hosts(1, { devices }))
    const half = { resources: { VCPU: 1 }, devices: { count: 1, units: 600 } }
    const { allocations } = accepted(fleet.place({ ...half, count: 2 }))
    const whole = { resources: { VCPU: 1 }, devices: { count: 1 }, priority: 1 }
    expect(fleet.preempt(whole)).toEqual({ hostId: 'h0', victims: allocations.slice(0, 1) })
    const both = { ...whole, devices: { count: 2 } }
    expect(fleet.preempt(both)?.victims).toHaveLength(2)
  })

  it('say what is free, and of use to nobody', () => {
    const fleet = fleetOf(tier, hosts(4, { capacity: { VCPU: 8, MEMORY_MB: 8 } }))
    accepted(fleet.place({ resources: { VCPU: 6, MEMORY_MB: 1 }, count: 2 }))
    accepted(fleet.place({ resources: { VCPU: 1, MEMORY_MB: 8 } }))
    const report = fleet.fragmentation([
      { resources: { VCPU: 4, MEMORY_MB: 4 } },
      { resources: { VCPU: 8, MEMORY_MB: 1 } },
    ])
    expect(report.free).toEqual({ MEMORY_MB: 22, VCPU: 19 })
    expect(report.largest).toEqual({ MEMORY_MB: 8, VCPU: 8 })
    expect(report.stranded).toEqual({ MEMORY_MB: 14, VCPU: 11 })
    expect(report.asks[0]).toMatchObject({ room: 2, ideal: 4, lost: 0.5 })
    expect(report.asks[1]).toMatchObject({ room: 1, ideal: 2, lost: 0.5 })
  })

  it('answer what would be if', () => {
    const fleet = fleetOf(tier, hosts(1))
    const { allocations } = accepted(fleet.place({ resources: { VCPU: 8 } }))
    const ask = { resources: { VCPU: 6 }, count: 2 }
    const before = fleet.hash()
    expect(refused(fleet.whatIf({}, ask)).nearestFeasible).toBe(0)
    const more = { put: hosts(1, {}, 'new') }
    expect(refused(fleet.whatIf(more, ask)).nearestFeasible).toBe(1)
    const answer = accepted(fleet.whatIf({ ...more, release: allocations }, ask))
    expect(byHost(answer)).toEqual({ h0: 1, new0: 1 })
    expect(refused(fleet.whatIf({ remove: ['h0'] }, ask)).hosts).toBe(0)
    expect(fleet.hash()).toBe(before)
  })
})
