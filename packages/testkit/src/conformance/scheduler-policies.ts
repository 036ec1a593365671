import type { GroupRule, Scheduler } from '@nephos/core'
import { assert, equal } from '../assert.ts'
import {
  accepted,
  ask,
  byHost,
  host,
  hosts,
  reasons,
  refused,
  type SchedulerSuiteOptions,
} from './scheduler-fixture.ts'

/** Where instances go: policies and groups. */
export function schedulerPolicyConformance(options: SchedulerSuiteOptions): void {
  packing(options)
  spreading(options)
  hardGroups(options)
  softGroups(options)
}

function use(scheduler: Scheduler, hostId: string, VCPU: number): void {
  scheduler.setUsage([{ hostId, used: { VCPU, MEMORY_MB: VCPU * 4_096 } }])
}

function packing({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: pack: empty hosts only when no used host fits', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(20), host('used', { capacity: { VCPU: 64, MEMORY_MB: 262_144 } })])
    use(scheduler, 'used', 1)
    equal(byHost(accepted(scheduler.place(ask(31)))), { used: 31 })
    assert(!('used' in byHost(accepted(scheduler.place(ask(1))))), 'the used host is full')
  })

  test('scheduler: pack: the tightest fit first', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(5))
    for (let index = 0; index < 5; index++) use(scheduler, `host-${index}`, index + 1)
    equal(byHost(accepted(scheduler.place(ask(1)))), { 'host-4': 1 })
    equal(byHost(accepted(scheduler.place(ask(1)))), { 'host-3': 1 })
  })

  test('scheduler: pack: a gang takes as few hosts as one type allows', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(300))
    const assignments = accepted(scheduler.place(ask(500)))
    equal(assignments.length, 125)
    assert(
      assignments.every(({ count }) => count === 4),
      'every host is full',
    )
  })
}

function spreading({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: spread: the most free host first', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(5))
    for (let index = 0; index < 5; index++) use(scheduler, `host-${index}`, index + 1)
    equal(byHost(accepted(scheduler.preview(ask(1, { policy: 'spread' })))), { 'host-0': 1 })
    equal(byHost(accepted(scheduler.preview(ask(2, { policy: 'spread' })))), {
      'host-0': 1,
      'host-1': 1,
    })
  })

  test('scheduler: spread: counts differ by one at most while hosts have room', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(6), host('small', { capacity: { VCPU: 2, MEMORY_MB: 32_768 } })])
    const counts = byHost(accepted(scheduler.place(ask(16, { policy: 'spread' }))))
    equal(counts['small'], 1)
    equal(
      Object.values(counts)
        .sort((a, b) => a - b)
        .join(),
      '1,2,2,2,3,3,3',
    )
  })

  test('scheduler: spread: zones are balanced, unless one is asked for', async () => {
    const scheduler = await make()
    const zoneOf = (index: number): string => (index < 20 ? 'a' : index < 30 ? 'b' : 'c')
    scheduler.putHosts(hosts(31).map((each, index) => ({ ...each, zone: zoneOf(index) })))
    const perZone = (count: number, zones?: string[]): string => {
      const wanted = ask(count, { policy: 'spread', ...(zones ? { zones } : {}) })
      const totals: Record<string, number> = {}
      for (const { hostId, count: held } of accepted(scheduler.preview(wanted))) {
        const zone = zoneOf(Number(hostId.slice(5)))
        totals[zone] = (totals[zone] ?? 0) + held
      }
      return ['a', 'b', 'c'].map((zone) => totals[zone] ?? 0).join()
    }
    equal(perZone(9), '3,3,3')
    equal(perZone(24), '10,10,4')
    equal(perZone(10, ['a', 'b']), '5,5,0')
    equal(perZone(30, ['b']), '0,30,0')
    const shares = perZone(11).split(',').map(Number)
    assert(Math.max(...shares) - Math.min(...shares) === 1, `uneven: ${shares.join()}`)
  })
}

