import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addHosts, basics, collect, openWorld, type World } from '../support/world.ts'

type Open = World & Awaited<ReturnType<typeof basics>>

let world: Open

beforeEach(async () => {
  const opened = await openWorld()
  await addHosts(opened.cloud, 4)
  const { volumePools } = opened.cloud.system
  await volumePools.create({ name: 'lvm#a', totalGb: 100, capabilities: { disk: 'hdd' } })
  await volumePools.create({ name: 'ceph#a', totalGb: 100, capabilities: { disk: 'ssd' } })
  world = { ...opened, ...(await basics(opened.cloud)) }
})

afterEach(async () => {
  await settled()
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

async function settled(): Promise<void> {
  expect(await world.cloud.settle({ timeoutMs: 20_000 })).toBe(0)
}

async function poolOf(id: string): Promise<string | undefined> {
  return (await world.cloud.system.volumes.get({ id })).pool
}

describe('types of volumes', () => {
  it('B5: extra specs choose the back-end, and the capabilities of its pool', async () => {
    const { acme, cloud } = world
    const { volumeTypes } = cloud.system
    await volumeTypes.create({ name: 'block', extraSpecs: { volume_backend_name: 'lvm' } })
    await volumeTypes.create({ name: 'fast', extraSpecs: { disk: 'ssd' }, isDefault: true })
    await volumeTypes.create({ name: 'never', extraSpecs: { disk: 'tape' } })
    const slow = await acme.volumes.create({ sizeGb: 1, volumeType: 'block' })
    const usual = await acme.volumes.create({ sizeGb: 1 })
    expect(await poolOf(slow.id)).toBe('lvm#a')
    expect(await poolOf(usual.id)).toBe('ceph#a')
    await expect(acme.volumes.create({ sizeGb: 1, volumeType: 'never' })).rejects.toMatchObject({
      code: 'noValidHost',
      detail: { nearestFeasible: 0, reasons: { capabilities: 2 } },
    })
    const second = { name: 'second', isDefault: true }
    await expect(volumeTypes.create(second)).rejects.toMatchObject({
      code: 'conflict',
      field: 'isDefault',
    })
  })

  it('B5: volumes go beside others, or apart from them', async () => {
    const { acme, cloud } = world
    const first = await acme.volumes.create({ sizeGb: 60 })
    const other = await acme.volumes.create({ sizeGb: 60 })
    const [mine, theirs] = [await poolOf(first.id), await poolOf(other.id)]
    expect(mine).not.toBe(theirs)
    const beside = await acme.volumes.create({ sizeGb: 30, sameBackendAs: [first.id] })
    const apart = await acme.volumes.create({ sizeGb: 30, differentBackendFrom: [first.id] })
    expect(await poolOf(beside.id)).toBe(mine)
    expect(await poolOf(apart.id)).toBe(theirs)
    // However full it is.
    for (let i = 0; i < 3; i++) {
      const next = await acme.volumes.create({ sizeGb: 1, sameBackendAs: [first.id] })
      expect(await poolOf(next.id)).toBe(mine)
    }
    const request = { sizeGb: 1, differentBackendFrom: [first.id, other.id] }
    await expect(acme.volumes.create(request)).rejects.toMatchObject({
      code: 'noValidHost',
      detail: { nearestFeasible: 0, reasons: { affinity: 2 } },
    })
    const foreign = await cloud.project('other')
    for (const sameBackendAs of [[first.id], ['absent']]) {
      await expect(foreign.volumes.create({ sizeGb: 1, sameBackendAs })).rejects.toMatchObject({
        code: 'notFound',
        field: 'sameBackendAs',
      })
    }
  })

  it('B5: a private type is for projects let in, and stays while it is used', async () => {
    const { acme, cloud } = world
    const { volumeTypes } = cloud.system
    const type = await volumeTypes.create({ name: 'secret', isPublic: false })
    const request = { sizeGb: 1, volumeType: 'secret' }
    await expect(acme.volumes.create(request)).rejects.toMatchObject({
      code: 'notFound',
      field: 'volumeType',
    })
    await volumeTypes.grant({ typeId: type.id, projectId: acme.id })
    const { id } = await acme.volumes.create(request)
    await volumeTypes.revoke({ typeId: type.id, projectId: acme.id })
    expect(await collect(acme.volumeTypes.list({}))).toEqual([])
    await settled()
    await expect(volumeTypes.delete({ id: type.id })).rejects.toMatchObject({ code: 'conflict' })
    await acme.volumes.delete({ ids: [id] })
    await settled()
    await volumeTypes.delete({ id: type.id })
  })

  it('B6: limits of speed are told to back-ends, to hosts, or to both', async () => {
    const { acme, cloud, volumes, imageId, flavorId } = world
    const { volumeQos, volumeTypes } = cloud.system
    const specs = { total_iops_sec: '500' }
    const made = new Map<string, string>()
    for (const consumer of ['front-end', 'back-end', 'both'] as const) {
      const qos = await volumeQos.create({ name: consumer, consumer, specs })
      await volumeTypes.create({ name: consumer, qosId: qos.id })
      const { id } = await acme.volumes.create({ sizeGb: 1, volumeType: consumer })
      made.set(consumer, id)
    }
    await settled()
    const atBackEnd = [...made.values()].map((id) => volumes.table.volumes.get(id)?.limits)
    expect(atBackEnd).toEqual([undefined, specs, specs])
    const told = vi.spyOn(world.fleet, 'apply')
    const batch = await acme.servers.create({ name: 'web', imageId, flavorId, minCount: 1 })
    const [server] = (await batch.done()).servers
    const serverId = server?.id ?? ''
    await settled()
    await acme.servers.attachVolumes({
      attachments: [...made.values()].map((volumeId) => ({ serverId, volumeId })),
    })
    await settled()
    const atHost = [...made.values()].map((id) => volumes.table.connectionsOf(id)[0]?.limits)
    expect(atHost).toEqual([specs, undefined, specs])
    await acme.servers.reboot({ ids: [serverId] })
    await settled()
    const guest = told.mock.calls.flatMap(([targets]) => targets).at(-1)
    expect(guest?.volumes?.map(({ limits }) => limits)).toEqual([specs, undefined, specs])
    const id = made.get('front-end') ?? ''
    await acme.servers.detachVolumes({ attachments: [{ serverId, volumeId: id }] })
    await settled()
    await acme.volumes.retype({ id, volumeType: 'back-end' })
    await settled()
    expect(volumes.table.volumes.get(id)?.limits).toEqual(specs)
  })

  it('B6: a volume of a multi-attach type is used by several servers', async () => {
    const { acme, cloud, imageId, flavorId, volumes } = world
    const qos = await cloud.system.volumeQos.create({
      name: 'slow',
      specs: { total_iops_sec: '9' },
    })
    const type = { name: 'shared', multiattach: true, qosId: qos.id }
    await cloud.system.volumeTypes.create(type)
    await expect(cloud.system.volumeQos.delete({ id: qos.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    const volume = await acme.volumes.create({ sizeGb: 1, volumeType: 'shared' })
    const batch = await acme.servers.create({ name: 'web', imageId, flavorId, minCount: 3 })
    const { servers } = await batch.done()
    await settled()
    const attachments = servers.map(({ id }) => ({ serverId: id, volumeId: volume.id }))
    await acme.servers.attachVolumes({ attachments })
    await settled()
    expect(volumes.table.connectionsOf(volume.id)).toHaveLength(3)
    await acme.servers.detachVolumes({ attachments: attachments.slice(0, 1) })
    await settled()
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'in-use' })
    await acme.servers.delete({ batchId: batch.id })
    await settled()
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
  })

  it('B6: an over-subscribed pool promises more than it has', async () => {
    const { acme, cloud } = world
    const [pool] = await collect(cloud.system.volumePools.list({ backend: 'lvm' }))
    const [other] = await collect(cloud.system.volumePools.list({ backend: 'ceph' }))
    await cloud.system.volumePools.update({ id: other?.id as string, enabled: false })
    await acme.volumes.create({ sizeGb: 90 })
    await expect(acme.volumes.create({ sizeGb: 20 })).rejects.toMatchObject({
      code: 'noValidHost',
      detail: { reasons: { capacity: 1, disabled: 1 } },
    })
    const grown = { id: pool?.id as string, overSubscription: 2, reservedPercent: 10 }
    const view = await cloud.system.volumePools.update(grown)
    expect(view).toMatchObject({ provisionableGb: 180, allocatedGb: 90, volumes: 1 })
    await acme.volumes.create({ sizeGb: 90 })
  })

  it('B8: an available volume changes its type, and moves if it may', async () => {
    const { acme, cloud } = world
    const { volumeTypes } = cloud.system
    await volumeTypes.create({ name: 'hdd', extraSpecs: { disk: 'hdd' } })
    const fast = await volumeTypes.create({ name: 'ssd', extraSpecs: { disk: 'ssd' } })
    const { id } = await acme.volumes.create({ sizeGb: 3, volumeType: 'hdd' })
    await settled()
    const request = { id, volumeType: 'ssd' }
    await expect(acme.volumes.retype(request)).rejects.toMatchObject({
      code: 'conflict',
      field: 'migrationPolicy',
    })
    await acme.volumes.retype({ ...request, migrationPolicy: 'on-demand' })
    await settled()
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'available', typeId: fast.id })
    expect(await poolOf(id)).toBe('ceph#a')
    const [left] = await collect(cloud.system.volumePools.list({ backend: 'lvm' }))
    expect(left).toMatchObject({ allocatedGb: 0, volumes: 0 })
  })
})

describe('quotas of volumes', () => {
  it('B9: volumes, gigabytes and snapshots are bounded, per project', async () => {
    const { acme, cloud } = world
    const limits = { volumes: 2, gigabytes: 5, snapshots: 1 }
    await cloud.system.quotas.set({ projectId: acme.id, limits })
    await expect(acme.volumes.createMany({ sizeGb: 1, count: 3 })).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'volumes',
      limit: 2,
    })
    const { id } = await acme.volumes.create({ sizeGb: 3 })
    await settled()
    await expect(acme.volumes.extend({ id, sizeGb: 6 })).rejects.toMatchObject({
      field: 'gigabytes',
    })
    await expect(acme.snapshots.create({ volumeId: id })).rejects.toMatchObject({
      field: 'gigabytes',
    })
  })

  it('B9: and per type', async () => {
    const { acme, cloud, imageId, flavorId } = world
    const type = await cloud.system.volumeTypes.create({ name: 'gold' })
    const typeId = type.id
    await cloud.system.volumeTypes.setQuota({ projectId: acme.id, typeId, volumes: 3 })
    await acme.volumes.createMany({ sizeGb: 1, count: 2, volumeType: 'gold' })
    await expect(
      acme.volumes.createMany({ sizeGb: 1, count: 2, volumeType: 'gold' }),
    ).rejects.toMatchObject({ code: 'quotaExceeded', field: `${typeId}:volumes`, limit: 3 })
    const bootVolume = { imageId, sizeGb: 1, volumeType: 'gold', deleteOnTermination: true }
    const batch = await acme.servers.create({ name: 'x', flavorId, maxCount: 5, bootVolume })
    expect(batch.count).toBe(1)
    const quota = await acme.volumeTypes.quota({})
    expect(quota).toContainEqual({ typeId, resource: 'volumes', used: 3, limit: 3 })
    await acme.volumes.create({ sizeGb: 1 })
  })
})

