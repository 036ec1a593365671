import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Door, openDoor } from '../door.ts'

let door: Door
let demo: Client
let base: string
let count = 0
let box: string

beforeAll(async () => {
  door = await openDoor()
  demo = door.demo
  base = `/object-store/v1/AUTH_${demo.projectId}`
})
afterAll(() => door[Symbol.asyncDispose]())

beforeEach(async () => {
  box = `box-${++count}`
  await demo.put(`${base}/${box}`, '')
})

function put(name: string, data: string, headers: Record<string, string> = {}): Promise<Answer> {
  return demo.put(`${base}/${box}/${name}`, data, { 'content-type': 'text/plain', ...headers })
}

const get = (name: string, headers?: Record<string, string>): Promise<Answer> =>
  demo.get(`${base}/${box}/${name}`, headers)

const head = (path: string): Promise<Answer> => demo.request('HEAD', `${base}${path}`)

describe('Swift: who may', () => {
  it('O6: what belongs to others is refused, whether or not it is there', async () => {
    const other = await door.stranger()
    await put('x', 'mine')
    for (const path of [`${base}/${box}/x`, `${base}/none/x`, `${base}/${box}`, base]) {
      expect((await other.get(path)).status).toBe(403)
      expect((await door.nobody.get(path)).status).toBe(401)
      expect((await other.put(path, 'x')).status).toBe(path === base ? 405 : 403)
    }
    expect((await door.nobody.put(`${base}/${box}/x`, 'x')).status).toBe(401)
    expect((await door.nobody.get('/object-store/v1/nothing/x')).status).toBe(404)
    const reader = await door.stranger('reader')
    const own = `/object-store/v1/AUTH_${reader.projectId}`
    expect((await reader.put(`${own}/box`, '')).status).toBe(403)
    expect((await reader.get(own)).status).toBe(204)
  })

  it('O6: lists of access let others read, list and write', async () => {
    const other = await door.stranger()
    await put('x', 'open')
    await demo.post(`${base}/${box}`, '', { 'X-Container-Read': '.r:*' })
    expect((await door.nobody.get(`${base}/${box}/x`)).text).toBe('open')
    expect((await door.nobody.get(`${base}/${box}`)).status).toBe(401)
    await demo.post(`${base}/${box}`, '', { 'X-Container-Read': '.r:*,.rlistings' })
    expect((await door.nobody.get(`${base}/${box}`)).text).toBe('x\n')
    await demo.post(`${base}/${box}`, '', {
      'X-Container-Read': '.r:good.example',
      'X-Container-Write': `${other.projectId}:*`,
    })
    const by = (referer: string): Promise<Answer> =>
      door.nobody.get(`${base}/${box}/x`, { referer })
    expect((await by('https://good.example/page')).status).toBe(200)
    expect((await by('https://bad.example/page')).status).toBe(401)
    expect((await other.put(`${base}/${box}/y`, 'theirs')).status).toBe(201)
    expect((await other.get(`${base}/${box}/y`)).status).toBe(403)
    expect((await other.put(`${base}/${box}`, '')).status).toBe(403)
  })

  it('O6: only an administrator sets what an account may hold', async () => {
    const other = await door.stranger()
    const own = `/object-store/v1/AUTH_${other.projectId}`
    const quota = { 'X-Account-Meta-Quota-Bytes': '4' }
    expect((await other.post(own, '', quota)).status).toBe(403)
    expect((await door.admin.post(own, '', quota)).status).toBe(204)
    await other.put(`${own}/box`, '')
    expect((await other.put(`${own}/box/x`, '12345')).status).toBe(413)
    expect((await other.put(`${own}/box/x`, '1234')).status).toBe(201)
    const shown = await other.request('HEAD', own)
    expect(shown.headers.get('x-account-meta-quota-bytes')).toBe('4')
  })

  it('O5: temporary URLs, of every method', async () => {
    await demo.post(`${base}/${box}`, '', { 'X-Container-Meta-Temp-URL-Key': 'secret' })
    expect((await head(`/${box}`)).headers.get('x-container-meta-temp-url-key')).toBe('secret')
    const sign = (method: string, name: string, prefix?: string, hash = 'sha256'): string => {
      const expires = Math.floor(Date.now() / 1_000) + 100
      const path = `${prefix === undefined ? '' : 'prefix:'}${base}/${box}/${prefix ?? name}`
      const text = `${method}\n${expires}\n${path}`
      const signature = createHmac(hash, 'secret').update(text).digest('hex')
      const more = prefix === undefined ? '' : `&temp_url_prefix=${prefix}`
      return `${base}/${box}/${name}?temp_url_sig=${signature}&temp_url_expires=${expires}${more}`
    }
    const { nobody } = door
    expect((await nobody.put(sign('PUT', 'dir/x'), 'data')).status).toBe(201)
    const got = await nobody.get(sign('GET', 'dir/x'))
    expect([got.text, got.headers.get('content-disposition')]).toEqual([
      'data',
      `attachment; filename="x"; filename*=UTF-8''x`,
    ])
    const inline = await nobody.get(`${sign('GET', 'dir/x')}&inline`)
    expect(inline.headers.get('content-disposition')).toBe('inline')
    expect((await nobody.get(sign('GET', 'dir/x', 'dir/', 'sha512'))).status).toBe(200)
    expect((await nobody.get(sign('GET', 'dir/x', 'other/'))).status).toBe(401)
    expect((await nobody.request('HEAD', sign('GET', 'dir/x'))).status).toBe(200)
    expect((await nobody.get(sign('PUT', 'dir/x'))).status).toBe(401)
    expect((await nobody.request('POST', sign('POST', 'dir/x'), undefined, {})).status).toBe(202)
    expect((await nobody.delete(sign('DELETE', 'dir/x'))).status).toBe(204)
  })

  it('O5: forms', async () => {
    await demo.post(`${base}/${box}`, '', { 'X-Container-Meta-Temp-URL-Key': 'secret' })
    const expires = Math.floor(Date.now() / 1_000) + 100
    const post = (size: number, signed = size): Promise<Answer> => {
      const text = `${base}/${box}/up/\n\n${signed}\n2\n${expires}`
      const fields = {
        redirect: '',
        max_file_size: String(size),
        max_file_count: '2',
        expires: String(expires),
        signature: createHmac('sha256', 'secret').update(text).digest('hex'),
      }
      const parts = Object.entries(fields).map(
        ([name, value]) =>
          `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      const file =
        '--xx\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n' +
        'Content-Type: text/x-own\r\n\r\nhello\r\n-- world\r\n--xx--\r\n'
      return door.nobody.post(`${base}/${box}/up/`, parts.join('') + file, {
        'content-type': 'multipart/form-data; boundary=xx',
      })
    }
    expect((await post(100)).status).toBe(201)
    const found = await get('up/a.txt')
    expect([found.text, found.headers.get('content-type')]).toEqual([
      'hello\r\n-- world',
      'text/x-own',
    ])
    expect((await post(100, 99)).status).toBe(401)
    expect((await post(3)).status).toBe(413)
  })

  it('O8: a container that is a site', async () => {
    await put('index.html', 'home', { 'content-type': 'text/html' })
    await put('404err.html', 'lost')
    await put('dir/x', 'x')
    await demo.post(`${base}/${box}`, '', {
      'X-Container-Read': '.r:*,.rlistings',
      'X-Container-Meta-Web-Index': 'index.html',
      'X-Container-Meta-Web-Error': 'err.html',
      'X-Container-Meta-Web-Listings': 'true',
    })
    const { nobody } = door
    expect((await nobody.get(`${base}/${box}`)).status).toBe(301)
    expect((await nobody.get(`${base}/${box}/`)).text).toBe('home')
    expect((await nobody.get(`${base}/${box}/dir/`)).text).toContain('<a href="./x">x</a>')
    const lost = await nobody.get(`${base}/${box}/none`)
    expect([lost.status, lost.text]).toEqual([404, 'lost'])
    expect((await demo.get(`${base}/${box}`)).text).toContain('index.html\n')
  })

  it('O1: scripts of other origins', async () => {
    await put('x', 'data')
    await demo.post(`${base}/${box}`, '', {
      'X-Container-Meta-Access-Control-Allow-Origin': 'https://good.example',
    })
    const from = (name: string) => ({ origin: name, 'access-control-request-method': 'GET' })
    const path = `${base}/${box}/x`
    const good = await door.nobody.request('OPTIONS', path, undefined, from('https://good.example'))
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'https://good.example',
    ])
    const bad = await door.nobody.request('OPTIONS', path, undefined, from('https://bad.example'))
    expect(bad.status).toBe(401)
    const got = await get('x', { origin: 'https://good.example' })
    expect(got.headers.get('access-control-allow-origin')).toBe('https://good.example')
    const none = await get('x', { origin: 'https://bad.example' })
    expect(none.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('O1: tells what it does', async () => {
    const info = await door.nobody.get('/object-store/info')
    expect(info.at('swift.max_object_name_length')).toBe(1_024)
    expect((await door.nobody.get('/object-store/healthcheck')).text).toBe('OK')
  })
})
