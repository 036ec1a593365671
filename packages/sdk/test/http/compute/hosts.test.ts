import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Door, openDoor } from '../door.ts'

let door: Door

beforeAll(async () => {
  door = await openDoor({ hosts: 3 })
})
afterAll(() => door[Symbol.asyncDispose]())

function ask(
  method: string,
  path: string,
  body?: unknown,
  minor = 87,
  client: Client = door.admin,
): Promise<Answer> {
  const headers = { 'openstack-api-version': `compute 2.${minor}` }
  return client.request(method, `/compute/v2.1${path}`, body, headers)
}

describe('aggregates', () => {
  it('C9: have numbers, zones, metadata and hosts', async () => {
    const body = { aggregate: { name: 'fast', availability_zone: 'quick' } }
    const made = await ask('POST', '/os-aggregates', body, 1)
    const id = made.at('aggregate.id')
    expect(made.json).toEqual({
      aggregate: {
        id: expect.any(Number),
        name: 'fast',
        availability_zone: 'quick',
        created_at: expect.any(String),
        updated_at: null,
        deleted: false,
        deleted_at: null,
      },
    })
    const path = `/os-aggregates/${String(id)}`
    expect((await ask('POST', '/os-aggregates', body)).status).toBe(409)
    const add = { add_host: { host: 'host-1' } }
    const filled = await ask('POST', `${path}/action`, add)
    expect(filled.at('aggregate.hosts')).toEqual(['host-1'])
    expect((await ask('POST', `${path}/action`, add)).status).toBe(409)
    const zones = await ask('GET', '/os-availability-zone/detail')
    const quick = zones
      .list('availabilityZoneInfo')
      .find((zone) => (zone as { zoneName: string }).zoneName === 'quick')
    expect(quick).toMatchObject({
      zoneState: { available: true },
      hosts: { 'host-1': { 'nova-compute': { available: true, active: true } } },
    })
    const meta = { set_metadata: { metadata: { disk: 'ssd' } } }
    expect((await ask('POST', `${path}/action`, meta)).at('aggregate.metadata')).toEqual({
      disk: 'ssd',
      availability_zone: 'quick',
    })
    const change = { aggregate: { name: 'faster', availability_zone: 'quicker' } }
    expect((await ask('PUT', path, change)).at('aggregate')).toMatchObject(change.aggregate)
    const listed = await ask('GET', '/os-aggregates')
    expect(listed.at('aggregates.0')).toMatchObject({ hosts: ['host-1'], uuid: expect.any(String) })
    expect((await ask('DELETE', path)).status).toBe(409)
    const remove = { remove_host: { host: 'host-1' } }
    expect((await ask('POST', `${path}/action`, remove)).status).toBe(200)
    expect((await ask('POST', `${path}/action`, remove)).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(200)
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('GET', '/os-aggregates/odd')).status).toBe(404)
    expect((await ask('GET', '/os-aggregates', undefined, 1, door.demo)).status).toBe(403)
  })
})

describe('hypervisors and services', () => {
  it('C9: hypervisors, in the forms of each age', async () => {
    const old = await ask('GET', '/os-hypervisors/detail', undefined, 1)
    expect(old.at('hypervisors.0')).toMatchObject({
      id: expect.any(Number),
      vcpus: 64,
      vcpus_used: 0,
      running_vms: 0,
      state: 'up',
      status: 'enabled',
    })
    const number = String(old.at('hypervisors.0.id'))
    expect((await ask('GET', `/os-hypervisors/${number}`, undefined, 1)).status).toBe(200)
    expect((await ask('GET', '/os-hypervisors/999', undefined, 1)).status).toBe(404)
    expect((await ask('GET', '/os-hypervisors/host-1/search', undefined, 1)).status).toBe(200)
    expect((await ask('GET', '/os-hypervisors/odd/search', undefined, 1)).status).toBe(404)
    const servers = await ask('GET', '/os-hypervisors/host/servers', undefined, 1)
    expect(servers.list('hypervisors')).toHaveLength(3)
    const sums = await ask('GET', '/os-hypervisors/statistics')
    expect(sums.at('hypervisor_statistics')).toMatchObject({ count: 3, vcpus: 192 })
    const now = await ask('GET', '/os-hypervisors/detail', undefined, 96)
    expect(now.at('hypervisors.0')).not.toHaveProperty('vcpus')
    const id = now.string('hypervisors.0.id')
    const one = await ask('GET', `/os-hypervisors/${id}?with_servers=true`, undefined, 96)
    expect(one.at('hypervisor.servers')).toEqual([])
    expect((await ask('GET', `/os-hypervisors/${id}/uptime`)).status).toBe(400)
    expect((await ask('GET', `/os-hypervisors/${number}/uptime`, undefined, 1)).status).toBe(501)
    const page = await ask('GET', '/os-hypervisors?limit=2')
    expect(page.list('hypervisors')).toHaveLength(2)
    expect(page.string('hypervisors_links.0.href')).toContain('marker=')
    const named = await ask('GET', '/os-hypervisors?hypervisor_hostname_pattern=host-2')
    expect(named.list('hypervisors')).toHaveLength(1)
    expect((await ask('GET', '/os-hypervisors', undefined, 1, door.demo)).status).toBe(403)
  })

  it('C9: services are enabled and disabled', async () => {
    const listed = await ask('GET', '/os-services?host=host-2', undefined, 96)
    const id = listed.string('services.0.id')
    expect(listed.at('services.0')).toMatchObject({
      binary: 'nova-compute',
      host: 'host-2',
      status: 'enabled',
      state: 'up',
      forced_down: false,
    })
    const off = { status: 'disabled', disabled_reason: 'old' }
    expect((await ask('PUT', `/os-services/${id}`, off)).at('service')).toMatchObject(off)
    expect((await ask('PUT', `/os-services/${id}`, { disabled_reason: 'x' })).status).toBe(400)
    const down = await ask('PUT', `/os-services/${id}`, { forced_down: true })
    expect(down.at('service')).toMatchObject({ forced_down: true, state: 'down', ...off })
    const named = { host: 'host-2', binary: 'nova-compute' }
    const up = { ...named, forced_down: false }
    expect((await ask('PUT', '/os-services/force-down', up, 52)).json).toEqual({ service: up })
    expect((await ask('GET', '/os-services?host=host-2')).at('services.0.state')).toBe('up')
    const on = await ask('PUT', '/os-services/enable', named, 1)
    expect(on.json).toEqual({ service: { ...named, status: 'enabled' } })
    expect((await ask('PUT', '/os-services/disable', named, 1)).status).toBe(200)
    const why = { ...named, disabled_reason: 'worn' }
    expect((await ask('PUT', '/os-services/disable-log-reason', why, 1)).json).toEqual({
      service: { ...why, status: 'disabled' },
    })
    expect((await ask('PUT', '/os-services/enable', { ...named, host: 'no' }, 1)).status).toBe(404)
    expect((await ask('DELETE', `/os-services/${id}`)).status).toBe(204)
    expect((await ask('GET', '/os-services')).list('services')).toHaveLength(2)
    expect((await ask('GET', '/os-services', undefined, 1, door.demo)).status).toBe(403)
  })
})

