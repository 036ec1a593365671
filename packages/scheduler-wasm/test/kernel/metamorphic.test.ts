import { describe, expect, it } from 'vitest'
import { any } from './harness/fixture.ts'
import { build, type HostSetup, randomDecision, randomFleet, statesOf } from './harness/fleet.ts'
import { kernels } from './harness/kernels.ts'
import { Random } from './harness/random.ts'

const seeds = Array.from({ length: 150 }, (_, seed) => seed)

/** What has no order: sorted, to be compared. */
function bag(values: readonly string[]): string[] {
  return values.toSorted((a, b) => (a < b ? -1 : 1))
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, key: random.bits() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value)
}

describe.each(kernels)('metamorphic: %s', (_, make) => {
  it('decides the same for hosts that came in another order or under other slots', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      const fleet = randomFleet(random)
      const first = build(make, fleet)
      const slots = shuffled([...fleet.hosts.keys()], random)
      const renamed = fleet.hosts.map((host, at): HostSetup => ({ ...host, slot: slots[at] ?? at }))
      const second = build(make, fleet, shuffled(renamed, random))
      for (let time = 0; time < 8; time++) {
        const decision = randomDecision(random)
        const { shape, limit } = decision
        expect(second.explain(shape, false)).toEqual(first.explain(shape, false))
        expect(second.room(shape, limit, false, any)).toBe(first.room(shape, limit, false, any))
        const domainOf = Int32Array.of(0, 1, 0)
        const domains = second.domains(shape, limit, domainOf, 2)
        expect(domains).toEqual(first.domains(shape, limit, domainOf, 2))
        expect(second.decide(decision).placed).toBe(first.decide(decision).placed)
        const states = bag(statesOf(second, fleet.hosts))
        expect(states, `seed ${seed}`).toEqual(bag(statesOf(first, fleet.hosts)))
      }
    }
  })

  it('never has less room with one more host', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      const fleet = randomFleet(random)
      const kernel = build(make, fleet)
      kernel.decide(randomDecision(random))
      const rooms = (): number[] => [0, 1, 2].map((shape) => kernel.room(shape, 3, false, any))
      const before = rooms()
      kernel.addHost(fleet.hosts.length, random.int(0, fleet.kinds.length - 1))
      const after = rooms()
      expect(after.every((room, shape) => room >= (before[shape] ?? 0))).toBe(true)
    }
  })

  it('is as it was once what was placed is released, in any order', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      const fleet = randomFleet(random)
      const kernel = build(make, fleet)
      const before = statesOf(kernel, fleet.hosts)
      const placed: number[] = []
      for (let time = 0; time < 6; time++) {
        const until = fleet.frame.lifetimes ? random.int(0, 9) : 0
        placed.push(...kernel.decide({ ...randomDecision(random), until }).allocations)
      }
      for (const allocation of shuffled(placed, random)) kernel.release(allocation)
      expect(statesOf(kernel, fleet.hosts), `seed ${seed}`).toEqual(before)
      expect(fleet.hosts.flatMap(({ slot }) => [...kernel.allocationsOf(slot)])).toEqual([])
    }
  })

  it('never gives more than there is, and what it counts is what it gives', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      const fleet = randomFleet(random)
      const kernel = build(make, fleet)
      for (let time = 0; time < 8; time++) {
        const decision = randomDecision(random)
        const { shape, limit, min, max, sharing } = decision
        const room = kernel.room(shape, limit, false, max)
        const { placed, entries, allocations } = kernel.decide(decision)
        const counts = entries.filter((__, index) => index % 2 === 1)
        const slots = entries.filter((__, index) => index % 2 === 0)
        expect(placed).toBeLessThanOrEqual(room)
        if (sharing < 2) expect(placed).toBe(room)
        const given = counts.reduce((sum, count) => sum + count, 0)
        expect(given).toBe(placed < min ? 0 : placed)
        expect(allocations).toHaveLength(given)
        expect(new Set(slots).size).toBe(slots.length)
        expect(counts.every((count) => count > 0 && count <= limit)).toBe(true)
        const states = fleet.hosts.flatMap(({ slot }) => [...kernel.state(slot)])
        expect(Math.min(...states), `seed ${seed}`).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('decides as it would without doing it', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      const fleet = randomFleet(random)
      const kernel = build(make, fleet)
      for (let time = 0; time < 8; time++) {
        const decision = randomDecision(random)
        const before = statesOf(kernel, fleet.hosts)
        const preview = [...kernel.decide({ ...decision, effect: 0 }).entries]
        expect(statesOf(kernel, fleet.hosts)).toEqual(before)
        const effect = random.pick([1, 2] as const)
        expect([...kernel.decide({ ...decision, effect }).entries]).toEqual(preview)
      }
    }
  })
})
