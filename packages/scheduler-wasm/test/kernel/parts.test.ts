import { describe, expect, it } from 'vitest'
import { any, ask, fleetOf, one, pairs, stateOf } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

describe.each(kernels)('devices, cells and ends: %s', (_, make) => {
  it('takes the device with the least that is enough, of equal ones the last', () => {
    const kernel = fleetOf(make, 1, [99], { devices: 3 })
    ask(kernel, 0, [1], { devices: 1, units: 400 })
    ask(kernel, 1, [1], { devices: 1, units: 700 })
    const first = kernel.placeOne(0, 0, 0)
    expect(stateOf(kernel, 0)).toEqual([98, 1000, 1000, 600])
    expect(kernel.partsOf(first)).toBe(0b100)
    expect(kernel.partsOf(kernel.placeOne(0, 0, 0))).toBe(0b100)
    const large = kernel.placeOne(1, 0, 0)
    expect(stateOf(kernel, 0)).toEqual([96, 1000, 300, 200])
    expect(kernel.partsOf(large)).toBe(0b010)
    kernel.release(first)
    expect(stateOf(kernel, 0)).toEqual([97, 1000, 600, 300])
    expect(kernel.partsOf(kernel.placeOne(0, 0, 0))).toBe(0b100)
  })

  it('takes several devices, each the same, or none', () => {
    const kernel = fleetOf(make, 1, [99], { devices: 3 })
    ask(kernel, 0, [1], { devices: 2, units: 600 })
    const first = kernel.placeOne(0, 0, 0)
    expect(kernel.partsOf(first)).toBe(0b110)
    expect(stateOf(kernel, 0)).toEqual([98, 1000, 400, 400])
    expect(kernel.placeOne(0, 0, 0)).toBe(-1)
    expect([...kernel.explain(0, false).short]).toEqual([0, 0, 1])
    kernel.release(first)
    expect(kernel.partsOf(kernel.placeOne(0, 0, 0))).toBe(0b110)
  })

  it('keeps equal devices in the order that they came into', () => {
    const kernel = fleetOf(make, 1, [99], { devices: 2 })
    ask(kernel, 0, [1], { devices: 1, units: 500 })
    const numbers = [1, 2, 3].map(() => kernel.placeOne(0, 0, 0))
    expect(numbers.map((each) => kernel.partsOf(each))).toEqual([0b10, 0b10, 0b01])
    kernel.release(numbers[0] ?? -1)
    // Device 0 has 500 free, then device 1 has too, and stays behind it.
    expect(stateOf(kernel, 0)).toEqual([97, 500, 500])
    expect(kernel.partsOf(kernel.placeOne(0, 0, 0))).toBe(0b10)
  })

  it('takes the fullest cells that can give enough, of equal ones the first', () => {
    const kernel = fleetOf(make, 1, [16], { cells: 2, cellClasses: 1, cell: [8, 8] })
    ask(kernel, 0, [3], { cells: 1, cellAmounts: Int32Array.of(3) })
    ask(kernel, 1, [4], { cells: 2, cellAmounts: Int32Array.of(2) })
    ask(kernel, 2, [4], { cells: 1, cellAmounts: Int32Array.of(4) })
    const first = kernel.placeOne(0, 0, 0)
    expect(kernel.partsOf(first)).toBe(1 << 16)
    expect(kernel.partsOf(kernel.placeOne(2, 0, 0))).toBe(1 << 16)
    expect(kernel.partsOf(kernel.placeOne(0, 0, 0))).toBe(2 << 16)
    expect(stateOf(kernel, 0)).toEqual([6, 1, 5])
    expect(kernel.placeOne(1, 0, 0)).toBe(-1)
    expect([...kernel.explain(1, false).short]).toEqual([0, 1, 0])
    kernel.release(first)
    expect(kernel.partsOf(kernel.placeOne(1, 0, 0))).toBe(3 << 16)
    expect(stateOf(kernel, 0)).toEqual([5, 2, 3])
  })

  it('leaves cells alone when an instance floats', () => {
    const kernel = fleetOf(make, 1, [16], { cells: 2, cellClasses: 1, cell: [8, 8] })
    ask(kernel, 0, [12])
    kernel.placeOne(0, 0, 0)
    expect(stateOf(kernel, 0)).toEqual([4, 8, 8])
  })

  it('keeps the last expected end of what is on a host', () => {
    const kernel = fleetOf(make, 1, [16], { lifetimes: true })
    ask(kernel, 0, [1])
    const [early, late] = [kernel.placeOne(0, 5, 0), kernel.placeOne(0, 9, 0)]
    kernel.placeOne(0, 7, 0)
    expect(stateOf(kernel, 0)).toEqual([13, 9])
    expect(kernel.untilOf(late)).toBe(9)
    kernel.release(late)
    expect(stateOf(kernel, 0)).toEqual([14, 7])
    kernel.release(early)
    expect(stateOf(kernel, 0)).toEqual([15, 7])
  })

  it('takes what is asked for nothing as often as the limit says', () => {
    const kernel = fleetOf(make, 2, [4])
    ask(kernel, 0, [0])
    expect(kernel.room(0, any, false, 1000)).toBe(1000)
    expect(pairs(kernel, { ...one, max: 5, limit: 3 })).toEqual([
      [1, 3],
      [0, 2],
    ])
    expect(kernel.allocationsOf(1)).toHaveLength(3)
  })

  it('does not mind a class in overuse of which nothing is asked', () => {
    const kernel = fleetOf(make, 1, [4, 4])
    kernel.shift(0, Int32Array.of(0, 9), 1)
    ask(kernel, 0, [2, 0])
    ask(kernel, 1, [2, 1])
    expect(stateOf(kernel, 0)).toEqual([4, -5])
    expect([0, 1].map((shape) => kernel.room(shape, any, false, 9))).toEqual([2, 0])
  })
})
