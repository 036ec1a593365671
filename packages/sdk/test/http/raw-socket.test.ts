import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, type Listening } from '../../src/http/index.ts'

const seen: string[] = []
let listening: Listening
beforeAll(async () => {
  listening = await listen(async (request) => {
    seen.push(`${request.method} ${new URL(request.url).pathname}`)
    return new Response(await request.text())
  })
})
afterAll(() => listening.close())

/** What comes back until the server ends the connection. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(listening.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(text)
    })
  })
}

const second = 'GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
const post = 'POST /a HTTP/1.1\r\nHost: x\r\n'
const chunked = `${post}Transfer-Encoding: chunked\r\n`

/** What two readers may understand in two ways, so that the second request is seen by one only. */
const odd: readonly (readonly [string, string])[] = [
  ['a length and chunks', `${chunked}Content-Length: 4\r\n\r\n0\r\n\r\n`],
  ['a length of 0 and chunks', `${chunked}Content-Length: 0\r\n\r\n0\r\n\r\n`],
  ['two lengths', `${post}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`],
  ['one length twice', `${post}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`],
  ['a list of lengths', `${post}Content-Length: 4, 4\r\n\r\nabcd`],
  ['a length with a sign', `${post}Content-Length: +4\r\n\r\nabcd`],
  ['a length below 0', `${post}Content-Length: -4\r\n\r\n`],
  ['a length in hexadecimal', `${post}Content-Length: 0x4\r\n\r\nabcd`],
  ['a length beyond numbers', `${post}Content-Length: 99999999999999999999\r\n\r\n`],
  ['an unknown coding', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  [
    'chunks that are not the last coding',
    `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n`,
  ],
  ['a space before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a header without a name', `${post}: chunked\r\n\r\n`],
  ['a folded header', `${post}X-A: b\r\n Content-Length: 4\r\n\r\nabcd`],
  ['a NUL in a header', `${post}X-A: a\0b\r\n\r\n`],
  ['a bare CR in a header', `${post}X-A: a\rContent-Length: 4\r\n\r\n`],
  ['bare LFs', 'POST /a HTTP/1.1\nHost: x\nContent-Length: 0\n\n'],
  ['a bare LF after the size of a chunk', `${chunked}\r\n1\na\r\n0\r\n\r\n`],
  ['a bare LF in an extension of a chunk', `${chunked}\r\n1;\na\r\n0\r\n\r\n`],
  ['a chunk longer than it says', `${chunked}\r\n1\r\nabc\r\n0\r\n\r\n`],
  ['a size of a chunk beyond numbers', `${chunked}\r\nfffffffffffffffff\r\na\r\n0\r\n\r\n`],
  ['chunks in HTTP/1.0', 'POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['no host', 'GET /a HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'],
  ['a host with a path', 'GET /a HTTP/1.1\r\nHost: x/y\r\n\r\n'],
  ['a whole URL', 'GET http://y/a HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['no version', 'GET /a\r\n\r\n'],
  ['an unknown version', 'GET /a HTTP/3.7\r\nHost: x\r\n\r\n'],
  ['an unknown method', 'SMUGGLE /a HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a method that sends all back', 'TRACE /a HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['headers without end', `${post}X-A: ${'a'.repeat(40_000)}\r\n\r\n`],
]

describe('X1: what stands in a connection', () => {
  it.each(odd)('%s: is refused, and nothing after it is read', async (_, first) => {
    seen.length = 0
    const answer = await exchange(first + second)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1)
    // The start of a request may be seen before its broken body is.
    expect(seen).not.toContain('GET /smuggled')
  })

  it('in order is answered in order', async () => {
    seen.length = 0
    const answer = await exchange(`${chunked}\r\n4\r\nabcd\r\n0\r\n\r\n${second}`)
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    expect(seen).toEqual(['POST /a', 'GET /smuggled'])
  })

  it('has all its headers, or is refused', async () => {
    let count = 0
    await using other = await listen(async (request) => {
      count = [...request.headers.keys()].filter((name) => name.startsWith('x-')).length
      return new Response('')
    })
    const headers = Object.fromEntries(Array.from({ length: 2_500 }, (_, i) => [`x-${i}`, '1']))
    await fetch(other.url, { headers })
    expect(count).toBe(2_500)
  })
})
