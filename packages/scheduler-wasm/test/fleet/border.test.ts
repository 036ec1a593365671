import { describe, expect, it } from 'vitest'
import { type Ask, EngineError, Fleet, fleetLimits, type HostSpec } from '../../src/index.ts'
import { Guard } from '../../src/fleet/guard.ts'
import { accepted, errorOf, fleetOf, fleetTiers, hosts, randomFrom, small } from './fixture.ts'

/** Values that no number, list or object should be. */
const wrong: readonly unknown[] = [
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  2 ** 31,
  2 ** 60,
  '',
  'x'.repeat(256),
  true,
  {},
  [],
  [null],
  [''],
  [[1]],
  { a: -1 },
  { a: Number.NaN },
  10n,
  Symbol('symbol'),
  new Map(),
]

const askFields = [
  'resources',
  'count',
  'min',
  'max',
  'cells',
  'devices',
  'requiredTraits',
  'anyTraits',
  'forbiddenTraits',
  'zones',
  'racks',
  'hostIds',
  'excludedHostIds',
  'memberOf',
  'notMemberOf',
  'tenant',
  'group',
  'spread',
  'app',
  'policy',
  'weights',
  'priority',
  'until',
  'now',
  'seed',
] as const

const hostFields = [
  'id',
  'capacity',
  'zone',
  'rack',
  'traits',
  'aggregates',
  'enabled',
  'cells',
  'devices',
] as const

function tryIt(run: () => unknown): EngineError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
}

