import type { GroupRule, HostToEmpty, MovableClaim, PlanAsk, Scheduler } from '@nephos/core'
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

/** What a scheduler says of room, and what it plans. */
export function schedulerPlanConformance(options: SchedulerSuiteOptions): void {
  room(options)
  drains(options)
  groupsInDrains(options)
  defragments(options)
  harmless(options)
}

/** Claims of 2 VCPU and 8 GiB but for what is given, and their use, on a host. */
function load(
  scheduler: Scheduler,
  hostId: string,
  count: number,
  given: Partial<MovableClaim['ask']> & { readonly in?: string } = {},
): HostToEmpty {
  const { in: group, ...rest } = given
  const { min: _, max: __, ...wanted } = ask(1, rest)
  const claims = Array.from({ length: count }, (___, index): MovableClaim => {
    return { key: `${hostId}/${index}`, ask: wanted, ...(group === undefined ? {} : { group }) }
  })
  scheduler.adjust([{ hostId, count, resources: wanted.resources }], 1)
  return { hostId, claims }
}

function drain(planned: readonly HostToEmpty[], groups: PlanAsk['groups'] = {}): PlanAsk {
  return { mode: 'drain', hosts: planned, groups }
}

/** Moves by target, in the order of ids. */
function targets(moves: readonly { readonly to: string }[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { to } of moves) counts.set(to, (counts.get(to) ?? 0) + 1)
  return byHost([...counts].map(([hostId, count]) => ({ hostId, count })))
}

function room({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: room is what a request may ask for at most', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(9), host('b', { zone: 'b' }), host('off', { enabled: false })])
    load(scheduler, 'host-3', 2)
    const members = [{ hostId: 'host-0', count: 1 }]
    const wishes = [
      {},
      { policy: 'spread' },
      { zones: ['b'] },
      { zones: ['c'] },
      { requiredTraits: ['GPU'] },
      { excludedHostIds: ['host-0', 'host-3'] },
      { group: { policy: 'anti-affinity', members } },
      { group: { policy: 'anti-affinity', maxPerHost: 2, members } },
      { group: { policy: 'affinity', members: [] } },
      { group: { policy: 'affinity', members } },
      { group: { policy: 'soft-anti-affinity', members } },
    ] as const
    const before = scheduler.capacity()
    for (const wish of wishes) {
      const { nearestFeasible } = refused(scheduler.preview(ask(60, wish)))
      const { min: _, max: __, ...wanted } = ask(1, wish)
      equal(scheduler.room(wanted), nearestFeasible, JSON.stringify(wish))
    }
    equal(scheduler.capacity(), before)
  })

  test('scheduler: the lightest hosts are enabled ones in use, the emptiest first', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(30), host('off', { enabled: false }), host('small')])
    for (let index = 29; index >= 10; index--) load(scheduler, `host-${index}`, 1 + (index % 4))
    load(scheduler, 'off', 1)
    scheduler.setUsage([{ hostId: 'small', used: { VCPU: 1 } }])
    equal(scheduler.lightest(0), [])
    equal(scheduler.lightest(1), ['small'])
    const five = [...scheduler.lightest(6)].sort()
    equal(five, ['host-12', 'host-16', 'host-20', 'host-24', 'host-28', 'small'])
    equal(scheduler.lightest(1_000).length, 21)
  })
}

