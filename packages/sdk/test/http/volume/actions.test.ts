import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BlockDoor, openBlock } from './world.ts'

let block: BlockDoor
beforeAll(async () => {
  block = await openBlock()
})
afterAll(() => block[Symbol.asyncDispose]())

const server = '00000000-0000-4000-8000-000000000001'

describe('actions on volumes over HTTP', () => {
  it('B2: a volume is extended, made bootable and read-only, retyped and reverted', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume()
    await settled()
    expect((await demo.act(id, 'os-extend', { new_size: 2 })).status).toBe(202)
    await settled()
    expect((await demo.act(id, 'os-extend', { new_size: 1 })).status).toBe(400)
    expect((await demo.act(id, 'os-set_bootable', { bootable: 'true' })).status).toBe(200)
    const readOnly = await demo.act(id, 'os-update_readonly_flag', { readonly: true })
    expect(readOnly.status).toBe(202)
    const shown = await demo.get(`/volumes/${id}`)
    expect(shown.at('volume')).toMatchObject({
      size: 2,
      bootable: 'true',
      metadata: { readonly: 'True' },
    })
    await admin.post('/types', { volume_type: { name: 'other' } })
    expect((await demo.act(id, 'os-retype', { new_type: 'other' })).status).toBe(202)
    await settled()
    const made = await demo.post('/snapshots', { snapshot: { volume_id: id } })
    await settled()
    const snapshot = { snapshot_id: made.string('snapshot.id') }
    expect((await demo.act(id, 'revert', snapshot)).status).toBe(202)
    expect((await demo.at(39).act(id, 'revert', snapshot)).status).toBe(400)
    expect((await demo.act(id, 'os-odd')).status).toBe(400)
    await settled()
  })

  it('B2: a volume becomes an image, and gets the bytes of one', async () => {
    const { demo, settled } = block
    const id = await demo.volume()
    await settled()
    const made = await demo.act(id, 'os-volume_upload_image', { image_name: 'golden' })
    expect(made.status).toBe(202)
    expect(made.at('os-volume_upload_image')).toMatchObject({
      image_name: 'golden',
      disk_format: 'raw',
      status: 'uploading',
    })
    await settled()
    const imageId = made.string('os-volume_upload_image.image_id')
    expect((await demo.act(id, 'os-reimage', { image_id: imageId })).status).toBe(202)
    await settled()
    const set = await demo.act(id, 'os-set_image_metadata', { metadata: { kernel: 'k' } })
    expect([set.status, set.at('metadata.kernel')]).toEqual([200, 'k'])
    expect((await demo.act(id, 'os-unset_image_metadata', { key: 'kernel' })).status).toBe(200)
    expect((await demo.act(id, 'os-unset_image_metadata', { key: 'kernel' })).status).toBe(404)
    const shown = await demo.act(id, 'os-show_image_metadata')
    expect(shown.at('metadata.image_id')).toBe(imageId)
  })

  it('B4: a volume is reserved, connected, attached and detached by those outside', async () => {
    const { demo, admin, settled } = block
    const id = await demo.volume()
    await settled()
    const status = async (minor: number): Promise<unknown> =>
      (await demo.at(minor).get(`/volumes/${id}`)).at('volume.status')
    expect((await demo.act(id, 'os-reserve')).status).toBe(202)
    expect([await status(0), await status(27)]).toEqual(['attaching', 'reserved'])
    expect((await demo.act(id, 'os-unreserve')).status).toBe(202)
    expect(await status(0)).toBe('available')
    const connector = { host: 'metal', ip: '10.0.0.9', multipath: false }
    const found = await demo.act(id, 'os-initialize_connection', { connector })
    expect(found.status).toBe(200)
    expect(found.string('connection_info.driver_volume_type')).toBe('simulated')
    expect((await demo.act(id, 'os-terminate_connection', { connector })).status).toBe(202)
    await settled()
    const use = { instance_uuid: server, mountpoint: '/dev/vdc' }
    expect((await demo.act(id, 'os-attach', use)).status).toBe(202)
    const shown = await demo.get(`/volumes/${id}`)
    expect(shown.at('volume.attachments.0')).toMatchObject({
      server_id: server,
      device: '/dev/vdc',
      volume_id: id,
      id,
    })
    expect((await demo.act(id, 'os-begin_detaching')).status).toBe(202)
    expect(await status(0)).toBe('detaching')
    expect((await demo.act(id, 'os-roll_detaching')).status).toBe(202)
    expect((await demo.act(id, 'os-detach')).status).toBe(202)
    await settled()
    expect(await status(0)).toBe('available')
    await demo.act(id, 'os-attach', use)
    expect((await demo.act(id, 'os-force_detach', {})).status).toBe(403)
    expect((await admin.act(id, 'os-force_detach', {})).status).toBe(202)
    await settled()
  })

  it('B4: attachments are reserved, connected, completed and ended', async () => {
    const { demo, settled } = block
    const id = await demo.volume()
    await settled()
    const wish = { volume_uuid: id, instance_uuid: server }
    const made = await demo.post('/attachments', { attachment: wish })
    expect(made.at('attachment')).toMatchObject({ status: 'reserved', instance: server })
    const path = `/attachments/${made.string('attachment.id')}`
    const connector = { host: 'metal' }
    const known = await demo.put(path, { attachment: { connector } })
    expect(known.at('attachment.connection_info.driver_volume_type')).toBe('simulated')
    expect((await demo.post(`${path}/action`, { 'os-complete': null })).status).toBe(204)
    expect((await demo.get(path)).at('attachment.status')).toBe('attached')
    expect((await demo.get('/attachments')).list('attachments')).toHaveLength(1)
    const all = await demo.get(`/attachments/detail?volume_id=${id}`)
    expect(all.list('attachments')).toHaveLength(1)
    expect((await demo.delete(path)).status).toBe(200)
    await settled()
    expect((await demo.get(path)).status).toBe(404)
  })

  it('B8, B11: operators reset, migrate and delete by force', async () => {
    const { demo, admin, door, settled } = block
    const id = await demo.volume()
    await settled()
    expect((await demo.act(id, 'os-reset_status', { status: 'error' })).status).toBe(403)
    expect((await admin.act(id, 'os-reset_status', { status: 'error' })).status).toBe(202)
    expect((await demo.get(`/volumes/${id}`)).at('volume.status')).toBe('error')
    expect((await admin.act(id, 'os-reset_status', { status: 'odd' })).status).toBe(400)
    await admin.act(id, 'os-reset_status', { status: 'available' })
    await door.cloud.system.volumePools.create({ name: 'lvm#b', totalGb: 100 })
    const moved = await admin.act(id, 'os-migrate_volume', { host: 'nephos@lvm#b' })
    expect(moved.status).toBe(202)
    await settled()
    expect((await admin.get(`/volumes/${id}`)).at('volume')).toMatchObject({
      'os-vol-host-attr:host': 'nephos@lvm#b',
    })
    expect((await admin.act(id, 'os-force_delete')).status).toBe(202)
    await settled()
    expect((await demo.get(`/volumes/${id}`)).status).toBe(404)
  })

  it('B6: whether a volume is encrypted is shown', async () => {
    const { demo, settled } = block
    const id = await demo.volume()
    await settled()
    expect((await demo.get(`/volumes/${id}/encryption`)).json).toEqual({ encryption_key_id: null })
    expect((await demo.get(`/volumes/${id}/encryption/encryption_key_id`)).text).toBe('null')
  })
})
