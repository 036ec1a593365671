import { CloudError, type GuestReport, type PortReport, serverKind } from '@nephos/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { advanceUntil } from '../support/fixed.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'
import { unlimitedQuotas } from '../support/world.ts'

let world: LifecycleWorld

afterEach(async () => {
  vi.restoreAllMocks()
  await world.end()
})

describe('a driver that leaves out reports', () => {
  it('of guests is asked again', async () => {
    world = await LifecycleWorld.open()
    const missing = 7
    let left = missing
    const apply = world.fleet.apply.bind(world.fleet)
    vi.spyOn(world.fleet, 'apply').mockImplementation(async function* (targets, options) {
      for await (const reports of apply(targets, options)) {
        const told: GuestReport[] = reports.filter(() => left-- <= 0)
        yield told
      }
    })
    await world.createMany(10)
    expect(left).toBeLessThan(0)
  })

  it('of a stopped guest does not let the resized one start beside it', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { hostId } = await world.row(id)
    await world.cloud.system.hosts.update({ id: hostId, enabled: false })
    const apply = world.fleet.apply.bind(world.fleet)
    let silent = true
    vi.spyOn(world.fleet, 'apply').mockImplementation(async function* (targets, options) {
      // The old host is not even asked, the first time.
      const asked = silent ? targets.filter((target) => target.power !== 'stopped') : targets
      silent = false
      yield* apply(asked, options)
    })
    await world.acme.servers.resize({ id, flavorId: world.largeId })
    for (let i = 0; i < 100; i++) {
      await world.clock.advance(10)
      expect(world.fleet.runningTwice()).toEqual([])
    }
    await world.settle()
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
  })

  it('of ports is asked again before the guests start', async () => {
    world = await LifecycleWorld.open()
    const apply = world.network.apply.bind(world.network)
    let calls = 0
    vi.spyOn(world.network, 'apply').mockImplementation(async (targets, options) => {
      const asked = calls++ === 0 ? targets.slice(1) : targets
      const reports: readonly PortReport[] = await apply(asked, options)
      return reports
    })
    await world.createMany(3)
    expect(calls).toBeGreaterThan(1)
    expect(world.network.ports).toBe(3)
  })
})

describe('a driver call that throws', () => {
  it('ends the step only when the other calls of it are over', async () => {
    world = await LifecycleWorld.open({
      fleet: { latencyMs: { apply: 3_000 } },
      quotas: unlimitedQuotas,
    })
    const apply = world.fleet.apply.bind(world.fleet)
    let calls = 0
    let open = 0
    let beside = 0
    vi.spyOn(world.fleet, 'apply').mockImplementation(async function* (targets, options) {
      const call = calls++
      if (call === 0) throw new Error('connection lost')
      // The first two calls are slices of one attempt.
      if (call > 1) beside += open
      if (call === 1) open++
      yield* apply(targets, options)
      if (call === 1) open--
    })
    await world.createMany(600)
    expect(calls).toBeGreaterThan(2)
    expect(beside).toBe(0)
  })
})

describe('a store that does not answer for a moment', () => {
  it('while a server looks for another host does not end it in ERROR', async () => {
    world = await LifecycleWorld.open({ hosts: 8 })
    const policy = { name: 'apart', policy: 'anti-affinity' } as const
    const { id: groupId } = await world.acme.serverGroups.create(policy)
    world.fleet.failNext('otherHost', { times: 1 })
    const batch = await world.begin(2, { groupId })
    const counters = world.store.counters.bind(world.store)
    let failed = 0
    vi.spyOn(world.store, 'counters').mockImplementation(async (scopes) => {
      if (failed === 0 && scopes.some((scope) => scope.includes(groupId))) {
        failed++
        throw new CloudError('unavailable', 'The store does not answer.')
      }
      return counters(scopes)
    })
    const result = await advanceUntil(world.clock, batch.done())
    expect(result).toMatchObject({ active: 2, error: 0 })
    expect(failed).toBe(1)
  })
})

describe('a deadline', () => {
  it('of older work does not end what a reconciler has just begun', async () => {
    world = await LifecycleWorld.open()
    const batch = await world.begin(2)
    const index = { index: 'byBatch', equals: [batch.id], limit: 2 } as const
    const [slow, lost] = (await world.store.query(serverKind, index)).map(({ id }) => id)
    if (!slow || !lost) throw new Error('no servers')
    world.fleet.failNext('hang', { id: slow, times: 10 })
    await world.clock.advance(10_000)
    expect(await world.status(lost)).toBe('ACTIVE')
    await world.destroyBehindItsBack(lost)
    await world.clock.advance(world.deadlineMs - 20_000)
    // It is built again from before the deadline of its first build until after it.
    world.fleet.failNext('hang', { id: lost, times: 1 })
    await advanceUntil(world.clock, world.cloud.reconcile())
    expect(await world.row(lost)).toMatchObject({
      task: 'rebuilding',
      actions: [{ action: 'create' }, { action: 'mend', userId: 'system' }],
    })
    await world.settle()
    expect(await world.status(slow)).toBe('ERROR')
    expect(await world.row(lost)).toMatchObject({ vmState: 'active', task: null, fault: null })
  })
})
