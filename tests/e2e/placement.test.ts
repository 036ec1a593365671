import { type InputOf, type allocationSet, isCloudError } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testClock } from '../support/fixed.ts'
import { addHosts, type Basics, basics, openWorld, type World } from '../support/world.ts'

type Orders = InputOf<typeof allocationSet>['consumers']

let world: World
let base: Basics
let hostIds: string[]

beforeEach(async () => {
  world = await openWorld({ work: false, clock: testClock() })
  hostIds = await addHosts(world.cloud, 3)
  base = await basics(world.cloud)
})

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

const api = () => world.cloud.system.placement
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

async function refused(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isCloudError(error)) throw new Error(`expected a refusal: ${String(error)}`)
  const { code, field, detail } = error
  return { code, field, ...(detail?.['reason'] !== undefined && { reason: detail['reason'] }) }
}

async function pool(name: string, parentId: string | null = null, total = 8) {
  const { id } = await api().providers.create({ name, parentId })
  await api().resourceClasses.create({ name: 'CUSTOM_LICENCE' })
  await api().providers.setInventory({ id, inventories: { CUSTOM_LICENCE: { total } } })
  return id
}

function take(consumer: number, allocations: Record<string, number>, more = {}): Orders[number] {
  return {
    id: uuid(consumer),
    projectId: 'a-project',
    userId: 'a-user',
    allocations: Object.entries(allocations).map(([providerId, amount]) => {
      return { providerId, resources: { CUSTOM_LICENCE: amount } }
    }),
    ...more,
  }
}

describe('providers of resources', () => {
  it('C10: hosts and others are providers, in trees, with generations', async () => {
    const [host] = hostIds as [string]
    const nic = await pool('nic', host)
    const vf = await pool('vf', nic)
    const tree = []
    for await (const one of api().providers.list({ inTree: vf })) tree.push(one)
    const places = new Map(tree.map(({ id, parentId, rootId }) => [id, [parentId, rootId]]))
    expect(places).toEqual(
      new Map([
        [host, [null, host]],
        [nic, [host, host]],
        [vf, [nic, host]],
      ]),
    )
    const [before] = await api().providers.get({ ids: [nic] })
    expect(before).toMatchObject({ generation: 1, isHost: false })
    await api().traits.create({ name: 'CUSTOM_FAST' })
    const marked = await api().providers.setTraits({
      id: nic,
      generation: 1,
      traits: ['CUSTOM_FAST'],
    })
    expect(marked).toMatchObject({ generation: 2, traits: ['CUSTOM_FAST'] })
    expect(
      await refused(api().providers.setTraits({ id: nic, generation: 1, traits: [] })),
    ).toEqual({ code: 'stale', field: 'generation', reason: 'generation' })
    expect(await refused(api().traits.delete({ name: 'CUSTOM_FAST' }))).toMatchObject({
      code: 'conflict',
    })
    expect(await refused(api().providers.delete({ id: nic }))).toMatchObject({ reason: 'children' })
    expect(await refused(world.cloud.system.hosts.delete({ ids: [host] }))).toMatchObject({
      code: 'conflict',
    })
    expect(await refused(api().providers.update({ id: nic, parentId: vf }))).toMatchObject({
      code: 'invalid',
      field: 'parentId',
    })
    await api().providers.update({ id: nic, parentId: null })
    expect((await api().providers.get({ ids: [vf] }))[0]).toMatchObject({ rootId: nic })
    await api().providers.delete({ id: vf })
    await api().providers.delete({ id: nic })
    await api().traits.delete({ name: 'CUSTOM_FAST' })
    await api().resourceClasses.delete({ name: 'CUSTOM_LICENCE' })
    await world.cloud.system.hosts.delete({ ids: [host] })
  })

  it('C10: a name that nobody defined is refused; one in use stays', async () => {
    const { id } = await api().providers.create({ name: 'pool' })
    const inventories = { CUSTOM_NOTHING: { total: 1 } }
    expect(await refused(api().providers.setInventory({ id, inventories }))).toMatchObject({
      code: 'invalid',
      reason: 'unknownName',
    })
    expect(
      await refused(api().providers.setTraits({ id, traits: ['CUSTOM_NOTHING'] })),
    ).toMatchObject({ code: 'invalid', reason: 'unknownName' })
    await api().resourceClasses.create({ name: 'CUSTOM_NOTHING' })
    await api().providers.setInventory({ id, inventories })
    expect(await refused(api().resourceClasses.delete({ name: 'CUSTOM_NOTHING' }))).toMatchObject({
      code: 'conflict',
    })
  })

  it('C10: hosts take traits and aggregates, and keep their inventories', async () => {
    const [id] = hostIds as [string]
    const { id: aggregateId } = await world.cloud.system.aggregates.create({ name: 'fast' })
    await api().traits.create({ name: 'CUSTOM_FAST' })
    await api().providers.setTraits({ id, traits: ['CUSTOM_FAST'] })
    await api().providers.setAggregates({ id, aggregateIds: [aggregateId] })
    expect((await world.cloud.system.hosts.get({ ids: [id] }))[0]).toMatchObject({
      traits: ['CUSTOM_FAST'],
      aggregateIds: [aggregateId],
    })
    expect(
      await refused(api().providers.setAggregates({ id, aggregateIds: [uuid(1)] })),
    ).toMatchObject({ code: 'conflict', reason: 'host' })
    expect(
      await refused(api().providers.setInventory({ id, inventories: { VCPU: { total: 1 } } })),
    ).toMatchObject({ code: 'conflict', reason: 'host' })
  })
})

