import { allocationKind } from '@nephos/core'
import { afterEach, describe, expect, it } from 'vitest'
import { advanceUntil } from '../support/fixed.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

afterEach(async () => {
  await world.end()
})

async function disable(...hostIds: readonly string[]): Promise<void> {
  for (const id of hostIds) await world.cloud.system.hosts.update({ id, enabled: false })
}

async function allocationsOf(id: string): Promise<string[]> {
  const rows = await world.store.query(allocationKind, { limit: 100 })
  return rows.filter((row) => row.id.startsWith(id)).map((row) => row.hostId)
}

describe('C4: resizing a server', () => {
  it('on its own host, then confirming, keeps the new flavor', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { hostId } = await world.row(id)
    await disable(...world.hostIds.filter((one) => one !== hostId))
    const { servers } = world.acme
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    expect(await allocationsOf(id)).toEqual([hostId, hostId])
    expect(await world.used()).toMatchObject({ instances: 1, cores: 4, ram: 8_192 })
    await world.act(servers.confirmResize({ id }), id, 'ACTIVE')
    expect(await allocationsOf(id)).toEqual([hostId])
    expect((await world.guest(id))?.resources).toMatchObject({ VCPU: 4 })
    expect(await world.used()).toMatchObject({ instances: 1, cores: 4, ram: 8_192 })
  })

  it('to another host, then confirming, leaves nothing on the old one', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { hostId } = await world.row(id)
    await disable(hostId)
    const { servers } = world.acme
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    const now = (await world.row(id)).hostId
    expect(now).not.toBe(hostId)
    expect(world.fleet.guest(id, hostId)?.power).toBe('stopped')
    expect(world.fleet.guest(id, now)?.power).toBe('running')
    await world.act(servers.confirmResize({ id }), id, 'ACTIVE')
    expect(world.fleet.guest(id, hostId)).toBeUndefined()
    expect(await allocationsOf(id)).toEqual([now])
  })

  it('to another host, then reverting, brings it back to where it was', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { hostId } = await world.row(id)
    await disable(hostId)
    const { servers } = world.acme
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    const { hostId: other } = await world.row(id)
    // The guest to go back to is nobody's orphan.
    await world.reconcile()
    expect(world.fleet.guest(id, hostId)?.power).toBe('stopped')
    await world.act(servers.revertResize({ id }), id, 'ACTIVE')
    expect(await world.row(id)).toMatchObject({
      hostId,
      flavor: { id: world.smallId },
      resize: null,
    })
    expect(world.fleet.guest(id, other)).toBeUndefined()
    expect(world.fleet.guest(id, hostId)?.power).toBe('running')
    expect(await allocationsOf(id)).toEqual([hostId])
    expect(await world.used()).toMatchObject({ instances: 1, cores: 1, ram: 1_024 })
  })

  it('whose guest is lost makes it anew, which the audit does not mind', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { servers } = world.acme
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    await world.destroyBehindItsBack(id)
    await world.clock.advance(1)
    await advanceUntil(world.clock, world.cloud.reconcile(), { stepMs: 1 })
    expect(await world.row(id)).toMatchObject({ vmState: 'resized', task: 'rebuilding' })
    expect(await world.cloud.audit()).toEqual([])
    await world.settle()
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    expect((await world.guest(id))?.power).toBe('running')
  })

  it('of a stopped server keeps it stopped', async () => {
    world = await LifecycleWorld.open()
    const id = await world.create()
    const { servers } = world.acme
    await world.act(servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await disable((await world.row(id)).hostId)
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    await world.act(servers.confirmResize({ id }), id, 'SHUTOFF')
    expect((await world.guest(id))?.power).toBe('stopped')
  })

  it('honours the rule of its group, and leaves the right counts', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const { id: groupId } = await world.acme.serverGroups.create({
      name: 'apart',
      policy: 'anti-affinity',
    })
    const ids = await world.createMany(2, { groupId })
    const [first, second] = ids as [string, string]
    await disable((await world.row(first)).hostId)
    const { servers } = world.acme
    await world.act(servers.resize({ id: first, flavorId: world.largeId }), first, 'VERIFY_RESIZE')
    expect((await world.row(first)).hostId).not.toBe((await world.row(second)).hostId)
    // Both hosts of the open resize count, and the third is the other member's.
    await expect(world.begin(1, { groupId })).rejects.toMatchObject({ code: 'noValidHost' })
    await world.act(servers.confirmResize({ id: first }), first, 'ACTIVE')
    expect(await world.acme.serverGroups.get({ id: groupId })).toMatchObject({ memberCount: 2 })
  })

  it('of one that others are to be with lets none join while it is between two hosts', async () => {
    world = await LifecycleWorld.open({ hosts: 3 })
    const { id: groupId } = await world.acme.serverGroups.create({
      name: 'together',
      policy: 'affinity',
    })
    const id = await world.create({ groupId })
    const { hostId } = await world.row(id)
    await disable(hostId)
    const { servers } = world.acme
    await world.act(servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    await world.cloud.system.hosts.update({ id: hostId, enabled: true })
    // On either host, one of the two ends of the resize would part them.
    const joining = world.begin(1, { groupId })
    await expect(joining).rejects.toMatchObject({ code: 'conflict', field: 'groupId' })
    await world.act(servers.revertResize({ id }), id, 'ACTIVE')
    const other = await world.create({ groupId })
    expect((await world.row(other)).hostId).toBe(hostId)
  })

  it('is refused by the quota, and when nothing has room, without a trace', async () => {
    const quotas = { instances: 10, cores: 3, ram: 100_000, images: 10, ports: 10, networks: 5 }
    world = await LifecycleWorld.open({ quotas: { ...quotas, subnets: 5, securityGroups: 5 } })
    const id = await world.create()
    const before = await world.row(id)
    const resize = (): Promise<unknown> =>
      world.acme.servers.resize({ id, flavorId: world.largeId })
    await expect(resize()).rejects.toMatchObject({ code: 'quotaExceeded', field: 'cores' })
    await world.cloud.system.quotas.set({ projectId: world.acme.id, limits: { cores: 10 } })
    await disable(...world.hostIds)
    await expect(resize()).rejects.toMatchObject({ code: 'noValidHost' })
    expect(await world.row(id)).toEqual(before)
    expect(await world.used()).toMatchObject({ cores: 1 })
  })

  it('is undone wholly by a deletion at any point of it', async () => {
    world = await LifecycleWorld.open()
    const { servers } = world.acme
    for (const wait of [0, 1, 60, 130, 1_000]) {
      const id = await world.create()
      const { hostId } = await world.row(id)
      await disable(hostId)
      await servers.resize({ id, flavorId: world.largeId })
      await world.clock.advance(wait)
      await servers.delete({ ids: [id] })
      await world.settle()
      expect(world.fleet.guests).toBe(0)
      expect(await allocationsOf(id)).toEqual([])
      await world.cloud.system.hosts.update({ id: hostId, enabled: true })
    }
    expect(await world.used()).toEqual({ instances: 0, cores: 0, ram: 0, ports: 0 })
  })

  it('that failed is finished or reverted after a hard reboot, never running twice', async () => {
    world = await LifecycleWorld.open()
    const { servers } = world.acme
    for (const end of ['confirmResize', 'revertResize'] as const) {
      for (const phase of ['old', 'new'] as const) {
        const id = await world.create()
        const { hostId } = await world.row(id)
        await disable(hostId)
        await servers.resize({ id, flavorId: world.largeId })
        const { hostId: next } = await world.row(id)
        // The old host will not stop it, or the new one will not build it.
        world.fleet.failNext('refuse', { id, hostId: phase === 'old' ? hostId : next })
        await world.settle()
        expect(await world.status(id)).toBe('ERROR')
        await servers.rebootHard({ ids: [id] })
        await world.settle()
        expect(await world.status(id)).toBe('VERIFY_RESIZE')
        await world.act(servers[end]({ id }), id, 'ACTIVE')
        expect(await allocationsOf(id)).toHaveLength(1)
        await world.act(
          servers.resize({ id, flavorId: await flavorOtherThan(id) }),
          id,
          'VERIFY_RESIZE',
        )
        await world.act(servers.confirmResize({ id }), id, 'ACTIVE')
        await world.cloud.system.hosts.update({ id: hostId, enabled: true })
      }
    }
  })
})

async function flavorOtherThan(id: string): Promise<string> {
  return (await world.row(id)).flavor.id === world.smallId ? world.largeId : world.smallId
}