function hardGroups({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: anti-affinity: one member a host, those there already counted', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(5))
    const members = [
      { hostId: 'host-1', count: 1 },
      { hostId: 'absent', count: 1 },
    ]
    const group: GroupRule = { policy: 'anti-affinity', members }
    for (const policy of ['pack', 'spread'] as const) {
      const counts = byHost(accepted(scheduler.preview(ask(4, { group, policy }))))
      equal(counts, { 'host-0': 1, 'host-2': 1, 'host-3': 1, 'host-4': 1 })
    }
    const explanation = refused(scheduler.preview(ask(5, { group })))
    equal(explanation.ruledOut, reasons({ group: 1 }))
    equal(explanation.nearestFeasible, 4)
  })

  test('scheduler: anti-affinity: up to maxPerHost members a host', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(3))
    const members = [
      { hostId: 'host-0', count: 2 },
      { hostId: 'host-1', count: 1 },
      { hostId: 'host-1', count: 2 },
    ]
    const group: GroupRule = { policy: 'anti-affinity', maxPerHost: 3, members }
    equal(byHost(accepted(scheduler.place(ask(4, { group })))), { 'host-0': 1, 'host-2': 3 })
    const full: GroupRule = { ...group, members: [...members, { hostId: 'host-0', count: 1 }] }
    const explanation = refused(scheduler.preview(ask(4, { group: full })))
    equal(explanation.ruledOut, reasons({ group: 2 }))
    equal(explanation.nearestFeasible, 1)
  })

  test('scheduler: affinity: all on the host of the members', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const group: GroupRule = { policy: 'affinity', members: [{ hostId: 'host-2', count: 1 }] }
    equal(byHost(accepted(scheduler.preview(ask(4, { group })))), { 'host-2': 4 })
    const explanation = refused(scheduler.preview(ask(5, { group })))
    equal(explanation.ruledOut, reasons({ group: 3 }))
    equal(explanation.nearestFeasible, 4)
    const gone: GroupRule = { policy: 'affinity', members: [{ hostId: 'absent', count: 1 }] }
    equal(refused(scheduler.preview(ask(1, { group: gone }))).ruledOut, reasons({ group: 4 }))
  })

  test('scheduler: affinity: without members, the host that takes most', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    use(scheduler, 'host-0', 1)
    use(scheduler, 'host-1', 4)
    use(scheduler, 'host-3', 6)
    const group: GroupRule = { policy: 'affinity', members: [] }
    equal(byHost(accepted(scheduler.preview(ask(9, { min: 2, group })))), { 'host-2': 4 })
    equal(byHost(accepted(scheduler.preview(ask(3, { group })))), { 'host-0': 3 })
    equal(refused(scheduler.preview(ask(5, { group }))).nearestFeasible, 4)
  })
}

function softGroups({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: soft affinity: hosts with most members first, then any', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const members = [
      { hostId: 'host-1', count: 1 },
      { hostId: 'host-2', count: 3 },
    ]
    const group: GroupRule = { policy: 'soft-affinity', members }
    for (const policy of ['pack', 'spread'] as const) {
      const order = accepted(scheduler.preview(ask(10, { group, policy })))
      equal(order.map(({ hostId }) => hostId).slice(0, 2), ['host-2', 'host-1'])
      equal(
        order.map(({ count }) => count),
        [4, 4, 2],
      )
    }
  })

  test('scheduler: soft anti-affinity: hosts with the fewest members first, then any', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(4))
    const members = [
      { hostId: 'host-1', count: 1 },
      { hostId: 'host-2', count: 3 },
    ]
    const group: GroupRule = { policy: 'soft-anti-affinity', members }
    for (const policy of ['pack', 'spread'] as const) {
      equal(byHost(accepted(scheduler.preview(ask(2, { group, policy })))), {
        'host-0': 1,
        'host-3': 1,
      })
      equal(byHost(accepted(scheduler.preview(ask(5, { group, policy })))), {
        'host-0': 2,
        'host-1': 1,
        'host-3': 2,
      })
      equal(byHost(accepted(scheduler.preview(ask(16, { group, policy })))), {
        'host-0': 4,
        'host-1': 4,
        'host-2': 4,
        'host-3': 4,
      })
    }
  })
}
