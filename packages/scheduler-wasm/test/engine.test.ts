import { describe, expect, it } from 'vitest'
import { FleetScheduler } from '../src/engine/scheduler.ts'
import {
  createEngine,
  EngineError,
  engineLimits,
  fastestTier,
  type HostView,
  type PlacementAsk,
  tiers,
} from '../src/index.ts'

function hosts(count: number, capacity: Record<string, number>, prefix = 'host'): HostView[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    zone: `zone-${index % 3}`,
    capacity,
    traits: [],
    aggregates: [],
    enabled: true,
  }))
}

function ask(count: number, given: Partial<PlacementAsk> = {}): PlacementAsk {
  return { resources: { VCPU: 1 }, min: count, max: count, policy: 'pack', seed: 1, ...given }
}

function errorOf(run: () => unknown): EngineError {
  try {
    run()
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('no error')
}

describe('createEngine', () => {
  it('takes the fastest tier that runs here', () => {
    expect(tiers).toContain(fastestTier())
    expect(createEngine()).toBeInstanceOf(FleetScheduler)
    expect(createEngine({ tier: 'auto' })).toBeInstanceOf(FleetScheduler)
  })

  it('refuses a tier that it does not know', () => {
    const { code, field, limit } = errorOf(() => createEngine({ tier: 'gpu' as 'simd' }))
    expect({ code, field, limit }).toEqual({
      code: 'invalid',
      field: 'tier',
      limit: 'auto, simd, plain, typescript',
    })
  })
})

describe.each(tiers)('limits of tier %s', (tier) => {
  it('are named with the field at fault', () => {
    const engine = createEngine({ tier })
    engine.putHosts(hosts(2, { VCPU: 4 }))
    const classes = (count: number): Record<string, number> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`CUSTOM_${index}`, 1]))
    const cases: [() => unknown, string, number | string][] = [
      [() => engine.place(ask(10_001)), 'max', 10_000],
      [() => engine.place(ask(2, { min: 3 })), 'min', 2],
      [() => engine.place(ask(1, { resources: { VCPU: 2 ** 31 } })), 'resources.VCPU', 2 ** 31 - 1],
      [() => engine.place(ask(1, { resources: classes(17) })), 'resources', 16],
      [() => engine.putHosts(hosts(1, classes(17))), 'hosts[0].capacity', 16],
      [
        () =>
          engine.putHosts(
            [...hosts(1, {}), ...hosts(1, {}, '')].map((host) => ({ ...host, zone: '' })),
          ),
        'hosts[0].zone',
        255,
      ],
      [
        () => engine.putHosts([{ ...(hosts(1, {})[0] as HostView), traits: ['x'.repeat(256)] }]),
        'hosts[0].traits[0]',
        255,
      ],
      [
        () => engine.place(ask(1, { zones: Array.from({ length: 1_025 }, () => 'z') })),
        'zones',
        1_024,
      ],
      [
        () => engine.place(ask(1, { hostIds: Array.from({ length: 100_001 }, () => 'h') })),
        'hostIds',
        100_000,
      ],
      [
        () => engine.place(ask(1, { policy: 'random' as 'pack' })),
        'policy',
        'pack, spread, balance, best-fit, weighed',
      ],
      [
        () =>
          engine.place(ask(1, { group: { policy: 'anti-affinity', maxPerHost: 0, members: [] } })),
        'group.maxPerHost',
        1,
      ],
      [() => engine.adjust([], 2 as 1), 'sign', '1, -1'],
      [
        () => engine.adjust([{ hostId: 'host-1', count: 2, resources: { VCPU: 1 } }], -1),
        'claims[0].resources.VCPU',
        0,
      ],
      [() => engine.putHosts(hosts(1, { VCPU: -1 })), 'hosts[0].capacity.VCPU', 2 ** 31 - 1],
      [() => engine.putHosts(null as unknown as HostView[]), 'hosts', 'array'],
      [() => engine.putHosts([null as unknown as HostView]), 'hosts[0]', 'object'],
    ]
    const before = engine.capacity()
    for (const [run, field, limit] of cases) {
      const error = errorOf(run)
      expect([error.code, error.field, error.limit]).toEqual(['invalid', field, limit])
    }
    expect(engine.capacity()).toEqual(before)
  })

  it('bound the classes of a fleet, and keep what was known', () => {
    const engine = createEngine({ tier })
    for (let index = 0; index < engineLimits.fleetClasses; index++) {
      engine.putHosts(hosts(1, { [`CUSTOM_${index}`]: 5 }, `c${index}`))
    }
    const { field, limit } = errorOf(() => engine.putHosts(hosts(1, { ONE_MORE: 1 })))
    expect([field, limit]).toEqual(['hosts', engineLimits.fleetClasses])
    expect(engine.capacity().hosts).toBe(engineLimits.fleetClasses)
    expect(engine.place(ask(1, { resources: { CUSTOM_15: 5 } })).ok).toBe(true)
    expect(engine.usage('c15-0')).toEqual({ CUSTOM_15: 5 })
  })

  it('treat names of object members as any other name', () => {
    const engine = createEngine({ tier })
    const capacity = JSON.parse('{"__proto__":3,"constructor":2}') as Record<string, number>
    engine.putHosts([...hosts(1, capacity), ...hosts(1, { VCPU: 1 }, 'toString')])
    expect(engine.usage('__proto__')).toBeUndefined()
    expect(engine.place(ask(2, { resources: { constructor: 1 } })).ok).toBe(true)
    expect(JSON.stringify(engine.usage('host-0'))).toBe('{"__proto__":0,"constructor":2}')
    expect(engine.usage('toString-0')).toEqual({ VCPU: 0 })
  })
})

