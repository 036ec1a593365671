import { describe, expect, it } from 'vitest'
import { addKind, any, ask, fleetOf, one, pairs, stateOf } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

describe.each(kernels)('decisions: %s', (_, make) => {
  it('draws the newest of a class first, or the oldest', () => {
    const kernel = fleetOf(make, 4, [8, 8])
    ask(kernel, 0, [4, 4])
    expect(pairs(kernel, { effect: 0 })).toEqual([[3, 1]])
    expect(pairs(kernel, { effect: 0, oldestFirst: true })).toEqual([[0, 1]])
  })

  it('counts a host that changed its state as the newest there', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [4, 4])
    expect(kernel.shift(0, Int32Array.of(1, 1), 1)).toBe(true)
    expect(kernel.shift(0, Int32Array.of(1, 1), -1)).toBe(true)
    expect(pairs(kernel, { effect: 0 })).toEqual([[0, 1]])
    kernel.shift(1, Int32Array.of(0, 0), 1)
    expect(pairs(kernel, { effect: 0 })).toEqual([[1, 1]])
  })

  it('skips as many members as the seed says, as long as there are enough', () => {
    const kernel = fleetOf(make, 5, [8, 8])
    ask(kernel, 0, [8, 8])
    expect(pairs(kernel, { effect: 0, seed: 2 })).toEqual([[2, 1]])
    expect(pairs(kernel, { effect: 0, seed: 10 })).toEqual([[2, 1]])
    expect(pairs(kernel, { effect: 0, seed: 7 })).toEqual([[0, 1]])
    const gang = { effect: 0, seed: 2, min: 4, max: 4 } as const
    expect(pairs(kernel, gang).map(([slot]) => slot)).toEqual([3, 2, 1, 0])
    expect(pairs(kernel, { ...gang, oldestFirst: true })[0]).toEqual([1, 1])
  })

  it('does not count marked hosts among the members that a seed skips', () => {
    const kernel = fleetOf(make, 4, [8, 8])
    ask(kernel, 0, [8, 8])
    kernel.mark(3, 0, any)
    expect(pairs(kernel, { effect: 0, seed: 1 })).toEqual([[1, 1]])
    const all = { effect: 0, seed: 1, min: 4, max: 4 } as const
    expect(pairs(kernel, all).map(([slot]) => slot)).toEqual([2, 1, 0, 3])
  })

  it('fills the best host before it takes the next', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [2, 2])
    kernel.shift(1, Int32Array.of(4, 4), 1)
    expect(pairs(kernel, { min: 7, max: 7 })).toEqual([
      [1, 2],
      [2, 4],
      [0, 1],
    ])
    expect([0, 1, 2].map((slot) => stateOf(kernel, slot))).toEqual([
      [6, 6],
      [0, 0],
      [0, 0],
    ])
  })

  it('levels: each instance goes where it is best then', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [2, 2], { policy: 1 })
    expect(pairs(kernel, { min: 4, max: 4, sharing: 1 })).toEqual([
      [2, 2],
      [1, 1],
      [0, 1],
    ])
  })

  it('levels within the limit of a host', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [1, 1])
    kernel.mark(0, 0, 3)
    const decision = { min: 1, max: 9, sharing: 1, limit: 2, effect: 0 } as const
    expect(pairs(kernel, decision).toSorted(([a], [b]) => a - b)).toEqual([
      [0, 3],
      [1, 2],
      [2, 2],
    ])
  })

  it('keeps all together where they fit, or else as many as fit on one', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [2, 2])
    kernel.shift(1, Int32Array.of(4, 4), 1)
    expect(pairs(kernel, { min: 2, max: 2, sharing: 2, effect: 0 })).toEqual([[1, 2]])
    expect(pairs(kernel, { min: 2, max: 3, sharing: 2, effect: 0 })).toEqual([[2, 3]])
    expect(pairs(kernel, { min: 2, max: 9, sharing: 2, effect: 0 })).toEqual([[2, 4]])
    const refused = kernel.decide({ ...one, min: 5, max: 9, sharing: 2 })
    expect([refused.placed, refused.entries.length, refused.allocations.length]).toEqual([4, 0, 0])
  })

  it('says how many would fit when fewer than the minimum do, and does nothing', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    ask(kernel, 0, [3, 3])
    const { placed, entries } = kernel.decide({ ...one, min: 5, max: 6 })
    expect([placed, entries.length]).toEqual([4, 0])
    expect(stateOf(kernel, 0)).toEqual([8, 8])
    expect(kernel.decide({ ...one, min: 4, max: 6 }).placed).toBe(4)
  })

  it('puts few members first, counting those that it gives', () => {
    const kernel = fleetOf(make, 3, [9, 9])
    ask(kernel, 0, [1, 1])
    kernel.mark(0, 1, any)
    kernel.mark(1, 3, any)
    const decision = { min: 5, max: 5, sharing: 1, ranking: 1, effect: 0 } as const
    expect(pairs(kernel, decision)).toEqual([
      [2, 3],
      [0, 2],
    ])
  })

  it('puts many members first, not counting those that it gives', () => {
    const kernel = fleetOf(make, 3, [4, 4])
    ask(kernel, 0, [1, 1])
    kernel.mark(0, 1, any)
    kernel.mark(1, 3, 2)
    const decision = { min: 7, max: 7, ranking: 2, effect: 0 } as const
    expect(pairs(kernel, decision)).toEqual([
      [1, 2],
      [0, 4],
      [2, 1],
    ])
  })

  it('takes only marked hosts when asked to, never one with limit 0 or a label that fails', () => {
    const kernel = fleetOf(make, 4, [8, 8])
    kernel.addHost(4, addKind(kernel, [8, 8], 2))
    ask(kernel, 0, [8, 8], { filter: Uint8Array.of(0, 4) })
    kernel.mark(4, 0, any)
    kernel.mark(1, 0, any)
    kernel.mark(2, 0, 0)
    const decision = { min: 1, max: 9, effect: 0 } as const
    expect(pairs(kernel, { ...decision, markedOnly: true })).toEqual([[1, 1]])
    expect(pairs(kernel, decision).map(([slot]) => slot)).toEqual([3, 0, 1])
    kernel.clearMarks()
    expect(pairs(kernel, decision).map(([slot]) => slot)).toEqual([3, 2, 1, 0])
  })

  it('does not mark a host that is not there', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [8, 8])
    kernel.mark(1, 0, 0)
    kernel.addHost(1, 0)
    kernel.mark(0, 0, 0)
    kernel.dropHost(0)
    kernel.addHost(0, 0)
    expect(pairs(kernel, { max: 9, effect: 0 }).map(([slot]) => slot)).toEqual([0, 1])
  })

  it('ignores marks when it places one', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    ask(kernel, 0, [8, 8])
    kernel.mark(1, 0, 0)
    const allocation = kernel.placeOne(0, 0, 0)
    expect(kernel.hostOf(allocation)).toBe(1)
    expect(pairs(kernel, { max: 9, effect: 0 })).toEqual([[0, 1]])
    kernel.placeOne(0, 0, 0)
    expect(kernel.placeOne(0, 0, 0)).toBe(-1)
  })

  it('only decides, or reserves without allocations', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [2, 2])
    const preview = kernel.decide({ ...one, max: 2, effect: 0 })
    expect([preview.placed, preview.allocations.length]).toEqual([2, 0])
    expect(stateOf(kernel, 0)).toEqual([8, 8])
    expect(kernel.decide({ ...one, max: 2, effect: 1 }).allocations).toHaveLength(0)
    expect(stateOf(kernel, 0)).toEqual([4, 4])
    expect(kernel.allocationsOf(0)).toHaveLength(0)
  })
})
