import { describe, expect, it } from 'vitest'
import { drawAction } from '../../src/simulate/draw-action.ts'

const actions = Array.from({ length: 40 }, (_, i) => ({ name: `act ${i}`, weight: 1 + (i % 4) }))
const places = Array.from({ length: 4_000 }, (_, i) => `7 ${i}`)

describe('what somebody does at a place', () => {
  it('is drawn by weight', () => {
    const counts = new Map<number, number>()
    for (const place of places) {
      const weight = drawAction(actions, place)?.weight ?? 0
      counts.set(weight, (counts.get(weight) ?? 0) + 1)
    }
    for (const weight of [1, 2, 3, 4]) {
      const share = (counts.get(weight) ?? 0) / places.length
      expect(Math.abs(share - weight / 10)).toBeLessThan(0.03)
    }
  })

  it('stays what it was, but where a new action wins', () => {
    const more = [...actions.slice(0, 9), { name: 'new', weight: 2 }, ...actions.slice(9)]
    const changed = places.filter(
      (place) => drawAction(actions, place)?.name !== drawAction(more, place)?.name,
    )
    expect(changed.every((place) => drawAction(more, place)?.name === 'new')).toBe(true)
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThan(places.length / 20)
  })

  it('is nothing where there is nothing to do', () => {
    expect(drawAction([], '1')).toBeUndefined()
  })
})