describe('the cost of many', () => {
  it('B12: statements do not grow with the number of volumes or attachments', async () => {
    const { acme, cloud, imageId, flavorId } = world
    const costs: Record<string, number[]> = { create: [], boot: [], attach: [], detach: [] }
    const cost = async (name: string, run: () => Promise<unknown>): Promise<void> => {
      const before = cloud.stats.statements
      await run()
      costs[name]?.push(cloud.stats.statements - before)
      await settled()
    }
    await cloud.system.volumePools.create({ name: 'big#a', totalGb: 100_000 })
    for (const count of [5, 50]) {
      const volumeIds: string[] = []
      await cost('create', async () => {
        const { volumes } = await acme.volumes.createMany({ sizeGb: 1, count })
        volumeIds.push(...volumes.map(({ id }) => id))
      })
      const bootVolume = { imageId, sizeGb: 1, deleteOnTermination: true }
      const request = { name: 'x', flavorId, minCount: count, bootVolume }
      let batchId = ''
      await cost('boot', async () => {
        batchId = (await acme.servers.create(request)).id
      })
      const servers = await collect(acme.servers.list({ batchId }))
      const attachments = servers.map(({ id }, index) => ({
        serverId: id,
        volumeId: volumeIds[index] as string,
      }))
      await cost('attach', () => acme.servers.attachVolumes({ attachments }))
      await cost('detach', () => acme.servers.detachVolumes({ attachments }))
    }
    for (const [name, [few = 0, many = 0]] of Object.entries(costs)) {
      // The worker may begin before the answer: a few statements of its own.
      expect(many, name).toBeLessThanOrEqual(few + 6)
    }
  })
})

