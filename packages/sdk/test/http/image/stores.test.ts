import { MemoryImageStore, RoutedImageStore } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Door, openDoor } from '../door.ts'

let door: Door
beforeAll(async () => {
  const images = new RoutedImageStore({
    stores: {
      default: { store: new MemoryImageStore(), description: 'Disks' },
      fast: { store: new MemoryImageStore(), description: 'Flash' },
    },
    preferred: 'fast',
  })
  door = await openDoor({ hosts: 1, cloud: { drivers: { images } } })
})
afterAll(() => door[Symbol.asyncDispose]())

const base = '/image/v2'
const octets = { 'content-type': 'application/octet-stream' }
const bytes = (text: string) => new TextEncoder().encode(text)

async function filled(headers: Record<string, string> = {}): Promise<string> {
  const formats = { disk_format: 'raw', container_format: 'bare' }
  const made = await door.demo.post(`${base}/images`, formats)
  expect(made.headers.get('openstack-image-store-ids')).toBe('fast,default')
  const path = `${base}/images/${made.string('id')}`
  const sent = await door.demo.put(`${path}/file`, bytes('bytes'), { ...octets, ...headers })
  expect(sent.status, sent.text).toBe(204)
  return made.string('id')
}

const storesOf = async (id: string) => (await door.demo.get(`${base}/images/${id}`)).at('stores')

describe('I8: several image stores over HTTP', () => {
  it('are told, the preferred one as the default', async () => {
    const stores = await door.demo.get(`${base}/info/stores`)
    expect(stores.list('stores')).toEqual([
      { id: 'fast', description: 'Flash', default: 'true' },
      { id: 'default', description: 'Disks' },
    ])
    const info = await door.demo.get(`${base}/info/import`)
    expect(info.at('import-methods.value')).toContain('copy-image')
  })

  it('take uploads that name one, and those that name none', async () => {
    expect(await storesOf(await filled())).toBe('fast')
    expect(await storesOf(await filled({ 'x-image-meta-store': 'default' }))).toBe('default')
  })

  it('get copies, and lose them again but the last', async () => {
    const id = await filled()
    const path = `${base}/images/${id}`
    const asked = await door.demo.post(`${path}/import`, {
      method: { name: 'copy-image' },
      all_stores: true,
      all_stores_must_succeed: false,
    })
    expect(asked.status, asked.text).toBe(202)
    await vi.waitFor(async () => expect(await storesOf(id)).toBe('fast,default'))
    const remove = async (store: string) =>
      (await door.demo.delete(`${base}/stores/${store}/${id}`)).status
    expect(await remove('fast')).toBe(204)
    expect(await remove('fast')).toBe(404)
    expect(await remove('default')).toBe(403)
    expect(await storesOf(id)).toBe('default')
    expect((await door.demo.get(`${path}/file`)).text).toBe('bytes')
  })
})
