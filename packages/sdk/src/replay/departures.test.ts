import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Departure, Departures } from './departures.ts'

test('instants come in order of time, their departures in order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 30 }))), (steps) => {
      const heap = new Departures()
      let model: Departure[] = []
      for (const [index, atMs] of steps.entries()) {
        if (atMs !== null) {
          const departure = { atMs, serverIds: [String(index)] }
          heap.add(departure)
          model.push(departure)
          continue
        }
        const earliest = Math.min(...model.map((one) => one.atMs))
        expect(heap.next).toBe(model.length === 0 ? undefined : earliest)
        expect(heap.take()).toEqual(model.filter((one) => one.atMs === earliest))
        model = model.filter((one) => one.atMs !== earliest)
      }
      const rest: Departure[] = []
      while (heap.next !== undefined) rest.push(...heap.take())
      expect(rest).toEqual(model.toSorted((a, b) => a.atMs - b.atMs))
      expect(heap.take()).toEqual([])
    }),
  )
})
