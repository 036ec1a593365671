import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from '../door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const base = '/image/v2/metadefs/namespaces'
const size = { title: 'Size', type: 'integer', minimum: 1 }

describe('I9: definitions of metadata over HTTP', () => {
  it('I9: namespaces are made whole, listed, shown, changed and deleted', async () => {
    const { admin, demo } = door
    const wish = {
      namespace: 'OS::Whole',
      display_name: 'Whole',
      visibility: 'public',
      protected: true,
      objects: [{ name: 'cpu', required: ['size'], properties: { size } }],
      properties: { size },
      tags: [{ name: 'one' }],
      resource_type_associations: [{ name: 'OS::Nova::Flavor', prefix: 'hw:' }],
    }
    expect((await demo.post(base, wish)).status).toBe(403)
    const made = await admin.post(base, wish)
    expect(made.status, made.text).toBe(201)
    expect((await admin.post(base, wish)).status).toBe(409)
    await admin.post(base, { namespace: 'OS::Hidden' })
    const path = `${base}/OS::Whole`
    const shown = await demo.get(path)
    expect(shown.at('properties')).toEqual({ size })
    expect(shown.at('tags')).toEqual([{ name: 'one' }])
    const prefixed = await demo.get(`${path}?resource_type=OS::Nova::Flavor`)
    expect(prefixed.at('properties')).toEqual({ 'hw:size': size })
    expect(prefixed.at('objects.0.required')).toEqual(['hw:size'])
    expect((await demo.get(`${base}/OS::Hidden`)).status).toBe(404)
    const names = (answer: { list: (name: string) => readonly unknown[] }) =>
      answer.list('namespaces').map((one) => (one as { namespace: string }).namespace)
    expect(names(await demo.get(base))).toEqual(['OS::Whole'])
    const sorted = `${base}?sort_key=namespace&sort_dir=asc`
    expect(names(await admin.get(sorted))).toEqual(['OS::Hidden', 'OS::Whole'])
    const page = await admin.get(`${sorted}&limit=1`)
    expect(names(page)).toEqual(['OS::Hidden'])
    expect(names(await admin.get(`/image${page.string('next')}`))).toEqual(['OS::Whole'])
    expect((await admin.get(`${base}?marker=nothing`)).status).toBe(400)
    expect(names(await admin.get(`${base}?visibility=private`))).toEqual(['OS::Hidden'])
    const typed = `${base}?resource_types=OS::Nova::Flavor,OS::Nova::Server`
    expect(names(await admin.get(typed))).toEqual(['OS::Whole'])
    expect((await admin.delete(path)).status).toBe(403)
    expect((await admin.delete(`${path}/objects`)).status).toBe(403)
    const free = { namespace: 'OS::Renamed', protected: false }
    expect((await demo.put(path, free)).status).toBe(403)
    expect((await admin.put(path, { ...free, namespace: 'OS::Hidden' })).status).toBe(409)
    const changed = await admin.put(path, free)
    expect([changed.status, changed.at('protected')]).toEqual([200, false])
    expect((await admin.delete(`${base}/OS::Renamed`)).status).toBe(204)
    expect((await demo.get(`${base}/OS::Renamed`)).status).toBe(404)
    const odd = { namespace: 'OS::Odd', properties: { size: { title: 'x', type: 'none' } } }
    expect((await admin.post(base, odd)).status).toBe(400)
  })

  it.each([
    ['objects', { name: 'a', properties: { size } }, { name: 'b', description: 'd' }],
    ['properties', { name: 'a', ...size }, { name: 'b', title: 'B', type: 'string' }],
    ['tags', { name: 'a' }, { name: 'b' }],
  ])('I9: %s are added, shown, changed, listed and deleted', async (word, one, other) => {
    const { admin, demo } = door
    const namespace = `OS::Of${word}`
    await admin.post(base, { namespace, visibility: 'public' })
    const path = `${base}/${namespace}/${word}`
    const make = () =>
      word === 'tags' ? admin.post(`${path}/a`, undefined) : admin.post(path, one)
    const made = await make()
    expect([made.status, made.at('name')]).toEqual([201, 'a'])
    expect((await make()).status).toBe(409)
    expect((await demo.get(`${path}/a`)).at('name')).toBe('a')
    expect((await demo.get(`${path}/constructor`)).status).toBe(404)
    expect((await demo.put(`${path}/a`, other)).status).toBe(403)
    expect((await admin.put(`${path}/a`, other)).at('name')).toBe('b')
    expect((await admin.put(`${path}/a`, other)).status).toBe(404)
    const list = (await demo.get(path)).at(word)
    expect(Object.keys(list as object)).toHaveLength(1)
    expect((await admin.delete(`${path}/a`)).status).toBe(404)
    expect((await demo.delete(`${path}/b`)).status).toBe(403)
    expect((await admin.delete(`${path}/b`)).status).toBe(204)
    expect((await admin.delete(path)).status).toBe(204)
  })

  it('I9: many tags at once, and the types that definitions are for', async () => {
    const { admin, demo } = door
    await admin.post(base, { namespace: 'OS::Many', visibility: 'public' })
    const tags = `${base}/OS::Many/tags`
    const body = (...names: string[]) => ({ tags: names.map((name) => ({ name })) })
    expect((await admin.post(tags, body('a', 'b'))).status).toBe(201)
    await admin.request('POST', tags, body('c'), { 'x-openstack-append': 'True' })
    expect((await demo.get(tags)).list('tags')).toHaveLength(3)
    await admin.post(tags, body('d'))
    expect((await demo.get(tags)).at('tags.0.name')).toBe('d')
    const many = body(...Array.from({ length: 300 }, (_, at) => `tag${at}`))
    expect((await admin.post(tags, many)).status).toBe(400)
    const types = `${base}/OS::Many/resource_types`
    const target = { name: 'OS::Glance::Image', prefix: 'os_', properties_target: 'image' }
    expect((await demo.post(types, target)).status).toBe(403)
    expect((await admin.post(types, target)).at('prefix')).toBe('os_')
    expect((await demo.get(types)).list('resource_type_associations')).toHaveLength(1)
    expect((await admin.delete(`${types}/OS::Glance::Image`)).status).toBe(204)
    const known = await demo.get('/image/v2/metadefs/resource_types')
    expect(known.list('resource_types')).toContainEqual({ name: 'OS::Nova::Flavor' })
  })

  it('I9: a namespace does not grow without end', async () => {
    const { admin } = door
    await admin.post(base, { namespace: 'OS::Large' })
    const path = `${base}/OS::Large/properties`
    const large = { title: 'x', type: 'string', enum: Array(250).fill('x'.repeat(200)) }
    expect((await admin.post(path, { name: 'a', ...large })).status).toBe(201)
    expect((await admin.post(path, { name: 'b', ...large })).status).toBe(413)
  })

  it('I8: administrators are told more of the stores', async () => {
    const { admin, demo } = door
    expect((await demo.get('/image/v2/info/stores/detail')).status).toBe(403)
    const told = await admin.get('/image/v2/info/stores/detail')
    expect(told.at('stores.0')).toMatchObject({ default: true, properties: {} })
  })
})