function drains({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: drain: what fits elsewhere moves, the rest says why not', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(2), host('off', { enabled: false }), host('b', { zone: 'b' })])
    load(scheduler, 'host-1', 2)
    const anywhere = load(scheduler, 'host-0', 3, { zones: ['a'] })
    const { moves, stuck, freed } = scheduler.plan(drain([anywhere]))
    equal(targets(moves), { 'host-1': 2 })
    assert(
      moves.every(({ from }) => from === 'host-0'),
      'from the host itself',
    )
    equal(freed, [])
    equal(stuck.length, 1)
    equal(stuck[0]?.hostId, 'host-0')
    equal([...moves, ...stuck].map(({ key }) => key).sort(), ['host-0/0', 'host-0/1', 'host-0/2'])
    const { ruledOut, alone, scarcest, nearestFeasible } = stuck[0]?.explanation ?? {}
    equal(ruledOut, reasons({ disabled: 1, zone: 1, notListed: 1, resources: 1 }))
    equal(alone, reasons({ disabled: 1, zone: 1, notListed: 1, resources: 1 }))
    equal([scarcest, nearestFeasible], ['MEMORY_MB', 0])
  })

  test('scheduler: drain: the largest are placed first', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(3))
    load(scheduler, 'host-1', 2)
    load(scheduler, 'host-2', 3)
    const small = load(scheduler, 'host-0', 1)
    const resources = { VCPU: 4, MEMORY_MB: 16_384 }
    const large = load(scheduler, 'host-0', 1, { resources })
    const claims = [...small.claims, { key: 'large', ask: (large.claims[0] as MovableClaim).ask }]
    const { moves, freed } = scheduler.plan(drain([{ hostId: 'host-0', claims }]))
    equal(moves, [
      { key: 'large', from: 'host-0', to: 'host-1' },
      { key: 'host-0/0', from: 'host-0', to: 'host-2' },
    ])
    equal(freed, ['host-0'])
  })

  test('scheduler: drain: hosts of one plan take nothing from each other', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const planned = [load(scheduler, 'host-0', 2), load(scheduler, 'host-1', 2)]
    load(scheduler, 'host-2', 1)
    const { moves, freed } = scheduler.plan(drain([...planned, { hostId: 'absent', claims: [] }]))
    equal(Object.keys(targets(moves)), ['host-2', 'host-3'])
    equal(freed, ['host-0', 'host-1'])
  })

  test('scheduler: drain: a host that holds more than its claims is not freed', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(2))
    const planned = load(scheduler, 'host-0', 1)
    scheduler.adjust([{ hostId: 'host-0', count: 1, resources: { VCPU: 1 } }], 1)
    const { moves, freed } = scheduler.plan(drain([planned]))
    equal([targets(moves), freed], [{ 'host-1': 1 }, []])
  })
}

function groupsInDrains({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: drain: anti-affinity holds, for those that move together, too', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(5))
    const planned = load(scheduler, 'host-0', 3, { in: 'g' })
    const members = [
      { hostId: 'host-0', count: 3 },
      { hostId: 'host-1', count: 3 },
      { hostId: 'host-2', count: 2 },
    ]
    const group: GroupRule = { policy: 'anti-affinity', maxPerHost: 3, members }
    equal(scheduler.plan(drain([planned], { g: group })).stuck, [])
    const two: GroupRule = { policy: 'anti-affinity', maxPerHost: 1, members }
    const { moves, stuck } = scheduler.plan(drain([planned], { g: two }))
    equal(targets(moves), { 'host-3': 1, 'host-4': 1 })
    equal(stuck[0]?.explanation.ruledOut, reasons({ notListed: 1, group: 4 }))
  })

  test('scheduler: drain: members of an affinity group move together, or not', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const planned = load(scheduler, 'host-0', 3, { in: 'g' })
    const group: GroupRule = { policy: 'affinity', members: [{ hostId: 'host-0', count: 3 }] }
    load(scheduler, 'host-1', 2)
    load(scheduler, 'host-2', 3)
    const first = scheduler.plan(drain([planned], { g: group }))
    equal(targets(first.moves), { 'host-3': 3 })
    load(scheduler, 'host-3', 2)
    const second = scheduler.plan(drain([planned], { g: group }))
    equal(second.moves, [])
    equal(second.stuck.map(({ key }) => key).sort(), ['host-0/0', 'host-0/1', 'host-0/2'])
  })

  test('scheduler: drain: members of an affinity group elsewhere say where', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const planned = load(scheduler, 'host-0', 1, { in: 'g' })
    const members = [
      { hostId: 'host-0', count: 1 },
      { hostId: 'host-2', count: 1 },
    ]
    const { moves } = scheduler.plan(drain([planned], { g: { policy: 'affinity', members } }))
    equal(targets(moves), { 'host-2': 1 })
  })
}

