import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Door, openDoor } from '../door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor({ hosts: 1 })
})
afterAll(() => door[Symbol.asyncDispose]())

const base = '/share/v2'
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/) as string
const at = (minor: number) => ({ 'x-openstack-manila-api-version': `2.${minor}` })
const latest = at(51)

async function settled(path: string, at_: string, wanted = 'available'): Promise<void> {
  await vi.waitFor(async () => {
    expect((await door.demo.get(path, latest)).at(at_)).toBe(wanted)
  })
}

async function create(fields: object = {}): Promise<string> {
  const share = { share_proto: 'NFS', size: 1, ...fields }
  const answer = await door.demo.post(`${base}/shares`, { share }, latest)
  expect(answer.status, answer.text).toBe(200)
  const id = answer.string('share.id')
  await settled(`${base}/shares/${id}`, 'share.status')
  return id
}

const act = (id: string, body: object, headers: Readonly<Record<string, string>> = latest) =>
  door.demo.post(`${base}/shares/${id}/action`, body, headers)

describe('O11: shares over HTTP', () => {
  it('are shown as documented, each field from its version on', async () => {
    const id = await create({ name: 'docs', metadata: { a: 'b' } })
    const path = `${base}/shares/${id}`
    const links = [
      { rel: 'self', href: `http://cloud.test${path}` },
      { rel: 'bookmark', href: `http://cloud.test${path}` },
    ]
    const oldest = {
      id,
      name: 'docs',
      links,
      size: 1,
      availability_zone: 'nova',
      created_at: moment,
      status: 'available',
      description: null,
      project_id: door.demo.projectId,
      snapshot_id: null,
      share_network_id: null,
      share_proto: 'NFS',
      metadata: { a: 'b' },
      share_type: 'default',
      volume_type: 'default',
      is_public: false,
    }
    const first = await door.demo.get(path)
    expect(first.headers.get('x-openstack-manila-api-version')).toBe('2.0')
    expect(first.json).toEqual({
      share: {
        ...oldest,
        export_location: expect.any(String) as string,
        export_locations: [expect.any(String)],
      },
    })
    const last = await door.demo.get(path, latest)
    expect(last.json).toEqual({
      share: {
        ...oldest,
        share_type: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        share_type_name: 'default',
        snapshot_support: true,
        task_state: null,
        access_rules_status: 'active',
        replication_type: null,
        has_replicas: false,
        create_share_from_snapshot_support: true,
        revert_to_snapshot_support: false,
        share_group_id: null,
        source_share_group_snapshot_member_id: null,
        mount_snapshot_support: false,
      },
    })
    const places = await door.demo.get(`${path}/export_locations`, latest)
    expect(places.list('export_locations')).toEqual([
      { id: expect.any(String), path: expect.any(String), preferred: true },
    ])
    const place = `${path}/export_locations/${places.string('export_locations.0.id')}`
    expect((await door.demo.get(place, latest)).at('export_location.preferred')).toBe(true)
    expect((await door.demo.get(`${path}/export_locations/${id}`, latest)).status).toBe(404)
    expect((await door.demo.get(`${path}/export_locations`)).status).toBe(404)
  })

  it('are renamed, listed, and deleted', async () => {
    const id = await create({ name: 'first' })
    const path = `${base}/shares/${id}`
    const body = { share: { display_name: 'renamed', display_description: 'why' } }
    const renamed = await door.demo.put(path, body, latest)
    expect(renamed.json).toMatchObject({ share: { name: 'renamed', description: 'why' } })
    const list = (query: string) => door.demo.get(`${base}/shares?${query}`, latest)
    expect((await list('name=renamed')).list('shares')).toHaveLength(1)
    expect((await list('name=none')).list('shares')).toEqual([])
    expect((await list('limit=1&with_count=True')).at('count')).toBe(1)
    const detail = await door.demo.get(`${base}/shares/detail?name~=renam`, latest)
    expect(detail.at('shares.0.id')).toBe(id)
    const names = (await list('sort_key=name&sort_dir=asc')).list('shares')
    expect(names.map((row) => Object(row).name)).toEqual(['docs', 'renamed'])
    expect((await list('limit=1&offset=1&sort_key=name&sort_dir=asc')).at('shares.0.id')).toBe(id)
    for (const query of ['sort_key=colour', 'sort_dir=up', 'limit=x', 'offset=-1']) {
      expect((await list(query)).status, query).toBe(400)
    }
    const stranger = await door.stranger()
    expect((await stranger.get(path)).status).toBe(404)
    expect((await stranger.get(`${base}/shares?all_tenants=1`)).list('shares')).toEqual([])
    const all = await door.admin.get(`${base}/shares?all_tenants=1`)
    expect(all.list('shares').length).toBeGreaterThan(1)
    expect((await door.demo.delete(path)).status).toBe(202)
    await vi.waitFor(async () => expect((await door.demo.get(path)).status).toBe(404))
  })

  it.each([
    [{ size: 1 }, 400],
    [{ share_proto: 'NFS' }, 400],
    [{ share_proto: 'FTP', size: 1 }, 400],
    [{ share_proto: 'NFS', size: 'big' }, 400],
    [{ share_proto: 'NFS', size: 0 }, 400],
    [{ share_proto: 'NFS', size: 1, host: 'x' }, 400],
    [{ share_proto: 'NFS', size: 1, share_type: 'gold' }, 404],
    [{ share_proto: 'NFS', size: 1, share_network_id: 'x' }, 404],
    [{ share_proto: 'NFS', size: 1, availability_zone: 'mars' }, 404],
    [{ share_proto: 'NFS', size: 1, snapshot_id: 'x' }, 404],
    [{ share_proto: 'NFS', size: 1, is_public: true }, 403],
  ])('refuse %j with %i', async (share, status) => {
    const answer = await door.demo.post(`${base}/shares`, { share }, latest)
    expect(answer.status, answer.text).toBe(status)
  })

  it('are extended and shrunk', async () => {
    const id = await create()
    const path = `${base}/shares/${id}`
    expect((await act(id, { extend: { new_size: '3' } })).status).toBe(202)
    await settled(path, 'share.status')
    expect((await door.demo.get(path)).at('share.size')).toBe(3)
    expect((await act(id, { 'os-shrink': { new_size: 2 } }, {})).status).toBe(202)
    await settled(path, 'share.status')
    expect((await door.demo.get(path)).at('share.size')).toBe(2)
    expect((await act(id, { extend: { new_size: 1 } })).status).toBe(400)
    expect((await act(id, { shrink: { new_size: 9 } })).status).toBe(400)
    expect((await act(id, { dance: null })).status).toBe(400)
    expect((await act(id, {})).status).toBe(400)
  })

  it('are mounted by those who have a rule', async () => {
    const id = await create()
    const rule = { access_type: 'ip', access_to: '10.0.0.0/24', access_level: 'ro' }
    const allowed = await act(id, { allow_access: rule })
    expect(allowed.status, allowed.text).toBe(200)
    expect(allowed.json).toEqual({
      access: {
        ...rule,
        id: expect.any(String) as string,
        share_id: id,
        state: 'queued_to_apply',
        access_key: null,
        created_at: moment,
        updated_at: null,
        metadata: {},
      },
    })
    const accessId = allowed.string('access.id')
    const rules = `${base}/share-access-rules`
    await settled(`${rules}/${accessId}`, 'access.state', 'active')
    expect((await act(id, { allow_access: rule })).status).toBe(400)
    expect((await act(id, { allow_access: { ...rule, access_type: 'cert' } })).status).toBe(400)
    expect((await act(id, { allow_access: { ...rule, access_to: 'x y' } })).status).toBe(400)
    expect(
      (await door.demo.get(`${rules}?share_id=${id}`, latest)).list('access_list'),
    ).toHaveLength(1)
    expect((await door.demo.get(rules, latest)).status).toBe(400)
    expect((await door.demo.get(`${rules}?share_id=${id}`, at(44))).status).toBe(404)
    const old = await act(id, { 'os-access_list': null }, at(6))
    expect(old.at('access_list.0.id')).toBe(accessId)
    expect((await act(id, { access_list: null })).status).toBe(404)
    const other = await create()
    expect((await act(other, { deny_access: { access_id: accessId } })).status).toBe(404)
    expect((await act(id, { deny_access: { access_id: accessId } })).status).toBe(202)
    await vi.waitFor(async () => {
      expect((await door.demo.get(`${rules}/${accessId}`, latest)).status).toBe(404)
    })
  })

  it('are kept in snapshots, and made of them', async () => {
    const id = await create({ size: 2 })
    const snapshot = { share_id: id, name: 'kept' }
    const made = await door.demo.post(`${base}/snapshots`, { snapshot }, latest)
    expect(made.status, made.text).toBe(202)
    const snapshotId = made.string('snapshot.id')
    const path = `${base}/snapshots/${snapshotId}`
    await settled(path, 'snapshot.status')
    expect((await door.demo.get(path, latest)).json).toEqual({
      snapshot: {
        id: snapshotId,
        name: 'kept',
        description: null,
        share_id: id,
        share_size: 2,
        share_proto: 'NFS',
        size: 2,
        status: 'available',
        project_id: door.demo.projectId,
        created_at: moment,
        links: expect.any(Array) as unknown[],
      },
    })
    expect(
      (await door.demo.get(`${base}/snapshots?share_id=${id}`)).list('snapshots'),
    ).toHaveLength(1)
    const detail = await door.demo.get(`${base}/snapshots/detail?name=kept`)
    expect(detail.at('snapshots.0.share_proto')).toBe('NFS')
    const copy = await create({ size: undefined, snapshot_id: snapshotId })
    expect((await door.demo.get(`${base}/shares/${copy}`)).at('share.size')).toBe(2)
    expect((await door.demo.delete(`${base}/shares/${id}`)).status).toBe(403)
    expect((await door.demo.delete(path)).status).toBe(202)
    await vi.waitFor(async () => expect((await door.demo.get(path)).status).toBe(404))
  })

  it('have metadata, item by item', async () => {
    const path = `${base}/shares/${await create()}/metadata`
    const set = await door.demo.post(path, { metadata: { a: '1', b: '2' } })
    expect(set.json).toEqual({ metadata: { a: '1', b: '2' } })
    expect((await door.demo.get(`${path}/a`)).json).toEqual({ meta: { a: '1' } })
    expect((await door.demo.delete(`${path}/a`)).status).toBe(200)
    expect((await door.demo.get(`${path}/a`)).status).toBe(404)
    expect((await door.demo.put(path, { metadata: { c: '3' } })).json).toEqual({
      metadata: { c: '3' },
    })
    expect((await door.demo.get(path)).json).toEqual({ metadata: { c: '3' } })
    expect((await door.demo.post(path, { metadata: { a: 1 } })).status).toBe(400)
  })

  it('have limits that administrators set', async () => {
    const quotas = `${base}/quota-sets/${door.demo.projectId}`
    expect((await door.demo.get(quotas, latest)).at('quota_set.shares')).toBeTypeOf('number')
    expect((await door.demo.get(`${quotas}/detail`, latest)).at('quota_set.shares')).toMatchObject({
      in_use: expect.any(Number) as number,
    })
    const body = { quota_set: { shares: 77 } }
    expect((await door.demo.put(quotas, body, latest)).status).toBe(403)
    expect((await door.admin.put(quotas, body, latest)).at('quota_set.shares')).toBe(77)
    expect((await door.demo.get(`${base}/limits`)).at('limits.absolute.maxTotalShares')).toBe(77)
    expect((await door.demo.get(`${base}/os-quota-sets/${door.demo.projectId}`)).status).toBe(200)
    await door.admin.put(quotas, { quota_set: { gigabytes: 0 } }, latest)
    const beyond = await door.demo.post(`${base}/shares`, {
      share: { share_proto: 'NFS', size: 1 },
    })
    expect([beyond.status, beyond.at('overLimit.code')]).toEqual([413, 413])
    const other = `${base}/quota-sets/${door.admin.projectId}`
    expect((await door.demo.get(other, latest)).status).toBe(403)
  })

  it('have a type and a zone', async () => {
    const types = await door.demo.get(`${base}/types`, latest)
    expect(types.at('share_types.0')).toMatchObject({ name: 'default', is_default: true })
    const id = types.string('share_types.0.id')
    expect((await door.demo.get(`${base}/types/${id}`)).at('share_type.id')).toBe(id)
    expect((await door.demo.get(`${base}/types/default`)).at('share_type.id')).toBe(id)
    expect((await door.demo.get(`${base}/types/none`)).status).toBe(404)
    const zones = await door.demo.get(`${base}/availability-zones`, latest)
    expect(zones.at('availability_zones.0.name')).toBe('nova')
    expect((await door.demo.get(`${base}/os-availability-zone`)).status).toBe(200)
  })

  it.each([
    ['/share', 300],
    ['/share/', 300],
    ['/share/v2', 200],
    ['/share/v2/', 200],
  ])('tell their versions at %s, and speak no others', async (path, status) => {
    const answer = await door.nobody.get(path)
    expect(answer.status).toBe(status)
    expect(answer.at('versions.0')).toMatchObject({ version: '2.51', min_version: '2.0' })
    // Whoever speaks other versions finds out here which there are.
    expect((await door.nobody.get(path, at(999))).status).toBe(status)
    expect((await door.demo.get(`${base}/shares`, at(999))).status).toBe(406)
  })
})
