import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/index.ts'
import { accepted, errorOf, fleetOf, fleetTiers, hosts, refused } from './fixture.ts'

describe.each(fleetTiers)('what no host has, on tier %s', (tier) => {
  const withDevices = (count: number): Ask => ({
    resources: { VCPU: 1 },
    devices: { count, units: 1 },
  })

  it('refuses devices where there are none, or too few', () => {
    const fleet = fleetOf(tier, hosts(3))
    for (let count = 1; count <= 16; count++) {
      const ask = withDevices(count)
      expect(fleet.capacity(ask)).toBe(0)
      expect(refused(fleet.place(ask))).toMatchObject({
        feasibleHosts: 0,
        nearestFeasible: 0,
        alone: { resources: 3 },
        shortOf: { VCPU: 0, devices: 3 },
        scarcest: 'devices',
      })
      expect(fleet.preempt({ ...ask, priority: 1 })).toBeNull()
      expect(fleet.prepare(ask).place()).toBe(-1)
    }
    const devices = { model: 'm', count: 2 }
    fleet.putHosts(hosts(1, { devices }, 'd'))
    expect(fleet.capacity(withDevices(2))).toBe(8)
    expect(refused(fleet.place(withDevices(3)))).toMatchObject({ shortOf: { devices: 4 } })
    fleet.putHosts(hosts(1, { devices: { model: 'm', count: 3 } }, 'e'))
    const { assignments } = accepted(fleet.place(withDevices(3)))
    expect(assignments).toEqual([{ hostId: 'e0', count: 1 }])
  })

  it('packs by typical asks for more devices than there are', () => {
    const fleet = fleetOf(tier, hosts(2, { devices: { model: 'm', count: 2 } }))
    fleet.setTypical([{ ask: withDevices(16), weight: 1 }])
    expect(accepted(fleet.place({ ...withDevices(1), policy: 'fragmentation' })).placed).toBe(1)
    expect(accepted(fleet.place(withDevices(2))).placed).toBe(1)
  })

  it('holds cells to each capacity that they come with', () => {
    const cells = [{ VCPU: 4 }, { VCPU: 4 }]
    const fine = { id: 'fine', capacity: { VCPU: 8 }, cells }
    const fleet = fleetOf(tier, [])
    const wrong = { id: 'wrong', capacity: { VCPU: 7 }, cells }
    expect(errorOf(() => fleet.putHosts([fine, wrong]))).toMatchObject({
      field: 'hosts[1].cells.VCPU',
      limit: 7,
    })
    expect(fleet.size).toBe(0)
    fleet.putHosts([fine])
    expect(fleet.size).toBe(1)
  })

  it('checks what a prepared ask is told', () => {
    const fleet = fleetOf(tier, hosts(2))
    const resources = { VCPU: 1 }
    const before = fleet.hash()
    const prepared = fleet.prepare({ resources })
    for (const wrong of [Number.NaN, 'soon', null, {}]) {
      const time = wrong as number
      expect(errorOf(() => prepared.place(time)).field).toBe('until')
      expect(errorOf(() => prepared.place(1, time)).field).toBe('now')
    }
    const group = { policy: 'affinity', scope: 'rack' } as const
    const both: Ask = { resources, spread: { by: 'zone' }, group }
    expect(errorOf(() => fleet.prepare(both)).field).toBe('spread')
    expect(fleet.hash()).toBe(before)
  })

  it('checks lists and options themselves', () => {
    const fleet = fleetOf(tier, hosts(2))
    const before = fleet.hash()
    for (const wrong of [null, undefined, Number.NaN, 1, '', {}]) {
      const list = wrong as number[]
      expect(errorOf(() => fleet.release(list)).field).toBe('allocations')
      expect(errorOf(() => fleet.placeAll(list as unknown as Ask[])).field).toBe('asks')
    }
    const all = (options: unknown): unknown => fleet.placeAll([], options as { partial: boolean })
    expect(errorOf(() => all(null)).field).toBe('options')
    expect(errorOf(() => all({ partial: 1 })).field).toBe('partial')
    expect(fleet.hash()).toBe(before)
  })

  it('reads the id of a host once', () => {
    const fleet = fleetOf(tier, hosts(2))
    let reads = 0
    const fickle = {
      get id() {
        return reads++ === 0 ? 'once' : 'again'
      },
      capacity: { VCPU: 1 },
    }
    fleet.putHosts([fickle])
    expect(fleet.usage('once')).toEqual({ VCPU: 0 })
    expect([fleet.size, reads]).toEqual([3, 1])
  })
})
