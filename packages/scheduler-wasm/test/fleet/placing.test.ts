import { describe, expect, it } from 'vitest'
import { type Ask, Fleet } from '../../src/index.ts'
import {
  accepted,
  byHost,
  errorOf,
  fleetOf,
  fleetTiers,
  hosts,
  refused,
  small,
  sorted,
} from './fixture.ts'

describe.each(fleetTiers)('placing on tier %s', (tier) => {
  it('takes what it places, and gives it back', () => {
    const fleet = fleetOf(tier, hosts(3))
    const empty = fleet.hash()
    const { allocations, assignments } = accepted(fleet.place({ resources: small, count: 6 }))
    expect(allocations).toHaveLength(6)
    expect(assignments.map(({ count }) => count)).toEqual([4, 2])
    expect(fleet.totals()).toMatchObject({ usedHosts: 2, used: { VCPU: 12, MEMORY_MB: 49_152 } })
    const [first = -1] = allocations
    expect(fleet.allocation(first)).toEqual({
      hostId: assignments[0]?.hostId,
      resources: small,
      devices: [],
      cells: [],
      priority: 0,
    })
    expect(fleet.allocationsOf(assignments[0]?.hostId ?? '')).toHaveLength(4)
    fleet.releaseOne(first)
    expect(fleet.allocation(first)).toBeUndefined()
    fleet.release(Float64Array.from(allocations.slice(1)))
    expect(fleet.hash()).toBe(empty)
  })

  it('previews what it would place, and changes nothing', () => {
    const fleet = fleetOf(tier, hosts(9))
    const before = fleet.hash()
    const ask: Ask = { resources: small, count: 7, policy: 'spread', spread: { by: 'zone' } }
    const preview = accepted(fleet.preview(ask))
    expect(fleet.hash()).toBe(before)
    const placed = accepted(fleet.place(ask))
    expect(placed.assignments).toEqual(preview.assignments)
    expect(preview.allocations).toEqual([])
  })

  it('heeds labels of every sort, and says which ruled out what', () => {
    const fleet = fleetOf(tier, [
      ...hosts(1, { traits: ['SSD', 'GPU'], aggregates: ['gold'] }, 'a'),
      ...hosts(1, { traits: ['SSD'], zone: 'z9', rack: 'r9' }, 'b'),
      ...hosts(1, { enabled: false }, 'c'),
      ...hosts(1, { aggregates: ['gold', 'old'] }, 'd'),
    ])
    const where = (given: Partial<Ask>): string[] =>
      Object.keys(byHost(accepted(fleet.preview({ resources: small, min: 1, max: 99, ...given }))))
    expect(where({})).toEqual(['a0', 'b0', 'd0'])
    expect(where({ requiredTraits: ['SSD'] })).toEqual(['a0', 'b0'])
    expect(where({ anyTraits: [['GPU', 'FPGA'], ['SSD']] })).toEqual(['a0'])
    expect(where({ forbiddenTraits: ['SSD', 'NONE'] })).toEqual(['d0'])
    expect(where({ memberOf: [['gold'], ['old', 'new']] })).toEqual(['d0'])
    expect(where({ notMemberOf: ['old'] })).toEqual(['a0', 'b0'])
    expect(where({ zones: ['z9'] })).toEqual(['b0'])
    expect(where({ racks: ['r0'], zones: ['z0'] })).toEqual(['a0', 'd0'])
    expect(where({ hostIds: ['a0', 'b0', 'c0', 'nobody'], excludedHostIds: ['a0'] })).toEqual([
      'b0',
    ])
    const why = refused(fleet.preview({ resources: small, requiredTraits: ['GPU'], zones: ['z9'] }))
    expect(why).toMatchObject({
      hosts: 4,
      feasibleHosts: 0,
      ruledOut: { disabled: 1, zone: 2, requiredTrait: 1, resources: 0 },
      alone: { disabled: 1, zone: 3, requiredTrait: 3 },
      scarcest: null,
    })
  })

  it('tells lists from groups in an explanation', () => {
    const fleet = fleetOf(tier, hosts(6))
    const members = [{ hostId: 'h0', count: 1 }]
    const group = { policy: 'anti-affinity', members } as const
    const ask: Ask = { resources: small, count: 9, group, excludedHostIds: ['h1', 'h2'] }
    expect(refused(fleet.preview(ask))).toMatchObject({
      ruledOut: { notListed: 2, group: 1 },
      feasibleHosts: 3,
      nearestFeasible: 3,
    })
  })

  it('lets isolated aggregates take only their tenants', () => {
    const fleet = fleetOf(tier, [
      ...hosts(1, { aggregates: ['vip'] }, 'v'),
      ...hosts(1, {}, 'open'),
    ])
    const where = (tenant?: string): string[] => {
      const ask = { resources: small, min: 1, max: 99, ...(tenant === undefined ? {} : { tenant }) }
      return Object.keys(byHost(accepted(fleet.preview(ask))))
    }
    expect(where()).toEqual(['open0', 'v0'])
    fleet.isolate('vip', ['acme'])
    expect(where()).toEqual(['open0'])
    expect(where('acme')).toEqual(['open0', 'v0'])
    expect(where('other')).toEqual(['open0'])
    expect(refused(fleet.preview({ resources: small, count: 9 })).ruledOut.tenant).toBe(1)
    fleet.isolate('vip', null)
    expect(where('other')).toEqual(['open0', 'v0'])
  })

  it('shares devices, and keeps models apart', () => {
    const capacity = { VCPU: 64 }
    const fleet = fleetOf(tier, [
      { id: 'a', capacity, devices: { model: 'A', count: 2 } },
      { id: 'b', capacity, devices: { model: 'B', count: 1 } },
      { id: 'none', capacity },
    ])
    const devices = { count: 1, units: 400, models: ['A'] }
    const ask: Ask = { resources: { VCPU: 1 }, devices }
    const { allocations } = accepted(fleet.place({ ...ask, count: 4 }))
    const lies = allocations.map((each) => fleet.allocation(each)?.devices ?? [])
    expect(sorted(lies.flat())).toEqual([0, 0, 1, 1])
    expect(refused(fleet.place(ask))).toMatchObject({
      ruledOut: { requiredTrait: 2, resources: 1 },
      shortOf: { devices: 1, VCPU: 0 },
      scarcest: 'devices',
    })
    expect(fleet.capacity({ resources: { VCPU: 1 }, devices: { count: 1, units: 200 } })).toBe(7)
    fleet.release(allocations.slice(0, 2))
    expect(fleet.capacity({ resources: { VCPU: 1 }, devices: { count: 2 } })).toBe(0)
    fleet.release(allocations.slice(2))
    expect(fleet.capacity({ resources: { VCPU: 1 }, devices: { count: 2 } })).toBe(1)
  })

  it('lays instances into cells', () => {
    const cell = { VCPU: 4, MEMORY_MB: 8 }
    const fleet = fleetOf(tier, [
      { id: 'two', capacity: { VCPU: 8, MEMORY_MB: 16, DISK: 9 }, cells: [cell, cell] },
      { id: 'flat', capacity: { VCPU: 8, MEMORY_MB: 16, DISK: 9 } },
    ])
    const one: Ask = { resources: { VCPU: 3, MEMORY_MB: 1, DISK: 1 }, cells: 1 }
    const { allocations } = accepted(fleet.place({ ...one, count: 2 }))
    expect(allocations.map((each) => fleet.allocation(each)?.cells)).toEqual([[0], [1]])
    expect(refused(fleet.place(one)).shortOf).toMatchObject({ cells: 2, VCPU: 1 })
    const both = accepted(fleet.place({ resources: { VCPU: 2, MEMORY_MB: 2 }, cells: 2 }))
    expect(fleet.allocation(both.allocations[0] ?? -1)?.cells).toEqual([0, 1])
    expect(fleet.usage('two')).toEqual({ DISK: 2, MEMORY_MB: 4, VCPU: 8 })
  })

  it('keeps numbers of allocations when its rows get wider', () => {
    const fleet = fleetOf(tier, hosts(4))
    const held = accepted(fleet.place({ resources: small, count: 5 }))
    const [dead = -1, ...live] = held.allocations
    fleet.releaseOne(dead)
    const where = live.map((each) => fleet.allocation(each)?.hostId)
    const capacity = { VCPU: 8, A: 1, B: 1, C: 1, D: 1, E: 1 }
    const cells = [{ E: 1 }]
    fleet.putHosts([{ id: 'wide', capacity, cells, devices: { model: 'A', count: 3 } }])
    expect(live.map((each) => fleet.allocation(each)?.hostId)).toEqual(where)
    expect(fleet.allocation(dead)).toBeUndefined()
    expect(errorOf(() => fleet.releaseOne(dead)).field).toBe('allocation')
    expect(fleet.totals().used).toMatchObject({ VCPU: 8, MEMORY_MB: 32_768, A: 0 })
    expect(accepted(fleet.place({ resources: { E: 1 }, cells: 1 })).assignments).toEqual([
      { hostId: 'wide', count: 1 },
    ])
    fleet.release(live)
    expect(fleet.totals().used['VCPU']).toBe(0)
  })

  it('refuses what asks for a class that no host has, and takes it once one has', () => {
    const fleet = fleetOf(tier, hosts(2))
    const ask: Ask = { resources: { VCPU: 1, FPGA: 1 } }
    expect(refused(fleet.place(ask))).toMatchObject({
      feasibleHosts: 0,
      ruledOut: { resources: 2 },
      shortOf: { FPGA: 2, VCPU: 0 },
      scarcest: 'FPGA',
    })
    expect(fleet.capacity(ask)).toBe(0)
    const prepared = fleet.prepare(ask)
    expect(prepared.place()).toBe(-1)
    fleet.putHosts(hosts(1, { capacity: { VCPU: 8, FPGA: 2 } }, 'f'))
    expect(prepared.place()).toBeGreaterThanOrEqual(0)
    expect(byHost(accepted(fleet.place(ask)))).toEqual({ f0: 1 })
  })

  it('prepares asks for many calls', () => {
    const fleet = fleetOf(tier, hosts(3))
    const prepared = fleet.prepare({ resources: small })
    const out = new Float64Array(10)
    expect(prepared.placeMany(10, out)).toBe(10)
    expect(prepared.placeMany(3, out)).toBe(0)
    const last = prepared.place()
    expect(fleet.allocation(last)?.resources).toEqual(small)
    expect(prepared.place()).toBeGreaterThanOrEqual(0)
    expect(prepared.place()).toBe(-1)
    const grouped = fleet.prepare({ resources: small, group: { policy: 'anti-affinity', id: 'g' } })
    expect(grouped.place()).toBe(-1)
    fleet.release(out)
    expect([grouped.place(), grouped.place(), grouped.place()].every((each) => each >= 0)).toBe(
      true,
    )
    expect(grouped.place()).toBe(-1)
  })

  it('keeps expected ends by bin', () => {
    const fleet = new Fleet({ tier, lifetimeBin: 3_600 })
    fleet.putHosts(hosts(4))
    const ask: Ask = { resources: small, policy: 'lifetime', now: 1_700_000_000 }
    const first = accepted(fleet.place({ ...ask, until: 1_700_100_000 }))
    const second = accepted(fleet.place({ ...ask, until: Number.POSITIVE_INFINITY }))
    fleet.release([...first.allocations, ...second.allocations])
    expect(fleet.totals().usedHosts).toBe(0)
  })

  it('moves an allocation where there is room', () => {
    const fleet = fleetOf(tier, hosts(2))
    const { allocations, assignments } = accepted(fleet.place({ resources: { VCPU: 5 } }))
    const [allocation = -1] = allocations
    const other = assignments[0]?.hostId === 'h0' ? 'h1' : 'h0'
    fleet.move(allocation, other)
    expect(fleet.allocation(allocation)?.hostId).toBe(other)
    accepted(fleet.place({ resources: { VCPU: 5 } }))
    const back = assignments[0]?.hostId ?? ''
    expect(errorOf(() => fleet.move(allocation, back))).toMatchObject({ field: 'hostId' })
    expect(errorOf(() => fleet.move(allocation, 'nobody'))).toMatchObject({ field: 'hostId' })
    expect(errorOf(() => fleet.move(77, other))).toMatchObject({ field: 'allocation' })
  })

  it('replaces hosts, and forgets those that are removed with all that they hold', () => {
    const fleet = fleetOf(tier, hosts(2))
    const { allocations } = accepted(fleet.place({ resources: { VCPU: 8 }, count: 2 }))
    fleet.putHosts(hosts(2, { capacity: { VCPU: 16 }, traits: ['NEW'] }))
    expect(fleet.usage('h0')).toMatchObject({ VCPU: 8 })
    expect(fleet.capacity({ resources: { VCPU: 8 }, requiredTraits: ['NEW'] })).toBe(2)
    fleet.removeHosts(['h0', 'nobody', 'h0'])
    expect(fleet.size).toBe(1)
    expect(allocations.filter((each) => fleet.allocation(each) !== undefined)).toHaveLength(1)
    const error = errorOf(() => fleet.putHosts(hosts(2, { devices: { model: 'A', count: 1 } })))
    expect(error).toMatchObject({ field: 'hosts[1].devices' })
    expect(fleet.size).toBe(1)
  })
})
