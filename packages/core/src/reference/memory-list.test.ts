import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryList } from './memory-list.ts'

const ascending = (a: number, b: number): number => a - b

function listOf(items: Iterable<number>): MemoryList<number> {
  const list = new MemoryList<number>(ascending)
  for (const item of items) list.add(item)
  return list
}

function all(list: MemoryList<number>): number[] {
  return list.range(
    () => true,
    () => false,
    Infinity,
    false,
  )
}

test('items come in order whatever the order they came in, over many chunks', () => {
  const count = 5_000
  for (const step of [1, count - 1, 1_237]) {
    const list = listOf(Array.from({ length: count }, (_, at) => (at * step) % count))
    expect(list.size).toBe(count)
    expect(all(list)).toEqual(Array.from({ length: count }, (_, at) => at))
  }
})

test('a list that grew at its end and is emptied holds nothing', () => {
  const list = listOf(Array.from({ length: 2_000 }, (_, at) => at))
  for (let at = 0; at < 2_000; at += 2) list.remove(at)
  list.remove(0)
  list.remove(-1)
  list.remove(9_999)
  expect(list.size).toBe(1_000)
  expect(all(list)).toEqual(Array.from({ length: 1_000 }, (_, at) => at * 2 + 1))
  for (let at = 1; at < 2_000; at += 2) list.remove(at)
  expect([list.size, all(list)]).toEqual([0, []])
  list.add(7)
  expect(all(list)).toEqual([7])
})

test('an item takes the place of its equal, and no other', () => {
  const list = new MemoryList<readonly [number, string]>(([a], [b]) => a - b)
  for (let at = 0; at < 2_000; at += 2) list.add([at, 'old'])
  for (const at of [-1, 0, 601, 1_000, 1_998, 5_000]) list.replace([at, 'new'])
  const found = list.range(
    () => true,
    () => false,
    Infinity,
    false,
  )
  expect(found.filter(([, text]) => text === 'new').map(([at]) => at)).toEqual([0, 1_000, 1_998])
  expect([found.length, list.size]).toEqual([1_000, 1_000])
})

test('ranges and counts are those of a sorted array', () => {
  const property = fc.property(
    fc.uniqueArray(fc.nat(3_000), { maxLength: 3_000, minLength: 600, size: 'max' }),
    fc.array(fc.nat(3_000), { maxLength: 900 }),
    fc.nat(3_000),
    fc.nat(3_000),
    fc.integer({ min: 1, max: 1_500 }),
    fc.boolean(),
    (added, removed, from, to, limit, reverse) => {
      const list = listOf(added)
      for (const item of removed) list.remove(item)
      const kept = added.filter((item) => !removed.includes(item)).sort(ascending)
      const within = kept.filter((item) => item >= from && item < to)
      const begins = (item: number): boolean => item >= Math.min(from, to)
      const ends = (item: number): boolean => item >= to
      const expected = reverse ? within.toReversed() : within
      expect(list.range(begins, ends, limit, reverse)).toEqual(expected.slice(0, limit))
      expect(list.count(begins, ends)).toBe(within.length)
      expect(list.size).toBe(kept.length)
    },
  )
  fc.assert(property, { numRuns: 60 })
})
