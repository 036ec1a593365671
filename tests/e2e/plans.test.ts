import { type CloudError, isCloudError } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpResources } from '../support/dump.ts'
import { testClock } from '../support/fixed.ts'
import { MigrationModel, type ModelGroup } from '../support/migration-model.ts'
import { addHosts, type Basics, basics, openWorld, type World } from '../support/world.ts'

let world: World
let base: Basics
let hostIds: string[]
let request: { readonly name: string; readonly imageId: string; readonly flavorId: string }
let groups: Map<string, ModelGroup>

async function open(): Promise<void> {
  world = await openWorld({ work: false, clock: testClock() })
  hostIds = await addHosts(world.cloud, 12)
  base = await basics(world.cloud)
  request = { name: 'vm', imageId: base.imageId, flavorId: base.flavorId }
  groups = new Map()
}

beforeEach(open)

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

async function refusal(changes: Record<string, unknown>): Promise<CloudError> {
  const error: unknown = await base.acme.servers
    .create({ ...request, ...changes })
    .then(() => undefined)
    .catch((reason: unknown) => reason)
  if (isCloudError(error) && error.code === 'noValidHost') return error
  throw new Error(`expected a refusal: ${String(error)}`)
}

async function groupOf(policy: 'affinity' | 'anti-affinity', maxPerHost?: number): Promise<string> {
  const more = maxPerHost === undefined ? {} : { maxServerPerHost: maxPerHost }
  const { id } = await base.acme.serverGroups.create({ name: policy, policy, ...more })
  groups.set(id, { policy, maxPerHost: maxPerHost ?? 1 })
  return id
}

async function flavor(vcpus: number, extraSpecs: Record<string, string> = {}): Promise<string> {
  const name = `f${vcpus}-${Object.keys(extraSpecs).length}`
  const amounts = { vcpus, ramMb: 1_024 * vcpus, diskGb: 10 }
  return (await world.cloud.system.flavors.create({ name, ...amounts, extraSpecs })).id
}

/** Requests of many kinds: sizes, traits, zones, groups, policies. */
async function fill(): Promise<void> {
  const { acme } = base
  const [small, large] = [await flavor(2), await flavor(8)]
  const fast = await flavor(4, { 'trait:CUSTOM_FAST': 'required' })
  for (const id of hostIds.slice(0, 5)) {
    await world.cloud.hosts.update({ id, traits: ['CUSTOM_FAST'] })
  }
  const policies = ['pack', 'spread', 'balance', 'best-fit'] as const
  for (const [index, policy] of policies.entries()) {
    const many = { ...request, policy }
    await acme.servers.create({ ...many, flavorId: small, minCount: 12 + index })
    await acme.servers.create({ ...many, flavorId: large, minCount: 3 })
    await acme.servers.create({ ...many, flavorId: fast, minCount: 4 })
    const zones = { availabilityZones: ['z1', 'z2'] }
    await acme.servers.create({ ...many, ...zones, flavorId: small, minCount: 5 })
    const apart = await groupOf('anti-affinity', 1 + (index % 2))
    await acme.servers.create({ ...many, groupId: apart, minCount: 8 })
    const together = await groupOf('affinity')
    await acme.servers.create({ ...many, groupId: together, flavorId: small, minCount: 3 })
    await acme.servers.create({ ...many, groupId: together, minCount: 2 })
  }
}

describe('a refusal of 500 servers', () => {
  it('says what rules out hosts, in order and alone, and how many would fit', async () => {
    const [off, slow] = hostIds as [string, string]
    await world.cloud.hosts.update({ id: off, enabled: false, disabledReason: 'broken' })
    await world.cloud.hosts.update({ id: slow, traits: ['CUSTOM_SLOW'] })
    const flavorId = await flavor(16, { 'trait:CUSTOM_SLOW': 'forbidden' })
    const availabilityZones = ['z1', 'z2']
    const wish = { flavorId, availabilityZones }
    // Two zones have eight hosts: one is disabled, one slow, and each other takes four.
    await base.acme.servers.create({ ...request, ...wish, minCount: 6, policy: 'best-fit' })
    const error = await refusal({ ...wish, minCount: 500 })
    expect(error).toMatchObject({ field: 'minCount', limit: 18, retry: 'later' })
    expect(error.detail).toEqual({
      hosts: 12,
      feasibleHosts: 5,
      nearestFeasible: 18,
      ruledOut: {
        disabled: 1,
        zone: 4,
        aggregate: 0,
        requiredTrait: 0,
        forbiddenTrait: 1,
        notListed: 0,
        group: 0,
        resources: 1,
      },
      alone: {
        disabled: 1,
        zone: 4,
        aggregate: 0,
        requiredTrait: 0,
        forbiddenTrait: 1,
        notListed: 0,
        group: 0,
        resources: 1,
      },
      shortOf: { DISK_GB: 0, MEMORY_MB: 0, VCPU: 1 },
      scarcest: 'VCPU',
    })
    expect(error.message).toBe(
      'No room for 500 instances: at most 18 would fit. Of 12 hosts, 5 could take some; ' +
        '1 disabled; 4 in another zone; 1 with a forbidden trait; 1 too full or too small. ' +
        'Scarcest: VCPU.',
    )
    const room = await world.cloud.capacity({ flavorId, availabilityZones })
    expect(room).toEqual({ servers: 18, explanation: error.detail })
    const { count } = await base.acme.servers.create({ ...request, ...wish, minCount: 18 })
    expect(count).toBe(18)
    const { servers } = await world.cloud.capacity({ flavorId, availabilityZones })
    expect(servers).toBe(0)
  })
})

