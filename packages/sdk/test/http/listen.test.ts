import { get } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Answer, handlerOf } from '../../src/http/answer.ts'
import { listen } from '../../src/http/index.ts'

const hello = (): Promise<Response> => Promise.resolve(new Response('hello'))

describe('a socket', () => {
  it('answers at a free port, until it is closed', async () => {
    const listening = await listen(hello)
    expect(await (await fetch(listening.url)).text()).toBe('hello')
    await listening.close()
    await expect(fetch(listening.url)).rejects.toThrow('fetch failed')
  })

  it('spells what users have set as clients look for it', async () => {
    const headers = { 'x-object-meta-colour': 'red', 'x-other': 'y' }
    await using listening = await listen(() => Promise.resolve(new Response('', { headers })))
    const names = await new Promise<readonly string[]>((resolve, reject) => {
      get(listening.url, ({ rawHeaders }) => {
        resolve(rawHeaders)
      }).once('error', reject)
    })
    expect(names).toContain('X-Object-Meta-Colour')
    expect(names).toContain('x-other')
  })

  it('says when the address is taken', async () => {
    await using first = await listen(hello)
    await expect(listen(hello, { port: first.port })).rejects.toMatchObject({
      code: 'unavailable',
      field: 'listen',
    })
  })
})

async function* bytes(end?: Error): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < 100; part++) yield new Uint8Array(10_000).fill(part)
  if (end) throw end
}

const answering = (body: Answer['body']) =>
  handlerOf(() => Promise.resolve({ status: 201, headers: new Headers({ 'x-own': '1' }), body }))

describe('an answer that is no Response yet', () => {
  it.each([
    ['a text', 'täxt', 5],
    ['nothing', null, 0],
    ['a stream', bytes(), 1_000_000],
  ])('is sent as it is: %s', async (_, body, size) => {
    await using listening = await listen(answering(body))
    const response = await fetch(listening.url)
    expect([response.status, response.headers.get('x-own')]).toEqual([201, '1'])
    expect((await response.arrayBuffer()).byteLength).toBe(size)
  })

  it('cuts the connection where its stream fails, and goes on with others', async () => {
    let isBroken = true
    const failing = handlerOf(async () => {
      const body = bytes(isBroken ? new Error('lost') : undefined)
      return { status: 200, headers: new Headers(), body }
    })
    await using listening = await listen(failing)
    await expect(fetch(listening.url).then((one) => one.arrayBuffer())).rejects.toThrow(
      /terminated/,
    )
    isBroken = false
    expect((await (await fetch(listening.url)).arrayBuffer()).byteLength).toBe(1_000_000)
  })

  it('ends the stream when the client goes away', async () => {
    let end: (() => void) | undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(10_000)
          await new Promise((resolve) => setImmediate(resolve))
        }
      } finally {
        end?.()
      }
    }
    await using listening = await listen(answering(endless()))
    const leaving = new AbortController()
    const response = await fetch(listening.url, { signal: leaving.signal })
    leaving.abort()
    await expect(response.arrayBuffer()).rejects.toThrow(/aborted/)
    await ended
  })
})
