import { describe, expect, it } from 'vitest'
import { type DomainRoom, partialDomains, wholeDomains } from '../../src/domains/domain-room.ts'
import { type MemberOrder, type PartPlan, planParts } from '../../src/domains/plan-parts.ts'

const racks: readonly DomainRoom[] = [
  { domain: 0, room: [4, 2], value: 9 },
  { domain: 1, room: [4, 4], value: 3 },
  { domain: 2, room: [1, 9], value: 1 },
  { domain: 3, room: [4, 2], value: 3 },
  { domain: 4, room: [0, 0], value: 0 },
]

/** Racks that hold so many units; members of shape 0 take one, of shape 1 two. */
function unitsIn(
  capacity: readonly number[],
  needs: readonly (readonly number[])[],
): (part: number, domain: number, order: MemberOrder) => number {
  return (part, domain, order) => {
    const [small = 0, large = 0] = needs[part] ?? []
    const members = [
      ...Array.from({ length: large }, () => 2),
      ...Array.from({ length: small }, () => 1),
    ]
    let left = capacity[domain] ?? 0
    let placed = 0
    for (const size of order === 'small-first' ? members.reverse() : members) {
      if (size > left) continue
      left -= size
      placed++
    }
    return placed
  }
}

function plan(
  capacity: readonly number[],
  needs: readonly (readonly number[])[],
  partial = true,
): readonly PartPlan[] {
  const domains = capacity.map((units, domain) => ({
    domain,
    room: [units, Math.floor(units / 2)],
    value: units,
  }))
  return planParts({ needs, domains, trial: unitsIn(capacity, needs), partial })
}

describe('wholeDomains', () => {
  it('lists domains where every shape fits by number, the least valuable first', () => {
    expect(wholeDomains(racks, [1, 2])).toEqual([2, 1, 3, 0])
    expect(wholeDomains(racks, [2, 2])).toEqual([1, 3, 0])
    expect(wholeDomains(racks, [4, 4])).toEqual([1])
    expect(wholeDomains(racks, [5, 0])).toEqual([])
  })

  it('takes a missing figure for none', () => {
    expect(wholeDomains(racks, [0, 0, 1])).toEqual([])
    expect(wholeDomains(racks, [])).toEqual([4, 2, 1, 3, 0])
  })
})

describe('partialDomains', () => {
  it('lists domains by the most that they may take', () => {
    expect(partialDomains(racks, [4, 4])).toEqual([
      { domain: 1, most: 8 },
      { domain: 3, most: 6 },
      { domain: 0, most: 6 },
      { domain: 2, most: 5 },
    ])
  })
})

describe('planParts', () => {
  it('puts a part where it fits tightest', () => {
    expect(plan([9, 4, 5, 3], [[4, 0]])).toEqual([{ domain: 1, placed: 4, order: 'large-first' }])
  })

  it('goes on to the next domain when shapes that fit alone do not fit together', () => {
    // By number two small and two large fit into four units; in truth they need six.
    expect(plan([4, 7, 6], [[2, 2]])[0]?.domain).toBe(2)
  })

  it('keeps parts apart', () => {
    const found = plan([4, 4, 9], [[4], [4], [4]])
    expect(found.map(({ domain }) => domain)).toEqual([0, 1, 2])
  })

  it('gives way to a part that has no other choice', () => {
    // The first part takes rack 1 while that is the tightest; the second fits nowhere else.
    const needs = [[2], [3]]
    const domains = [
      { domain: 0, room: [2], value: 7 },
      { domain: 1, room: [3], value: 3 },
    ]
    const found = planParts({ needs, domains, trial: unitsIn([2, 3], needs), partial: true })
    expect(found.map(({ domain }) => domain)).toEqual([0, 1])
  })

  it('places as many members as it can where no domain takes all', () => {
    // Large first: two large ones and one small. Small first: three small and one large.
    expect(plan([5], [[3, 2]])).toEqual([{ domain: 0, placed: 4, order: 'small-first' }])
    expect(plan([3, 4], [[9]])).toEqual([{ domain: 1, placed: 4, order: 'large-first' }])
  })

  it('places nothing of such a part when asked to', () => {
    const found = plan([3, 4], [[9], [4]], false)
    expect(found.map(({ domain, placed }) => [domain, placed])).toEqual([
      [-1, 0],
      [1, 4],
    ])
  })

  it('answers −1 when nothing fits, and more than once', () => {
    const found = plan(
      [0, 1],
      [
        [0, 1],
        [0, 1],
      ],
    )
    expect(found.map(({ domain, placed }) => [domain, placed])).toEqual([
      [-1, 0],
      [-1, 0],
    ])
  })

  it('keeps parts apart when they are placed in part', () => {
    const found = plan([3, 4], [[9], [9], [9]])
    expect(found.map(({ domain }) => domain)).toEqual([1, 0, -1])
  })
})
