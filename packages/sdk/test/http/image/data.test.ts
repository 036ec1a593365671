import { CloudError, type WebSource } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Door, openDoor } from '../door.ts'

const page = new TextEncoder().encode('from the web')
const web: WebSource = {
  policy: { ports: [80], trusted: [] },
  lookup: (name) =>
    name === 'example.com'
      ? Promise.resolve(['93.184.216.34'])
      : Promise.reject(new CloudError('invalid', 'uri: nobody knows it.', { field: 'uri' })),
  open: () =>
    Promise.resolve({
      status: 200,
      location: null,
      encoding: null,
      size: page.length,
      body: (async function* () {
        yield page
      })(),
      close: () => undefined,
    }),
}

let door: Door
beforeAll(async () => {
  door = await openDoor({ hosts: 1, cloud: { drivers: { web } } })
})
afterAll(() => door[Symbol.asyncDispose]())

const base = '/image/v2'
const octets = { 'content-type': 'application/octet-stream' }
const bytes = (text: string) => new TextEncoder().encode(text)

async function create(fields: object = {}): Promise<string> {
  const formats = { disk_format: 'raw', container_format: 'bare' }
  return (await door.demo.post(`${base}/images`, { ...formats, ...fields })).string('id')
}

const file = (id: string) => `${base}/images/${id}/file`
const statusOf = async (id: string) => (await door.demo.get(`${base}/images/${id}`)).at('status')

describe('I5: bytes of images over HTTP', () => {
  it('come and go, whole or in part', async () => {
    const id = await create()
    const none = await door.demo.get(file(id))
    expect([none.status, none.text]).toEqual([204, ''])
    expect((await door.demo.put(file(id), bytes('0123456789'), octets)).status).toBe(204)
    const whole = await door.demo.get(file(id))
    expect([whole.status, whole.text]).toEqual([200, '0123456789'])
    expect(whole.headers.get('content-md5')).toBe('781e5e245d69b566979b86e28d23f2c7')
    expect(whole.headers.get('content-length')).toBe('10')
    expect(whole.headers.get('content-type')).toBe('application/octet-stream')
    const image = await door.demo.get(`${base}/images/${id}`)
    expect(image.json).toMatchObject({ status: 'active', size: 10, stores: 'default' })
    for (const [range, text, answered] of [
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-2', '89', 'bytes 8-9/10'],
      ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
    ] as const) {
      const part = await door.demo.get(file(id), { range })
      expect([part.status, part.text], range).toEqual([206, text])
      expect(part.headers.get('content-range')).toBe(answered)
    }
    for (const range of ['bytes=10-', 'bytes=5-4', 'bytes=0-1,3-4', 'bytes=-0']) {
      const refused = await door.demo.get(file(id), { range })
      expect(refused.status, range).toBe(416)
    }
    expect((await door.demo.get(file(id), { range: 'lines=1-2' })).status).toBe(400)
    expect((await door.demo.put(file(id), bytes('again'), octets)).status).toBe(409)
  })

  it('are refused in another type, size, format or store', async () => {
    const id = await create()
    const put = (headers: Record<string, string>, text = 'abc') =>
      door.demo.put(file(id), bytes(text), headers)
    expect((await put({ 'content-type': 'text/plain' })).status).toBe(415)
    expect((await put({ ...octets, 'x-openstack-image-size': '2' })).status).toBe(413)
    expect((await put({ ...octets, 'x-openstack-image-size': '4' })).status).toBe(400)
    expect((await put({ ...octets, 'x-openstack-image-size': 'x' })).status).toBe(400)
    expect((await put({ ...octets, 'x-image-meta-store': 'elsewhere' })).status).toBe(400)
    expect((await put(octets, 'QFI\u00fb')).status).toBe(204)
    const qcow2 = await create({ disk_format: 'qcow2' })
    expect((await door.demo.put(file(qcow2), bytes('raw'), octets)).status).toBe(415)
    expect(await statusOf(qcow2)).toBe('queued')
    expect((await door.demo.put(file(crypto.randomUUID()), bytes('x'), octets)).status).toBe(404)
  })

  it('of an image that goes meanwhile are gone', async () => {
    const id = await create()
    let isDeleted = false
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (isDeleted) return controller.close()
        controller.enqueue(bytes('x'))
        await vi.waitFor(async () => expect(await statusOf(id)).toBe('saving'))
        await door.demo.delete(`${base}/images/${id}`)
        isDeleted = true
      },
    })
    const request = new Request(`http://cloud.test${file(id)}`, {
      method: 'PUT',
      headers: { ...octets, 'x-auth-token': door.demo.token ?? '' },
      body,
      duplex: 'half',
    })
    expect((await door.handler(request)).status).toBe(410)
  })
})

