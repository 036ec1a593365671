import { describe, expect, it } from 'vitest'
import type { Accepted, Ask, GroupAsk } from '../../src/index.ts'
import {
  accepted,
  byHost,
  fleetOf,
  fleetTiers,
  hosts,
  randomFrom,
  refused,
  small,
  sorted,
} from './fixture.ts'

function grouped(policy: GroupAsk['policy'], given: Partial<GroupAsk> = {}): Ask {
  return { resources: small, group: { policy, id: 'g', ...given } }
}

/** Counts by the number after a host's letter, modulo. */
function byRest(answer: Accepted, modulo: number): number[] {
  const counts = Array.from({ length: modulo }, () => 0)
  for (const { hostId, count } of answer.assignments) {
    const rest = Number(hostId.slice(1)) % modulo
    counts[rest] = (counts[rest] ?? 0) + count
  }
  return counts
}

describe.each(fleetTiers)('groups on tier %s', (tier) => {
  it('count their members from live allocations', () => {
    const fleet = fleetOf(tier, hosts(4))
    const ask = grouped('anti-affinity')
    const placed = [0, 1, 2, 3].map(() => accepted(fleet.place(ask)))
    expect(new Set(placed.flatMap(({ assignments }) => assignments[0]?.hostId)).size).toBe(4)
    expect(refused(fleet.place(ask)).ruledOut.group).toBe(4)
    const [first] = placed
    fleet.release(first?.allocations ?? [])
    expect(accepted(fleet.place(ask)).assignments).toEqual(first?.assignments)
    fleet.removeHosts(['h2'])
    fleet.putHosts(hosts(4))
    expect(byHost(accepted(fleet.place(ask)))).toEqual({ h2: 1 })
  })

  it('go round between other asks', () => {
    const fleet = fleetOf(tier, hosts(6))
    const used = new Map<string, Set<string>>()
    for (let round = 0; round < 6; round++) {
      for (const id of ['a', 'b', 'c']) {
        const { assignments } = accepted(
          fleet.place({ resources: { VCPU: 1 }, group: { policy: 'anti-affinity', id } }),
        )
        const seen = used.get(id) ?? new Set()
        seen.add(assignments[0]?.hostId ?? '')
        used.set(id, seen)
      }
      accepted(fleet.place({ resources: { VCPU: 1 } }))
    }
    expect([...used.values()].map(({ size }) => size)).toEqual([6, 6, 6])
  })

  it('hold up to maxPerHost, and stay together by affinity', () => {
    const fleet = fleetOf(tier, hosts(3))
    const apart = grouped('anti-affinity', { maxPerHost: 2 })
    expect(
      sorted(accepted(fleet.place({ ...apart, count: 5 })).assignments.map((each) => each.count)),
    ).toEqual([1, 2, 2])
    expect(fleet.capacity(apart)).toBe(1)
    const close = grouped('affinity', { id: 'close' })
    const first = accepted(fleet.place(close))
    const second = accepted(fleet.place(close))
    expect(second.assignments).toEqual(first.assignments)
    expect(refused(fleet.place(close)).ruledOut.group).toBe(2)
  })

  it('prefer hosts with few or many members when soft', () => {
    const fleet = fleetOf(tier, hosts(3))
    const apart = grouped('soft-anti-affinity')
    expect(byHost(accepted(fleet.place({ ...apart, count: 3 })))).toEqual({ h0: 1, h1: 1, h2: 1 })
    const close = grouped('soft-affinity')
    const [host] = accepted(fleet.place(close)).assignments
    expect(accepted(fleet.place(close)).assignments).toEqual([host])
    expect(accepted(fleet.place({ ...close, count: 7 })).assignments[0]).toEqual({
      hostId: host?.hostId,
      count: 1,
    })
  })

  it('lie in one rack, one a rack, or spread over racks', () => {
    const fleet = fleetOf(tier, hosts(12))
    const rack = (policy: GroupAsk['policy'], id: string): Ask => ({
      resources: small,
      group: { policy, id, scope: 'rack' },
    })
    const one = accepted(fleet.place({ ...rack('affinity', 'one'), count: 6 }))
    expect(byRest(one, 6).filter((count) => count > 0)).toEqual([6])
    const more = accepted(fleet.place({ ...rack('affinity', 'one'), count: 2 }))
    expect(byRest(more, 6).indexOf(2)).toBe(byRest(one, 6).indexOf(6))
    expect(refused(fleet.place(rack('affinity', 'one'))).nearestFeasible).toBe(0)
    const apart = accepted(fleet.place({ ...rack('anti-affinity', 'apart'), count: 5 }))
    expect(sorted(byRest(apart, 6))).toEqual([0, 1, 1, 1, 1, 1])
    expect(refused(fleet.place(rack('anti-affinity', 'apart'))).nearestFeasible).toBe(0)
    const level = accepted(fleet.place({ ...rack('soft-anti-affinity', 'level'), count: 10 }))
    expect(sorted(byRest(level, 6))).toEqual([0, 2, 2, 2, 2, 2])
  })

  it('choose the tightest rack that takes all', () => {
    const fleet = fleetOf(tier, [
      ...hosts(4, { rack: 'wide' }, 'w'),
      ...hosts(2, { rack: 'tight' }, 't'),
      ...hosts(1, { rack: 'small' }, 's'),
    ])
    const group = { policy: 'affinity', scope: 'rack', id: 'x' } as const
    const answer = accepted(fleet.place({ resources: small, count: 7, group }))
    expect(Object.keys(byHost(answer))).toEqual(['t0', 't1'])
  })

  it('spread over zones within a skew, hard or soft', () => {
    const fleet = fleetOf(tier, [
      ...hosts(3, { zone: 'a' }, 'a'),
      ...hosts(3, { zone: 'b' }, 'b'),
      ...hosts(1, { zone: 'c' }, 'c'),
    ])
    const zones = (answer: Accepted): string => {
      const letters = answer.assignments.flatMap(({ hostId, count }) =>
        Array.from({ length: count }, () => hostId.charAt(0)),
      )
      return ['a', 'b', 'c'].map((zone) => letters.filter((each) => each === zone).length).join()
    }
    const ask: Ask = { resources: small, spread: { by: 'zone' } }
    expect(zones(accepted(fleet.preview({ ...ask, count: 9 })))).toBe('3,3,3')
    expect(refused(fleet.preview({ ...ask, count: 15 })).nearestFeasible).toBe(14)
    const wide: Ask = { ...ask, spread: { by: 'zone', maxSkew: 3 } }
    expect(zones(accepted(fleet.preview({ ...wide, count: 18 })))).toBe('7,7,4')
    const soft: Ask = { ...ask, spread: { by: 'zone', soft: true } }
    expect(zones(accepted(fleet.preview({ ...soft, count: 20 })))).toBe('8,8,4')
    expect(fleet.capacity(ask)).toBe(14)
    expect(zones(accepted(fleet.preview({ ...ask, zones: ['a', 'b'], count: 24 })))).toBe('12,12,0')
  })

  it('never break limits between applications, whichever came first', () => {
    const random = randomFrom(7)
    const fleet = fleetOf(tier, hosts(8, { capacity: { VCPU: 32 } }))
    const apps = ['a', 'b', 'c', 'd']
    const limits: [string, string, number][] = []
    for (const app of apps) {
      for (const other of apps) {
        if (random(3) > 0) continue
        const max = random(3)
        limits.push([app, other, max])
        fleet.limit(app, other, app === other ? max + 1 : max)
      }
    }
    const live: number[] = []
    for (let step = 0; step < 200; step++) {
      const app = apps[random(4)] ?? ''
      const ask = { resources: { VCPU: 1 + random(3) }, min: 1, max: 1 + random(6), app }
      const answer = fleet.place(ask)
      if (answer.ok) live.push(...answer.allocations)
      while (live.length > 60) fleet.release(live.splice(random(live.length), 1))
      for (const { id } of hosts(8)) {
        const held = fleet.allocationsOf(id).map((each) => fleet.allocation(each)?.app)
        const count = (name: string): number => held.filter((each) => each === name).length
        for (const [one, other, max] of limits) {
          if (count(one) === 0) continue
          expect(count(other)).toBeLessThanOrEqual(one === other ? max + 1 : max)
        }
      }
    }
    expect(live.length).toBeGreaterThan(8)
  })
})