describe('C22: capacity', () => {
  it('is what a request with the same group would be told', async () => {
    await fill()
    for (const groupId of [...groups.keys()]) {
      const { servers } = await world.cloud.capacity({ flavorId: request.flavorId, groupId })
      expect((await refusal({ groupId, minCount: 1_000 })).limit).toBe(servers)
    }
    const { servers, explanation } = await world.cloud.capacity({ flavorId: request.flavorId })
    expect(explanation?.nearestFeasible).toBe(servers)
  })

  it('is none for what no aggregate has', async () => {
    const flavorId = await flavor(1, { 'aggregate_instance_extra_specs:tier': 'gold' })
    const { servers, explanation } = await world.cloud.capacity({ flavorId })
    expect(servers).toBe(0)
    expect(explanation?.ruledOut).toMatchObject({ aggregate: 12 })
  })

  it('is for operators, and says what it cannot take', async () => {
    const { cloud } = world
    const { id: userId } = await cloud.system.users.create({ name: 'ann', password: 'long enough' })
    await cloud.system.roles.assign({ userId, role: 'admin', projectId: base.acme.id })
    const { system } = await cloud.as({ userId, projectId: base.acme.id })
    const { flavorId } = request
    const forbidden = { code: 'forbidden' }
    await expect(system.capacity({ flavorId })).rejects.toMatchObject(forbidden)
    await expect(system.hosts.drain(hostIds[0] as string)).rejects.toMatchObject(forbidden)
    await expect(system.defragment({ moves: 1 })).rejects.toMatchObject(forbidden)
    await expect(cloud.capacity({ flavorId: 'absent' })).rejects.toMatchObject({
      code: 'notFound',
      field: 'flavorId',
    })
    await expect(cloud.hosts.drain('absent')).rejects.toMatchObject({ code: 'notFound' })
    await expect(cloud.defragment({ moves: 1_001 })).rejects.toMatchObject({
      code: 'invalid',
      field: 'moves',
      limit: 1_000,
    })
  })
})

describe('C6: a drain', () => {
  it('has a place for every server, with room, where its request would have it', async () => {
    await fill()
    let moved = 0
    for (const id of hostIds) {
      const model = await MigrationModel.read(world.store, groups)
      const before = model.on(id)
      const { moves, stuck } = await world.cloud.hosts.drain({ id })
      const all = [...moves, ...stuck].map(({ serverId }) => serverId)
      expect(all.sort()).toEqual(before.sort())
      model.carryOut(moves)
      expect(model.on(id).sort()).toEqual(stuck.map(({ serverId }) => serverId).sort())
      moved += moves.length
    }
    expect(moved).toBeGreaterThan(100)
  })

  it('says why a server is stuck', async () => {
    const flavorId = await flavor(64)
    await base.acme.servers.create({ ...request, flavorId, minCount: 12 })
    const { moves, stuck } = await world.cloud.hosts.drain(hostIds[3] as string)
    expect(moves).toEqual([])
    expect(stuck).toMatchObject([{ projectId: base.acme.id, reason: 'noRoom' }])
    expect(stuck[0]?.explanation).toMatchObject({
      nearestFeasible: 0,
      ruledOut: { notListed: 1, resources: 11 },
      scarcest: 'VCPU',
    })
  })

  it('costs as many statements for one server as for many', async () => {
    const { cloud } = world
    const { acme } = base
    const statements = async (): Promise<number> => {
      const before = cloud.stats.statements
      await cloud.hosts.drain(hostIds[0] as string)
      return cloud.stats.statements - before
    }
    for (const id of hostIds.slice(1)) await cloud.hosts.update({ id, enabled: false })
    const groupId = await groupOf('anti-affinity', 100)
    await acme.servers.create({ ...request, groupId, minCount: 1 })
    const one = await statements()
    await acme.servers.create({ ...request, groupId, minCount: 40 })
    expect(await statements()).toBe(one)
  })
})

