import { describe, expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld, type World } from '../support/world.ts'

async function openBlock() {
  const world = await openWorld()
  const { cloud } = world
  await addHosts(cloud, 2)
  await cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 1_000 })
  return { ...world, world, ...(await basics(cloud)) }
}

async function settled({ cloud }: World): Promise<void> {
  expect(await cloud.settle({ timeoutMs: 20_000 })).toBe(0)
  expect(await cloud.audit()).toEqual([])
}

describe('records of backups', () => {
  it('B7: a record finds the bytes again in a cloud that has lost all else', async () => {
    const first = await openBlock()
    const { id: volumeId } = await first.acme.volumes.create({ sizeGb: 3 })
    await settled(first.world)
    first.volumes.table.write(volumeId, 'first')
    const full = await first.acme.backups.create({ volumeId, name: 'monday' })
    const early = first.cloud.system.backups.export({ id: full.id })
    await expect(early).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    await settled(first.world)
    const more = await first.acme.backups.create({ volumeId, incremental: true })
    await settled(first.world)
    const whole = await first.cloud.system.backups.export({ id: full.id })
    const added = await first.cloud.system.backups.export({ id: more.id })
    await first.cloud.close()
    const second = await openBlock()
    const { cloud, acme } = second
    for (const [id, backup] of first.volumes.table.backups) {
      second.volumes.table.backups.set(id, backup)
    }
    const { backups } = cloud.system
    const project = { projectId: acme.id }
    await expect(backups.import({ ...project, record: added })).rejects.toMatchObject({
      code: 'notFound',
      field: 'record.parentId',
    })
    for (const record of [whole, added]) await backups.import({ ...project, record })
    await settled(second.world)
    expect(await acme.backups.get({ id: full.id })).toMatchObject({
      name: 'monday',
      status: 'available',
      hasDependents: true,
    })
    await expect(backups.import({ ...project, record: whole })).rejects.toMatchObject({
      code: 'conflict',
      field: 'record.id',
    })
    const restored = await acme.backups.restore({ id: full.id })
    const lost = { ...whole, id: 'lost' }
    await backups.import({ ...project, record: lost })
    await settled(second.world)
    const { content } = second.volumes.table.volumes.get(restored.volumeId) ?? {}
    expect(content).toBe('first')
    expect(await acme.backups.get({ id: 'lost' })).toMatchObject({ status: 'error' })
    expect((await acme.quota({})).quotas.backups.used).toBe(3)
    await acme.backups.delete({ ids: ['lost', more.id] })
    await settled(second.world)
    expect((await acme.quota({})).quotas.backups.used).toBe(1)
    await cloud.close()
  })
})

describe('what back-ends hold already', () => {
  it('B11: a volume is taken over with its bytes, and left again', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const { volumePools, volumes: all, snapshots } = cloud.system
    const [pool] = await collect(volumePools.list({}))
    const { id: poolId, name: pooled } = pool ?? { id: '', name: '' }
    const old = { type: 'volume', reference: 'old', pool: pooled, generation: 0 } as const
    volumes.table.leave({ ...old, sizeGb: 7, content: 'precious' })
    expect(await volumePools.unmanaged({ id: poolId })).toEqual([
      { type: 'volume', reference: 'old', sizeGb: 7 },
    ])
    const wish = { projectId: acme.id, poolId, reference: 'old' }
    // Both find it; one gets it.
    const [first, second] = await Promise.all([all.manage(wish), all.manage(wish)])
    await settled(world)
    const states = [
      await acme.volumes.get({ id: first.id }),
      await acme.volumes.get({ id: second.id }),
    ]
    expect(states.map(({ status }) => status).sort()).toEqual(['available', 'error'])
    const [volume] = states.filter(({ status }) => status === 'available')
    const id = volume?.id ?? ''
    expect(volumes.table.volumes.get(id)).toMatchObject({ content: 'precious', sizeGb: 7 })
    expect((await acme.quota({})).quotas.gigabytes.used).toBe(14)
    const kept = await acme.snapshots.create({ volumeId: id })
    await settled(world)
    await expect(all.unmanage({ id })).rejects.toMatchObject({ code: 'conflict' })
    await snapshots.unmanage({ id: kept.id })
    await settled(world)
    volumes.table.write(id, 'newer')
    const taken = { volumeId: id, reference: `snapshot-${kept.id}`, name: 'back' }
    const back = await snapshots.manage(taken)
    await settled(world)
    await expect(snapshots.manage(taken)).rejects.toMatchObject({ code: 'notFound' })
    await acme.volumes.revert({ id, snapshotId: back.id })
    await settled(world)
    expect(volumes.table.volumes.get(id)?.content).toBe('precious')
    await acme.snapshots.delete({ ids: [back.id] })
    await settled(world)
    await all.unmanage({ id })
    await settled(world)
    await acme.volumes.delete({ ids: states.map((row) => row.id).filter((one) => one !== id) })
    await settled(world)
    expect(volumes.table.volumes.size).toBe(0)
    expect([...volumes.table.unmanaged.values()].map(({ content }) => content)).toEqual([
      'precious',
    ])
    expect((await acme.quota({})).quotas.volumes.used).toBe(0)
    await cloud.close()
  })
})