describe.each(fleetTiers)('the border on tier %s', (tier) => {
  it('answers or says what is wrong, whatever an ask holds, and changes nothing', () => {
    const fleet = fleetOf(tier, hosts(4))
    accepted(fleet.place({ resources: small, count: 3 }))
    const before = fleet.hash()
    let refusals = 0
    for (const field of askFields) {
      for (const value of wrong) {
        const ask = { resources: small, [field]: value } as unknown as Ask
        for (const call of [() => fleet.preview(ask), () => fleet.capacity(ask)]) {
          const error = tryIt(call)
          if (error === undefined) continue
          refusals++
          expect([error.code, error.field.split(/[.[]/u)[0]]).toEqual(['invalid', field])
        }
      }
    }
    expect(refusals).toBeGreaterThan(600)
    for (const value of wrong) {
      if (typeof value !== 'object' || value === null) {
        expect(errorOf(() => fleet.place(value as Ask)).field).toBe('ask')
      }
      tryIt(() => fleet.placeAll(value as Ask[]))
      tryIt(() => fleet.prepare(value as Ask))
    }
    expect(fleet.hash()).toBe(before)
  })

  it('takes hosts all or none', () => {
    const fleet = fleetOf(tier, hosts(4))
    const before = fleet.hash()
    const fine = hosts(2, {}, 'new')
    for (const field of hostFields) {
      for (const value of wrong) {
        const host = { ...fine[0], [field]: value } as unknown as HostSpec
        const error = tryIt(() => fleet.putHosts([...fine, host]))
        if (error === undefined) {
          fleet.removeHosts(['new0', 'new1'])
        } else {
          expect(error.field.startsWith(`hosts[2].${field}`)).toBe(true)
        }
        expect(fleet.hash()).toBe(before)
      }
    }
    const classes = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`C${index}`, 1]))
    expect(errorOf(() => fleet.putHosts(hosts(1, { capacity: classes }, 'c')))).toMatchObject({
      field: 'hosts',
      limit: 16,
    })
    const cells = [{ VCPU: 9 }]
    expect(errorOf(() => fleet.putHosts(hosts(1, { cells }, 'c'))).field).toBe(
      'hosts[0].cells.VCPU',
    )
    expect(fleet.hash()).toBe(before)
  })

  it('releases only what lives, all or none', () => {
    const fleet = fleetOf(tier, hosts(2))
    const { allocations } = accepted(fleet.place({ resources: small, count: 4 }))
    const before = fleet.hash()
    const [first = -1, second = -1] = allocations
    for (const value of [...wrong, 99, -0.5, 2 ** 45, undefined, first + 2 ** 28]) {
      const number = value as number
      expect(errorOf(() => fleet.releaseOne(number)).field).toBe('allocation')
      expect(errorOf(() => fleet.release([second, number])).field).toBe('allocations[1]')
      expect(errorOf(() => fleet.move(number, 'h0')).field).toBe('allocation')
      expect(fleet.allocation(number)).toBeUndefined()
    }
    expect(errorOf(() => fleet.release([first, second, first]))).toMatchObject({
      field: 'allocations[2]',
    })
    expect(fleet.hash()).toBe(before)
    fleet.release([first, second])
    expect(errorOf(() => fleet.release([first])).field).toBe('allocations[0]')
    expect(errorOf(() => fleet.releaseOne(second)).field).toBe('allocation')
  })

  it('checks everything else', () => {
    const fleet = fleetOf(tier, hosts(2))
    const prepared = fleet.prepare({ resources: small })
    const cases: [() => unknown, string][] = [
      [() => new Fleet({ tier: 'gpu' as 'simd' }), 'tier'],
      [() => new Fleet({ hosts: -1 }), 'hosts'],
      [() => new Fleet({ lifetimeBin: Number.NaN }), 'lifetimeBin'],
      [
        () => new Fleet({ typical: [{ ask: { resources: small }, weight: 0 }] }),
        'typical[0].weight',
      ],
      [() => prepared.placeMany(0, new Float64Array(1)), 'count'],
      [() => prepared.placeMany(2, new Float64Array(1)), 'out'],
      [() => prepared.placeMany(1, [] as unknown as Float64Array), 'out'],
      [() => fleet.place({ resources: small, count: fleetLimits.instances + 1 }), 'count'],
      [() => fleet.place({ resources: small, count: 1, max: 1 }), 'count'],
      [() => fleet.place({ resources: small, min: 3, max: 2 }), 'min'],
      [() => fleet.limit('a', '', 1), 'other'],
      [() => fleet.limit('a', 'b', -1), 'max'],
      [() => fleet.isolate('', []), 'aggregate'],
      [() => fleet.drain('nobody'), 'hostId'],
      [() => fleet.defragment({ moves: -1 }), 'budget.moves'],
      [() => fleet.preempt({ resources: small, count: 2 }), 'count'],
      [() => fleet.removeHosts([1 as unknown as string]), 'ids[0]'],
      [
        () =>
          fleet.place({
            resources: small,
            spread: { by: 'zone' },
            group: { policy: 'affinity', scope: 'rack' },
          }),
        'spread',
      ],
    ]
    for (const [run, field] of cases) expect(errorOf(run)).toMatchObject({ code: 'invalid', field })
  })

  it('takes names of object members as any other name', () => {
    const capacity = JSON.parse('{"__proto__":3,"constructor":2}') as Record<string, number>
    const fleet = fleetOf(tier, [{ id: '__proto__', zone: 'toString', capacity }])
    const resources = JSON.parse('{"__proto__":1}') as Record<string, number>
    expect(fleet.capacity({ resources })).toBe(3)
    expect(fleet.capacity({ resources: { constructor: 1 }, zones: ['toString'] })).toBe(2)
    expect(fleet.usage('toString')).toBeUndefined()
  })

  it('never gives more than there is, whatever is called', () => {
    const random = randomFrom(3)
    const fleet = new Fleet({ tier })
    const live: number[] = []
    const capacity = { VCPU: 16, MEMORY_MB: 64, DISK: 9 }
    for (let step = 0; step < 400; step++) {
      const id = `h${random(12)}`
      if (step % 9 === 0) fleet.putHosts([{ id, zone: `z${random(3)}`, rack: id, capacity }])
      if (step % 50 === 49) fleet.removeHosts([id])
      const resources = {
        VCPU: random(6),
        MEMORY_MB: random(20),
        ...(random(2) ? { DISK: 1 } : {}),
      }
      const policies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const
      const policy = policies[random(4)] ?? 'affinity'
      const group = random(2) ? { group: { policy, id: `g${random(3)}` } } : {}
      const spread = random(4) === 0 ? { spread: { by: 'zone', soft: true } as const } : {}
      const answer = fleet.place({ resources, min: 1, max: 1 + random(9), ...group, ...spread })
      if (answer.ok) live.push(...answer.allocations)
      const some = live.splice(0, random(5)).filter((each) => fleet.allocation(each) !== undefined)
      fleet.release(some)
    }
    for (let index = 0; index < 12; index++) {
      const used = fleet.usage(`h${index}`)
      if (used === undefined) continue
      const sums = { VCPU: 0, MEMORY_MB: 0, DISK: 0 }
      for (const allocation of fleet.allocationsOf(`h${index}`)) {
        for (const [name, amount] of Object.entries(
          fleet.allocation(allocation)?.resources ?? {},
        )) {
          sums[name as keyof typeof sums] += amount
        }
      }
      expect(used).toEqual(sums)
      expect(
        Object.entries(used).every(([name, amount]) => amount <= capacity[name as 'VCPU']),
      ).toBe(true)
    }
  })
})

it('says that a module has trapped, and runs nothing more', () => {
  const guard = new Guard()
  const trap = Object.assign(new Error('unreachable'), { name: 'RuntimeError' })
  const fall = (): never => {
    throw trap
  }
  expect(errorOf(() => guard.run(fall))).toMatchObject({ code: 'trapped', cause: trap })
  expect(errorOf(() => guard.run(() => 1)).code).toBe('trapped')
  const other = new Guard()
  expect(() => other.run(() => JSON.parse('{') as unknown)).toThrow(SyntaxError)
  expect(other.run(() => 1)).toBe(1)
})
