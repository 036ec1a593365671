import { createHash, createHmac } from 'node:crypto'
import { accessKeyCreate, authenticateToken, limits } from '@nephos/core'
import { AwsClient } from 'aws4fetch'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planeOf } from '../../../src/cloud/cloud.ts'
import { Answer, type Client, type Door, openDoor, origin } from '../door.ts'
import { checkWire } from '../wire.ts'

let door: Door
let keys: { readonly access: string; readonly secret: string }
let aws: AwsClient
let bucket: string
let count = 0

/** An access key of the client's own, in the client's project. */
async function keysOf(client: Client): Promise<typeof keys> {
  const plane = planeOf(door.cloud)
  const { actor } = await authenticateToken(plane.kernel, client.token ?? '')
  if (!actor) throw new Error('The client has no scope.')
  const { projectId } = client
  const { blob } = await plane.invoke(actor, accessKeyCreate, { projectId })
  return JSON.parse(blob) as typeof keys
}

const clientOf = ({ access, secret }: typeof keys): AwsClient =>
  new AwsClient({
    accessKeyId: access,
    secretAccessKey: secret,
    service: 's3',
    region: 'us-east-1',
    retries: 0,
  })

beforeAll(async () => {
  door = await openDoor()
  keys = await keysOf(door.demo)
  aws = clientOf(keys)
})
afterAll(() => door[Symbol.asyncDispose]())

beforeEach(async () => {
  bucket = `bucket-${++count}`
  await send('PUT', '')
})

interface Sent {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly as?: AwsClient
}

/** Signs as aws4fetch does, and sends to the door. */
async function send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { body, headers = {}, as = aws } = sent
  const url = `${origin}/${bucket}${path}`
  const request = await as.sign(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    aws: { allHeaders: true },
  })
  const response = await door.handler(request)
  const text = await response.text()
  checkWire({ method, url: new URL(url), request, body: undefined, response, text })
  return new Answer(response, text)
}

const put = (name: string, body: string, headers = {}): Promise<Answer> =>
  send('PUT', `/${name}`, { body, headers: { 'content-length': String(body.length), ...headers } })

