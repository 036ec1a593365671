import { type QuotaName, type Share, SimulatedShares, VirtualClock } from '@nephos/core'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { code } from '../support/object-world.ts'
import { collect } from '../support/world.ts'

let cloud: Cloud
let storage: SimulatedShares
let clock: VirtualClock
let acme: ProjectApi
let other: ProjectApi

beforeEach(async () => {
  clock = new VirtualClock(1_800_000_000_000)
  storage = new SimulatedShares()
  cloud = await createCloud({ clock, drivers: { shares: storage } })
  acme = await cloud.project('acme')
  other = await cloud.project('other')
})

afterEach(async () => {
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

/** Lets work run until none is left. */
async function settle(): Promise<void> {
  await clock.advance(5_000)
}

async function ready(sizeGb = 5): Promise<Share> {
  const share = await acme.shares.create({ name: 'data', sizeGb })
  await settle()
  return acme.shares.get({ id: share.id })
}

const quotaOf = async (name: QuotaName): Promise<number> => (await acme.quota({})).quotas[name].used

describe('shares', () => {
  it('O11: are created, mounted by rules, and deleted', async () => {
    const made = await acme.shares.create({ name: 'data', sizeGb: 5 })
    expect(made.status).toBe('creating')
    await settle()
    const share = await acme.shares.get({ id: made.id })
    expect(share.status).toBe('available')
    expect(share.exportLocations).toHaveLength(1)
    const rule = await acme.shares.access.create({
      shareId: share.id,
      type: 'ip',
      to: '10.0.0.0/8',
    })
    expect(rule.state).toBe('queued_to_apply')
    await settle()
    expect(await acme.shares.access.list({ shareId: share.id })).toMatchObject([
      { to: '10.0.0.0/8', level: 'rw', state: 'active' },
    ])
    expect(storage.share(share.id)?.access).toMatchObject([{ to: '10.0.0.0/8' }])
    await acme.shares.access.delete({ id: rule.id })
    await settle()
    expect(await acme.shares.access.list({ shareId: share.id })).toEqual([])
    expect(storage.share(share.id)?.access).toEqual([])
    await acme.shares.delete({ id: share.id })
    await settle()
    await expect(acme.shares.get({ id: share.id })).rejects.toEqual(code('notFound'))
    expect(storage.shareIds).toEqual([])
  })

  it('O11: are extended and shrunk, and keep what they hold', async () => {
    const { id } = await ready(5)
    expect(await acme.shares.extend({ id, sizeGb: 9 })).toMatchObject({ status: 'extending' })
    await expect(acme.shares.shrink({ id, sizeGb: 2 })).rejects.toEqual(code('conflict', 'id'))
    await settle()
    expect(await acme.shares.get({ id })).toMatchObject({ status: 'available', sizeGb: 9 })
    storage.fill(id, 4)
    await acme.shares.shrink({ id, sizeGb: 3 })
    await settle()
    expect(await acme.shares.get({ id })).toMatchObject({
      status: 'shrinking_possible_data_loss_error',
      sizeGb: 9,
    })
    await acme.shares.shrink({ id, sizeGb: 4 })
    await settle()
    expect(await acme.shares.get({ id })).toMatchObject({ status: 'available', sizeGb: 4 })
    expect(storage.share(id)?.sizeGb).toBe(4)
    await expect(acme.shares.extend({ id, sizeGb: 4 })).rejects.toEqual(code('invalid', 'sizeGb'))
  })

  it('O11: have snapshots, of which shares are made', async () => {
    const { id } = await ready(5)
    const snapshot = await acme.shareSnapshots.create({ shareId: id, name: 'monday' })
    await settle()
    expect(await acme.shareSnapshots.get({ id: snapshot.id })).toMatchObject({
      status: 'available',
    })
    await expect(acme.shares.delete({ id })).rejects.toEqual(code('conflict', 'id'))
    const copy = { name: 'copy', snapshotId: snapshot.id }
    const small = acme.shares.create({ ...copy, sizeGb: 4 })
    await expect(small).rejects.toEqual(code('invalid', 'sizeGb'))
    const made = await acme.shares.create({ ...copy, sizeGb: 6 })
    await settle()
    expect(await acme.shares.get({ id: made.id })).toMatchObject({ status: 'available' })
    await acme.shareSnapshots.delete({ id: snapshot.id })
    await settle()
    expect(await collect(acme.shareSnapshots.list())).toEqual([])
    await acme.shares.delete({ id })
    await settle()
    expect((await collect(acme.shares.list())).map(({ name }) => name)).toEqual(['copy'])
  })

  it('O11: a rule is of a kind that the protocol knows, and there once', async () => {
    const { id: shareId } = await ready()
    const { access } = acme.shares
    const user = access.create({ shareId, type: 'user', to: 'ann' })
    await expect(user).rejects.toEqual(code('invalid', 'type'))
    const address = access.create({ shareId, type: 'ip', to: '10.0.0.999' })
    await expect(address).rejects.toEqual(code('invalid', 'to'))
    await access.create({ shareId, type: 'ip', to: '2001:DB8:0::1' })
    await settle()
    const again = access.create({ shareId, type: 'ip', to: '2001:db8::1' })
    await expect(again).rejects.toEqual(code('conflict', 'to'))
  })

  it('O11: quotas are charged for the larger size, and given back', async () => {
    await cloud.system.quotas.set({ projectId: acme.id, limits: { shareGigabytes: 10 } })
    const { id } = await ready(5)
    const big = acme.shares.extend({ id, sizeGb: 11 })
    await expect(big).rejects.toEqual(code('quotaExceeded', 'shareGigabytes'))
    await acme.shares.extend({ id, sizeGb: 10 })
    await settle()
    expect(await quotaOf('shareGigabytes')).toBe(10)
    await acme.shares.shrink({ id, sizeGb: 1 })
    expect(await quotaOf('shareGigabytes')).toBe(10)
    await settle()
    expect(await quotaOf('shareGigabytes')).toBe(1)
    await acme.shares.delete({ id })
    await settle()
    expect(await quotaOf('shares')).toBe(0)
  })

  it('O11: storage that stays away leaves an error, which can be deleted', async () => {
    const away = new SimulatedShares()
    await away.close()
    const broken = await createCloud({ clock, drivers: { shares: away } })
    const project = await broken.project('acme')
    const { id } = await project.shares.create({ name: 'never', sizeGb: 1 })
    await clock.advance(700_000)
    expect(await project.shares.get({ id })).toMatchObject({ status: 'error' })
    await project.shares.delete({ id })
    await clock.advance(700_000)
    expect(await project.shares.get({ id })).toMatchObject({ status: 'error_deleting' })
    expect(await broken.audit()).toEqual([])
    await broken.close()
  })

  it('O11: tell nothing to other projects', async () => {
    const { id } = await ready()
    await expect(other.shares.get({ id })).rejects.toEqual(code('notFound', 'id'))
    await expect(other.shares.delete({ id })).rejects.toEqual(code('notFound', 'id'))
    expect(await collect(other.shares.list())).toEqual([])
  })
})
