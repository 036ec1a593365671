import { describe, expect, it } from 'vitest'
import { Fleet } from '../../src/fleet.ts'
import type { Accepted, Ask, FleetTier, HostSpec } from '../../src/fleet/api.ts'

const tiers: readonly FleetTier[] = ['simd', 'plain', 'typescript']

/** Racks of hosts with so many CPUs each; hosts are called by rack and place, such as r1-0. */
function fleetOf(tier: FleetTier, racks: readonly (readonly number[])[]): Fleet {
  const fleet = new Fleet({ tier })
  fleet.putHosts(
    racks.flatMap((hosts, rack) =>
      hosts.map((CPU, place): HostSpec => ({
        id: `r${rack}-${place}`,
        rack: `r${rack}`,
        capacity: { CPU },
      })),
    ),
  )
  return fleet
}

function asks(part: string | undefined, ...sizes: readonly (readonly [CPU: number, n: number])[]) {
  return sizes.map(([CPU, count]): Ask => ({
    resources: { CPU },
    count,
    group: { policy: 'affinity', scope: 'rack', id: 'g', ...(part !== undefined && { part }) },
  }))
}

function racksOf(parts: readonly Accepted[]): string[][] {
  return parts.map(({ assignments }) => [
    ...new Set(assignments.map(({ hostId }) => hostId.split('-')[0] as string)),
  ])
}

describe.each(tiers)('gangs in racks (%s)', (tier) => {
  it('put a group into the rack that takes all of it', () => {
    const fleet = fleetOf(tier, [[8, 8, 8], [12, 12], [18]])
    const answer = fleet.placeAll(asks(undefined, [4, 2], [12, 1]))
    expect(answer.ok && racksOf(answer.parts)).toEqual([['r1'], ['r1']])
  })

  it('give every part a rack of its own, also when parts must make room for one another', () => {
    const fleet = fleetOf(tier, [[8], [8, 8], [4]])
    const gang = [...asks('a', [4, 2]), ...asks('b', [8, 2]), ...asks('c', [4, 1])]
    const answer = fleet.placeAll(gang)
    expect(answer.ok && racksOf(answer.parts)).toEqual([['r0'], ['r1'], ['r2']])
    expect(
      fleet.allocation(answer.ok ? (answer.parts[1]?.allocations[0] ?? -1) : -1),
    ).toMatchObject({ group: 'g', part: 'b' })
  })

  it('place nothing when one part fits nowhere', () => {
    const fleet = fleetOf(tier, [[8], [8]])
    const before = fleet.hash()
    const answer = fleet.placeAll([
      ...asks('a', [4, 1]),
      ...asks('b', [4, 1]),
      ...asks('c', [4, 1]),
    ])
    expect(answer.ok).toBe(false)
    expect(fleet.hash()).toBe(before)
  })

  it('place as much as fits when that is wanted', () => {
    const fleet = fleetOf(tier, [
      [8, 8],
      [8, 4],
    ])
    const gang = [...asks('a', [8, 3], [4, 1]), ...asks('b', [4, 9]), ...asks('c', [1, 1])]
    const answer = fleet.placeAll(gang, { partial: true })
    expect(answer.ok && answer.parts.map(({ placed }) => placed)).toEqual([0, 0, 4, 1])
    expect(fleet.totals().used).toEqual({ CPU: 17 })
  })

  it('give small members first when more of them fit that way', () => {
    const fleet = fleetOf(tier, [[9]])
    const answer = fleet.placeAll(asks(undefined, [7, 1], [3, 3]), { partial: true })
    expect(answer.ok && answer.parts.map(({ placed }) => placed)).toEqual([0, 3])
  })

  it('keep to the least numbers when the most do not fit', () => {
    const fleet = fleetOf(tier, [[8]])
    const [first, second] = asks(undefined, [4, 1], [2, 2])
    const { count: _, ...flexible } = first as Ask
    const answer = fleet.placeAll([{ ...flexible, min: 1, max: 2 }, second as Ask])
    expect(answer.ok && answer.parts.map(({ placed }) => placed)).toEqual([1, 2])
  })

  it('bind later members to the rack of their part, away from others', () => {
    const fleet = fleetOf(tier, [[8], [8], [8]])
    const answer = fleet.placeAll([...asks('a', [4, 1]), ...asks('b', [4, 1])])
    const [a, b] = answer.ok ? racksOf(answer.parts).flat() : []
    expect(a).not.toBe(b)
    const [later] = asks('b', [4, 1])
    const [other] = asks('c', [2, 1])
    for (const each of [fleet, Fleet.restore(fleet.snapshot(), { tier })]) {
      const placed = each.placeAll([later as Ask, other as Ask])
      expect(placed.ok && racksOf(placed.parts)[0]).toEqual([b])
      expect([a, b]).not.toContain(placed.ok && racksOf(placed.parts)[1]?.[0])
      expect(each.place(later as Ask).ok).toBe(false)
    }
  })

  it('forget a part when nothing of it is left', () => {
    const fleet = fleetOf(tier, [[8]])
    const [a] = asks('a', [8, 1])
    const [b] = asks('b', [8, 1])
    const first = fleet.place(a as Ask)
    expect(fleet.place(b as Ask).ok).toBe(false)
    fleet.release(first.ok ? first.allocations : [])
    expect(fleet.place(b as Ask).ok).toBe(true)
  })

  it('heed lists of hosts', () => {
    const fleet = fleetOf(tier, [
      [8, 8],
      [8, 8],
    ])
    const [first, second] = asks(undefined, [8, 1], [4, 2])
    const gang = [{ ...(first as Ask), excludedHostIds: ['r0-0'] }, second as Ask]
    const answer = fleet.placeAll(gang.map((ask) => ({ ...ask, racks: ['r0'] })))
    expect(answer.ok && answer.parts[0]?.assignments).toEqual([{ hostId: 'r0-1', count: 1 }])
  })

  it('work in racks of many hosts', () => {
    const many = Array.from({ length: 300 }, () => 4)
    const fleet = fleetOf(tier, [many.slice(1), many])
    const answer = fleet.placeAll(asks(undefined, [3, 150], [4, 150]))
    expect(answer.ok && racksOf(answer.parts)).toEqual([['r1'], ['r1']])
  })
})

describe('parts', () => {
  const refused = (group: NonNullable<Ask['group']>): (() => unknown) => {
    return () => new Fleet({ tier: 'typescript' }).place({ resources: { CPU: 1 }, group })
  }

  it('are of groups with an id that share a rack or zone', () => {
    const part = 'a'
    expect(refused({ policy: 'affinity', scope: 'rack', part })).toThrow('group.id')
    expect(refused({ policy: 'affinity', id: 'g', part })).toThrow('group.scope')
    expect(refused({ policy: 'anti-affinity', scope: 'rack', id: 'g', part })).toThrow(
      'group.policy',
    )
  })
})
