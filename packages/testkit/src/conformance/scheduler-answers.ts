import {
  type HostView,
  type PlacementAsk,
  placementPolicies,
  type RefusalReason,
} from '@nephos/core'
import { assert, equal } from '../assert.ts'
import {
  accepted,
  ask,
  byHost,
  host,
  hosts,
  reasons,
  refused,
  refusesInput,
  type SchedulerSuiteOptions,
} from './scheduler-fixture.ts'

/** What a scheduler answers: all or nothing, the same again, and why not. */
export function schedulerAnswerConformance({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: all, or as many as fit from min on, or nothing', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(3))
    const { nearestFeasible } = refused(scheduler.place(ask(13)))
    equal(nearestFeasible, 12)
    equal(scheduler.capacity().usedHosts, 0, 'a refusal reserves nothing')
    const some = scheduler.place(ask(13, { min: 12 }))
    accepted(some)
    assert(some.ok && some.placed === 12, 'as many as fit')
    refused(scheduler.place(ask(1)))
  })

  test('scheduler: what is placed is reserved', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(10))
    for (let round = 0; round < 40; round++) {
      accepted(scheduler.place(ask(1, { seed: round, policy: round % 2 ? 'pack' : 'spread' })))
    }
    equal(scheduler.capacity().used, { MEMORY_MB: 40 * 8_192, VCPU: 80 })
    for (const { id } of hosts(10)) assert(scheduler.usage(id)?.['VCPU'] === 8, `${id} is over`)
    refused(scheduler.place(ask(1)))
  })

  test('scheduler: preview answers as place does, and reserves nothing', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(80))
    const before = scheduler.capacity()
    const group = { policy: 'soft-affinity', members: [{ hostId: 'host-9', count: 1 }] } as const
    const wanted = ask(60, { group, excludedHostIds: ['host-3'] })
    const preview = scheduler.preview(wanted)
    equal(scheduler.preview(wanted), preview)
    equal(scheduler.capacity(), before)
    equal(JSON.stringify(scheduler.place(wanted)), JSON.stringify(preview))
  })

  test('scheduler: same history, ask and seed, same answer', async () => {
    const [one, two] = [await make(), await make()]
    const fleet = hosts(200).map((each, index) => ({ ...each, zone: `z${index % 3}` }))
    one.putHosts(fleet)
    for (const each of fleet) two.putHosts([each])
    for (const policy of placementPolicies) {
      for (let seed = 0; seed < 5; seed++) {
        const wanted = ask(7, { policy, seed })
        equal(JSON.stringify(two.place(wanted)), JSON.stringify(one.place(wanted)))
      }
    }
  })

  test('scheduler: the seed draws among equal hosts', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(50))
    const chosen = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      chosen.add(accepted(scheduler.preview(ask(1, { seed })))[0]?.hostId ?? '')
    }
    assert(chosen.size > 4, `40 seeds chose among ${chosen.size} of 50 equal hosts`)
  })

  const labelled: HostView[] = [
    host('plain'),
    host('off', { enabled: false, zone: 'b', traits: ['GPU'] }),
    host('b', { zone: 'b' }),
    host('gold', { aggregates: ['gold', 'rack-1'] }),
    host('ssd', { traits: ['SSD'], aggregates: ['gold'] }),
    host('small', { capacity: { VCPU: 1 } }),
  ]
  const filters: [
    string,
    Partial<PlacementAsk>,
    string[],
    Partial<Record<RefusalReason, number>>,
  ][] = [
    ['no filter', {}, ['b', 'gold', 'plain', 'ssd'], { disabled: 1, resources: 1 }],
    ['zones', { zones: ['b', 'c'] }, ['b'], { disabled: 1, zone: 4 }],
    ['no zone', { zones: [] }, [], { disabled: 1, zone: 5 }],
    [
      'memberOf',
      { memberOf: [['gold', 'x'], ['rack-1']] },
      ['gold'],
      { disabled: 1, aggregate: 4 },
    ],
    [
      'notMemberOf',
      { notMemberOf: ['rack-1'] },
      ['b', 'plain', 'ssd'],
      { disabled: 1, aggregate: 1, resources: 1 },
    ],
    ['required', { requiredTraits: ['SSD'] }, ['ssd'], { disabled: 1, requiredTrait: 4 }],
    [
      'forbidden',
      { forbiddenTraits: ['SSD'] },
      ['b', 'gold', 'plain'],
      { disabled: 1, forbiddenTrait: 1, resources: 1 },
    ],
    ['listed', { hostIds: ['b', 'off', 'absent'] }, ['b'], { disabled: 1, notListed: 4 }],
    ['none listed', { hostIds: [] }, [], { disabled: 1, notListed: 5 }],
    [
      'excluded',
      { excludedHostIds: ['b', 'ssd'] },
      ['gold', 'plain'],
      { disabled: 1, notListed: 2, resources: 1 },
    ],
    [
      'both',
      { hostIds: ['b', 'ssd'], excludedHostIds: ['b'] },
      ['ssd'],
      { disabled: 1, notListed: 4 },
    ],
  ]
  for (const [name, filter, expected, ruledOut] of filters) {
    test(`scheduler: filter: ${name}`, async () => {
      const scheduler = await make()
      scheduler.putHosts(labelled)
      const wide = { ...filter, min: 1, max: 100 }
      const answer = scheduler.preview(ask(1, wide))
      equal(Object.keys(answer.ok ? byHost(accepted(answer)) : {}), expected)
      const explanation = refused(scheduler.preview(ask(100, filter)))
      equal(explanation.ruledOut, reasons(ruledOut))
      equal(explanation.feasibleHosts, expected.length)
    })
  }

  test('scheduler: an explanation counts, per class, hosts short of it', async () => {
    const scheduler = await make()
    scheduler.putHosts([
      host('cpu', { capacity: { VCPU: 1, MEMORY_MB: 9_999, DISK_GB: 10 } }),
      host('both', { capacity: { VCPU: 1, MEMORY_MB: 1, DISK_GB: 10 } }),
      host('fits', { capacity: { VCPU: 2, MEMORY_MB: 9_999, DISK_GB: 10 } }),
      host('elsewhere', { zone: 'b', capacity: {} }),
      host('disk', { capacity: { VCPU: 8, MEMORY_MB: 9_999 } }),
    ])
    const resources = { VCPU: 2, MEMORY_MB: 4_096, DISK_GB: 1, CUSTOM_NONE: 0 }
    const answer = scheduler.preview(ask(2, { resources, zones: ['a'] }))
    equal(refused(answer), {
      hosts: 5,
      ruledOut: reasons({ zone: 1, resources: 3 }),
      alone: reasons({ zone: 1, resources: 4 }),
      feasibleHosts: 1,
      nearestFeasible: 1,
      scarcest: 'VCPU',
      shortOf: { DISK_GB: 1, MEMORY_MB: 1, VCPU: 2 },
    })
    const unknown = refused(scheduler.preview(ask(1, { resources: { CUSTOM_NONE: 1 } })))
    equal(unknown.scarcest, 'CUSTOM_NONE')
    equal(unknown.shortOf, { CUSTOM_NONE: 5 })
  })

  test('scheduler: no hosts is a refusal like any other', async () => {
    const scheduler = await make()
    const explanation = refused(scheduler.place(ask(1)))
    equal(explanation.hosts, 0)
    equal(explanation.scarcest, null)
  })

  test('scheduler: malformed input is refused, and changes nothing', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one')])
    const before = scheduler.capacity()
    const bad: [string, () => unknown][] = [
      [
        'a negative amount',
        () => scheduler.putHosts([host('x'), host('y', { capacity: { VCPU: -1 } })]),
      ],
      ['a fraction', () => scheduler.putHosts([host('y', { capacity: { VCPU: 0.5 } })])],
      [
        'an amount beyond 32 bits',
        () => scheduler.putHosts([host('y', { capacity: { VCPU: 2 ** 31 } })]),
      ],
      ['a nameless host', () => scheduler.putHosts([host('')])],
      ['a negative use', () => scheduler.setUsage([{ hostId: 'one', used: { VCPU: -1 } }])],
      ['not a number', () => scheduler.setUsage([{ hostId: 'one', used: { VCPU: Number.NaN } }])],
      [
        'a negative count',
        () => scheduler.adjust([{ hostId: 'one', count: -1, resources: { VCPU: 1 } }], 1),
      ],
      ['no resources', () => scheduler.place(ask(1, { resources: {} }))],
      ['min above max', () => scheduler.place(ask(1, { min: 2 }))],
      ['none wanted', () => scheduler.place(ask(0))],
      ['too many wanted', () => scheduler.place(ask(1_000_001))],
      [
        'an unknown policy',
        () => scheduler.place(ask(1, { policy: 'chaos' as PlacementAsk['policy'] })),
      ],
      ['a seed without a value', () => scheduler.place(ask(1, { seed: Number.NaN }))],
    ]
    for (const [what, call] of bad) refusesInput(call, what)
    equal(scheduler.capacity(), before)
  })
}