describe('I6: imports over HTTP', () => {
  const methods = ['glance-direct', 'web-download']

  it('tell their methods and stores', async () => {
    const info = await door.demo.get(`${base}/info/import`)
    expect(info.at('import-methods.value')).toEqual(methods)
    const stores = await door.demo.get(`${base}/info/stores`)
    expect(stores.list('stores')).toEqual([
      { id: 'default', default: 'true', description: expect.any(String) as string },
    ])
  })

  it('make an image of what was staged, and tell the task', async () => {
    const id = await create()
    const path = `${base}/images/${id}`
    expect((await door.demo.put(`${path}/stage`, bytes('staged'), octets)).status).toBe(204)
    expect(await statusOf(id)).toBe('uploading')
    const asked = await door.demo.post(`${path}/import`, {
      method: { name: 'glance-direct' },
      all_stores: true,
    })
    expect(asked.status).toBe(202)
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('active'))
    expect((await door.demo.get(`${path}/file`)).text).toBe('staged')
    const tasks = await door.demo.get(`${path}/tasks`)
    expect(tasks.list('tasks')).toEqual([
      expect.objectContaining({
        status: 'success',
        image_id: id,
        request_id: asked.headers.get('x-openstack-request-id'),
        input: {
          image_id: id,
          import_req: { method: { name: 'glance-direct' } },
          backend: ['default'],
        },
      }),
    ])
    const taskId = tasks.string('tasks.0.id')
    expect((await door.demo.get(`${base}/tasks/${taskId}`)).status).toBe(403)
    const shown = await door.admin.get(`${base}/tasks/${taskId}`)
    expect(shown.at('result.image_id')).toBe(id)
    expect((await door.admin.get(`${base}/tasks`)).list('tasks').length).toBeGreaterThan(0)
  })

  it('make an image of a page of the web, or say why not', async () => {
    const id = await create()
    const path = `${base}/images/${id}`
    const ask = (uri: string) =>
      door.demo.post(`${path}/import`, {
        method: { name: 'web-download', uri },
        stores: ['default'],
      })
    for (const uri of ['http://127.0.0.1/', 'file:///etc/passwd', 'http://example.com:22/']) {
      expect((await ask(uri)).status, uri).toBe(400)
    }
    expect((await ask('http://does-not.exist/no/way')).status).toBe(202)
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('queued'))
    const failed = await door.demo.get(path)
    expect(failed.at('os_glance_failed_import')).toBe('default')
    expect((await ask('http://example.com/image')).status).toBe(202)
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('active'))
    const image = await door.demo.get(path)
    expect(image.json).toMatchObject({ size: page.length })
    expect(image.at('os_glance_failed_import')).toBeUndefined()
  })

  it.each([
    [{ method: { name: 'copy-image' } }, 400],
    [{ method: { name: 'web-download' } }, 400],
    [{ method: {} }, 400],
    [{ method: { name: 'glance-direct' }, stores: ['elsewhere'] }, 400],
    [{ method: { name: 'glance-direct' }, stores: ['default'], all_stores: true }, 400],
    [{ method: { name: 'glance-direct' } }, 409],
  ])('refuse %j with %i', async (body, status) => {
    const answer = await door.demo.post(`${base}/images/${await create()}/import`, body)
    expect(answer.status, answer.text).toBe(status)
  })

  it('I8: leave an image in its last store', async () => {
    const id = await create()
    expect((await door.demo.delete(`${base}/stores/default/${id}`)).status).toBe(409)
    await door.demo.put(file(id), bytes('bytes'), octets)
    expect((await door.demo.delete(`${base}/stores/default/${id}`)).status).toBe(403)
    expect((await door.demo.delete(`${base}/stores/elsewhere/${id}`)).status).toBe(404)
  })
})

describe('I1: what the image service tells of itself', () => {
  it.each([
    ['/image', 300],
    ['/image/', 300],
    ['/image/versions', 200],
    ['/image/v2', 200],
    ['/image/v2/', 200],
  ])('its versions, at %s, to anybody', async (path, status) => {
    const answer = await door.nobody.get(path)
    expect(answer.status).toBe(status)
    expect(answer.at('versions.0')).toEqual({
      id: 'v2.15',
      status: 'CURRENT',
      links: [{ rel: 'self', href: 'http://cloud.test/image/v2/' }],
    })
  })

  it.each(['image', 'images', 'member', 'members', 'task', 'tasks'])(
    'the shape of %s',
    async (name) => {
      const answer = await door.demo.get(`${base}/schemas/${name}`)
      expect([answer.status, answer.at('name')]).toEqual([200, name])
    },
  )

  it.each([
    ...['namespace', 'namespaces', 'object', 'objects', 'property', 'properties', 'tag', 'tags'],
    ...['resource_type', 'resource_types'],
  ])('the shape of definitions: %s', async (name) => {
    const answer = await door.demo.get(`${base}/schemas/metadefs/${name}`)
    const title = name.replace('resource_type', 'resource_type_association')
    expect([answer.status, answer.at('name')]).toEqual([200, title])
  })
})
