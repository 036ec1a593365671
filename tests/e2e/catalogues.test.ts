import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { basics, collect, openWorld, type World } from '../support/world.ts'

type Open = World & Awaited<ReturnType<typeof basics>>

let world: Open

beforeEach(async () => {
  const opened = await openWorld()
  world = { ...opened, ...(await basics(opened.cloud)) }
})

afterEach(async () => {
  expect(await world.cloud.settle({ timeoutMs: 20_000 })).toBe(0)
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

const gone = { code: 'notFound', field: 'id' }

describe('what operators say of volumes', () => {
  it('B11: a pool is shown with what is promised of it, and goes when it is empty', async () => {
    const { acme, cloud } = world
    const { volumePools } = cloud.system
    const { id } = await volumePools.create({ name: 'lvm#a', totalGb: 100 })
    const volume = await acme.volumes.create({ sizeGb: 7 })
    await cloud.settle({ timeoutMs: 20_000 })
    expect(await volumePools.get({ id })).toMatchObject({ allocatedGb: 7, volumes: 1 })
    await expect(volumePools.delete({ id })).rejects.toMatchObject({ code: 'conflict' })
    await acme.volumes.delete({ ids: [volume.id] })
    await cloud.settle({ timeoutMs: 20_000 })
    await volumePools.delete({ id })
    await expect(volumePools.get({ id })).rejects.toMatchObject(gone)
    expect(await collect(volumePools.list({}))).toEqual([])
  })

  it('B6: limits of speed are changed, listed, and go when no type has them', async () => {
    const { volumeQos } = world.cloud.system
    const { id } = await volumeQos.create({ name: 'slow', specs: { total_iops_sec: '100' } })
    const changed = { consumer: 'front-end', specs: { total_iops_sec: '500' } } as const
    await volumeQos.update({ id, ...changed })
    expect(await volumeQos.get({ id })).toMatchObject({ name: 'slow', ...changed })
    expect((await collect(volumeQos.list({}))).map((row) => row.id)).toEqual([id])
    await volumeQos.delete({ id })
    await expect(volumeQos.get({ id })).rejects.toMatchObject(gone)
  })

  it('B5: a private type is changed, and tells who may use it', async () => {
    const { acme, cloud } = world
    const { volumeTypes } = cloud.system
    const made = await volumeTypes.create({ name: 'gold', isPublic: false })
    await expect(acme.volumeTypes.get({ id: made.id })).rejects.toMatchObject(gone)
    await volumeTypes.grant({ typeId: made.id, projectId: acme.id })
    const access = await volumeTypes.access({ typeId: made.id })
    expect(access.map(({ projectId }) => projectId)).toEqual([acme.id])
    await volumeTypes.update({ id: made.id, description: 'fast', extraSpecs: { disk: 'ssd' } })
    expect(await acme.volumeTypes.get({ id: made.id })).toMatchObject({ description: 'fast' })
    const shown = await volumeTypes.get({ id: made.id })
    expect(shown).toMatchObject({ description: 'fast', extraSpecs: { disk: 'ssd' } })
  })

  it('B8: an operator moves a volume to another pool', async () => {
    const { acme, cloud } = world
    const { volumePools, volumes } = cloud.system
    const first = await volumePools.create({ name: 'lvm#a', totalGb: 100 })
    const { id } = await acme.volumes.create({ sizeGb: 5 })
    await cloud.settle({ timeoutMs: 20_000 })
    const second = await volumePools.create({ name: 'lvm#b', totalGb: 100 })
    await volumes.migrate({ id, poolId: second.id })
    await cloud.settle({ timeoutMs: 20_000 })
    expect(await volumes.get({ id })).toMatchObject({ status: 'available', pool: 'lvm#b' })
    expect(await volumePools.get({ id: first.id })).toMatchObject({ allocatedGb: 0, volumes: 0 })
  })

  it('B3, B10: a snapshot is shown, a message is shown and forgotten', async () => {
    const { acme, cloud, volumes } = world
    await cloud.system.volumePools.create({ name: 'lvm#a', totalGb: 100 })
    const volume = await acme.volumes.create({ sizeGb: 1 })
    await cloud.settle({ timeoutMs: 20_000 })
    const { id } = await acme.snapshots.create({ volumeId: volume.id, name: 'kept' })
    await cloud.settle({ timeoutMs: 20_000 })
    expect(await acme.snapshots.get({ id })).toMatchObject({ name: 'kept', status: 'available' })
    volumes.failNext('refuse')
    const broken = await acme.volumes.create({ sizeGb: 1 })
    await cloud.settle({ timeoutMs: 20_000 })
    const [listed] = await collect(acme.volumeMessages.list({ resourceId: broken.id }))
    const message = await acme.volumeMessages.get({ id: listed?.id as string })
    expect(message).toEqual(listed)
    expect(await acme.volumeMessages.delete({ ids: [message.id] })).toEqual({ count: 1 })
    await expect(acme.volumeMessages.get({ id: message.id })).rejects.toMatchObject(gone)
  })
})

describe('what there is for stacks', () => {
  const template = JSON.stringify({
    heat_template_version: 'rocky',
    parameters: { length: { type: 'number', default: 9 } },
    resources: {
      word: { type: 'OS::Heat::RandomString', properties: { length: { get_param: 'length' } } },
    },
  })

  it('H9: types, versions and templates are described before anything is made', async () => {
    const { stacks } = world.acme
    const names = (await stacks.types.list({})).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['OS::Nova::Server', 'OS::Heat::None']))
    const type = await stacks.types.get({ name: 'OS::Heat::RandomString' })
    expect(JSON.stringify(type)).toContain('length')
    expect(JSON.stringify(await stacks.versions({}))).toContain('2021-04-16')
    expect(JSON.stringify(await stacks.validate({ template }))).toContain('length')
    const bad = template.replace('OS::Heat::RandomString', 'OS::Heat::Nothing')
    await expect(stacks.validate({ template: bad })).rejects.toMatchObject({ code: 'invalid' })
    const preview = await stacks.preview({ name: 'words', template })
    expect(preview.added).toMatchObject([{ name: 'word', type: 'OS::Heat::RandomString' }])
    expect(await collect(stacks.list({}))).toEqual([])
  })

  it('H2: a resource of a stack is shown by its name', async () => {
    const { stacks } = world.acme
    const { id } = await stacks.create({ name: 'words', template })
    await stacks.done({ id })
    const one = await stacks.resources.get({ stackId: id, name: 'word' })
    expect(one).toMatchObject({ name: 'word', type: 'OS::Heat::RandomString' })
  })
})

describe('address groups', () => {
  it('F4: one is shown, and changes its name', async () => {
    const { addressGroups } = world.acme
    const { id } = await addressGroups.create({ name: 'offices', addresses: ['192.0.2.0/24'] })
    await addressGroups.update({ id, name: 'homes', description: 'all of them' })
    expect(await addressGroups.get({ id })).toMatchObject({
      name: 'homes',
      description: 'all of them',
      addresses: ['192.0.2.0/24'],
    })
  })
})
