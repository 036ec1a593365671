import { describe, expect, it } from 'vitest'
import { HostTable } from '../../src/fleet/host-table.ts'
import {
  capped,
  type DomainView,
  gathered,
  level,
  levelWithin,
  together,
} from '../../src/fleet/quotas.ts'
import { SlotCounts } from '../../src/fleet/slot-counts.ts'
import { randomFrom } from './fixture.ts'

function view(room: number[], members = room.map(() => 0), best = room.map(() => 0)): DomainView {
  return {
    room: Int32Array.from(room),
    members: Int32Array.from(members),
    best: Int32Array.from(best),
    eligible: Uint8Array.from(room, () => 1),
  }
}

describe('quotas', () => {
  it('fill the emptiest first, and the best among equals', () => {
    expect([...level(view([9, 9, 9]), 7)]).toEqual([3, 2, 2])
    expect([...level(view([9, 9, 9], [0, 0, 0], [3, 1, 2]), 7)]).toEqual([2, 3, 2])
    expect([...level(view([9, 2, 9], [0, 0, 5]), 9)]).toEqual([6, 2, 1])
    expect([...level(view([1, 2, 0]), 9)]).toEqual([1, 2, 0])
    expect([...level(view([]), 3)]).toEqual([])
  })

  it('do as giving one at a time does', () => {
    const random = randomFrom(4)
    for (let round = 0; round < 300; round++) {
      const count = 1 + random(5)
      const given = view(
        Array.from({ length: count }, () => random(8)),
        Array.from({ length: count }, () => random(5)),
        Array.from({ length: count }, () => random(3)),
      )
      const total = random(20)
      const expected = Array.from({ length: count }, () => 0)
      for (let left = total; left > 0; left--) {
        const open = [...expected.keys()].filter(
          (at) => (expected[at] ?? 0) < (given.room[at] ?? 0),
        )
        const height = (at: number): number => (expected[at] ?? 0) + (given.members[at] ?? 0)
        const by = (a: number, b: number): number =>
          height(a) - height(b) || (given.best[a] ?? 0) - (given.best[b] ?? 0) || a - b
        const [next] = open.toSorted(by)
        if (next === undefined) break
        expected[next] = (expected[next] ?? 0) + 1
      }
      expect([...level(given, total)]).toEqual(expected)
    }
  })

  it('stay within a skew of the emptiest that counts', () => {
    expect([...levelWithin(view([9, 9, 1]), 19, 1)]).toEqual([2, 2, 1])
    expect([...levelWithin(view([9, 9, 1]), 19, 3)]).toEqual([4, 4, 1])
    const other = { ...view([9, 9, 0]), eligible: Uint8Array.from([1, 1, 0]) }
    expect([...levelWithin(other, 8, 1)]).toEqual([4, 4, 0])
    expect([...levelWithin(view([9, 9], [0, 5]), 3, 1)]).toEqual([3, 0])
  })

  it('hold to a number of members', () => {
    expect([...capped(view([9, 9, 9], [0, 1, 3]), 2).room]).toEqual([2, 1, 0])
  })

  it('gather in one domain, or in few', () => {
    expect([...together(view([9, 5, 3]), 4, false)]).toEqual([0, 4, 0])
    expect([...together(view([9, 5, 3]), 40, false)]).toEqual([9, 0, 0])
    expect([...together(view([9, 5, 3], [0, 0, 1]), 4, false)]).toEqual([0, 0, 3])
    expect([...together(view([9, 5]), 4, true)]).toEqual([0, 0])
    expect([...gathered(view([9, 5, 3], [0, 0, 1]), 7)]).toEqual([0, 4, 3])
    expect([...gathered(view([9, 5, 3]), 20)]).toEqual([9, 5, 3])
  })
})

it('counts by host agree with a map, in the order of coming', () => {
  const random = randomFrom(8)
  const counts = new SlotCounts()
  const expected = new Map<number, number>()
  for (let step = 0; step < 5_000; step++) {
    const slot = random(300) * 1_024
    const held = expected.get(slot) ?? 0
    const change = held > 0 && random(2) ? -1 - random(held) : 1 + random(3)
    expect(counts.add(slot, change)).toBe(held + change)
    if (held + change === 0) expected.delete(slot)
    else expected.set(slot, held + change)
    expect([counts.size, counts.get(slot)]).toEqual([expected.size, held + change])
  }
  for (const [slot, held] of expected) expect(counts.get(slot)).toBe(held)
  expect(counts.total).toBe([...expected.values()].reduce((sum, held) => sum + held, 0))
  const copy = counts.copy()
  for (let index = 0; index < counts.size; index++) {
    expect(copy.slotAt(index)).toBe(counts.slotAt(index))
  }
})

it('a table of hosts agrees with a map', () => {
  const random = randomFrom(6)
  const table = new HostTable()
  const expected = new Map<string, number>()
  for (let step = 0; step < 20_000; step++) {
    const id = `host-${random(700)}`
    expect(table.find(id)).toBe(expected.get(id) ?? -1)
    if (expected.has(id)) {
      if (random(2)) {
        table.remove(id)
        expected.delete(id)
      }
    } else expected.set(id, table.add(id))
    expect(table.size).toBe(expected.size)
  }
  for (const [id, slot] of expected) expect(table.idOf(slot)).toBe(id)
  expect(new Set(expected.values()).size).toBe(expected.size)
  expect(table.slots).toBeLessThanOrEqual(700)
})
