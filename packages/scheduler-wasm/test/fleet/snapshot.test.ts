import { describe, expect, it, vi } from 'vitest'
import { type Ask, Fleet, type FleetTier } from '../../src/index.ts'
import { accepted, errorOf, fleetOf, fleetTiers, hosts, randomFrom } from './fixture.ts'

function randomAsk(random: (below: number) => number): Ask {
  const policies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const
  const group = { policy: policies[random(4)] ?? 'affinity', id: `g${random(4)}` }
  return {
    resources: { VCPU: 1 + random(3), MEMORY_MB: 1_024 * random(4) },
    min: 1,
    max: 1 + random(6),
    seed: random(9),
    ...(random(2) ? { group } : {}),
    ...(random(3) ? {} : { app: `a${random(2)}` }),
    ...(random(3) ? {} : { requiredTraits: ['SSD'] }),
    ...(random(4) ? {} : { devices: { count: 1, units: 250 } }),
    ...(random(4) ? {} : { spread: { by: 'zone', soft: true } as const }),
    ...(random(4) ? {} : { priority: random(3) }),
    until: random(9_000),
    now: 0,
  }
}

function filled(tier: FleetTier): { fleet: Fleet; live: number[] } {
  const fleet = new Fleet({ tier, lifetimeBin: 60 })
  const devices = { model: 'A', count: 2 }
  fleet.putHosts([...hosts(8, { traits: ['SSD'] }), ...hosts(8, { devices }, 'd')])
  fleet.limit('a0', 'a1', 1)
  fleet.isolate('vip', ['acme'])
  const random = randomFrom(1)
  const live: number[] = []
  for (let step = 0; step < 60; step++) {
    const answer = fleet.place(randomAsk(random))
    if (answer.ok) live.push(...answer.allocations)
    if (live.length > 30) fleet.release(live.splice(random(20), 4))
  }
  fleet.removeHosts(['h3', 'd5'])
  return { fleet, live: live.filter((each) => fleet.allocation(each) !== undefined) }
}

describe.each(fleetTiers)('snapshots of tier %s', (tier) => {
  it('are restored to what answers the same', () => {
    const { fleet, live } = filled(tier)
    const copy = Fleet.restore(fleet.snapshot(), { tier })
    expect(copy.hash()).toBe(fleet.hash())
    expect(copy.totals()).toEqual(fleet.totals())
    for (const each of live) expect(copy.allocation(each)).toEqual(fleet.allocation(each))
    const random = randomFrom(2)
    for (let step = 0; step < 60; step++) {
      const ask = randomAsk(random)
      const answer = fleet.place(ask)
      expect(copy.place(ask)).toEqual(answer)
      const gone = live.splice(0, 1)
      fleet.release(gone)
      copy.release(gone)
      if (answer.ok) live.push(...answer.allocations)
      if (step === 30) {
        fleet.putHosts(hosts(2, { capacity: { FPGA: 1, A: 1, B: 2, C: 1, D: 1 } }, 'late'))
        copy.putHosts(hosts(2, { capacity: { FPGA: 1, A: 1, B: 2, C: 1, D: 1 } }, 'late'))
      }
    }
    expect(copy.hash()).toBe(fleet.hash())
    expect(Fleet.restore(copy.snapshot()).hash()).toBe(fleet.hash())
  })

  it.each(fleetTiers)('are restored on tier %s', (other) => {
    const { fleet, live } = filled(tier)
    const copy = Fleet.restore(fleet.snapshot(), { tier: other })
    expect([copy.tier, copy.hash()]).toEqual([other, fleet.hash()])
    copy.release(live)
    expect(copy.totals().usedHosts).toBe(0)
    expect(copy.totals().hosts).toBe(14)
  })

  it('are refused when damaged', () => {
    const { fleet } = filled(tier)
    const bytes = fleet.snapshot()
    const random = randomFrom(9)
    const damaged = (change: (copy: Uint8Array) => Uint8Array): unknown => {
      const error = errorOf(() => Fleet.restore(change(bytes.slice()), { tier }))
      return [error.code, error.field]
    }
    const flip = (at: number) => (copy: Uint8Array) => {
      copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
      return copy
    }
    for (let round = 0; round < 60; round++) {
      expect(damaged(flip(random(bytes.length)))).toEqual(['corrupt', 'snapshot'])
    }
    for (const length of [0, 3, 24, 100, bytes.length - 4]) {
      expect(damaged((copy) => copy.slice(0, length))).toEqual(['corrupt', 'snapshot'])
    }
    expect(damaged((copy) => new Uint8Array([...copy, 0, 0, 0, 0]))).toEqual([
      'corrupt',
      'snapshot',
    ])
    expect(errorOf(() => Fleet.restore('bytes' as unknown as Uint8Array)).code).toBe('corrupt')
  })

  it('have a hash that does not tell how a fleet came to be', () => {
    const one = fleetOf(tier, hosts(6))
    const two = fleetOf(
      tier,
      hosts(6, { capacity: { MEMORY_MB: 1, NEW: 2, VCPU: 1 } }).toReversed(),
    )
    two.putHosts(hosts(6))
    expect(two.hash()).toBe(one.hash())
    const ask = { resources: { VCPU: 2, MEMORY_MB: 1 }, hostIds: ['h4'] }
    accepted(one.place(ask))
    expect(two.hash()).not.toBe(one.hash())
    const passing = accepted(two.place({ ...ask, resources: { VCPU: 3 } }))
    accepted(two.place({ resources: { MEMORY_MB: 1, VCPU: 2 }, hostIds: ['h4'] }))
    two.release(passing.allocations)
    expect(two.hash()).toBe(one.hash())
    two.putHosts(hosts(1, { zone: 'elsewhere' }))
    expect(two.hash()).not.toBe(one.hash())
  })
})

it.each([
  ['simd', 'plain'],
  ['plain', 'simd'],
] as const)('a module of tier %s saves what one of tier %s answers the same from', (from, to) => {
  const { fleet } = filled(from)
  const copy = Fleet.restore(fleet.snapshot(), { tier: to })
  expect(copy.tier).toBe(to)
  const random = randomFrom(5)
  for (let step = 0; step < 40; step++) {
    const ask = randomAsk(random)
    expect(copy.place(ask)).toEqual(fleet.place(ask))
  }
})

it('is restored where there are no vectors', () => {
  const { fleet } = filled('simd')
  const bytes = fleet.snapshot()
  const { WebAssembly: namespace } = globalThis as unknown as {
    readonly WebAssembly: { validate: (bytes: Uint8Array) => boolean }
  }
  const validate = vi.spyOn(namespace, 'validate').mockReturnValue(false)
  try {
    const copy = Fleet.restore(bytes)
    expect([copy.tier, copy.hash()]).toEqual(['plain', fleet.hash()])
  } finally {
    validate.mockRestore()
  }
})
