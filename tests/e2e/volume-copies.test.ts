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

describe('backups', () => {
  it('B7: a full and an incremental backup outlive their volume and are restored', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 3 })
    await settled(world)
    volumes.table.write(volume.id, 'first')
    const full = await acme.backups.create({ volumeId: volume.id, name: 'monday' })
    expect(full).toMatchObject({ status: 'creating', sizeGb: 3, parentId: null })
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'backing-up' })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    volumes.table.write(volume.id, 'second')
    const more = await acme.backups.create({ volumeId: volume.id, incremental: true })
    expect(more.parentId).toBe(full.id)
    await settled(world)
    const { quotas } = await acme.quota({})
    expect([quotas.backups.used, quotas.backupGigabytes.used]).toEqual([2, 6])
    expect(await acme.backups.get({ id: full.id })).toMatchObject({ hasDependents: true })
    await expect(acme.backups.delete({ ids: [full.id] })).rejects.toMatchObject({
      code: 'conflict',
      field: 'ids',
    })
    await acme.backups.restore({ id: full.id, volumeId: volume.id })
    await settled(world)
    expect(volumes.table.volumes.get(volume.id)).toMatchObject({ content: 'first' })
    await acme.volumes.delete({ ids: [volume.id] })
    await settled(world)
    const restored = await acme.backups.restore({ id: more.id })
    expect(restored.volumeName).toBe(`restore_backup_${more.id}`)
    await settled(world)
    const copy = await acme.volumes.create({ backupId: full.id, sizeGb: 9 })
    await settled(world)
    expect(volumes.table.volumes.get(restored.volumeId)).toMatchObject({ content: 'second' })
    expect(volumes.table.volumes.get(copy.id)).toMatchObject({ content: 'first', sizeGb: 9 })
    await acme.backups.update({ id: more.id, name: 'tuesday', metadata: { a: 'b' } })
    expect(await collect(acme.backups.list({ name: 'tuesday' }))).toHaveLength(1)
    await acme.backups.delete({ ids: [more.id] })
    await settled(world)
    await acme.backups.delete({ ids: [full.id] })
    await settled(world)
    expect(volumes.table.backups.size).toBe(0)
    expect((await acme.quota({})).quotas.backups.used).toBe(0)
    await cloud.close()
  })

  it('B7: a backup of a snapshot keeps the snapshot until it is done', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    volumes.table.write(volume.id, 'then')
    const snapshot = await acme.snapshots.create({ volumeId: volume.id })
    await settled(world)
    volumes.table.write(volume.id, 'now')
    const ids = { volumeId: volume.id, snapshotId: snapshot.id }
    const backup = await acme.backups.create(ids)
    await expect(acme.snapshots.delete({ ids: [snapshot.id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await settled(world)
    expect(volumes.table.backups.get(backup.id)).toMatchObject({ content: 'then' })
    await cloud.close()
  })

  it('B7: what cannot be backed up or restored is refused, and a failure is told', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 2 })
    const volumeId = volume.id
    await expect(acme.backups.create({ volumeId })).rejects.toMatchObject({
      code: 'conflict',
      field: 'volumeId',
    })
    await settled(world)
    await expect(acme.backups.create({ volumeId, incremental: true })).rejects.toMatchObject({
      code: 'conflict',
      field: 'incremental',
    })
    volumes.failNext('refuse')
    const failed = await acme.backups.create({ volumeId })
    await settled(world)
    expect(await acme.backups.get({ id: failed.id })).toMatchObject({ status: 'error' })
    expect(await acme.volumes.get({ id: volumeId })).toMatchObject({ status: 'available' })
    expect(await collect(acme.volumeMessages.list({ resourceId: failed.id }))).toHaveLength(1)
    await expect(acme.backups.restore({ id: failed.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    const good = await acme.backups.create({ volumeId })
    const small = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    const into = { id: good.id, volumeId: small.id }
    await expect(acme.backups.restore(into)).rejects.toMatchObject({
      code: 'invalid',
      field: 'volumeId',
      limit: 2,
    })
    await acme.backups.delete({ ids: [failed.id] })
    await settled(world)
    await cloud.close()
  })
})

describe('transfers', () => {
  it('B8: a volume with its snapshots goes to another project, and its quota with it', async () => {
    const { world, cloud, acme } = await openBlock()
    const other = await cloud.project('other')
    const volume = await acme.volumes.create({ sizeGb: 3 })
    await settled(world)
    await acme.snapshots.create({ volumeId: volume.id })
    await settled(world)
    const offer = await acme.volumeTransfers.create({ volumeId: volume.id, name: 'yours' })
    expect(offer.authKey).toMatch(/^[0-9a-f]{32}$/)
    const shown = await acme.volumeTransfers.get({ id: offer.id })
    expect(shown).not.toHaveProperty('authKey')
    expect(shown).not.toHaveProperty('keyHash')
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({
      status: 'awaiting-transfer',
    })
    const { id, authKey } = offer
    await expect(
      other.volumeTransfers.accept({ id, authKey: `${authKey}0` }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'id' })
    expect(await other.volumeTransfers.accept({ id, authKey })).toMatchObject({
      volumeId: volume.id,
    })
    await settled(world)
    expect(await other.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    expect(await collect(other.snapshots.list({}))).toHaveLength(1)
    await expect(acme.volumes.get({ id: volume.id })).rejects.toMatchObject({ code: 'notFound' })
    expect((await acme.quota({})).quotas.gigabytes.used).toBe(0)
    expect((await other.quota({})).quotas.gigabytes.used).toBe(6)
    await expect(other.volumeTransfers.accept({ id, authKey })).rejects.toMatchObject({
      code: 'notFound',
    })
    await cloud.close()
  })

  it('B8: an offer is taken back, and one beyond the quota is not taken', async () => {
    const { world, cloud, acme } = await openBlock()
    const other = await cloud.project('other')
    const volume = await acme.volumes.create({ sizeGb: 3 })
    await settled(world)
    const { id, authKey } = await acme.volumeTransfers.create({ volumeId: volume.id })
    await expect(acme.volumes.delete({ ids: [volume.id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await cloud.system.quotas.set({ projectId: other.id, limits: { gigabytes: 2 } })
    await expect(other.volumeTransfers.accept({ id, authKey })).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'gigabytes',
    })
    await acme.volumeTransfers.delete({ id })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    await cloud.close()
  })
})

describe('images of volumes', () => {
  it('B2: a volume is uploaded to an image, and an image replaces its bytes', async () => {
    const { world, cloud, acme, imageId, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 3, imageId })
    await settled(world)
    expect((await acme.volumes.get({ id: volume.id })).imageMetadata).toMatchObject({
      image_id: imageId,
    })
    volumes.table.write(volume.id, 'golden')
    const made = await acme.volumes.upload({ id: volume.id, imageName: 'golden' })
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'uploading' })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    const image = await acme.images.get({ id: made.imageId })
    expect(image).toMatchObject({ status: 'active', name: 'golden' })
    let text = ''
    for await (const chunk of (await acme.images.download({ id: made.imageId })).bytes) {
      text += new TextDecoder().decode(chunk)
    }
    expect(text).toBe('golden')
    await acme.volumes.reimage({ id: volume.id, imageId: made.imageId })
    await settled(world)
    expect(volumes.table.volumes.get(volume.id)).toMatchObject({
      content: `image ${made.imageId}`,
    })
    await expect(
      acme.volumes.upload({ id: volume.id, imageName: 'x', diskFormat: 'qcow2' }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'diskFormat' })
    await cloud.close()
  })
})

describe('what operators say', () => {
  it('B1: a status is overruled until something happens, a volume deleted by force', async () => {
    const { world, cloud, acme } = await openBlock()
    const { id } = await acme.volumes.create({ sizeGb: 1 })
    await expect(cloud.system.volumes.resetStatus({ id, status: 'error' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await settled(world)
    await cloud.system.volumes.resetStatus({ id, status: 'error' })
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'error' })
    await expect(acme.volumes.extend({ id, sizeGb: 2 })).rejects.toMatchObject({ code: 'conflict' })
    await cloud.system.volumes.resetStatus({ id, status: 'available' })
    await acme.volumes.extend({ id, sizeGb: 2 })
    await settled(world)
    await cloud.system.volumes.resetStatus({ id, status: 'maintenance' })
    await expect(acme.volumes.delete({ ids: [id] })).rejects.toMatchObject({ code: 'conflict' })
    await cloud.system.volumes.forceDelete({ id })
    await settled(world)
    await expect(acme.volumes.get({ id })).rejects.toMatchObject({ code: 'notFound' })
    await cloud.close()
  })

  it('B1: a volume that could not be deleted is said to be available, and used again', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const { id } = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    volumes.failNext('refuse')
    await acme.volumes.delete({ ids: [id] })
    await settled(world)
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'error_deleting' })
    await cloud.system.volumes.resetStatus({ id, status: 'available' })
    await acme.snapshots.create({ volumeId: id })
    await settled(world)
    expect(await acme.volumes.get({ id })).toMatchObject({ status: 'available' })
    await cloud.close()
  })

  it('B4: a volume is declared to be in use, and detached', async () => {
    const { world, cloud, acme } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    const use = { volumeId: volume.id, hostName: 'metal', device: '/dev/vdb' }
    const { id } = await acme.attachments.declare(use)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'in-use' })
    await acme.attachments.delete({ ids: [id] })
    await settled(world)
    expect(await acme.volumes.get({ id: volume.id })).toMatchObject({ status: 'available' })
    await cloud.close()
  })
})

