import { createHash } from 'node:crypto'
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

const md5 = (data: string): string => createHash('md5').update(data).digest('hex')

function put(name: string, data: string, headers: Record<string, string> = {}): Promise<Answer> {
  return demo.put(`${base}/${box}/${name}`, data, { 'content-type': 'text/plain', ...headers })
}

const get = (name: string, headers?: Record<string, string>): Promise<Answer> =>
  demo.get(`${base}/${box}/${name}`, headers)

const head = (path: string): Promise<Answer> => demo.request('HEAD', `${base}${path}`)

describe('Swift: accounts and containers', () => {
  it('O1: an account is shown, and keeps metadata', async () => {
    const changed = await demo.post(base, '', {
      'X-Account-Meta-Colour': 'blau ü',
      'X-Account-Meta-No_Dash': 'x',
    })
    expect(changed.status).toBe(204)
    const shown = await head('')
    expect(shown.status).toBe(204)
    expect(shown.headers.get('x-account-meta-no-dash')).toBe('x')
    expect(Buffer.from(shown.headers.get('x-account-meta-colour') ?? '', 'latin1').toString()).toBe(
      'blau ü',
    )
    expect(Number(shown.headers.get('x-account-container-count'))).toBeGreaterThan(0)
    expect(shown.headers.get('x-trans-id')).toMatch(/^tx[0-9a-f]{21}-[0-9a-f]{10}$/)
    expect(shown.headers.get('x-timestamp')).toMatch(/^\d+\.\d{5}$/)
    await demo.post(base, '', { 'X-Remove-Account-Meta-Colour': 'x', 'X-Account-Meta-No-Dash': '' })
    expect([...(await head('')).headers.keys()].join()).not.toContain('x-account-meta-')
  })

  it('O1: containers are listed in three forms', async () => {
    await put('a', 'abc')
    const json = await demo.get(`${base}?format=json&prefix=${box}&limit=1`)
    expect(json.json).toMatchObject([{ name: box, count: 1, bytes: 3 }])
    const text = await demo.get(`${base}?prefix=${box}`)
    expect(text.text).toBe(`${box}\n`)
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const xml = await demo.get(`${base}?prefix=${box}`, { accept: 'application/xml' })
    expect(xml.text).toContain(`<container><name>${box}</name><count>1</count><bytes>3</bytes>`)
    expect((await demo.get(`${base}?prefix=none`)).status).toBe(204)
    expect((await demo.get(`${base}?limit=0`)).status).toBe(204)
    expect((await demo.get(`${base}?limit=10001`)).status).toBe(412)
    expect((await demo.get(base, { accept: 'image/png' })).status).toBe(406)
  })

  it('O1, O6: a container keeps metadata, lists of access, and limits', async () => {
    const answer = await demo.put(`${base}/${box}`, '', {
      'X-Container-Meta-Quota-Count': '1',
      'X-Container-Meta-Colour': 'red',
      'X-Container-Read': '.r:*,.rlistings',
    })
    expect(answer.status).toBe(202)
    const shown = await head(`/${box}`)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'x-container-meta-quota-count': '1',
      'x-container-meta-colour': 'red',
      'x-container-read': '.r:*,.rlistings',
      'x-container-object-count': '0',
      'x-storage-policy': 'Policy-0',
    })
    expect((await put('a', '1')).status).toBe(201)
    expect((await put('b', '1')).status).toBe(413)
    expect((await demo.delete(`${base}/${box}`)).status).toBe(409)
    expect((await demo.delete(`${base}/${box}/a`)).status).toBe(204)
    expect((await demo.delete(`${base}/${box}/a`)).status).toBe(404)
    expect((await demo.delete(`${base}/${box}`)).status).toBe(204)
    expect((await head(`/${box}`)).status).toBe(404)
    const bad = await demo.put(`${base}/${box}`, '', { 'X-Container-Read': '.r:' })
    expect(bad.status).toBe(400)
    expect(bad.text).toMatch(/^<html><h1>Bad Request<\/h1>/)
  })

  it('O1: objects are listed by prefix, delimiter and markers', async () => {
    for (const name of ['a', 'b/1', 'b/2', 'c']) await put(name, name)
    const list = async (query: string): Promise<string> =>
      (await demo.get(`${base}/${box}?${query}`)).text
    expect(await list('')).toBe('a\nb/1\nb/2\nc\n')
    expect(await list('delimiter=/')).toBe('a\nb/\nc\n')
    expect(await list('path=b')).toBe('b/1\nb/2\n')
    expect(await list('marker=a&end_marker=c&reverse=false')).toBe('b/1\nb/2\n')
    expect(await list('reverse=true&limit=2')).toBe('c\nb/2\n')
    const rolled = await demo.get(`${base}/${box}?format=json&delimiter=/&prefix=b`)
    expect(rolled.json).toEqual([{ subdir: 'b/' }])
  })
})