describe('consumers', () => {
  it('C10: take what there is, by generation, and no more', async () => {
    const id = await pool('licences')
    await api().allocations.set({ consumers: [take(1, { [id]: 5 }, { generation: null })] })
    expect(await api().allocations.get({ id: uuid(1) })).toMatchObject({
      generation: 1,
      isServer: false,
      allocations: [{ providerId: id, resources: { CUSTOM_LICENCE: 5 } }],
    })
    expect(
      await refused(
        api().allocations.set({ consumers: [take(1, { [id]: 1 }, { generation: null })] }),
      ),
    ).toMatchObject({ code: 'stale', reason: 'generation' })
    expect(
      await refused(api().allocations.set({ consumers: [take(2, { [id]: 4 })] })),
    ).toMatchObject({ code: 'conflict', reason: 'capacity' })
    // Both in one: what the first gives, the second takes.
    await api().allocations.set({ consumers: [take(1, { [id]: 2 }), take(2, { [id]: 6 })] })
    expect((await api().providers.usage({ id })).usages).toEqual({ CUSTOM_LICENCE: 8 })
    expect(
      await refused(api().providers.setInventory({ id, remove: ['CUSTOM_LICENCE'] })),
    ).toMatchObject({ code: 'conflict', reason: 'inventoryInUse' })
    expect(await refused(api().providers.delete({ id }))).toMatchObject({ reason: 'inUse' })
    await api().allocations.set({ consumers: [take(1, {}), take(2, {})] })
    expect(await api().allocations.get({ id: uuid(1) })).toBeNull()
    await api().providers.delete({ id })
  })

  it('C10: twenty at once get exactly what there is', async () => {
    const id = await pool('licences', null, 7)
    const calls = Array.from({ length: 20 }, (_, n) =>
      api().allocations.set({ consumers: [take(n + 1, { [id]: 1 })] }),
    )
    const ends = await Promise.allSettled(calls)
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
    expect((await api().providers.usage({ id })).usages).toEqual({ CUSTOM_LICENCE: 7 })
  })

  it('C10: room that others take of hosts is not given to servers', async () => {
    const order = {
      id: uuid(1),
      projectId: 'p',
      userId: 'u',
      allocations: hostIds.map((providerId) => ({ providerId, resources: { VCPU: 64 } })),
    }
    await api().allocations.set({ consumers: [order] })
    const request = { name: 'vm', imageId: base.imageId, flavorId: base.flavorId }
    expect(await refused(base.acme.servers.create(request))).toMatchObject({ code: 'noValidHost' })
    expect(await refused(world.cloud.system.hosts.delete({ ids: hostIds }))).toMatchObject({
      code: 'conflict',
    })
    await api().allocations.set({ consumers: [{ ...order, allocations: [] }] })
    const batch = await base.acme.servers.create(request)
    let id = ''
    for await (const server of batch.servers()) id = server.id
    const own = await api().allocations.get({ id })
    expect(own).toMatchObject({ isServer: true, type: 'INSTANCE' })
    const stolen = { ...order, id, allocations: [] }
    expect(await refused(api().allocations.set({ consumers: [stolen] }))).toMatchObject({
      code: 'conflict',
      reason: 'server',
    })
    const [usage] = await api().usage({ projectId: own?.projectId as string })
    expect(usage).toMatchObject({ type: 'INSTANCE', consumers: 1 })
  })

  it('C12: inventories move with what is allocated of them', async () => {
    const from = await pool('from')
    const to = await api().providers.create({ name: 'to' })
    await api().allocations.set({ consumers: [take(1, { [from]: 5 })] })
    const [old] = await api().providers.get({ ids: [from] })
    const providers = [
      { id: from, generation: old?.generation ?? 0, inventories: {} },
      { id: to.id, generation: 0, inventories: { CUSTOM_LICENCE: { total: 8 } } },
    ]
    expect(
      await refused(api().reshape({ providers, consumers: [take(1, { [from]: 5 })] })),
    ).toMatchObject({ code: 'conflict' })
    await api().reshape({ providers, consumers: [take(1, { [to.id]: 5 })] })
    expect((await api().providers.usage({ id: to.id })).usages).toEqual({ CUSTOM_LICENCE: 5 })
    await api().providers.delete({ id: from })
  })
})