const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex')
const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex')
const code = (answer: Answer): string | undefined => /<Code>(\w+)<\/Code>/.exec(answer.text)?.[1]
const all = (answer: Answer, name: string): string[] =>
  [...answer.text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(
    (one) => one[1] ?? '',
  )

describe('S3, buckets', () => {
  it('O10: buckets are made, listed, and deleted when they are empty', async () => {
    expect(code(await send('PUT', ''))).toBe('BucketAlreadyOwnedByYou')
    const request = await aws.sign(`${origin}/`)
    const list = await (await door.handler(request)).text()
    expect(list).toContain(`<Name>${bucket}</Name>`)
    expect((await send('HEAD', '')).status).toBe(200)
    await put('x', 'data')
    expect(code(await send('DELETE', ''))).toBe('BucketNotEmpty')
    expect((await send('DELETE', '/x')).status).toBe(204)
    expect((await send('DELETE', '/x')).status).toBe(204)
    await send('POST', '/large?uploads')
    expect((await send('DELETE', '')).status).toBe(204)
    expect((await send('HEAD', '')).status).toBe(404)
    expect(code(await send('GET', ''))).toBe('NoSuchBucket')
    bucket = 'Bad_Name'
    expect(code(await send('PUT', ''))).toBe('InvalidBucketName')
  })

  it('O10: settings that there are, and those that there are not', async () => {
    expect((await send('GET', '?location')).text).toContain('<LocationConstraint')
    expect((await send('GET', '?acl')).text).toContain('<Permission>FULL_CONTROL</Permission>')
    expect((await send('PUT', '?acl', { headers: { 'x-amz-acl': 'public-read' } })).status).toBe(
      200,
    )
    expect((await send('GET', '?acl')).text).toContain('groups/global/AllUsers')
    const policy = (grant: string): string =>
      `<AccessControlPolicy><AccessControlList>${grant}</AccessControlList></AccessControlPolicy>`
    const to = (who: string, right: string): string =>
      `<Grant><Grantee>${who}</Grantee><Permission>${right}</Permission></Grant>`
    const own = to(`<ID>${door.demo.projectId}</ID>`, 'FULL_CONTROL')
    expect((await send('PUT', '?acl', { body: policy(own) })).status).toBe(200)
    expect((await send('GET', '?acl')).text).not.toContain('AllUsers')
    const another = policy(to('<ID>another</ID>', 'READ'))
    expect(code(await send('PUT', '?acl', { body: another }))).toBe('NotImplemented')
    expect(code(await send('GET', '?cors'))).toBe('NoSuchCORSConfiguration')
    expect(code(await send('GET', '?lifecycle'))).toBe('NoSuchLifecycleConfiguration')
    expect(code(await send('GET', '?policy'))).toBe('NoSuchBucketPolicy')
    expect(code(await send('PUT', '?policy', { body: '{}' }))).toBe('NotImplemented')
  })

  it('O10: a slash after the name of a bucket changes nothing', async () => {
    const own = bucket
    bucket = `${own}-slash`
    expect((await send('PUT', '/')).status).toBe(200)
    expect((await send('HEAD', '/')).status).toBe(200)
    expect((await send('GET', '/')).text).toContain(`<Name>${bucket}</Name>`)
    const none = '<Delete><Object><Key>none</Key></Object></Delete>'
    const digest = createHash('md5').update(none).digest('base64')
    const headers = { 'content-md5': digest }
    expect((await send('POST', '/?delete', { body: none, headers })).status).toBe(200)
    expect((await send('DELETE', '/')).status).toBe(204)
    bucket = ''
    expect(all(await send('GET', ''), 'Name')).toContain(own)
  })

  it('O10: objects are listed in both versions', async () => {
    for (const name of ['a', 'b/1', 'b/2', 'c d']) await put(encodeURIComponent(name), name)
    expect(all(await send('GET', ''), 'Key')).toEqual(['a', 'b/1', 'b/2', 'c d'])
    const first = await send('GET', '?list-type=2&max-keys=2')
    expect([all(first, 'Key'), all(first, 'IsTruncated'), all(first, 'KeyCount')]).toEqual([
      ['a', 'b/1'],
      ['true'],
      ['2'],
    ])
    const token = encodeURIComponent(all(first, 'NextContinuationToken')[0] ?? '')
    const second = await send('GET', `?list-type=2&continuation-token=${token}`)
    expect(all(second, 'Key')).toEqual(['b/2', 'c d'])
    const rolled = await send('GET', '?delimiter=/&encoding-type=url&marker=a')
    expect([all(rolled, 'Key'), all(rolled, 'Prefix')]).toEqual([['c%20d'], ['', 'b%2F']])
    expect(code(await send('GET', '?max-keys=x'))).toBe('InvalidArgument')
  })
})

describe('S3, objects', () => {
  it('O10: bytes come back with what was said of them', async () => {
    const stored = await put('dir/%C3%BC%20x', 'hello', {
      'x-amz-meta-colour': 'red',
      'content-type': 'text/plain',
      'content-md5': Buffer.from(md5('hello'), 'hex').toString('base64'),
    })
    expect([stored.status, stored.headers.get('etag')]).toEqual([200, `"${md5('hello')}"`])
    const found = await send('GET', '/dir/%C3%BC%20x')
    expect(found.text).toBe('hello')
    expect(Object.fromEntries(found.headers)).toMatchObject({
      'x-amz-meta-colour': 'red',
      'content-type': 'text/plain',
      'content-length': '5',
    })
    const range = await send('GET', '/dir/%C3%BC%20x', { headers: { range: 'bytes=1-2' } })
    expect([range.status, range.text]).toEqual([206, 'el'])
    const beyond = await send('GET', '/dir/%C3%BC%20x', { headers: { range: 'bytes=9-' } })
    expect([beyond.status, code(beyond)]).toEqual([416, 'InvalidRange'])
    const wrong = await put('y', 'hello', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' })
    expect(code(wrong)).toBe('BadDigest')
    expect(code(await send('GET', '/none'))).toBe('NoSuchKey')
    const head = await send('HEAD', '/dir/%C3%BC%20x')
    expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, '5', ''])
  })

  it('O10: conditions', async () => {
    await put('x', 'data')
    const by = (name: string, value: string) => send('GET', '/x', { headers: { [name]: value } })
    expect((await by('if-none-match', `"${md5('data')}"`)).status).toBe(304)
    expect(code(await by('if-match', '"other"'))).toBe('PreconditionFailed')
    expect(code(await put('x', 'more', { 'if-none-match': '*' }))).toBe('PreconditionFailed')
    expect((await put('x', 'more', { 'if-match': `"${md5('data')}"` })).status).toBe(200)
  })

  it('O10: copies, and deletions of many', async () => {
    await put('x', 'data', { 'x-amz-meta-a': '1' })
    const copied = await send('PUT', '/y', {
      headers: { 'x-amz-copy-source': `/${bucket}/x` },
    })
    expect(copied.text).toContain('<CopyObjectResult')
    expect((await send('GET', '/y')).headers.get('x-amz-meta-a')).toBe('1')
    const itself = { 'x-amz-copy-source': `${bucket}/x` }
    expect(code(await send('PUT', '/x', { headers: itself }))).toBe('InvalidRequest')
    const replaced = { ...itself, 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-b': '2' }
    expect((await send('PUT', '/x', { headers: replaced })).status).toBe(200)
    expect((await send('HEAD', '/x')).headers.get('x-amz-meta-a')).toBeNull()
    await put('%20%26%23x', 'spaces')
    const odd = '<Delete><Object><Key> &#x26;#x</Key></Object>\n</Delete>'
    expect((await send('POST', '?delete', { body: odd })).status).toBe(200)
    expect(all(await send('GET', ''), 'Key')).toEqual(['x', 'y'])
    const list = ['x', 'y', 'none'].map((key) => `<Object><Key>${key}</Key></Object>`).join('')
    const gone = await send('POST', '?delete', { body: `<Delete>${list}</Delete>` })
    expect(all(gone, 'Key')).toEqual(['x', 'y', 'none'])
    expect(all(await send('GET', ''), 'Key')).toEqual([])
    const entity = '<!DOCTYPE a [<!ENTITY b "c">]><Delete><Object><Key>&b;</Key></Object></Delete>'
    for (const body of [entity, '<Delete/>', '<Delete>', 'x']) {
      expect(code(await send('POST', '?delete', { body }))).toBe('MalformedXML')
    }
  })

  it('O10: uploads in parts', async () => {
    const begun = await send('POST', '/large?uploads', { headers: { 'x-amz-meta-a': '1' } })
    const id = all(begun, 'UploadId')[0] ?? ''
    expect(all(await send('GET', '?uploads'), 'Key')).toEqual(['large'])
    const parts = ['x'.repeat(limits.uploadPartBytes), 'end']
    for (const [index, data] of parts.entries()) {
      const stored = await put(`large?partNumber=${index + 1}&uploadId=${id}`, data)
      expect(stored.headers.get('etag')).toBe(`"${md5(data)}"`)
    }
    await put('small', '0123456789')
    const third = await send('PUT', `/large?partNumber=3&uploadId=${id}`, {
      headers: {
        'x-amz-copy-source': `${bucket}/small`,
        'x-amz-copy-source-range': 'bytes=2-4',
      },
    })
    expect(third.text).toContain('<CopyPartResult')
    const listed = await send('GET', `/large?uploadId=${id}&max-parts=2`)
    expect([all(listed, 'PartNumber'), all(listed, 'IsTruncated')]).toEqual([['1', '2'], ['true']])
    const complete = (...numbers: number[]): Promise<Answer> => {
      const rows = numbers.map((number) => {
        const etag = md5(parts[number - 1] ?? '234')
        const quote = number === 1 ? '&#34;' : '&quot;'
        const tag = `<ETag>${quote}${etag}&quot;</ETag>`
        return `<Part><PartNumber>${number}</PartNumber>${tag}</Part>`
      })
      const body = `<CompleteMultipartUpload>${rows.join('')}</CompleteMultipartUpload>`
      return send('POST', `/large?uploadId=${id}`, { body })
    }
    expect(code(await complete(2, 1))).toBe('InvalidPartOrder')
    expect(code(await complete(1, 2, 3))).toBe('EntityTooSmall')
    const done = await complete(1, 3)
    const etag = `${md5(Buffer.from(md5(parts[0] ?? '') + md5('234'), 'hex'))}-2`
    expect(all(done, 'ETag')).toEqual([`&quot;${etag}&quot;`])
    const found = await send('GET', '/large', { headers: { range: 'bytes=-4' } })
    expect([found.text, found.headers.get('etag')]).toEqual(['x234', `"${etag}"`])
    expect(code(await send('DELETE', `/large?uploadId=${id}`))).toBe('NoSuchUpload')
  })

  it('O10: versions', async () => {
    await put('x', 'before')
    const set = (status: string): Promise<Answer> =>
      send('PUT', '?versioning', {
        body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
      })
    expect(code(await set('On'))).toBe('MalformedXML')
    await set('Enabled')
    expect(all(await send('GET', '?versioning'), 'Status')).toEqual(['Enabled'])
    const one = (await put('x', 'one')).headers.get('x-amz-version-id') ?? ''
    const gone = await send('DELETE', '/x')
    expect(gone.headers.get('x-amz-delete-marker')).toBe('true')
    const marker = gone.headers.get('x-amz-version-id') ?? ''
    expect((await send('GET', '/x')).status).toBe(404)
    expect((await send('GET', `/x?versionId=${one}`)).text).toBe('one')
    expect((await send('GET', '/x?versionId=null')).text).toBe('before')
    const listed = await send('GET', '?versions')
    expect(all(listed, 'VersionId')).toEqual([one, 'null', marker])
    expect(all(listed, 'IsLatest')).toEqual(['false', 'false', 'true'])
    await send('DELETE', `/x?versionId=${marker}`)
    expect((await send('GET', '/x')).text).toBe('one')
    await send('DELETE', `/x?versionId=${one}`)
    await send('DELETE', '/x?versionId=null')
    expect((await send('DELETE', '')).status).toBe(204)
  })
})

describe('S3, signatures', () => {
  it('O10: only the right ones count, and only for what is one’s own', async () => {
    await put('x', 'data')
    for (const other of [
      { access: keys.access, secret: 'wrong' },
      { access: 'unknown', secret: keys.secret },
    ]) {
      const answer = await send('GET', '/x', { as: clientOf(other) })
      expect([answer.status, code(answer)]).toEqual([403, 'SignatureDoesNotMatch'])
    }
    const stranger = clientOf(await keysOf(await door.stranger()))
    expect(code(await send('GET', '/x', { as: stranger }))).toBe('NoSuchBucket')
    const signed = await aws.sign(`${origin}/${bucket}/x`, { headers: { 'x-amz-meta-a': '1' } })
    const changed = new Request(`${origin}/${bucket}/y`, { headers: signed.headers })
    expect((await door.handler(changed)).status).toBe(403)
    const old = await aws.sign(`${origin}/${bucket}/x`, { aws: { datetime: '20200101T000000Z' } })
    expect(await (await door.handler(old)).text()).toContain('RequestTimeTooSkewed')
    const second = new Request(`${origin}/${bucket}/x`, { headers: { authorization: 'AWS a:b' } })
    expect((await door.handler(second)).status).toBe(400)
  })

  it('O10: URLs that are signed, for a while', async () => {
    await put('x', 'data')
    const at = async (more: string, options = {}): Promise<Response> => {
      const url = `${origin}/${bucket}/x?X-Amz-Expires=60${more}`
      const request = await aws.sign(url, { aws: { signQuery: true, ...options } })
      return door.handler(new Request(request.url))
    }
    expect(await (await at('')).text()).toBe('data')
    const named = await at('&response-content-type=text%2Fcsv')
    expect(named.headers.get('content-type')).toBe('text/csv')
    const old = await at('', { datetime: '20200101T000000Z' })
    expect([old.status, await old.text()]).toEqual([403, expect.stringContaining('has expired')])
  })

  it('O10: a bucket in the name of the host', async () => {
    await put('x', 'data')
    const request = await aws.sign(`http://${bucket}.localhost/x`)
    expect(await (await door.handler(request)).text()).toBe('data')
  })

  it('O10: a body that is other than what was signed is refused', async () => {
    const url = `${origin}/${bucket}/x`
    const headers = { 'x-amz-content-sha256': sha256('signed'), 'content-length': '6' }
    const signed = await aws.sign(url, { method: 'PUT', headers })
    const other = new Request(url, { method: 'PUT', headers: signed.headers, body: 'forged' })
    const response = await door.handler(other)
    expect(await response.text()).toContain('XAmzContentSHA256Mismatch')
    expect((await send('HEAD', '/x')).status).toBe(404)
  })

  it('O10: bodies in chunks, each signed, with trailers', async () => {
    const url = `${origin}/${bucket}/x`
    const stream = async (forge: (text: string) => string): Promise<Response> => {
      const signed = await aws.sign(url, {
        method: 'PUT',
        headers: {
          'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
          'x-amz-decoded-content-length': '10',
        },
      })
      const date = signed.headers.get('x-amz-date') ?? ''
      const [, scope = '', seed = ''] =
        /Credential=[^/]+\/([^,]+),.*Signature=(\w+)/.exec(
          signed.headers.get('authorization') ?? '',
        ) ?? []
      const hmac = (key: string | Buffer, text: string): Buffer =>
        createHmac('sha256', key).update(text).digest()
      const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${keys.secret}`)
      let previous = seed
      const chunks = ['hello', 'world', ''].map((data) => {
        const parts = [date, scope, previous, sha256(''), sha256(data)]
        previous = hmac(key, ['AWS4-HMAC-SHA256-PAYLOAD', ...parts].join('\n')).toString('hex')
        const end = data === '' ? '' : `${data}\r\n`
        return `${data.length.toString(16)};chunk-signature=${previous}\r\n${end}`
      })
      const body = forge(`${chunks.join('')}\r\n`)
      return door.handler(new Request(url, { method: 'PUT', headers: signed.headers, body }))
    }
    expect((await stream((text) => text.replace('world', 'w0rld'))).status).toBe(403)
    expect((await send('HEAD', '/x')).status).toBe(404)
    expect((await stream((text) => text)).status).toBe(200)
    expect((await send('GET', '/x')).text).toBe('helloworld')

    const trailed = async (sum: string): Promise<Answer> => {
      const signed = await aws.sign(url, {
        method: 'PUT',
        headers: {
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': '5',
          'x-amz-trailer': 'x-amz-checksum-crc32',
        },
      })
      const body = `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`
      const request = new Request(url, { method: 'PUT', headers: signed.headers, body })
      const response = await door.handler(request)
      return new Answer(response, await response.text())
    }
    // CRC-32 of `hello` is 3610a686.
    expect((await trailed('NhCmhg==')).status).toBe(200)
    expect(code(await trailed('NhCmhw=='))).toBe('BadDigest')
  })
})
