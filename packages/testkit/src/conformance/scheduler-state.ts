import { assert, equal } from '../assert.ts'
import {
  accepted,
  ask,
  byHost,
  host,
  hosts,
  refusesInput,
  type SchedulerSuiteOptions,
} from './scheduler-fixture.ts'

/** What a scheduler knows of hosts and their use. */
export function schedulerStateConformance({ test, make }: SchedulerSuiteOptions): void {
  test('scheduler: a host that is put again keeps its use', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one')])
    scheduler.setUsage([{ hostId: 'one', used: { VCPU: 6, MEMORY_MB: 1_024 } }])
    scheduler.putHosts([host('one', { zone: 'b', capacity: { VCPU: 16, MEMORY_MB: 4_096 } })])
    equal(scheduler.usage('one'), { MEMORY_MB: 1_024, VCPU: 6 })
    equal(scheduler.capacity().total, { MEMORY_MB: 4_096, VCPU: 16 })
    accepted(scheduler.place(ask(1, { zones: ['b'], resources: { VCPU: 10 } })))
    assert(!scheduler.place(ask(1, { resources: { VCPU: 1 } })).ok, 'the host is full')
  })

  test('scheduler: of a host put twice at once, the last word counts', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one', { zone: 'b' }), host('two'), host('one', { zone: 'c' })])
    assert(!scheduler.preview(ask(1, { zones: ['b'] })).ok, 'the first word counted')
    accepted(scheduler.place(ask(1, { zones: ['c'] })))
    equal(scheduler.capacity().hosts, 2)
  })

  test('scheduler: a removed host is forgotten with its use', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(2))
    scheduler.setUsage([{ hostId: 'host-0', used: { VCPU: 8 } }])
    scheduler.removeHosts(['host-0', 'absent', 'host-0'])
    equal(scheduler.usage('host-0'), undefined)
    equal(scheduler.capacity().hosts, 1)
    scheduler.putHosts([host('host-0')])
    equal(scheduler.usage('host-0'), { MEMORY_MB: 0, VCPU: 0 })
    equal(scheduler.capacity().usedHosts, 0)
  })

  test('scheduler: setUsage is absolute, and ignores unknown hosts', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one')])
    scheduler.setUsage([{ hostId: 'one', used: { VCPU: 3, MEMORY_MB: 7 } }])
    scheduler.setUsage([
      { hostId: 'one', used: { VCPU: 2 } },
      { hostId: 'absent', used: { VCPU: 2 } },
    ])
    equal(scheduler.usage('one'), { MEMORY_MB: 0, VCPU: 2 })
    equal(scheduler.usage('absent'), undefined)
  })

  test('scheduler: capacity sums all hosts', async () => {
    const scheduler = await make()
    scheduler.putHosts([...hosts(3), host('off', { enabled: false, capacity: { VCPU: 1 } })])
    scheduler.setUsage([
      { hostId: 'off', used: { VCPU: 1 } },
      { hostId: 'host-1', used: { MEMORY_MB: 5 } },
    ])
    equal(scheduler.capacity(), {
      hosts: 4,
      enabledHosts: 3,
      usedHosts: 2,
      total: { MEMORY_MB: 3 * 32_768, VCPU: 25 },
      used: { MEMORY_MB: 5, VCPU: 1 },
    })
  })

  test('scheduler: adjust adds and gives back; a place undone leaves no trace', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(70))
    const before = scheduler.capacity()
    const wanted = ask(150)
    const assignments = accepted(scheduler.place(wanted))
    equal(scheduler.capacity().used, { MEMORY_MB: 150 * 8_192, VCPU: 300 })
    const claims = assignments.map((each) => ({ ...each, resources: wanted.resources }))
    scheduler.adjust(claims, -1)
    equal(scheduler.capacity(), before)
    scheduler.adjust(claims, 1)
    equal(scheduler.capacity().used, { MEMORY_MB: 150 * 8_192, VCPU: 300 })
  })

  test('scheduler: more than is used cannot be given back, and nothing is then', async () => {
    const scheduler = await make()
    scheduler.putHosts(hosts(2))
    const claim = (hostId: string, VCPU: number) => ({ hostId, count: 1, resources: { VCPU } })
    scheduler.adjust([claim('host-0', 2), claim('host-1', 2)], 1)
    const claims = [claim('host-0', 1), claim('host-1', 2), claim('host-0', 2)]
    refusesInput(() => scheduler.adjust(claims, -1), 'giving back too much')
    equal(scheduler.usage('host-0'), { MEMORY_MB: 0, VCPU: 2 })
    equal(scheduler.usage('host-1'), { MEMORY_MB: 0, VCPU: 2 })
  })

  test('scheduler: claims on unknown hosts are ignored', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one')])
    const claim = { hostId: 'absent', count: 1, resources: { VCPU: 1 } }
    scheduler.adjust([claim], 1)
    scheduler.adjust([claim], -1)
    equal(scheduler.capacity().used, { MEMORY_MB: 0, VCPU: 0 })
  })

  test('scheduler: a host whose capacity fell below its use takes nothing more', async () => {
    const scheduler = await make()
    scheduler.putHosts([host('one')])
    scheduler.setUsage([{ hostId: 'one', used: { VCPU: 8, MEMORY_MB: 8_192 } }])
    scheduler.putHosts([host('one', { capacity: { VCPU: 4, MEMORY_MB: 32_768 } })])
    assert(!scheduler.preview(ask(1)).ok, 'it took an instance')
    equal(scheduler.usage('one'), { MEMORY_MB: 8_192, VCPU: 8 })
    const claim = { hostId: 'one', count: 3, resources: { VCPU: 2 } }
    scheduler.adjust([claim], -1)
    accepted(scheduler.place(ask(1)))
  })

  test('scheduler: amounts go up to 2,147,483,647', async () => {
    const scheduler = await make()
    const most = 2 ** 31 - 1
    scheduler.putHosts([host('big', { capacity: { VCPU: most, MEMORY_MB: 1 } })])
    equal(byHost(accepted(scheduler.place(ask(1, { resources: { VCPU: most } })))), { big: 1 })
    equal(scheduler.usage('big'), { MEMORY_MB: 0, VCPU: most })
    const claim = { hostId: 'big', count: 1, resources: { VCPU: 1 } }
    refusesInput(() => scheduler.adjust([claim], 1), 'use beyond the range')
    scheduler.putHosts([host('big', { capacity: { VCPU: 0 } })])
    assert(!scheduler.preview(ask(1, { resources: { VCPU: 1 } })).ok, 'it wrapped around')
    equal(scheduler.capacity().used, { VCPU: most })
  })
}
