import { describe, expect, it } from 'vitest'
import { Fleet } from '../../src/fleet.ts'
import type { FleetTier, HostSpec } from '../../src/fleet/api.ts'

const tiers: readonly FleetTier[] = ['simd', 'plain', 'typescript']

function host(id: string, ...cells: readonly number[]): HostSpec {
  const CPU = cells.reduce((sum, each) => sum + each, 0)
  return { id, capacity: { CPU }, cells: cells.map((each) => ({ CPU: each })) }
}

describe.each(tiers)('packing with cells (%s)', (tier) => {
  it.each([1, 2])('leaves room for what lies in both cells (host %i)', (even) => {
    const hosts = [host('even', 8, 8), host('odd', 12, 4)]
    const wide = { resources: { CPU: 16 }, cells: 2 }
    const fleet = new Fleet({ tier, typical: [{ ask: wide, weight: 1 }] })
    fleet.putHosts(even === 1 ? hosts : hosts.toReversed())
    const answer = fleet.place({ resources: { CPU: 4 }, cells: 1 })
    expect(answer).toMatchObject({ ok: true, assignments: [{ hostId: 'odd', count: 1 }] })
    expect(fleet.place(wide).ok).toBe(true)
  })

  it('counts what cells take, one after another', () => {
    const fleet = new Fleet({ tier })
    fleet.putHosts([host('a', 9, 5), host('b', 7, 7, 4)])
    expect(fleet.capacity({ resources: { CPU: 2 }, cells: 1 })).toBe(6 + 8)
    // Of three cells, the two tightest are taken first.
    expect(fleet.capacity({ resources: { CPU: 4 }, cells: 2 })).toBe(2 + 3)
    expect(fleet.capacity({ resources: { CPU: 6 }, cells: 3 })).toBe(2)
  })
})