describe('a defragmentation', () => {
  it('frees hosts within its budget, and keeps every rule', async () => {
    for (const minCount of [3, 5, 9, 14]) {
      await base.acme.servers.create({ ...request, minCount, policy: 'spread' })
    }
    const groupId = await groupOf('anti-affinity')
    await base.acme.servers.create({ ...request, groupId, minCount: 6, policy: 'spread' })
    for (const moves of [1, 4, 10, 100]) {
      const model = await MigrationModel.read(world.store, groups)
      const plan = await world.cloud.defragment({ moves })
      expect(plan.moves.length).toBeLessThanOrEqual(moves)
      model.carryOut(plan.moves)
      for (const id of plan.freedHostIds) expect(model.on(id)).toEqual([])
      const sources = new Set(plan.moves.map(({ fromHostId }) => fromHostId))
      expect([...sources].sort()).toEqual([...plan.freedHostIds].sort())
      // Three or four servers lie on each host; the group needs six hosts.
      if (moves >= 4) expect(plan.freedHostIds.length).toBeGreaterThan(0)
      if (moves === 100) expect(plan.freedHostIds.length).toBeGreaterThanOrEqual(5)
    }
    const { freedHostIds } = await world.cloud.defragment({ moves: 100, hosts: 2 })
    expect(freedHostIds).toHaveLength(2)
  })
})

describe('who plans', () => {
  it('changes nothing, and places afterwards as who did not', async () => {
    /** Which hosts, by name, take what comes after so many calls. */
    const story = async (plans: boolean): Promise<string[]> => {
      const { cloud, store } = world
      await fill()
      const before = await dumpResources(store)
      for (const id of hostIds) {
        if (plans) await cloud.hosts.drain({ id })
        else await cloud.hosts.usage({ id })
      }
      if (plans) await cloud.defragment({ moves: 50 })
      else await cloud.hosts.capacity({})
      expect(await dumpResources(store)).toEqual(before)
      for (const policy of ['pack', 'spread'] as const) {
        await base.acme.servers.create({ ...request, minCount: 30, policy })
      }
      const names = new Map<string, string>()
      for await (const { id, name } of cloud.hosts.list()) names.set(id, name)
      const model = await MigrationModel.read(store)
      return hostIds.map((id) => `${names.get(id)}: ${model.on(id).length}`)
    }
    const planned = await story(true)
    await world.cloud.close()
    await open()
    expect(await story(false)).toEqual(planned)
  })
})

describe('an open resize', () => {
  it('keeps both of its sides where they are', async () => {
    const own = await openWorld()
    try {
      const [first] = await addHosts(own.cloud, 1, { zone: 'z1' })
      const { acme, flavorId, imageId } = await basics(own.cloud)
      const { id: largeId } = await own.cloud.system.flavors.create({
        name: 'large',
        vcpus: 2,
        ramMb: 2_048,
        diskGb: 20,
      })
      const batch = await acme.servers.create({ name: 'vm', flavorId, imageId, minCount: 2 })
      const { servers } = await batch.done()
      const [serverId, otherId] = servers.map(({ id }) => id) as [string, string]
      await acme.servers.resize({ id: serverId, flavorId: largeId })
      await own.cloud.settle({ timeoutMs: 10_000 })
      await addHosts(own.cloud, 1, { zone: 'z1' }, 'more')
      const resize = { serverId, projectId: acme.id, reason: 'openResize', explanation: null }
      const before = await own.cloud.hosts.drain(first as string)
      expect(before.stuck).toEqual([resize])
      expect(before.moves.map((move) => move.serverId)).toEqual([otherId])
      expect(await own.cloud.defragment({ moves: 10 })).toEqual({ moves: [], freedHostIds: [] })
      await acme.servers.confirmResize({ id: serverId })
      await own.cloud.settle({ timeoutMs: 10_000 })
      const { moves, stuck } = await own.cloud.hosts.drain(first as string)
      expect(stuck).toEqual([])
      // The resized one is the larger now.
      expect(moves.map((move) => move.serverId)).toEqual([serverId, otherId])
      expect(await own.cloud.audit()).toEqual([])
    } finally {
      await own.cloud.close()
    }
  })
})