describe('Swift: objects', () => {
  it('O1: bytes come back with what was said of them', async () => {
    const stored = await put('x/ü', 'hello', {
      'X-Object-Meta-Colour': 'red',
      'Content-Encoding': 'identity',
      'Content-Disposition': 'inline',
      ETag: md5('hello'),
    })
    expect(stored.status).toBe(201)
    expect(stored.headers.get('etag')).toBe(md5('hello'))
    const found = await get('x/ü')
    expect(found.text).toBe('hello')
    expect(Object.fromEntries(found.headers)).toMatchObject({
      etag: md5('hello'),
      'content-length': '5',
      'content-type': 'text/plain',
      'content-encoding': 'identity',
      'content-disposition': 'inline',
      'x-object-meta-colour': 'red',
      'accept-ranges': 'bytes',
    })
    const shown = await head(`/${box}/x/ü`)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('content-length')).toBe('5')
    expect(shown.text).toBe('')
    expect((await put('x', 'hello', { ETag: md5('other') })).status).toBe(422)
    expect((await demo.request('PUT', `${base}/${box}/y`)).status).toBe(411)
    expect((await get('none')).status).toBe(404)
    expect((await demo.put(`${base}/none/x`, 'x')).status).toBe(404)
  })

  it('O3: ranges, one and several', async () => {
    await put('x', '0123456789')
    const one = await get('x', { range: 'bytes=2-4' })
    expect([one.status, one.text, one.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ])
    expect((await get('x', { range: 'bytes=-3' })).text).toBe('789')
    expect((await get('x', { range: 'bytes=8-99' })).text).toBe('89')
    expect((await get('x', { range: 'lines=1-2' })).text).toBe('0123456789')
    const none = await get('x', { range: 'bytes=10-' })
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10'])
    const many = await get('x', { range: 'bytes=0-1,8-' })
    expect(many.status).toBe(206)
    expect(many.headers.get('content-type')).toMatch(/^multipart\/byteranges;boundary=/)
    expect(many.text).toContain('Content-Range: bytes 8-9/10\r\n\r\n89\r\n--')
    expect(many.text.length).toBe(Number(many.headers.get('content-length')))
    expect((await get('x', { range: 'bytes=0-1', 'if-range': 'other' })).status).toBe(200)
  })

  it('O3: conditions', async () => {
    await put('x', 'data')
    const etag = md5('data')
    expect((await get('x', { 'if-none-match': `"${etag}"` })).status).toBe(304)
    expect((await get('x', { 'if-match': etag })).status).toBe(200)
    expect((await get('x', { 'if-match': 'other' })).status).toBe(412)
    const past = new Date(0).toUTCString()
    const future = new Date(Date.now() + 60_000).toUTCString()
    expect((await get('x', { 'if-modified-since': future })).status).toBe(304)
    expect((await get('x', { 'if-unmodified-since': past })).status).toBe(412)
    expect((await put('x', 'more', { 'if-none-match': '*' })).status).toBe(412)
    expect((await put('x', 'more', { 'if-none-match': etag })).status).toBe(400)
  })

  it('O8: metadata is replaced as a whole; times of deletion', async () => {
    await put('x', 'data', { 'X-Object-Meta-A': '1' })
    const later = Math.floor(Date.now() / 1_000) + 1_000
    const changed = await demo.request('POST', `${base}/${box}/x`, undefined, {
      'X-Object-Meta-B': '2',
      'X-Delete-At': String(later),
    })
    expect(changed.status).toBe(202)
    const shown = await head(`/${box}/x`)
    expect(shown.headers.get('x-object-meta-a')).toBeNull()
    expect(shown.headers.get('x-object-meta-b')).toBe('2')
    expect(shown.headers.get('x-delete-at')).toBe(String(later))
    expect(shown.headers.get('content-type')).toBe('text/plain')
    await put('large', '', { 'X-Object-Meta-Empty': '' })
    expect((await head(`/${box}/large`)).headers.get('x-object-meta-empty')).toBe('')
    const large = { 'X-Object-Manifest': `${box}/x` }
    await demo.request('POST', `${base}/${box}/large`, undefined, large)
    expect((await get('large')).text).toBe('data')
    await demo.request('POST', `${base}/${box}/large`)
    expect((await get('large')).text).toBe('')
    expect((await put('y', '', { 'X-Delete-At': '1' })).status).toBe(400)
    expect((await put('y', '', { 'X-Delete-After': 'soon' })).status).toBe(400)
    const tooLong = await put('y', '', { 'X-Object-Meta-A': 'x'.repeat(257) })
    expect(tooLong.status).toBe(400)
  })

  it('O3: copies, both ways', async () => {
    await put('x', 'data', { 'X-Object-Meta-A': '1' })
    const copied = await demo.request('COPY', `${base}/${box}/x`, undefined, {
      Destination: `${box}/y`,
      'X-Object-Meta-B': '2',
    })
    expect(copied.status).toBe(201)
    expect(copied.headers.get('x-copied-from')).toBe(`${box}/x`)
    expect((await get('y')).text).toBe('data')
    expect((await head(`/${box}/y`)).headers.get('x-object-meta-a')).toBe('1')
    const here = await put('z', '', { 'X-Copy-From': `/${box}/y`, 'X-Fresh-Metadata': 'true' })
    expect(here.status).toBe(201)
    expect((await head(`/${box}/z`)).headers.get('x-object-meta-a')).toBeNull()
    const nowhere = await demo.request('COPY', `${base}/${box}/x`, undefined, { Destination: 'y' })
    expect(nowhere.status).toBe(412)
  })

  it('O4: large objects, dynamic and static', async () => {
    await put('part/1', 'one')
    await put('part/2', 'two')
    await put('dynamic', '', { 'X-Object-Manifest': `${box}/part/` })
    const dynamic = await get('dynamic')
    expect(dynamic.text).toBe('onetwo')
    expect(dynamic.headers.get('x-object-manifest')).toBe(`${box}/part/`)
    expect(dynamic.headers.get('etag')).toBe(`"${md5(md5('one') + md5('two'))}"`)
    const list = [
      { path: `/${box}/part/1`, etag: md5('one'), size_bytes: 3 },
      { path: `/${box}/part/2`, range: '1-' },
    ]
    const stored = await put('static?multipart-manifest=put', JSON.stringify(list))
    expect(stored.status).toBe(201)
    const found = await get('static')
    expect([found.text, found.headers.get('x-static-large-object')]).toEqual(['onewo', 'True'])
    const shown = await get('static?multipart-manifest=get')
    expect(shown.json).toMatchObject([
      { name: `/${box}/part/1`, bytes: 3, hash: md5('one') },
      { name: `/${box}/part/2`, range: '1-2' },
    ])
    const wrong = JSON.stringify([{ path: `/${box}/none` }])
    expect((await put('bad?multipart-manifest=put', wrong)).status).toBe(400)
    expect((await put('bad?multipart-manifest=put', '[]')).status).toBe(400)
    const gone = await demo.delete(`${base}/${box}/static?multipart-manifest=delete`, {
      accept: 'application/json',
    })
    expect(gone.at('Number Deleted')).toBe(1)
    expect((await demo.get(`${base}/${box}`)).text).toBe('dynamic\n')
  })

  it('O7: versions, in both ways', async () => {
    await demo.post(`${base}/${box}`, '', { 'X-Versions-Enabled': 'true' })
    const one = await put('x', 'one')
    await put('x', 'two')
    const id = one.headers.get('x-object-version-id') ?? ''
    expect((await get(`x?version-id=${id}`)).text).toBe('one')
    const versions = await demo.get(`${base}/${box}?versions&format=json`)
    expect(versions.json).toMatchObject([
      { name: 'x', is_latest: true, hash: md5('two') },
      { name: 'x', is_latest: false, version_id: id },
    ])
    expect((await demo.put(`${base}/${box}/x?version-id=${id}`, '')).status).toBe(201)
    expect((await get('x')).text).toBe('one')

    const [older, newer] = [`${box}-older`, `${box}-newer`]
    await demo.put(`${base}/${older}`, '')
    await demo.put(`${base}/${newer}`, '', { 'X-Versions-Location': older })
    expect((await head(`/${newer}`)).headers.get('x-versions-location')).toBe(older)
    for (const data of ['one', 'two']) await demo.put(`${base}/${newer}/x`, data)
    expect((await demo.get(`${base}/${older}`)).text).toMatch(/^001x\/\d+\.\d+\n$/)
    await demo.delete(`${base}/${newer}/x`)
    expect((await demo.get(`${base}/${newer}/x`)).text).toBe('one')
  })

  it('O1: a slash at the end of an account or a container changes nothing', async () => {
    const [account, own] = [`${base}/`, `${base}/${box}-slash/`]
    expect((await demo.put(own, '')).status).toBe(201)
    expect((await demo.post(own, '', { 'x-container-meta-a': 'b' })).status).toBe(204)
    expect((await demo.request('HEAD', own)).headers.get('x-container-meta-a')).toBe('b')
    expect((await demo.post(account, '', { 'x-account-meta-c': 'd' })).status).toBe(204)
    expect((await demo.request('HEAD', account)).headers.get('x-account-meta-c')).toBe('d')
    expect((await demo.get(account)).text).toBe((await demo.get(base)).text)
    expect((await demo.delete(own)).status).toBe(204)
    for (const path of [base, account]) {
      const accept = { accept: 'application/json' }
      const tar = tarOf({ [`${box}/from-account`]: 'x' })
      const stored = await demo.put(`${path}?extract-archive=tar`, tar, accept)
      expect(stored.at('Number Files Created')).toBe(1)
      const list = `/${box}/from-account\n`
      const gone = await demo.request('DELETE', `${path}?bulk-delete`, list, accept)
      expect(gone.at('Number Deleted')).toBe(1)
      expect((await demo.put(path, '')).status).toBe(405)
      expect((await demo.delete(path)).status).toBe(405)
    }
  })

  it('O1: tells browsers of containers what scripts may do', async () => {
    expect((await demo.request('OPTIONS', `${base}/${box}`)).headers.get('allow')).toMatch(/COPY/)
  })

  it('O8: many at once: deletions and archives', async () => {
    await put('a b', '1')
    await put('c', '2')
    const list = `${box}/a%20b\n/${box}/c\n${box}/none\n${box}\n`
    const answer = await demo.post(`${base}?bulk-delete`, list, { accept: 'application/json' })
    expect(answer.json).toEqual({
      'Number Deleted': 3,
      'Number Not Found': 1,
      'Response Status': '200 OK',
      'Response Body': '',
      Errors: [],
    })
    const tar = tarOf({ 'one/x': 'hello', 'two/y/z': '' })
    const stored = await demo.put(`${base}/${box}?extract-archive=tar`, tar, {
      accept: 'application/json',
    })
    expect(stored.json).toMatchObject({
      'Number Files Created': 2,
      'Response Status': '201 Created',
    })
    expect((await get('one/x')).text).toBe('hello')
    const broken = await demo.put(`${base}/${box}?extract-archive=tar`, 'x'.repeat(600), {
      accept: 'application/json',
    })
    expect(broken.at('Response Status')).toBe('400 Bad Request')
    expect((await demo.put(`${base}/${box}?extract-archive=zip`, tar)).status).toBe(400)
  })
})

function tarOf(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, data]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000644\0', 100)
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('0', 156)
    header.write('ustar\0', 257)
    header.write('        ', 148)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const body = Buffer.alloc(Math.ceil(data.length / 512) * 512)
    body.write(data)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1_024)])
}