describe.each(['simd', 'plain'] as const)('memory of tier %s', (tier) => {
  it('grows with the fleet, and keeps what it holds', () => {
    const engine = createEngine({ tier })
    engine.putHosts(hosts(50, { VCPU: 4 }, 'early'))
    engine.setUsage([{ hostId: 'early-7', used: { VCPU: 3 } }])
    for (let page = 0; page < 20; page++) engine.putHosts(hosts(500, { VCPU: 4 }, `page-${page}`))
    expect(engine.usage('early-7')).toEqual({ VCPU: 3 })
    expect(engine.capacity().total).toEqual({ VCPU: 4 * 10_050 })
  })

  it('widens its rows for new classes, and keeps what they hold', () => {
    const engine = createEngine({ tier })
    engine.putHosts(hosts(1_000, { VCPU: 4 }))
    engine.setUsage([{ hostId: 'host-999', used: { VCPU: 3 } }])
    const special = { CUSTOM_FPGA: 2, A: 1, B: 1, C: 1, D: 1, VCPU: 4 }
    engine.putHosts(hosts(1, special, 'special'))
    expect(engine.usage('host-999')).toEqual({ VCPU: 3 })
    expect(engine.capacity().total).toEqual({ A: 1, B: 1, C: 1, CUSTOM_FPGA: 2, D: 1, VCPU: 4_004 })
    const answer = engine.place(ask(2, { resources: { VCPU: 1, CUSTOM_FPGA: 1 } }))
    expect(answer).toEqual({
      ok: true,
      assignments: [{ hostId: 'special-0', count: 2 }],
      placed: 2,
    })
  })

  it('makes room for the largest ask', () => {
    for (const policy of ['pack', 'spread'] as const) {
      const engine = createEngine({ tier })
      engine.putHosts(hosts(10_000, { VCPU: 1 }))
      const answer = engine.place(ask(10_000, { policy }))
      expect(answer.ok && answer.assignments.length).toBe(10_000)
      expect(engine.capacity().used).toEqual({ VCPU: 10_000 })
    }
  })

  it('takes a hundred thousand hosts', () => {
    const engine = createEngine({ tier })
    engine.putHosts(hosts(100_000, { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 }))
    const resources = { VCPU: 2, MEMORY_MB: 4_096, DISK_GB: 20 }
    const packed = engine.place(ask(500, { resources }))
    expect(packed).toMatchObject({ ok: true, placed: 500 })
    const spread = engine.place(ask(10_000, { resources, policy: 'spread' }))
    expect(spread.ok && spread.assignments.length).toBe(10_000)
    expect(engine.capacity().used).toEqual({
      DISK_GB: 210_000,
      MEMORY_MB: 43_008_000,
      VCPU: 21_000,
    })
    const refused = engine.place(ask(1, { resources: { VCPU: 65 } }))
    expect(refused).toMatchObject({ ok: false, explanation: { ruledOut: { resources: 100_000 } } })
  })
})

it('labels with line breaks in them are told apart', () => {
  for (const tier of tiers) {
    const engine = createEngine({ tier })
    const [first] = hosts(1, { VCPU: 1 }) as [HostView]
    engine.putHosts([
      { ...first, id: 'one', traits: ['a\nb'], aggregates: ['c'] },
      { ...first, id: 'two', traits: ['a'], aggregates: ['b\nc'] },
      { ...first, id: 'three', traits: ['a'], aggregates: ['b\nc'] },
    ])
    const chosen = engine.preview(ask(1, { requiredTraits: ['a\nb'] }))
    expect(chosen).toMatchObject({ assignments: [{ hostId: 'one' }] })
    expect(engine.preview(ask(2, { memberOf: [['b\nc']] }))).toMatchObject({ ok: true })
  }
})

it('arrays that a caller changes after a put are not looked at again', () => {
  for (const tier of tiers) {
    const engine = createEngine({ tier })
    const traits = ['SSD']
    const [first] = hosts(1, { VCPU: 1 }) as [HostView]
    engine.putHosts([{ ...first, id: 'one', traits }])
    traits[0] = 'GPU'
    engine.putHosts([{ ...first, id: 'two', traits }])
    const required = (trait: string) => engine.preview(ask(1, { requiredTraits: [trait] }))
    expect(required('SSD')).toMatchObject({ assignments: [{ hostId: 'one' }] })
    expect(required('GPU')).toMatchObject({ assignments: [{ hostId: 'two' }] })
  }
})