describe('lists and cascades', () => {
  it('B1: a volume goes with its snapshots, which go first', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const volume = await acme.volumes.create({ sizeGb: 1 })
    await settled(world)
    for (let i = 0; i < 3; i++) await acme.snapshots.create({ volumeId: volume.id })
    await settled(world)
    await expect(acme.volumes.delete({ ids: [volume.id] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await acme.volumes.delete({ ids: [volume.id], cascade: true })
    await expect(acme.snapshots.create({ volumeId: volume.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await settled(world)
    expect([volumes.table.volumes.size, volumes.table.snapshots.size]).toEqual([0, 0])
    await cloud.close()
  })

  it('B1: volumes are listed in any order, from a marker on', async () => {
    const { world, cloud, acme } = await openBlock()
    for (const name of ['b', 'a', 'c', 'a']) await acme.volumes.create({ name, sizeGb: 1 })
    await settled(world)
    const names = async (input: Parameters<typeof acme.volumes.list>[0]): Promise<string> =>
      (await collect(acme.volumes.list(input))).map(({ name }) => name).join('')
    expect(await names({ sort: [{ key: 'name', descending: false }] })).toBe('aabc')
    expect(await names({ sort: [{ key: 'createdAt', descending: true }] })).toBe('acab')
    expect(await names({ nameLike: 'a' })).toBe('aa')
    expect(await acme.volumes.summary({ name: 'a' })).toMatchObject({ count: 2, gigabytes: 2 })
    await cloud.close()
  })
})

describe('groups of volumes', () => {
  it('B8: volumes of a group are kept together, copied together and deleted together', async () => {
    const { world, cloud, acme, volumes } = await openBlock()
    const type = await cloud.system.volumeTypes.create({ name: 'ssd' })
    const groupType = await cloud.system.volumeGroupTypes.create({ name: 'consistent' })
    const group = await acme.volumeGroups.create({
      name: 'db',
      groupTypeId: groupType.id,
      volumeTypes: ['ssd'],
    })
    const data = await acme.volumes.create({ sizeGb: 1, volumeType: 'ssd', groupId: group.id })
    const log = await acme.volumes.create({ sizeGb: 2, volumeType: 'ssd' })
    await settled(world)
    await acme.volumeGroups.update({ id: group.id, addVolumeIds: [log.id] })
    volumes.table.write(data.id, 'data')
    const kept = await acme.volumeGroupSnapshots.create({ groupId: group.id })
    await settled(world)
    expect(await acme.volumeGroupSnapshots.get({ id: kept.id })).toMatchObject({
      status: 'available',
    })
    const copy = await acme.volumeGroups.copy({ groupSnapshotId: kept.id })
    await settled(world)
    const copied = (await collect(acme.volumes.list({}))).filter((v) => v.groupId === copy.id)
    expect(copied.map(({ sizeGb }) => sizeGb).sort((a, b) => a - b)).toEqual([1, 2])
    await expect(acme.volumeGroups.delete({ id: group.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await acme.volumeGroupSnapshots.delete({ id: kept.id })
    await settled(world)
    await acme.volumeGroups.update({ id: group.id, removeVolumeIds: [log.id] })
    await acme.volumeGroups.delete({ id: group.id, deleteVolumes: true })
    await acme.volumeGroups.delete({ id: copy.id, deleteVolumes: true })
    await settled(world)
    expect((await collect(acme.volumes.list({}))).map(({ id }) => id)).toEqual([log.id])
    expect((await acme.quota({})).quotas.volumeGroups.used).toBe(0)
    await cloud.system.volumeGroupTypes.delete({ id: groupType.id })
    expect(type.name).toBe('ssd')
    await cloud.close()
  })
})