function defragments({ test, make }: SchedulerSuiteOptions): void {
  const plan = (planned: readonly HostToEmpty[], given: Partial<PlanAsk> = {}): PlanAsk => {
    return { mode: 'defragment', hosts: planned, groups: {}, ...given }
  }

  test('scheduler: defragment: hosts are emptied wholly, onto hosts in use', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(6))
    const one = load(scheduler, 'host-0', 1)
    const two = load(scheduler, 'host-1', 2)
    const four = load(scheduler, 'host-2', 4)
    load(scheduler, 'host-3', 3)
    load(scheduler, 'host-4', 2)
    const { moves, freed, stuck } = scheduler.plan(plan([one, two, four]))
    equal([freed, stuck], [['host-0', 'host-1'], []])
    equal(targets(moves), { 'host-3': 1, 'host-4': 2 })
  })

  test('scheduler: defragment: within the budget of moves and of hosts', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(6))
    const planned = [1, 1, 2].map((count, index) => load(scheduler, `host-${index}`, count))
    load(scheduler, 'host-4', 1)
    load(scheduler, 'host-5', 1)
    equal(scheduler.plan(plan(planned, { moves: 0 })).moves, [])
    equal(scheduler.plan(plan(planned, { moves: 1 })).freed.length, 1)
    equal(scheduler.plan(plan(planned, { most: 1 })).freed, ['host-0'])
    equal(scheduler.plan(plan(planned, { most: 0 })).freed, [])
  })

  test('scheduler: defragment: a host that holds more than its claims stays', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(3))
    const planned = load(scheduler, 'host-0', 1)
    load(scheduler, 'host-1', 1)
    scheduler.adjust([{ hostId: 'host-0', count: 1, resources: { VCPU: 1 } }], 1)
    equal(scheduler.plan(plan([planned])), { moves: [], stuck: [], freed: [] })
  })

  test('scheduler: defragment: groups and filters keep a host as it is', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(2), host('b', { zone: 'b' })])
    load(scheduler, 'host-1', 1)
    load(scheduler, 'b', 1)
    const bound = load(scheduler, 'host-0', 2, { in: 'g', zones: ['a'] })
    const members = [
      { hostId: 'host-0', count: 2 },
      { hostId: 'host-1', count: 1 },
    ]
    const g: GroupRule = { policy: 'anti-affinity', maxPerHost: 2, members }
    equal(scheduler.plan(plan([bound], { groups: { g } })).moves, [])
    const wide: GroupRule = { ...g, maxPerHost: 3 }
    equal(targets(scheduler.plan(plan([bound], { groups: { g: wide } })).moves), { 'host-1': 2 })
  })
}

function harmless({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: who planned places as who did not', async () => {
    const [planner, twin] = [await make(), await make()]
    const both = [planner, twin]
    const fleet = hosts(120).map((each, index) => ({ ...each, zone: `z${index % 3}` }))
    for (const each of both) each.putHosts(fleet)
    let moves = 0
    for (let round = 0; round < 40; round++) {
      const planned = [`host-${round}`, `host-${round + 40}`].map((hostId) => {
        const loads = both.map((each) => load(each, hostId, 1 + (round % 3), { in: 'g' }))
        return loads[0] as HostToEmpty
      })
      const members = planned.map(({ hostId, claims }) => ({ hostId, count: claims.length }))
      const g: GroupRule = { policy: 'soft-anti-affinity', members }
      const before = planner.capacity()
      const plans = (['drain', 'defragment'] as const).map((mode): PlanAsk => {
        return { mode, hosts: planned, groups: { g } }
      })
      for (const plan of plans) {
        const answer = planner.plan(plan)
        moves += answer.moves.length
        equal(planner.plan(plan), answer, 'one answer for one state')
      }
      equal(planner.capacity(), before)
      const wanted = ask(1 + (round % 5), { seed: round, policy: round % 2 ? 'pack' : 'spread' })
      equal(JSON.stringify(planner.place(wanted)), JSON.stringify(twin.place(wanted)))
    }
    for (const { id } of fleet) equal(planner.usage(id), twin.usage(id))
    assert(moves > 40, 'there is room')
    accepted(planner.place(ask(1)))
  })

  test('scheduler: a malformed plan is refused', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(2))
    const planned = load(scheduler, 'host-0', 2)
    const [claim] = planned.claims as [MovableClaim]
    const bad: [string, unknown][] = [
      ['nothing', null],
      ['an unknown mode', { ...drain([planned]), mode: 'shuffle' }],
      ['no groups', { mode: 'drain', hosts: [] }],
      ['a host twice', drain([planned, { ...planned, claims: [] }])],
      ['a key twice', drain([{ ...planned, claims: [claim, claim] }])],
      ['a group that is not there', drain([{ ...planned, claims: [{ ...claim, group: 'g' }] }])],
      ['claims of nothing', drain([{ ...planned, claims: [{ key: 'x' } as MovableClaim] }])],
      ['a fraction of moves', { ...drain([planned]), moves: 0.5 }],
    ]
    for (const [what, plan] of bad) refusesInput(() => scheduler.plan(plan as PlanAsk), what)
    refusesInput(() => scheduler.lightest(-1), 'fewer than none')
    refusesInput(() => scheduler.room({ ...claim.ask, resources: {} }), 'room for nothing')
  })
}
