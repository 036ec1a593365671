import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Block, type BlockDoor, openBlock } from './world.ts'

let block: BlockDoor
beforeAll(async () => {
  block = await openBlock()
})
afterAll(() => block[Symbol.asyncDispose]())

describe('copies of volumes over HTTP', () => {
  it('B3: snapshots are made, shown, changed, listed, reset and deleted', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume()
    await settled()
    const wish = { volume_id: id, name: 'monday', description: 'd', metadata: { a: 'b' } }
    const made = await demo.post('/snapshots', { snapshot: wish })
    expect([made.status, made.at('snapshot.status')]).toEqual([202, 'creating'])
    const path = `/snapshots/${made.string('snapshot.id')}`
    await settled()
    expect((await demo.get(path)).at('snapshot')).toMatchObject({
      volume_id: id,
      name: 'monday',
      description: 'd',
      size: 1,
      status: 'available',
      metadata: { a: 'b' },
      'os-extended-snapshot-attributes:progress': '100%',
    })
    const changed = await demo.put(path, { snapshot: { name: 'tuesday' } })
    expect(changed.at('snapshot.name')).toBe('tuesday')
    expect((await demo.get('/snapshots?name=tuesday')).list('snapshots')).toHaveLength(1)
    const detail = await demo.get(`/snapshots/detail?volume_id=${id}&status=available`)
    expect(detail.list('snapshots')).toHaveLength(1)
    const reset = { 'os-reset_status': { status: 'error' } }
    expect((await demo.post(`${path}/action`, reset)).status).toBe(403)
    expect((await admin.post(`${path}/action`, reset)).status).toBe(202)
    expect((await demo.get(path)).at('snapshot.status')).toBe('error')
    expect((await demo.delete(path)).status).toBe(202)
    await settled()
    expect((await demo.get(path)).status).toBe(404)
    const odd = { volume_id: '00000000-0000-4000-8000-000000000000' }
    expect((await demo.post('/snapshots', { snapshot: odd })).status).toBe(404)
    expect((await demo.post('/snapshots', { snapshot: {} })).status).toBe(400)
    const next = await demo.post('/snapshots', { snapshot: { volume_id: id } })
    await settled()
    const other = `/snapshots/${next.string('snapshot.id')}`
    const forced = await admin.post(`${other}/action`, { 'os-force_delete': {} })
    expect(forced.status).toBe(202)
    await settled()
    expect((await demo.get(other)).status).toBe(404)
  })

  it('B7: backups are made, shown, changed, restored, reset and deleted', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume()
    await settled()
    const made = await demo.post('/backups', { backup: { volume_id: id, name: 'full' } })
    expect(made.status).toBe(202)
    const full = made.string('backup.id')
    await settled()
    const wish = { volume_id: id, incremental: true, metadata: { a: 'b' } }
    const more = (await demo.post('/backups', { backup: wish })).string('backup.id')
    await settled()
    expect((await demo.get(`/backups/${full}`)).at('backup')).toMatchObject({
      id: full,
      name: 'full',
      status: 'available',
      size: 1,
      volume_id: id,
      is_incremental: false,
      has_dependent_backups: true,
      container: 'volumebackups',
    })
    expect((await demo.get('/backups')).list('backups')).toHaveLength(2)
    const detail = await demo.get(`/backups/detail?volume_id=${id}&sort=created_at:asc`)
    expect(detail.at('backups.1.is_incremental')).toBe(true)
    expect((await demo.delete(`/backups/${full}`)).status).toBe(400)
    const named = await demo.put(`/backups/${full}`, { backup: { name: 'other' } })
    expect([named.status, named.at('backup.name')]).toEqual([200, 'other'])
    expect((await demo.put(`/backups/${full}`, { backup: {} })).status).toBe(400)
    const restored = await demo.post(`/backups/${more}/restore`, { restore: {} })
    expect(restored.status).toBe(202)
    expect(restored.at('restore.backup_id')).toBe(more)
    await settled()
    const volume = await demo.get(`/volumes/${restored.string('restore.volume_id')}`)
    expect(volume.at('volume.status')).toBe('available')
    const path = `/backups/${more}/action`
    const reset = { 'os-reset_status': { status: 'error' } }
    expect((await admin.post(path, reset)).status).toBe(202)
    expect((await demo.get(`/backups/${more}`)).at('backup.status')).toBe('error')
    expect((await admin.post(path, { 'os-force_delete': {} })).status).toBe(202)
    await settled()
    expect((await demo.delete(`/backups/${full}`)).status).toBe(202)
    await settled()
    expect((await demo.get('/backups')).list('backups')).toEqual([])
  })

  it('B7: the record of a backup is shown to administrators, and taken over', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume()
    await settled()
    const made = await demo.post('/backups', { backup: { volume_id: id } })
    await settled()
    const path = `/backups/${made.string('backup.id')}/export_record`
    expect((await demo.get(path)).status).toBe(403)
    const shown = await admin.get(path)
    expect(shown.status).toBe(200)
    const record = shown.at('backup-record') as Record<string, string>
    const taken = await admin.post('/backups/import_record', { 'backup-record': record })
    expect([taken.status, taken.text]).toEqual([400, expect.stringContaining('already')])
    const text = Buffer.from(record['backup_url'] ?? '', 'base64').toString()
    const lost = Buffer.from(text.replace(made.string('backup.id'), 'lost')).toString('base64')
    const body = { 'backup-record': { ...record, backup_url: lost } }
    expect((await demo.post('/backups/import_record', body)).status).toBe(403)
    const other = await admin.post('/backups/import_record', body)
    expect([other.status, other.at('backup.id')]).toEqual([201, 'lost'])
    await settled()
    expect((await admin.get('/backups/lost')).at('backup.status')).toBe('error')
    for (const odd of [{ backup_url: 'e30=' }, { backup_url: 'x' }, { backup_service: 'x' }]) {
      const wrong = { 'backup-record': { ...record, ...odd } }
      expect((await admin.post('/backups/import_record', wrong)).status).toBe(400)
    }
    expect((await admin.delete('/backups/lost')).status).toBe(202)
    await settled()
  })

  it.each(['os-volume-transfer', 'volume-transfers'])('B8: %s moves a volume', async (place) => {
    const { demo, door, settled } = block
    const other = new Block(await door.stranger('member'))
    const id = await demo.volume()
    await settled()
    const offer = { transfer: { volume_id: id, name: 'yours' } }
    const made = await demo.post(`/${place}`, offer)
    expect(made.status).toBe(202)
    const [transfer, key] = [made.string('transfer.id'), made.string('transfer.auth_key')]
    const path = `/${place}/${transfer}`
    expect((await demo.get(path)).at('transfer')).toMatchObject({ name: 'yours', volume_id: id })
    expect((await demo.get(path)).text).not.toContain(key)
    expect((await demo.get(`/${place}`)).list('transfers')).toHaveLength(1)
    expect((await demo.get(`/${place}/detail`)).list('transfers')).toHaveLength(1)
    expect((await other.get(path)).status).toBe(404)
    const wrong = await other.post(`${path}/accept`, { accept: { auth_key: 'odd' } })
    expect(wrong.status).toBe(404)
    const taken = await other.post(`${path}/accept`, { accept: { auth_key: key } })
    expect([taken.status, taken.at('transfer.volume_id')]).toEqual([202, id])
    expect((await other.get(`/volumes/${id}`)).at('volume.status')).toBe('available')
    expect((await demo.get(`/volumes/${id}`)).status).toBe(404)
    const again = await demo.volume()
    await settled()
    const back = await demo.post(`/${place}`, { transfer: { volume_id: again } })
    const deleted = await demo.delete(`/${place}/${back.string('transfer.id')}`)
    expect(deleted.status).toBe(202)
  })

  it('B8: groups of volumes, their types and snapshots', async () => {
    const { demo, admin, settled } = block
    const type = await admin.post('/types', { volume_type: { name: 'grouped' } })
    const typeId = type.string('volume_type.id')
    const made = await admin.post('/group_types', { group_type: { name: 'together' } })
    expect(made.status).toBe(202)
    const groupType = made.string('group_type.id')
    const specs = `/group_types/${groupType}/group_specs`
    expect((await admin.post(specs, { group_specs: { a: '1', b: '2' } })).status).toBe(202)
    expect((await admin.put(`${specs}/a`, { a: '3' })).json).toEqual({ a: '3' })
    expect((await admin.get(`${specs}/a`)).json).toEqual({ a: '3' })
    expect((await admin.delete(`${specs}/b`)).status).toBe(202)
    expect((await admin.get(specs)).at('group_specs')).toEqual({ a: '3' })
    const named = { group_type: { name: 'joined', description: 'd' } }
    expect((await admin.put(`/group_types/${groupType}`, named)).status).toBe(200)
    expect((await demo.get('/group_types')).list('group_types')).toHaveLength(1)
    expect((await demo.get(`/group_types/${groupType}`)).at('group_type.name')).toBe('joined')
    expect((await demo.get('/group_types/default')).status).toBe(404)
    const group = await demo.post('/groups', {
      group: { name: 'db', group_type: groupType, volume_types: [typeId] },
    })
    expect(group.status).toBe(202)
    const id = group.string('group.id')
    const inside = await demo.volume({ volume_type: typeId, group_id: id })
    const outside = await demo.volume({ volume_type: typeId })
    await settled()
    const added = await demo.put(`/groups/${id}`, { group: { add_volumes: outside } })
    expect(added.status).toBe(202)
    const shown = await demo.get(`/groups/${id}?list_volume=true`)
    expect(new Set(shown.list('group.volumes'))).toEqual(new Set([inside, outside]))
    expect((await demo.get('/groups')).list('groups')).toHaveLength(1)
    expect((await demo.get('/groups/detail?list_volume=true')).at('groups.0.status')).toBe(
      'available',
    )
    const kept = await demo.post('/group_snapshots', { group_snapshot: { group_id: id } })
    expect(kept.status).toBe(202)
    await settled()
    const keptId = kept.string('group_snapshot.id')
    const path = `/group_snapshots/${keptId}`
    expect((await demo.get(path)).at('group_snapshot.status')).toBe('available')
    expect((await demo.get('/group_snapshots')).list('group_snapshots')).toHaveLength(1)
    expect((await demo.get('/group_snapshots/detail')).list('group_snapshots')).toHaveLength(1)
    const error = { reset_status: { status: 'error' } }
    expect((await admin.post(`${path}/action`, error)).status).toBe(202)
    await admin.post(`${path}/action`, { reset_status: { status: 'available' } })
    const copy = await demo.post('/groups/action', {
      'create-from-src': { name: 'copy', group_snapshot_id: keptId },
    })
    expect(copy.status).toBe(202)
    await settled()
    expect((await demo.delete(path)).status).toBe(202)
    await settled()
    expect((await admin.post(`/groups/${id}/action`, error)).status).toBe(202)
    await admin.post(`/groups/${id}/action`, { reset_status: { status: 'available' } })
    for (const one of [id, copy.string('group.id')]) {
      const gone = { delete: { 'delete-volumes': true } }
      expect((await demo.post(`/groups/${one}/action`, gone)).status).toBe(202)
    }
    await settled()
    expect((await admin.delete(`/group_types/${groupType}`)).status).toBe(202)
  })
})