describe('hosts of old, and audits of use', () => {
  it('C9: hosts by their names', async () => {
    const listed = await ask('GET', '/os-hosts', undefined, 1)
    const name = listed.string('hosts.0.host_name')
    const zone = listed.string('hosts.0.zone')
    expect((await ask('GET', `/os-hosts?zone=${zone}`, undefined, 1)).list('hosts')).toHaveLength(1)
    expect((await ask('GET', '/os-hosts?zone=odd', undefined, 1)).list('hosts')).toEqual([])
    expect((await ask('GET', `/os-hosts/${name}`, undefined, 1)).at('host.0.resource')).toEqual({
      host: name,
      project: '(total)',
      cpu: 64,
      memory_mb: 262_144,
      disk_gb: 8_000,
    })
    expect((await ask('GET', '/os-hosts/odd', undefined, 1)).status).toBe(404)
    const put = (body: unknown, host = name, who = door.admin) =>
      ask('PUT', `/os-hosts/${host}`, body, 1, who)
    expect((await put({ status: 'disable' })).json).toEqual({ host: name, status: 'disabled' })
    expect((await put({ status: 'enable' })).json).toEqual({ host: name, status: 'enabled' })
    expect((await put({ maintenance_mode: 'enable' })).status).toBe(501)
    for (const bad of [{}, { status: 'odd' }, { param: 'enable' }]) {
      expect((await put(bad)).status).toBe(400)
    }
    expect((await put({ status: 'enable' }, 'odd')).status).toBe(404)
    expect((await put({ status: 'enable' }, name, door.demo)).status).toBe(403)
    const reboot = `/os-hosts/${name}/reboot`
    expect((await ask('GET', reboot, undefined, 1)).status).toBe(501)
    expect((await ask('GET', reboot, undefined, 1, door.demo)).status).toBe(403)
    expect((await ask('GET', '/os-hosts', undefined, 43)).status).toBe(404)
    expect((await ask('GET', '/os-hosts', undefined, 1, door.demo)).status).toBe(403)
  })

  it('O2: no host runs audits of use', async () => {
    const path = '/os-instance_usage_audit_log'
    const all = await ask('GET', path)
    expect(all.at('instance_usage_audit_logs')).toMatchObject({ num_hosts_done: 0, log: {} })
    const before = await ask('GET', `${path}/2030-05-06%2007:08:09`)
    expect(before.at('instance_usage_audit_log')).toMatchObject({
      period_beginning: '2030-04-01 00:00:00',
      period_ending: '2030-05-01 00:00:00',
    })
    expect((await ask('GET', `${path}/odd`)).status).toBe(400)
    expect((await ask('GET', path, undefined, 1, door.demo)).status).toBe(403)
  })
})

describe('usage, events and extensions', () => {
  it('O2: what a project used', async () => {
    const path = `/os-simple-tenant-usage/${door.demo.projectId}`
    const shown = await ask('GET', path, undefined, 1, door.demo)
    expect(shown.at('tenant_usage')).toMatchObject({ total_hours: 0, server_usages: [] })
    expect((await ask('GET', '/os-simple-tenant-usage')).list('tenant_usages')).toEqual([])
    expect((await ask('GET', '/os-simple-tenant-usage', undefined, 1, door.demo)).status).toBe(403)
    expect((await ask('GET', `${path}?start=odd`)).status).toBe(400)
  })

  it('events about servers that are not there are refused', async () => {
    const event = {
      name: 'network-changed',
      server_uuid: '00000000-0000-4000-8000-000000000000',
    }
    const path = '/os-server-external-events'
    expect((await ask('POST', path, { events: [event] })).status).toBe(404)
    expect((await ask('POST', path, { events: [{ ...event, name: 'odd' }] })).status).toBe(400)
    expect((await ask('POST', path, { events: [event] }, 1, door.demo)).status).toBe(403)
  })

  it('extensions by the names of old', async () => {
    expect((await ask('GET', '/extensions')).list('extensions').length).toBeGreaterThan(10)
    expect((await ask('GET', '/extensions/os-keypairs')).at('extension.alias')).toBe('os-keypairs')
    expect((await ask('GET', '/extensions/odd')).status).toBe(404)
  })
})
