import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, ComputeDoor, root } from './compute-door.ts'
import type { Client, Door } from './door.ts'
import { neverSucceed } from './never-succeed.ts'

let compute: ComputeDoor
let door: Door
let demo: Client
let serverId: string
beforeAll(async () => {
  compute = await ComputeDoor.open()
  ;({ door } = compute)
  ;({ demo } = door)
  serverId = await compute.active()
})
afterAll(() => door[Symbol.asyncDispose]())

describe('C1: what is seldom asked of servers', () => {
  it('takes events of other services, and changes nothing', async () => {
    const events = [{ name: 'network-changed', server_uuid: serverId }]
    const path = `${root}/os-server-external-events`
    const answer = await door.admin.post(path, { events })
    expect(answer.at('events.0')).toMatchObject({ code: 200, server_uuid: serverId })
    expect((await demo.post(path, { events })).status).toBe(403)
  })

  it('shows an aggregate', async () => {
    const made = await door.admin.post(`${root}/os-aggregates`, { aggregate: { name: 'fast' } })
    const answer = await door.admin.get(`${root}/os-aggregates/${String(made.at('aggregate.id'))}`)
    expect(answer.at('aggregate.name')).toBe('fast')
  })
})

describe('H1: stacks by their name alone', () => {
  it('lead to where they are, by every method and to every part', async () => {
    const base = `/orchestration/v1/${demo.projectId}`
    const template = { heat_template_version: '2016-04-08', resources: {} }
    const made = await demo.post(`${base}/stacks`, { stack_name: 'by-name', template })
    const own = `${base}/stacks/by-name`
    const place = `${own}/${made.string('stack.id')}`
    for (const method of ['PUT', 'PATCH'] as const) {
      const answer = await demo.request(method, own, { template })
      expect([answer.status, new URL(answer.headers.get('location') ?? '').pathname]).toEqual([
        302,
        place,
      ])
    }
    for (const part of ['resources', 'template', 'environment', 'files', 'outputs']) {
      const answer = await demo.get(`${own}/${part}`)
      const location = new URL(answer.headers.get('location') ?? '').pathname
      expect([answer.status, location]).toEqual([302, `${place}/${part}`])
      expect((await demo.get(`${base}/stacks/absent/${part}`)).status).toBe(404)
    }
  })
})

describe('what is always refused', () => {
  const versions = { compute: at(1), volume: { 'openstack-api-version': 'volume 3.70' } }

  it.each(Object.entries(neverSucceed))('%s', async (id, one) => {
    const { method, path, body, status, minor } = one
    const host = 'nephos@simulated'
    const whole = path
      .replace('{project}', door.admin.projectId)
      .replace('{server}', serverId)
      .replace('{hypervisor}', '1')
      .replace('{host}', 'host-0')
    const version = id.startsWith('compute.') ? at(minor ?? 1) : versions.volume
    const sent = body && JSON.parse(JSON.stringify(body).replaceAll('{host}', host))
    const answer = await door.admin.request(method, whole, sent, version)
    expect(answer.status, answer.text).toBe(status)
  })
})
