import { describe, expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld, type World } from '../support/world.ts'

async function findings(world: World): Promise<unknown[]> {
  await world.cloud.settle({ timeoutMs: 20_000 })
  return world.cloud.audit()
}

async function openBlock(totalGb = 10_000) {
  const world = await openWorld()
  const { cloud } = world
  await addHosts(cloud, 10)
  await cloud.system.volumePools.create({ name: 'lvm#fast', totalGb })
  return { ...world, world, ...(await basics(cloud)) }
}

async function settled(world: World): Promise<void> {
  expect(await world.cloud.settle({ timeoutMs: 20_000 })).toBe(0)
}

describe('volumes', () => {
  it('B1: an empty volume is created, named, listed and deleted', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const volume = await acme.volumes.create({ name: 'data', sizeGb: 5, metadata: { a: 'b' } })
    expect(volume).toMatchObject({ status: 'creating', sizeGb: 5, bootable: false })
    expect(volume).not.toHaveProperty('poolId')
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    expect(volumes.table.volumes.get(volume.id)).toMatchObject({ pool: 'lvm#fast', sizeGb: 5 })
    await acme.volumes.update({ id: volume.id, name: 'other', metadata: {} })
    const [listed] = await collect(acme.volumes.list({ name: 'other' }))
    expect(listed).toMatchObject({ id: volume.id, metadata: {} })
    await acme.volumes.delete({ ids: [volume.id] })
    await settled(world)
    await expect(acme.volumes.get({ id: volume.id })).rejects.toMatchObject({ code: 'notFound' })
    expect(volumes.table.volumes.size).toBe(0)
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })

  it('B2, B3: a volume is created from an image, a snapshot and a volume', async () => {
    const { world, cloud, acme, imageId, volumes } = await openBlock()
    const root = await acme.volumes.create({ imageId, sizeGb: 3 })
    await settled(world)
    expect(await acme.volumes.get({ id: root.id })).toMatchObject({ bootable: true })
    volumes.table.write(root.id, 'then')
    const snapshot = await acme.snapshots.create({ volumeId: root.id })
    await settled(world)
    volumes.table.write(root.id, 'now')
    const old = await acme.volumes.create({ snapshotId: snapshot.id })
    const copy = await acme.volumes.create({ sourceVolumeId: root.id, sizeGb: 9 })
    await settled(world)
    expect(volumes.table.volumes.get(old.id)).toMatchObject({ sizeGb: 3, content: 'then' })
    expect(volumes.table.volumes.get(copy.id)).toMatchObject({ sizeGb: 9, content: 'now' })
    await acme.volumes.revert({ id: root.id, snapshotId: snapshot.id })
    await settled(world)
    expect(volumes.table.volumes.get(root.id)).toMatchObject({ content: 'then' })
    await expect(acme.volumes.delete({ ids: [root.id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })

  it('B2: a volume grows, also while a server uses it', async () => {
    const { world, cloud, acme, imageId, flavorId, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 5 })
    const batch = await acme.servers.create({ name: 'web', imageId, flavorId })
    await batch.done()
    await settled(world)
    await acme.volumes.extend({ id: volume.id, sizeGb: 6 })
    await settled(world)
    const [server] = await collect(acme.servers.list({}))
    const use = { serverId: server?.id as string, volumeId: volume.id }
    await acme.servers.attachVolumes({ attachments: [use] })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'in-use' })
    await acme.volumes.extend({ id: volume.id, sizeGb: 8 })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'in-use', sizeGb: 8 })
    expect(volumes.table.volumes.get(volume.id)).toMatchObject({ sizeGb: 8 })
    await acme.servers.detachVolumes({ attachments: [use] })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    expect(volumes.table.connections.size).toBe(0)
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })

  it('B4, C6: a volume is where its guest comes before that does', async () => {
    const { world, cloud, acme, imageId, flavorId, volumes, fleet } = await openBlock()
    const { id: volumeId } = await acme.volumes.create({ sizeGb: 5 })
    await (await acme.servers.create({ name: 'web', imageId, flavorId })).done()
    await settled(world)
    const [server] = await collect(cloud.system.servers.list({}))
    const id = server?.id as string
    await acme.servers.attachVolumes({ attachments: [{ serverId: id, volumeId }] })
    await settled(world)
    const places: unknown[] = []
    const apply = fleet.apply.bind(fleet)
    fleet.apply = (targets, options) => {
      const coming = targets.find(({ from }) => from !== undefined)
      if (coming) places.push([coming.hostId, volumes.table.connectionsOf(volumeId)[0]?.host])
      return apply(targets, options)
    }
    await cloud.system.servers.liveMigrate({ id })
    await settled(world)
    const [now] = await collect(cloud.system.servers.list({}))
    expect(now?.hostId).not.toBe(server?.hostId)
    expect(places).toEqual([[now?.hostId, now?.hostId]])
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })

  it('B4: a use from outside is reserved, connected, completed and detached', async () => {
    const { world, cloud, acme } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    const { id } = await acme.attachments.create({ volumeId: volume.id })
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'reserved' })
    await acme.attachments.update({ id, connector: { host: 'metal-1' } })
    await settled(world)
    expect(await acme.attachments.get({ id })).toMatchObject({ connection: { host: 'metal-1' } })
    await acme.attachments.complete({ id })
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'in-use' })
    await acme.attachments.delete({ ids: [id] })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })
})

describe('servers that boot from volumes', () => {
  it('B12, C16, C20: 500 servers, volumes and attachments are one decision', async () => {
    const { world, cloud, acme, imageId, flavorId, volumes } = await openBlock()
    const batch = await acme.servers.create({
      name: 'web',
      flavorId,
      minCount: 500,
      bootVolume: { sizeGb: 10, imageId, deleteOnTermination: true },
    })
    expect(await batch.done()).toMatchObject({ active: 500 })
    await settled(world)
    expect(volumes.table.connections.size).toBe(500)
    const { quotas } = await acme.quota({})
    expect(quotas.volumes.used).toBe(500)
    expect(quotas.gigabytes.used).toBe(5_000)
    expect(await findings(world)).toEqual([])
    await acme.servers.delete({ batchId: batch.id })
    await settled(world)
    expect(volumes.table.volumes.size).toBe(0)
    expect((await acme.quota({})).quotas.volumes.used).toBe(0)
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })

  it('B12, B11: as many servers as pools have room for', async () => {
    const { world, cloud, acme, imageId, flavorId } = await openBlock(95)
    const bootVolume = { sizeGb: 10, imageId }
    const request = { name: 'web', flavorId, bootVolume }
    await expect(acme.servers.create({ ...request, minCount: 10 })).rejects.toMatchObject({
      code: 'noValidHost',
      detail: { nearestFeasible: 9 },
    })
    const batch = await acme.servers.create({ ...request, minCount: 5, maxCount: 20 })
    expect(batch.count).toBe(9)
    await batch.done()
    expect(await findings(world)).toEqual([])
    await cloud.close()
  })
})
