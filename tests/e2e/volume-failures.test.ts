import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld, type World } from '../support/world.ts'

type Open = World & Awaited<ReturnType<typeof basics>>

let world: Open

beforeEach(async () => {
  const opened = await openWorld({ settings: { buildDeadlineMs: 1_500 } })
  await addHosts(opened.cloud, 4)
  await opened.cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 1_000 })
  world = { ...opened, ...(await basics(opened.cloud)) }
})

afterEach(async () => {
  expect(await world.cloud.settle({ timeoutMs: 20_000 })).toBe(0)
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

async function settled(): Promise<void> {
  expect(await world.cloud.settle({ timeoutMs: 20_000 })).toBe(0)
}

async function serverIds(count: number): Promise<string[]> {
  const { acme, imageId, flavorId } = world
  const batch = await acme.servers.create({ name: 'web', imageId, flavorId, minCount: count })
  await batch.done()
  return (await collect(acme.servers.list({ batchId: batch.id }))).map(({ id }) => id)
}

async function readyVolume(input: { readonly sizeGb?: number } = {}): Promise<string> {
  const { id } = await world.acme.volumes.create({ sizeGb: 1, ...input })
  await settled()
  return id
}

describe('what went wrong elsewhere', () => {
  it('B4, B12: servers deleted while they are built leak no volumes', async () => {
    const { acme, imageId, flavorId, volumes } = world
    volumes.failNext('sameHost', { times: 20 })
    const batch = await acme.servers.create({
      name: 'web',
      flavorId,
      minCount: 20,
      bootVolume: { imageId, sizeGb: 2, deleteOnTermination: true },
    })
    await acme.servers.delete({ batchId: batch.id })
    await settled()
    expect(await collect(acme.volumes.list({}))).toEqual([])
    expect(await collect(acme.attachments.list({}))).toEqual([])
    expect(volumes.table.volumes.size).toBe(0)
    expect((await acme.quota({})).quotas.gigabytes.used).toBe(0)
  })

  it('B4: of two servers that race for a volume one gets it', async () => {
    const { acme, volumes } = world
    const ids = await serverIds(8)
    const volumeId = await readyVolume()
    const races = await Promise.allSettled(
      ids.map((serverId) => acme.servers.attachVolumes({ attachments: [{ serverId, volumeId }] })),
    )
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const race of races) {
      if (race.status === 'rejected') expect(race.reason).toMatchObject({ code: 'conflict' })
    }
    await settled()
    expect(volumes.table.connectionsOf(volumeId)).toHaveLength(1)
  })

  it('B4: a volume whose detachment was lost is not stuck', async () => {
    const { acme, volumes } = world
    const [serverId = ''] = await serverIds(1)
    const volumeId = await readyVolume()
    const use = { attachments: [{ serverId, volumeId }] }
    const { attachments } = await acme.servers.attachVolumes(use)
    await settled()
    volumes.failNext('refuse', { id: attachments[0]?.id })
    await acme.servers.detachVolumes(use)
    await settled()
    expect(await acme.volumes.get({ id: volumeId })).toMatchObject({
      status: 'in-use',
      attachments: [{ status: 'error_detaching' }],
    })
    const [message] = await collect(acme.volumeMessages.list({ resourceType: 'attachment' }))
    expect(message).toMatchObject({ event: 'detaching', text: 'The back-end refuses it.' })
    await acme.servers.detachVolumes(use)
    await settled()
    expect(await acme.volumes.get({ id: volumeId })).toMatchObject({ status: 'available' })
    expect(volumes.table.connections.size).toBe(0)
  })

  it('B4: a volume that cannot be attached is free again', async () => {
    const { acme, volumes } = world
    const [serverId = ''] = await serverIds(1)
    const volumeId = await readyVolume()
    volumes.failNext('refuse')
    await acme.servers.attachVolumes({ attachments: [{ serverId, volumeId }] })
    await settled()
    expect(await acme.volumes.get({ id: volumeId })).toMatchObject({
      status: 'available',
      attachments: [],
    })
  })

  it('B10: a volume that cannot be made is in error, says why, and may be deleted', async () => {
    const { acme, volumes } = world
    volumes.failNext('refuse')
    const { id } = await acme.volumes.create({ sizeGb: 3 })
    await settled()
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'error' })
    const [message] = await collect(acme.volumeMessages.list({ resourceId: id }))
    expect(message).toMatchObject({ event: 'creating', text: 'The back-end refuses it.' })
    await acme.volumes.delete({ ids: [id] })
    await settled()
    expect((await acme.quota({})).quotas.volumes.used).toBe(0)
  })

  it('B12: a server whose boot volume cannot be made is in ERROR and says why', async () => {
    const { acme, imageId, flavorId, volumes } = world
    volumes.failNext('refuse')
    const bootVolume = { imageId, sizeGb: 2, deleteOnTermination: true }
    const request = { name: 'web', flavorId, minCount: 3, bootVolume }
    const batch = await acme.servers.create(request)
    const result = await batch.done()
    expect(result).toMatchObject({ active: 2, error: 1 })
    const lost = result.servers.find(({ status }) => status === 'ERROR')
    expect(lost?.fault).toMatch(/^Its volume .* could not be made/)
    await acme.servers.delete({ batchId: batch.id })
    await settled()
    expect(volumes.table.volumes.size).toBe(0)
  })

  it('B12: nothing stays between two states when back-ends never answer', async () => {
    const { acme, volumes } = world
    const kept = await readyVolume()
    volumes.failNext('sameHost', { times: 1_000 })
    const { id } = await acme.volumes.create({ sizeGb: 1 })
    await acme.volumes.extend({ id: kept, sizeGb: 4 })
    await settled()
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'error' })
    expect(await acme.volumes.get({ id: kept })).toMatchObject({
      status: 'error_extending',
      sizeGb: 1,
    })
    expect((await acme.quota({})).quotas.gigabytes.used).toBe(2)
  })

  it('B4: a volume of a server that goes is free, unless it goes with it', async () => {
    const { acme, volumes } = world
    const [serverId = ''] = await serverIds(1)
    const [free, gone] = [await readyVolume(), await readyVolume()]
    await acme.servers.attachVolumes({
      attachments: [
        { serverId, volumeId: free },
        { serverId, volumeId: gone, deleteOnTermination: true },
      ],
    })
    await acme.servers.delete({ ids: [serverId] })
    await settled()
    expect(
      (await collect(acme.volumes.list({}))).map(({ id, status }) => ({ id, status })),
    ).toEqual([{ id: free, status: 'available' }])
    expect(volumes.table.connections.size).toBe(0)
  })
})
