import { describe, expect, it } from 'vitest'
import { type Ask, EngineError, Fleet, type HostSpec } from '../../src/index.ts'
import { type fleetTiers, randomFrom } from './fixture.ts'

type Random = (below: number) => number

const groupPolicies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const
const scopes = ['host', 'host', 'rack', 'zone'] as const
const policies = ['pack', 'pack', 'spread', 'balance', 'best-fit', 'lifetime', 'weighed'] as const

function pick<Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[random(values.length)] ?? values[0]
}

/** Sometimes a part of an object, else nothing of it. */
function sometimes<Part extends object>(
  random: Random,
  odds: number,
  part: () => Part,
): Part | object {
  return random(odds) === 0 ? part() : {}
}

function randomHost(random: Random, index: number): HostSpec {
  const VCPU = pick(random, [8, 8, 16])
  const cell = { VCPU: VCPU / 2 }
  return {
    id: `h${index}`,
    capacity: { VCPU, MEMORY_MB: pick(random, [32, 64]), ...(random(30) === 0 ? { FPGA: 2 } : {}) },
    zone: `z${random(3)}`,
    rack: `r${random(5)}`,
    ...sometimes(random, 3, () => ({ traits: ['SSD'] })),
    ...sometimes(random, 4, () => ({ aggregates: ['vip'] })),
    ...sometimes(random, 9, () => ({ enabled: false })),
    ...sometimes(random, 3, () => ({ cells: [cell, cell] })),
    ...sometimes(random, 3, () => ({ devices: { model: pick(random, ['A', 'B']), count: 2 } })),
  }
}

function randomAsk(random: Random): Ask {
  const max = 1 + random(pick(random, [1, 6, 30]))
  const scope = pick(random, scopes)
  const policy = pick(random, groupPolicies)
  return {
    resources: { VCPU: random(5), MEMORY_MB: random(9), ...(random(20) === 0 ? { FPGA: 1 } : {}) },
    min: random(2) ? max : 1,
    max,
    policy: pick(random, policies),
    seed: random(9),
    until: random(5_000),
    now: 0,
    ...sometimes(random, 3, () => ({
      group: { policy, scope, id: `${policy}${scope}${random(3)}` },
    })),
    ...sometimes(random, 4, () => ({ app: pick(random, ['a', 'b', 'c']) })),
    ...sometimes(random, 5, () => ({ requiredTraits: ['SSD'] })),
    ...sometimes(random, 5, () => ({ tenant: pick(random, ['acme', 'other']) })),
    ...sometimes(random, 6, () => ({ devices: { count: 1, units: 100 + random(500) } })),
    ...sometimes(random, 6, () => ({ cells: 1 + random(2) })),
    ...sometimes(random, 6, () => ({ zones: ['z0', 'z1'] })),
    ...sometimes(random, 8, () => ({ hostIds: ['h1', 'h2', 'h3', 'h4'] })),
    ...sometimes(random, 8, () => ({ excludedHostIds: ['h5', 'h6'] })),
    ...sometimes(random, 9, () => ({ weights: { VCPU: random(8) - 4 } })),
    ...sometimes(random, 4, () => ({ priority: random(4) })),
  }
}

/** Plays one history, and writes down every answer. */
function history(tier: (typeof fleetTiers)[number], seed: number): string[] {
  const random = randomFrom(seed)
  const fleet = new Fleet({ tier, lifetimeBin: 100 })
  const answers: string[] = []
  const live: number[] = []
  const keep = (value: unknown): void => void answers.push(JSON.stringify(value))
  /** What is refused at the border is an answer too. */
  const attempt = (call: () => unknown): void => {
    try {
      keep(call())
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      keep(error.message)
    }
  }
  fleet.limit('a', 'b', 1)
  fleet.limit('c', 'c', 2)
  fleet.isolate('vip', ['acme'])
  fleet.putHosts(Array.from({ length: 12 }, (_, index) => randomHost(random, index)))
  for (let step = 0; step < 80; step++) {
    const ask = randomAsk(random)
    if (random(3) === 0) {
      keep(fleet.capacity(ask))
      keep(fleet.explain(ask))
    }
    keep(step)
    const answer = random(6) === 0 ? fleet.preview(ask) : fleet.place(ask)
    keep(answer)
    if (answer.ok) live.push(...answer.allocations)
    if (random(8) === 0) {
      const gang = fleet.placeAll([randomAsk(random), randomAsk(random)])
      keep(gang)
      if (gang.ok) live.push(...gang.parts.flatMap(({ allocations }) => allocations))
    }
    if (random(10) === 0) {
      const host = randomHost(random, random(24))
      attempt(() => fleet.putHosts([host]))
    }
    if (random(30) === 0) fleet.removeHosts([`h${random(20)}`])
    while (live.length > 40) {
      const [allocation = -1] = live.splice(random(live.length), 1)
      if (fleet.allocation(allocation) !== undefined) fleet.releaseOne(allocation)
    }
    if (random(25) === 0) {
      attempt(() => fleet.drain('h2'))
      keep(fleet.defragment({ moves: 4 }))
      keep(fleet.preempt({ resources: { VCPU: 4 }, priority: 3 }))
    }
  }
  keep(fleet.totals())
  keep(fleet.hash())
  return answers
}

describe('one history', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i has the same answers on every tier', (seed) => {
    const expected = history('typescript', seed)
    expect(history('simd', seed)).toEqual(expected)
    expect(history('plain', seed)).toEqual(expected)
  })
})
