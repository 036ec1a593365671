import { describe, expect, it } from 'vitest'
import { addKind, any, ask, fleetOf, one, stateOf } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

const generation = 2 ** 28

describe.each(kernels)('allocations: %s', (_, make) => {
  it('uses freed records again, the last freed first, under other numbers', () => {
    const kernel = fleetOf(make, 1, [9, 9])
    ask(kernel, 0, [1, 1])
    const { allocations } = kernel.decide({ ...one, max: 3 })
    expect([...allocations]).toEqual([0, 1, 2])
    expect([kernel.release(0), kernel.release(2), kernel.release(2)]).toEqual([true, true, false])
    const numbers = [1, 2, 3].map(() => kernel.placeOne(0, 0, 0))
    expect(numbers).toEqual([2 + generation, generation, 3])
    expect([0, 2, 2 + generation].map((each) => kernel.hostOf(each))).toEqual([-1, -1, 0])
    expect([...kernel.allocationsOf(0)]).toEqual([3, generation, 2 + generation, 1])
  })

  it('knows nothing of numbers that it never gave', () => {
    const kernel = fleetOf(make, 1, [9, 9])
    for (const number of [-1, 0, 7, generation, 2 ** 44]) {
      expect(kernel.hostOf(number)).toBe(-1)
      expect(kernel.release(number)).toBe(false)
      expect(kernel.move(number, 0)).toBe(false)
    }
  })

  it('records under the footprint that the decision names', () => {
    const kernel = fleetOf(make, 1, [9, 9])
    const own = ask(kernel, 0, [1, 1])
    const twin = ask(kernel, 1, [1, 1])
    const [first = -1] = kernel.decide({ ...one, footprint: twin }).allocations
    const [second = -1] = kernel.decide({ ...one }).allocations
    expect([first, second].map((each) => kernel.footprintOf(each))).toEqual([twin, own])
  })

  it('moves where it fits, whatever labels say, and is the newest there', () => {
    const kernel = fleetOf(make, 1, [4, 4])
    kernel.addHost(1, addKind(kernel, [4, 4], 2))
    ask(kernel, 0, [2, 2], { filter: Uint8Array.of(0, 1) })
    ask(kernel, 1, [1, 1], { filter: Uint8Array.of(1, 0) })
    const moved = kernel.placeOne(0, 0, 0)
    const there = kernel.placeOne(1, 0, 0)
    expect([kernel.move(moved, 0), kernel.move(moved, 1)]).toEqual([false, true])
    expect([...kernel.allocationsOf(1)]).toEqual([moved, there])
    expect([0, 1].map((slot) => stateOf(kernel, slot))).toEqual([
      [4, 4],
      [1, 1],
    ])
    const large = kernel.placeOne(0, 0, 0)
    expect(kernel.move(large, 1)).toBe(false)
    expect(kernel.hostOf(large)).toBe(0)
  })

  it('forgets the allocations of a host that is dropped', () => {
    const kernel = fleetOf(make, 2, [4, 4])
    ask(kernel, 0, [2, 2])
    const { allocations } = kernel.decide({ ...one, max: 4 })
    const numbers = [...allocations]
    kernel.dropHost(1)
    expect(numbers.map((each) => kernel.hostOf(each))).toEqual([-1, -1, 0, 0])
    kernel.addHost(1, 0)
    expect(kernel.allocationsOf(1)).toHaveLength(0)
    expect(kernel.placeOne(0, 0, 0)).toBe(generation)
  })

  it('refuses to give back more than is in use; overuse is allowed', () => {
    const kernel = fleetOf(make, 1, [4, 4])
    expect(kernel.shift(0, Int32Array.of(3, 1), 2)).toBe(true)
    expect(stateOf(kernel, 0)).toEqual([-2, 2])
    expect(kernel.shift(0, Int32Array.of(1, 3), -1)).toBe(false)
    expect(kernel.shift(0, Int32Array.of(any - 2, 0), 1)).toBe(true)
    expect(kernel.shift(0, Int32Array.of(1, 0), 1)).toBe(false)
    expect(stateOf(kernel, 0)).toEqual([-any, 2])
  })

  it('keeps use when a host becomes another kind', () => {
    const kernel = fleetOf(make, 1, [4, 4])
    ask(kernel, 0, [3, 1])
    kernel.placeOne(0, 0, 0)
    const larger = addKind(kernel, [8, 2], 2)
    kernel.changeKind(0, larger)
    expect([kernel.kindOf(0), ...stateOf(kernel, 0)]).toEqual([larger, 5, 1])
    kernel.changeKind(0, addKind(kernel, [2, 2], 3))
    expect(stateOf(kernel, 0)).toEqual([-1, 1])
  })

  it('uses numbers of footprints again', () => {
    const kernel = fleetOf(make, 1, [4, 4])
    const ids = [1, 2, 3].map((slot) => ask(kernel, 0, [slot, 1]))
    kernel.setShape(0, {
      footprint: 2,
      policy: 0,
      weights: new Int8Array(2),
      filter: new Uint8Array(1),
    })
    kernel.dropFootprint(0)
    kernel.dropFootprint(1)
    expect([...ids, ask(kernel, 1, [1, 1]), ask(kernel, 2, [1, 1])]).toEqual([0, 1, 2, 1, 0])
  })

  it('saves and restores everything', () => {
    const kernel = fleetOf(make, 3, [4, 4])
    ask(kernel, 0, [2, 2])
    const { allocations } = kernel.decide({ ...one, max: 4 })
    const numbers = [...allocations]
    kernel.release(numbers[1] ?? -1)
    const bytes = kernel.save().slice()
    const other = make(kernel.frame)
    other.restore(bytes)
    for (const each of [kernel, other]) {
      each.placeOne(0, 0, 0)
      each.dropHost(2)
    }
    kernel.restore(bytes)
    expect(kernel.hostOf(numbers[0] ?? -1)).toBe(2)
    kernel.placeOne(0, 0, 0)
    kernel.dropHost(2)
    expect([...other.records()]).toEqual([...kernel.records()])
    expect([0, 1].map((slot) => stateOf(other, slot))).toEqual([
      stateOf(kernel, 0),
      stateOf(kernel, 1),
    ])
  })

  it('takes over the records of a kernel with a narrower frame', () => {
    const kernel = fleetOf(make, 2, [4, 4], { devices: 2 })
    ask(kernel, 0, [1, 1], { devices: 1, units: 600 })
    const { allocations } = kernel.decide({ ...one, max: 3 })
    const numbers = [...allocations]
    kernel.release(numbers[0] ?? -1)
    const wide = fleetOf(make, 2, [4, 4, 9], { devices: 3, lifetimes: true })
    ask(wide, 0, [1, 1, 0], { devices: 1, units: 600 })
    wide.setRecords(kernel.records(), Int32Array.of(2, 1))
    expect(numbers.map((each) => wide.hostOf(each))).toEqual([-1, 1, 0])
    expect(numbers.map((each) => wide.partsOf(each))).toEqual([-1, 1, 2])
    expect(stateOf(wide, 1)).toEqual([3, 3, 9, 1000, 1000, 400, 0])
    expect(wide.placeOne(0, 0, 0)).toBe(generation)
  })
})