describe('candidates', () => {
  const group = (suffix: string, resources: Record<string, number>, more = {}) => {
    return { suffix, resources, ...more }
  }

  it('C11: hosts with room, by required, any-of and forbidden traits and aggregates', async () => {
    const [first, second, third] = hostIds as [string, string, string]
    for (const name of ['CUSTOM_A', 'CUSTOM_B', 'CUSTOM_C']) await api().traits.create({ name })
    await api().providers.setTraits({ id: first, traits: ['CUSTOM_A'] })
    await api().providers.setTraits({ id: second, traits: ['CUSTOM_B', 'CUSTOM_C'] })
    const { id: rack } = await world.cloud.system.aggregates.create({ name: 'rack' })
    await api().providers.setAggregates({ id: third, aggregateIds: [rack] })
    const hosts = async (more: object): Promise<string[]> => {
      const { candidates } = await api().candidates({ groups: [group('', { VCPU: 4 }, more)] })
      return candidates.flatMap(({ allocations }) => Object.keys(allocations)).sort()
    }
    expect(await hosts({})).toEqual([...hostIds].sort())
    expect(await hosts({ required: [['CUSTOM_A', 'CUSTOM_B']] })).toEqual([first, second].sort())
    expect(await hosts({ required: [['CUSTOM_B'], ['CUSTOM_C']] })).toEqual([second])
    expect(await hosts({ forbidden: ['CUSTOM_A'] })).toEqual([second, third].sort())
    expect(await hosts({ memberOf: [[rack]] })).toEqual([third])
    expect(await hosts({ inTree: first })).toEqual([first])
    const limited = await api().candidates({ groups: [group('', { VCPU: 4 })], limit: 2 })
    expect(limited.candidates).toHaveLength(2)
    expect(limited.summaries[0]?.used).toEqual({ VCPU: 0, MEMORY_MB: 0, DISK_GB: 0 })
    expect((await api().candidates({ groups: [group('', { VCPU: 65 })] })).candidates).toEqual([])
  })

  it('C12: groups are met by single providers of a tree, apart, and within a subtree', async () => {
    const [host] = hostIds as [string]
    const one = await pool('one', host)
    const two = await pool('two', host)
    const ask = {
      groups: [
        group('', { VCPU: 1 }),
        group('_A', { CUSTOM_LICENCE: 3 }),
        group('_B', { CUSTOM_LICENCE: 3 }),
      ],
    }
    const apart = await api().candidates({ ...ask, groupPolicy: 'isolate' })
    expect(apart.candidates.map(({ mappings }) => mappings)).toEqual([
      { '': [host], _A: [one], _B: [two] },
      { '': [host], _A: [two], _B: [one] },
    ])
    expect((await api().candidates({ ...ask, groupPolicy: 'none' })).candidates).toHaveLength(4)
    const same = { ...ask, groupPolicy: 'none' as const, sameSubtree: [['_A', '_B']] }
    expect((await api().candidates(same)).candidates).toHaveLength(2)
    await api().traits.create({ name: 'CUSTOM_ROOT' })
    const rooted = { ...ask, rootRequired: ['CUSTOM_ROOT'] }
    expect((await api().candidates(rooted)).candidates).toEqual([])
    await api().providers.setTraits({ id: host, traits: ['CUSTOM_ROOT'] })
    expect((await api().candidates(rooted)).candidates).toHaveLength(4)
    await world.cloud.system.hosts.update({ id: host, enabled: false })
    expect((await api().candidates(ask)).candidates).toEqual([])
  })
})
