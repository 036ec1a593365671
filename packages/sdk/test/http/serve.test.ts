import { silentTelemetry } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const zones = '/compute/v2.1/os-availability-zone'

describe('the front door', () => {
  it('answers with a request id, and the version it spoke', async () => {
    const answer = await door.demo.get(zones, { 'OpenStack-API-Version': 'compute 2.53' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-openstack-request-id')).toMatch(/^req-/)
    expect(answer.headers.get('openstack-api-version')).toBe('compute 2.53')
    expect(answer.at('availabilityZoneInfo.0.zoneName')).toBe('zone-a')
  })

  it('X4: refuses versions that it does not speak, in the service’s own form', async () => {
    const beyond = await door.demo.get(zones, { 'X-OpenStack-Nova-API-Version': '2.999' })
    expect(beyond.status).toBe(406)
    const bad = await door.demo.get(zones, { 'X-OpenStack-Nova-API-Version': 'x' })
    expect(bad.status).toBe(400)
    expect(bad.at('badRequest.code')).toBe(400)
  })

  it('needs a token, and a good one', async () => {
    expect((await door.nobody.get(zones)).status).toBe(401)
    expect((await door.nobody.get(zones, { 'x-auth-token': 'f'.repeat(64) })).status).toBe(401)
  })

  it('does not believe what others say of an identity', async () => {
    const headers = { 'x-user-id': 'admin', 'x-roles': 'admin', 'x-project-id': 'x' }
    expect((await door.nobody.get(zones, headers)).status).toBe(401)
  })

  it('X4: tells paths that there are not from methods that a path does not take', async () => {
    expect((await door.demo.get('/compute/v2.1/nothing')).status).toBe(404)
    const wrong = await door.demo.post(zones, {})
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('GET')
    expect((await door.demo.get('/nowhere')).status).toBe(404)
  })

  it('lists versions to everybody', async () => {
    const answer = await door.nobody.get('/compute/')
    expect(answer.at('versions.1.links.0.href')).toBe('http://cloud.test/compute/v2.1/')
  })

  it('X4: counts what it answered, by endpoint and kind of answer', async () => {
    const counted: unknown[] = []
    const meter = {
      ...silentTelemetry.meter,
      count: (name: string, _: unknown, labels: unknown) => {
        if (name === 'http_requests') counted.push(labels)
      },
    }
    await using own = await openDoor({ cloud: { telemetry: { ...silentTelemetry, meter } } })
    await own.demo.get(zones)
    await own.nobody.get(zones)
    await own.demo.get('/nowhere')
    const name = 'compute.zones.list'
    expect(counted).toEqual([
      { name, code: '2xx' },
      { name, code: '4xx' },
    ])
  })
})