describe('weights of pools', () => {
  type Settings = Parameters<typeof openWorld>[0] & object

  /** Pools to which four volumes go, one after the other, and how often. */
  async function places(
    settings: Settings['settings'],
    more: Readonly<Record<string, Record<string, string>>> = {},
  ): Promise<Readonly<Record<string, number>>> {
    const { cloud } = await openWorld(settings === undefined ? {} : { settings })
    const { volumePools } = cloud.system
    for (const [name, totalGb] of Object.entries({ large: 1_000, small: 100 })) {
      await volumePools.create({ name, totalGb, capabilities: more[name] ?? {} })
    }
    const acme = await cloud.project('acme')
    await acme.volumes.createMany({ sizeGb: 2, count: 4 })
    const pools = await collect(volumePools.list({}))
    await cloud.close()
    return Object.fromEntries(pools.map(({ name, volumes }) => [name, volumes]))
  }

  const none = { capacity: 0, allocated: 0, number: 0, goodness: 0 }

  it('B5: the most room, the least, the fewest volumes', async () => {
    expect(await places(undefined)).toEqual({ large: 4, small: 0 })
    expect(await places({ volumeWeights: { ...none, capacity: -1 } })).toEqual({
      large: 0,
      small: 4,
    })
    for (const weights of [{ number: -1 }, { allocated: -1 }]) {
      const even = await places({ volumeWeights: { ...none, ...weights } })
      expect(even).toEqual({ large: 2, small: 2 })
    }
  })

  it('B5: pools say how good they are for a volume, and which they take', async () => {
    const volumeWeights = { ...none, goodness: 1 }
    const good = { small: { goodness_function: '(volume.size < 10) ? 100 : 0' } }
    expect(await places({ volumeWeights }, good)).toEqual({ large: 0, small: 4 })
    const odd = { small: { goodness_function: '101' }, large: { goodness_function: '1' } }
    expect(await places({ volumeWeights }, odd)).toEqual({ large: 4, small: 0 })
    const filter = { large: { filter_function: 'stats.total_capacity_gb < 500' } }
    expect(await places(undefined, filter)).toEqual({ large: 0, small: 4 })
    const wrong = places(undefined, {
      large: { filter_function: 'volume.size' },
      small: { filter_function: 'no such' },
    })
    await expect(wrong).rejects.toMatchObject({ detail: { reasons: { function: 2 } } })
  })

  it('B5: pools are drawn, the better the likelier', async () => {
    const drawn = await places({ volumeChoice: 'stochastic', volumeWeights: none })
    expect(drawn['large']).toBeGreaterThan(0)
    expect(drawn['small']).toBeGreaterThan(0)
  })
})
