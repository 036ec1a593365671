import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Door, openDoor } from '../door.ts'

let door: Door

beforeAll(async () => {
  door = await openDoor({ hosts: 1 })
})
afterAll(() => door[Symbol.asyncDispose]())

function ask(method: string, path: string, body?: unknown, minor = 1): Promise<Answer> {
  const headers = { 'openstack-api-version': `compute 2.${minor}` }
  return door.demo.request(method, `/compute/v2.1${path}`, body, headers)
}

describe('what Nova passes on to other services', () => {
  it('N1: networks, as of old', async () => {
    const listed = await ask('GET', '/os-networks')
    const id = listed.string('networks.0.id')
    expect((await ask('GET', `/os-networks/${id}`)).at('network')).toMatchObject({
      id,
      label: expect.any(String),
      cidr: null,
    })
    const tenant = await ask('GET', '/os-tenant-networks')
    expect(tenant.at('networks.0')).toMatchObject({ cidr: 'None' })
    expect((await ask('GET', `/os-tenant-networks/${id}`)).at('network.id')).toBe(id)
    expect((await ask('GET', '/os-networks', undefined, 36)).status).toBe(404)
  })

  it('N4: security groups and their rules', async () => {
    const path = '/os-security-groups'
    const body = { security_group: { name: 'web', description: 'sites' } }
    const made = await ask('POST', path, body)
    expect(made.at('security_group')).toMatchObject({ ...body.security_group, rules: [] })
    const id = made.string('security_group.id')
    const rule = { ip_protocol: 'tcp', from_port: 80, to_port: '81', cidr: '10.0.0.0/8' }
    const added = await ask('POST', '/os-security-group-rules', {
      security_group_rule: { ...rule, parent_group_id: id },
    })
    expect(added.at('security_group_rule')).toEqual({
      id: expect.any(String),
      parent_group_id: id,
      ip_protocol: 'tcp',
      from_port: 80,
      to_port: 81,
      ip_range: { cidr: '10.0.0.0/8' },
      group: {},
    })
    const odd = { ...rule, parent_group_id: id, ip_protocol: 'odd' }
    const refused = await ask('POST', '/os-security-group-rules', { security_group_rule: odd })
    expect(refused.status).toBe(400)
    expect((await ask('GET', `${path}/${id}`)).list('security_group.rules')).toHaveLength(1)
    expect((await ask('GET', path)).list('security_groups')).toHaveLength(2)
    const renamed = { security_group: { name: 'www', description: 'sites' } }
    expect((await ask('PUT', `${path}/${id}`, renamed)).at('security_group.name')).toBe('www')
    const ruleId = added.string('security_group_rule.id')
    expect((await ask('DELETE', `/os-security-group-rules/${ruleId}`)).status).toBe(202)
    expect((await ask('DELETE', `/os-security-group-rules/${ruleId}`)).status).toBe(404)
    expect((await ask('DELETE', `${path}/${id}`)).status).toBe(202)
    expect((await ask('GET', `${path}/${id}`)).status).toBe(404)
    expect((await ask('GET', `${path}/odd`)).status).toBe(400)
  })

  it('N6: floating IPs and their pools', async () => {
    expect((await ask('GET', '/os-floating-ip-pools')).json).toEqual({
      floating_ip_pools: [{ name: 'public' }],
    })
    const made = await ask('POST', '/os-floating-ips', { pool: 'public' })
    expect(made.at('floating_ip')).toMatchObject({ pool: 'public', fixed_ip: null })
    const path = `/os-floating-ips/${made.string('floating_ip.id')}`
    expect((await ask('GET', path)).json).toEqual(made.json)
    expect((await ask('GET', '/os-floating-ips')).list('floating_ips')).toHaveLength(1)
    expect((await ask('POST', '/os-floating-ips', { pool: 'odd' })).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(202)
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('GET', '/os-floating-ips/odd')).status).toBe(404)
  })

  it('B1: volumes and snapshots', async () => {
    const volume = { size: 1, display_name: 'data', metadata: { key: 'value' } }
    const made = await ask('POST', '/os-volumes', { volume })
    const id = made.string('volume.id')
    expect(made.at('volume')).toMatchObject({
      displayName: 'data',
      size: 1,
      attachments: [{}],
      snapshotId: null,
      metadata: { key: 'value' },
    })
    expect((await ask('POST', '/os-volumes', { volume: { size: 0 } })).status).toBe(400)
    await settled(`/os-volumes/${id}`, 'volume.status')
    expect((await ask('GET', '/os-volumes/detail?limit=1')).list('volumes')).toHaveLength(1)
    expect((await ask('GET', '/os-volumes?offset=1')).list('volumes')).toHaveLength(0)
    const snapshot = { volume_id: id, display_name: 'monday' }
    const taken = await ask('POST', '/os-snapshots', { snapshot })
    expect(taken.at('snapshot')).toMatchObject({ volumeId: id, displayName: 'monday', size: 1 })
    const path = `/os-snapshots/${taken.string('snapshot.id')}`
    await settled(path, 'snapshot.status')
    expect((await ask('GET', '/os-snapshots')).list('snapshots')).toHaveLength(1)
    expect((await ask('GET', '/os-snapshots/detail')).list('snapshots')).toHaveLength(1)
    expect((await ask('DELETE', path)).status).toBe(202)
    await gone(path)
    expect((await ask('DELETE', `/os-volumes/${id}`)).status).toBe(202)
    await gone(`/os-volumes/${id}`)
    expect((await ask('DELETE', `/os-volumes/${id}`)).status).toBe(404)
  })
})

/** Waits until what is under way has ended. */
async function settled(path: string, field: string): Promise<void> {
  await expect.poll(async () => (await ask('GET', path)).at(field)).toBe('available')
}

async function gone(path: string): Promise<void> {
  await expect.poll(async () => (await ask('GET', path)).status).toBe(404)
}
