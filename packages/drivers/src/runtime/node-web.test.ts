import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { NodeWeb } from './node-web.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listening(listener: RequestListener): Promise<number> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

describe('I6: the web over this process’s own connections', () => {
  it('is asked at the address that was judged, whatever the name says', async () => {
    const seen: unknown[] = []
    const port = await listening((request, response) => {
      seen.push([request.url, request.headers.host, request.headers.cookie])
      response.setHeader('content-length', '5').end('bytes')
    })
    const web = new NodeWeb()
    const url = `http://no-such-host.invalid:${port}/a/b?c=d`
    const page = await web.open({ address: '127.0.0.1', url })
    expect(page).toMatchObject({ status: 200, size: 5, location: null, encoding: null })
    expect(await textOf(page.body)).toBe('bytes')
    expect(seen).toEqual([['/a/b?c=d', `no-such-host.invalid:${port}`, undefined]])
  })

  it('follows no redirect by itself', async () => {
    const port = await listening((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    })
    const page = await new NodeWeb().open({
      address: '127.0.0.1',
      url: `http://a.example:${port}/`,
    })
    expect(page).toMatchObject({ status: 302, location: 'http://127.0.0.1:1/' })
    page.close()
  })

  it('is given up when it breaks off, stalls, or is not there', async () => {
    const port = await listening((request, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('half')
      if (request.url === '/cut') setImmediate(() => response.destroy())
    })
    const web = new NodeWeb({ stallMs: 50 })
    for (const path of ['cut', 'stall']) {
      const url = `http://a.example:${port}/${path}`
      const { body } = await web.open({ address: '127.0.0.1', url })
      await expect(textOf(body), path).rejects.toMatchObject({ code: 'invalid', field: 'uri' })
    }
    const url = 'http://a.example:1/'
    await expect(web.open({ address: '127.0.0.1', url })).rejects.toMatchObject({ field: 'uri' })
    await expect(web.lookup('no-such-host.invalid')).rejects.toMatchObject({ field: 'uri' })
  })

  it('knows every address of a name', async () => {
    expect(await new NodeWeb().lookup('localhost')).toContain('127.0.0.1')
  })
})
