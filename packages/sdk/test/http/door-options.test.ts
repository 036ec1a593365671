import { request as httpsRequest } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthenticatedToken } from '@nephos/core'
import { listen, serve } from '../../src/http/index.ts'
import { RateLimit } from '../../src/http/rate.ts'
import { Client, type Door, openDoor } from './door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const zones = '/compute/v2.1/os-availability-zone'
const own = 'https://console.example'

describe('X4: scripts of other origins', () => {
  const asking = (origin: string) => ({
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-auth-token, content-type',
  })

  it('of those that are allowed may ask, and read what they need', async () => {
    const handler = serve(door.cloud, { cors: { origins: [own] } })
    const demo = new Client(handler, door.demo.token, door.demo.projectId)
    const first = await demo.request('OPTIONS', zones, undefined, asking(own))
    expect(first.status).toBe(204)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'access-control-allow-origin': own,
      'access-control-allow-headers': 'x-auth-token, content-type',
      'access-control-max-age': '3600',
      vary: 'Origin',
    })
    expect(first.headers.get('access-control-allow-methods')).toMatch(/\bDELETE\b/)
    expect(first.headers.get('access-control-allow-credentials')).toBeNull()
    for (const path of [zones, '/compute/v2.1/servers/absent', '/nowhere']) {
      const answer = await demo.get(path, { origin: own })
      expect(answer.headers.get('access-control-allow-origin')).toBe(own)
      expect(answer.headers.get('access-control-expose-headers')).toMatch(/x-subject-token/)
    }
  })

  it.each([
    ['another', 'https://evil.example'],
    ['one that begins alike', `${own}.evil.example`],
    ['one without TLS', own.replace('https', 'http')],
    ['one of another port', `${own}:8443`],
    ['none', 'null'],
  ])('of %s may not', async (_, origin) => {
    const handler = serve(door.cloud, { cors: { origins: [own] } })
    const demo = new Client(handler, door.demo.token, door.demo.projectId)
    const first = await demo.request('OPTIONS', zones, undefined, asking(origin))
    expect(first.status).toBe(405)
    const answer = await demo.get(zones, { origin })
    expect(answer.status).toBe(200)
    const microversions = 'openstack-api-version, x-openstack-nova-api-version'
    expect(answer.headers.get('vary')).toBe(`Origin, ${microversions}`)
    for (const { headers } of [first, answer]) {
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('may all, where the operator says so, and none unless he does', async () => {
    const all = new Client(serve(door.cloud, { cors: { origins: ['*'] } }), door.demo.token, '')
    const answer = await all.get(zones, { origin: 'https://any.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const none = await door.demo.get(zones, { origin: own })
    expect(none.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('X4: who asks for too much', () => {
  it('is told when to come again; others are not', async () => {
    const handler = serve(door.cloud, { rate: { perSecond: 0.01, burst: 7 } })
    const demo = new Client(handler, door.demo.token, door.demo.projectId)
    const admin = new Client(handler, door.admin.token, door.admin.projectId)
    expect((await demo.post('/compute/v2.1/os-keypairs', {})).status).toBe(400)
    expect((await demo.get(zones)).status).toBe(200)
    expect((await demo.get(zones)).status).toBe(200)
    const refused = await demo.get(zones)
    expect(refused.status).toBe(429)
    expect(refused.at('overLimit.code') ?? refused.text).toBeTruthy()
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(1)
    expect(seconds).toBeLessThanOrEqual(100)
    expect((await admin.get(zones)).status).toBe(200)
  })

  const who = (userId: string) =>
    ({ token: { userId }, actor: { projectId: 'p' } }) as unknown as AuthenticatedToken

  it('may go on as time passes, never beyond what may be saved', () => {
    let now = 0
    const rate = new RateLimit({ perSecond: 2, burst: 10 }, { now: () => now })
    const reads = (): number => {
      for (let count = 0; ; count++) {
        try {
          rate.spend(who('a'), { method: 'GET' })
        } catch {
          return count
        }
      }
    }
    expect(reads()).toBe(10)
    now += 1_000
    expect(reads()).toBe(2)
    now -= 5_000
    expect(reads()).toBe(0)
    now += 1_000_000
    expect(reads()).toBe(10)
    expect(() => rate.spend(who('a'), { method: 'POST' })).toThrow('Too many requests')
    now += 2_500
    rate.spend(who('a'), { method: 'POST' })
  })

  it('is remembered within bounds', () => {
    const rate = new RateLimit({ perSecond: 1, burst: 5 }, { now: () => 0 }, 100)
    for (let i = 0; i < 1_000; i++) rate.spend(who(`u${i}`), { method: 'GET' })
    expect(rate.size).toBe(100)
  })
})

/** For localhost, until 2126; of no use elsewhere. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUCbx24WUqGhO+QPX0eYICpkYxlr4wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE2MDU0OFoYDzIxMjYxMDMw
MTYwNTQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQWhDYW1KiLt9vK2Kyt1/1tf5wf+pYQWys6FpyosKKWFHORhPkKgq8n
Ez+hYEKjF2aAfjFLW1YHXJ1sWMhCaWINo28wbTAdBgNVHQ4EFgQUYmiwYVuyjN0A
syqUy3rr34z8i/MwHwYDVR0jBBgwFoAUYmiwYVuyjN0AsyqUy3rr34z8i/MwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAN+LZF5AxTjzyGAhJ7VMErVmQiz+kDsUM7e5eXQg/cfaAiEA
mDQIsKrdQIeIkFnYA3eD2aSkJ53UjGFJJgD9e2sAiDU=
-----END CERTIFICATE-----
`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8cbUY7STRiR3E9jJ
vu8YJ5yNh8yn8Xau2AAxfhezOiehRANCAAQWhDYW1KiLt9vK2Kyt1/1tf5wf+pYQ
Wys6FpyosKKWFHORhPkKgq8nEz+hYEKjF2aAfjFLW1YHXJ1sWMhCaWIN
-----END PRIVATE KEY-----
`

describe('X4: HTTPS', () => {
  it('answers, names itself so, and refuses what is odd', async () => {
    await using listening = await listen(serve(door.cloud), { tls: { cert, key } })
    expect(listening.url).toMatch(/^https:\/\/127\.0\.0\.1:/)
    const asked = (method: string, path: string): Promise<{ status?: number; text: string }> =>
      new Promise((resolve, reject) => {
        const options = { ca: cert, method, headers: { host: 'localhost' } }
        const one = httpsRequest(`${listening.url}${path}`, options, (message) => {
          let text = ''
          message.on('data', (data: Buffer) => (text += data.toString()))
          message.on('end', () => {
            resolve({ status: message.statusCode ?? 0, text })
          })
        })
        one.on('error', reject).end()
      })
    const { status, text } = await asked('GET', '/identity/v3')
    expect(status).toBe(200)
    expect(text).toContain('https://localhost/identity/v3/')
    expect((await asked('TRACE', '/identity/v3')).status).toBe(405)
  })

  it.each([
    ['no certificate', 'none', key],
    ['no key', cert, 'none'],
  ])('needs both: %s', async (_, badCert, badKey) => {
    await expect(
      listen(serve(door.cloud), { tls: { cert: badCert, key: badKey } }),
    ).rejects.toMatchObject({
      code: 'invalid',
      field: 'tls',
    })
  })
})
