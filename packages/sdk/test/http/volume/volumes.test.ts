import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BlockDoor, openBlock } from './world.ts'

let block: BlockDoor
beforeAll(async () => {
  block = await openBlock()
})
afterAll(() => block[Symbol.asyncDispose]())

/** Of an empty volume, as Cinder documents it at 3.0. */
const documented = {
  status: 'available',
  size: 1,
  availability_zone: 'nova',
  name: 'data',
  description: 'of the shop',
  volume_type: '__DEFAULT__',
  snapshot_id: null,
  source_volid: null,
  metadata: { a: 'b' },
  bootable: 'false',
  encrypted: false,
  replication_status: null,
  consistencygroup_id: null,
  multiattach: false,
  attachments: [],
  migration_status: null,
}

describe('volumes over HTTP', () => {
  it('B1: a volume is created, shown, changed, listed and deleted', async () => {
    const { demo, settled } = block
    const wish = { name: 'data', description: 'of the shop', metadata: { a: 'b' }, size: '1' }
    const made = await demo.post('/volumes', { volume: wish })
    expect(made.status).toBe(202)
    expect(made.at('volume.status')).toBe('creating')
    const id = made.string('volume.id')
    await settled()
    const shown = await demo.at(0).get(`/volumes/${id}`)
    expect(shown.at('volume')).toMatchObject({ ...documented, id })
    expect(shown.string('volume.created_at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
    expect(shown.at('volume')).not.toHaveProperty('group_id')
    expect(shown.at('volume')).not.toHaveProperty('os-vol-host-attr:host')
    const later = await demo.get(`/volumes/${id}`)
    expect(later.at('volume')).toMatchObject({ group_id: null, shared_targets: false })
    const host = await block.admin.get(`/volumes/${id}`)
    expect(host.at('volume')).toMatchObject({ 'os-vol-host-attr:host': 'nephos@simulated#ssd' })
    const changed = await demo.put(`/volumes/${id}`, { volume: { name: 'other' } })
    expect([changed.status, changed.at('volume.name')]).toEqual([200, 'other'])
    const listed = await demo.get('/volumes?name=other')
    expect(listed.list('volumes')).toHaveLength(1)
    expect((await demo.get('/volumes/detail?name~=the')).list('volumes')).toHaveLength(1)
    expect((await demo.get('/volumes/detail?status=odd')).list('volumes')).toEqual([])
    expect((await demo.get('/volumes/summary')).at('volume-summary.total_count')).toBe(1)
    expect((await demo.delete(`/volumes/${id}`)).status).toBe(202)
    await settled()
    const gone = await demo.get(`/volumes/${id}`)
    expect([gone.status, gone.at('itemNotFound.code')]).toEqual([404, 404])
  })

  it('B1: lists have pages, orders, counts and filters of dictionaries', async () => {
    const { demo, admin, settled } = block
    const ids = [
      await demo.volume({ name: 'p1', metadata: { Type: 'work' } }),
      await demo.volume({ name: 'p2' }),
      await demo.volume({ name: 'p3' }),
    ]
    await settled()
    const first = await demo.get('/volumes/detail?limit=2&sort=name:asc&with_count=true')
    expect(first.list('volumes')).toHaveLength(2)
    expect(first.at('count')).toBe(3)
    const next = new URL(first.string('volumes_links.0.href'))
    expect(next.searchParams.get('marker')).toBe(ids[1])
    const second = await demo.get(`/volumes/detail${next.search}`)
    expect(second.at('volumes.0.name')).toBe('p3')
    const newest = await demo.get('/volumes?limit=1')
    expect(newest.at('volumes.0.id')).toBe(ids[2])
    const python = encodeURIComponent("{'Type': 'work'}")
    expect((await demo.get(`/volumes?metadata=${python}`)).list('volumes')).toHaveLength(1)
    expect((await admin.get('/volumes')).list('volumes')).toEqual([])
    expect((await admin.get('/volumes?all_tenants=1')).list('volumes')).toHaveLength(3)
    expect((await demo.get('/volumes?limit=0')).list('volumes')).toEqual([])
    expect((await demo.get('/volumes/')).status).toBe(404)
    expect((await demo.get(`/volumes?marker=${'0'.repeat(8)}`)).status).toBe(404)
    expect((await demo.get('/volumes?sort_key=odd')).status).toBe(400)
    expect((await demo.get('/volumes?limit=-1')).status).toBe(400)
    expect((await demo.get('/volumes?odd=1')).status).toBe(400)
    expect((await demo.at(30).get('/volumes?odd=1')).status).toBe(200)
    for (const id of ids) await demo.delete(`/volumes/${id}`)
    await settled()
  })

  it('B1: what no volume can be is a bad request that names the field', async () => {
    const { demo } = block
    const wrong = [
      { size: 0 },
      { size: -1 },
      { size: 'many' },
      {},
      { size: 1, multiattach: true },
      { size: 1, imageRef: '00000000-0000-4000-8000-000000000000' },
    ]
    for (const volume of wrong) {
      const answer = await demo.post('/volumes', { volume })
      expect(answer.status).toBe(400)
      expect(answer.at('badRequest.code')).toBe(400)
    }
    const id = '00000000-0000-4000-8000-000000000000'
    for (const field of ['snapshot_id', 'source_volid', 'volume_type']) {
      const answer = await demo.post('/volumes', { volume: { size: 1, [field]: id } })
      expect(answer.status).toBe(404)
    }
  })

  it('B5: hints say beside which volumes, and apart from which', async () => {
    const { demo, settled } = block
    const id = (await demo.post('/volumes', { volume: { size: 1 } })).string('volume.id')
    await settled()
    const hinted = (hints: object) =>
      demo.post('/volumes', { volume: { size: 1 }, 'OS-SCH-HNT:scheduler_hints': hints })
    expect((await hinted({ same_host: id, query: 'any' })).status).toBe(202)
    const apart = await hinted({ different_host: [id] })
    expect([apart.status, apart.string('badRequest.message')]).toEqual([
      400,
      expect.stringContaining('No pools for 1 volumes'),
    ])
    expect((await hinted({ same_host: 5 })).status).toBe(400)
  })

  it('B9: beyond the quota is 413', async () => {
    const { demo, admin } = block
    const path = `/os-quota-sets/${demo.client.projectId}`
    await admin.put(path, { quota_set: { per_volume_gigabytes: 5 } })
    const answer = await demo.post('/volumes', { volume: { size: 6 } })
    expect([answer.status, answer.at('overLimit.code')]).toEqual([413, 413])
    await admin.put(path, { quota_set: { per_volume_gigabytes: -1 } })
  })

  it('B1, B3: metadata is changed whole and by items', async () => {
    const { demo, settled } = block
    const id = await demo.volume({ metadata: { a: '1' } })
    await settled()
    const snapshot = await demo.post('/snapshots', { snapshot: { volume_id: id } })
    await settled()
    for (const owner of [`/volumes/${id}`, `/snapshots/${snapshot.string('snapshot.id')}`]) {
      const path = `${owner}/metadata`
      await demo.put(path, { metadata: { a: '1' } })
      expect((await demo.post(path, { metadata: { b: '2' } })).at('metadata')).toEqual({
        a: '1',
        b: '2',
      })
      expect((await demo.put(`${path}/c`, { meta: { c: '3' } })).at('meta')).toEqual({ c: '3' })
      expect((await demo.put(`${path}/c`, { meta: { d: '3' } })).status).toBe(400)
      expect((await demo.get(`${path}/b`)).at('meta')).toEqual({ b: '2' })
      expect((await demo.delete(`${path}/b`)).status).toBe(200)
      expect((await demo.delete(`${path}/b`)).status).toBe(404)
      expect((await demo.get(path)).at('metadata')).toEqual({ a: '1', c: '3' })
      expect((await demo.put(path, { metadata: { z: '9' } })).at('metadata')).toEqual({ z: '9' })
    }
    expect((await demo.delete(`/volumes/${id}`)).status).toBe(400)
    expect((await demo.delete(`/volumes/${id}?cascade=true`)).status).toBe(202)
    await settled()
    expect((await demo.get(`/volumes/${id}`)).status).toBe(404)
  })

  it('versions are told, and those beyond refused', async () => {
    const { demo, door } = block
    expect((await door.nobody.get('/volume/')).status).toBe(300)
    const version = await door.nobody.get('/volume/v3/')
    expect([version.status, version.at('versions.0.version')]).toEqual([200, '3.70'])
    expect((await demo.at(71).get('/volumes')).status).toBe(406)
    expect((await demo.at(26).get('/attachments')).status).toBe(404)
    expect((await door.demo.get('/volume/v3/volumes')).status).toBe(200)
  })
})

describe('what back-ends hold already, over HTTP', () => {
  it('B11: volumes and snapshots are left to their back-end, listed, and taken over', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume({ size: 2 })
    await settled()
    const made = await demo.post('/snapshots', { snapshot: { volume_id: id } })
    const snapshot = made.string('snapshot.id')
    await settled()
    const host = (await admin.get(`/volumes/${id}`)).string('volume.os-vol-host-attr:host')
    const query = `?host=${encodeURIComponent(host)}`
    expect((await demo.act(id, 'os-unmanage')).status).toBe(403)
    expect((await admin.act(id, 'os-unmanage')).status).toBe(400)
    const action = `/snapshots/${snapshot}/action`
    expect((await demo.post(action, { 'os-unmanage': null })).status).toBe(403)
    expect((await admin.post(action, { 'os-unmanage': null })).status).toBe(202)
    await settled()
    expect((await demo.get(`/snapshots/${snapshot}`)).status).toBe(404)
    let name = `snapshot-${snapshot}`
    for (const place of ['os-snapshot-manage', 'manageable_snapshots']) {
      expect((await demo.get(`/${place}${query}`)).status).toBe(403)
      const list = await admin.get(`/${place}${query}`)
      expect(list.at('manageable-snapshots.0.source_reference.id')).toBe(id)
      const detail = await admin.get(`/${place}/detail${query}`)
      expect(detail.at('manageable-snapshots.0.reference')).toEqual({ 'source-name': name })
      const body = { volume_id: id, ref: { 'source-name': name }, name: 'again' }
      const taken = await admin.post(`/${place}`, { snapshot: body })
      expect([taken.status, taken.at('snapshot.name')]).toEqual([202, 'again'])
      await settled()
      const own = taken.string('snapshot.id')
      expect((await admin.post(`/snapshots/${own}/action`, { 'os-unmanage': {} })).status).toBe(202)
      await settled()
      name = `snapshot-${own}`
    }
    let own = id
    for (const place of ['os-volume-manage', 'manageable_volumes']) {
      expect((await admin.act(own, 'os-unmanage')).status).toBe(202)
      await settled()
      expect((await admin.get(`/volumes/${own}`)).status).toBe(404)
      const list = await admin.get(`/${place}${query}&sort=size:desc&limit=1`)
      expect(list.at('manageable-volumes.0')).toEqual({
        reference: { 'source-name': `volume-${own}` },
        size: 2,
        safe_to_manage: true,
      })
      expect((await admin.get(`/${place}/detail${query}`)).list('manageable-volumes')).toHaveLength(
        1,
      )
      expect((await admin.get(`/${place}`)).status).toBe(400)
      expect((await admin.get(`/${place}?host=nowhere`)).status).toBe(400)
      const body = { host, ref: { 'source-name': `volume-${own}` }, name: 'taken', bootable: true }
      expect((await demo.post(`/${place}`, { volume: body })).status).toBe(403)
      const lost = { volume: { ...body, ref: { 'source-name': 'none' } } }
      expect((await admin.post(`/${place}`, lost)).status).toBe(404)
      const odd = { volume: { ...body, availability_zone: 'nowhere' } }
      expect((await admin.post(`/${place}`, odd)).status).toBe(400)
      const taken = await admin.post(`/${place}`, { volume: body })
      expect([taken.status, taken.at('volume.size')]).toEqual([202, 2])
      await settled()
      own = taken.string('volume.id')
      const shown = await admin.get(`/volumes/${own}`)
      expect(shown.at('volume')).toMatchObject({ name: 'taken', status: 'available' })
    }
    expect((await admin.delete(`/volumes/${own}`)).status).toBe(202)
    await settled()
  })
})
