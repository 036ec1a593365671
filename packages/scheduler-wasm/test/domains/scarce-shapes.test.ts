import { describe, expect, it } from 'vitest'
import { scarceShapes } from '../../src/domains/scarce-shapes.ts'

describe('scarceShapes', () => {
  it('names what is asked for most in proportion to the room for it', () => {
    expect(scarceShapes([100, 50, 10], [10_000, 500, 20], 2)).toEqual([
      { shape: 2, weight: 1_000 },
      { shape: 1, weight: 200 },
    ])
  })

  it('leaves out what was never asked for, and what fits nowhere', () => {
    expect(scarceShapes([0, 7, 7], [10, 0, 70], 5)).toEqual([{ shape: 2, weight: 1_000 }])
    expect(scarceShapes([], [], 3)).toEqual([])
  })

  it('prefers the lower index among equals, and gives nothing less than one', () => {
    expect(scarceShapes([5, 5, 1], [50, 50, 1_000_000], 3)).toEqual([
      { shape: 0, weight: 1_000 },
      { shape: 1, weight: 1_000 },
      { shape: 2, weight: 1 },
    ])
  })

  it('does not depend on how much was seen, only on the mix', () => {
    const room = [900, 40, 300]
    expect(scarceShapes([30, 9, 12], room, 3)).toEqual(scarceShapes([300, 90, 120], room, 3))
  })
})
