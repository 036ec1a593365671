import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Door, openDoor } from '../door.ts'

let door: Door

beforeAll(async () => {
  door = await openDoor({ hosts: 3 })
})
afterAll(() => door[Symbol.asyncDispose]())

function ask(
  client: Client,
  method: string,
  path: string,
  body?: unknown,
  minor = 96,
): Promise<Answer> {
  const headers = { 'openstack-api-version': `compute 2.${minor}` }
  return client.request(method, `/compute/v2.1${path}`, body, headers)
}

describe('flavors', () => {
  const flavor = { name: 'own', id: 'own-1', ram: '64', vcpus: 1, disk: 1 }

  it('C7: a flavor as each version shows it', async () => {
    const made = await ask(door.admin, 'POST', '/flavors', { flavor: { ...flavor, swap: 512 } }, 1)
    const href = 'http://cloud.test/compute'
    expect(made.status).toBe(200)
    expect(made.json).toEqual({
      flavor: {
        id: 'own-1',
        name: 'own',
        ram: 64,
        vcpus: 1,
        disk: 1,
        swap: 512,
        'OS-FLV-EXT-DATA:ephemeral': 0,
        'OS-FLV-DISABLED:disabled': false,
        'os-flavor-access:is_public': true,
        rxtx_factor: 1,
        links: [
          { rel: 'self', href: `${href}/v2.1/flavors/own-1` },
          { rel: 'bookmark', href: `${href}/flavors/own-1` },
        ],
      },
    })
    const described = { flavor: { description: 'mine' } }
    const now = await ask(door.admin, 'PUT', '/flavors/own-1', described)
    expect(now.at('flavor')).toMatchObject({ description: 'mine', extra_specs: {} })
    expect((await ask(door.admin, 'POST', '/flavors', { flavor })).status).toBe(409)
    const odd = { flavor: { ...flavor, ram: 0 } }
    expect((await ask(door.admin, 'POST', '/flavors', odd)).status).toBe(400)
    expect((await ask(door.demo, 'POST', '/flavors', { flavor })).status).toBe(403)
    const early = { flavor: { ...flavor, description: 'x' } }
    expect((await ask(door.admin, 'POST', '/flavors', early, 54)).status).toBe(400)
  })

  it('C7: lists in pages, filtered and in order', async () => {
    const all = await ask(door.demo, 'GET', '/flavors')
    expect(all.list('flavors').length).toBeGreaterThan(5)
    const page = await ask(
      door.demo,
      'GET',
      '/flavors/detail?limit=2&sort_key=memory_mb&minRam=512',
    )
    expect(page.at('flavors.0.ram')).toBe(512)
    const next = page.string('flavors_links.0.href').replace('http://cloud.test/compute/v2.1', '')
    expect((await ask(door.demo, 'GET', next)).at('flavors.0.ram')).toBe(4_096)
    expect((await ask(door.demo, 'GET', '/flavors?marker=nothing')).status).toBe(400)
    expect((await ask(door.demo, 'GET', '/flavors?sort_key=odd')).status).toBe(400)
    expect((await ask(door.demo, 'GET', '/flavors?minRam=odd')).status).toBe(400)
  })

  it('C7: extra specs and access', async () => {
    const specs = '/flavors/own-1/os-extra_specs'
    const extra = { extra_specs: { 'hw:numa_nodes': '1', key: 'value' } }
    expect((await ask(door.admin, 'POST', specs, extra)).json).toEqual(extra)
    expect((await ask(door.demo, 'GET', `${specs}/key`)).json).toEqual({ key: 'value' })
    expect((await ask(door.admin, 'PUT', `${specs}/key`, { key: 'other' })).status).toBe(200)
    expect((await ask(door.admin, 'PUT', `${specs}/key`, { odd: 'other' })).status).toBe(400)
    expect((await ask(door.admin, 'DELETE', `${specs}/key`)).status).toBe(200)
    expect((await ask(door.admin, 'DELETE', `${specs}/key`)).status).toBe(404)
    expect((await ask(door.demo, 'GET', specs)).json).toEqual({
      extra_specs: { 'hw:numa_nodes': '1' },
    })
    expect((await ask(door.demo, 'POST', specs, extra)).status).toBe(403)

    const hidden = { flavor: { ...flavor, id: 'own-2', name: 'hidden' } }
    const isPublic = { 'os-flavor-access:is_public': false }
    await ask(door.admin, 'POST', '/flavors', { flavor: { ...hidden.flavor, ...isPublic } })
    expect((await ask(door.demo, 'GET', '/flavors/own-2')).status).toBe(404)
    const add = { addTenantAccess: { tenant: door.demo.projectId } }
    expect((await ask(door.admin, 'POST', '/flavors/own-2/action', add)).json).toEqual({
      flavor_access: [{ flavor_id: 'own-2', tenant_id: door.demo.projectId }],
    })
    expect((await ask(door.admin, 'POST', '/flavors/own-2/action', add)).status).toBe(409)
    expect((await ask(door.demo, 'GET', '/flavors/own-2')).status).toBe(200)
    const listed = await ask(door.admin, 'GET', '/flavors/own-2/os-flavor-access')
    expect(listed.list('flavor_access')).toHaveLength(1)
    const remove = { removeTenantAccess: { tenant: door.demo.projectId } }
    expect((await ask(door.admin, 'POST', '/flavors/own-2/action', remove)).status).toBe(200)
    expect((await ask(door.admin, 'POST', '/flavors/own-2/action', remove)).status).toBe(404)
    expect((await ask(door.admin, 'DELETE', '/flavors/own-2')).status).toBe(202)
    expect((await ask(door.admin, 'DELETE', '/flavors/own-2')).status).toBe(404)
  })
})

describe('key pairs', () => {
  it('C4: are made, imported, shown, listed and deleted', async () => {
    const path = '/os-keypairs'
    const made = await ask(door.demo, 'POST', path, { keypair: { name: 'made' } }, 10)
    expect(made.status).toBe(201)
    expect(made.string('keypair.private_key')).toContain('BEGIN RSA PRIVATE KEY')
    const publicKey = made.string('keypair.public_key')
    expect(publicKey).toMatch(/^ssh-rsa /)
    expect((await ask(door.demo, 'POST', path, { keypair: { name: 'no' } }, 92)).status).toBe(400)
    const given = { keypair: { name: 'given', public_key: publicKey } }
    const old = await ask(door.demo, 'POST', path, given, 1)
    expect([old.status, old.at('keypair.type')]).toEqual([200, undefined])
    expect((await ask(door.demo, 'POST', path, given)).status).toBe(409)
    const odd = { keypair: { name: 'odd', public_key: 'ssh-rsa JUNK' } }
    expect((await ask(door.demo, 'POST', path, odd)).status).toBe(400)
    const shown = await ask(door.demo, 'GET', `${path}/given`)
    expect(shown.at('keypair')).toMatchObject({ name: 'given', type: 'ssh', deleted: false })
    const page = await ask(door.demo, 'GET', `${path}?limit=1`)
    expect(page.at('keypairs.0.keypair.name')).toBe('given')
    const next = await ask(door.demo, 'GET', `${path}?limit=1&marker=given`)
    expect(next.at('keypairs.0.keypair.name')).toBe('made')
    const other = await ask(door.admin, 'GET', `${path}?user_id=${shown.string('keypair.user_id')}`)
    expect(other.list('keypairs')).toHaveLength(2)
    expect((await ask(door.demo, 'GET', `${path}?user_id=somebody`)).status).toBe(403)
    const sealed = { keypair: { name: 'sealed', type: 'x509' } }
    const certified = await ask(door.demo, 'POST', path, sealed, 2)
    const certificate = certified.string('keypair.public_key')
    expect(
      new X509Certificate(certificate).verify(new X509Certificate(certificate).publicKey),
    ).toBe(true)
    expect(certified.at('keypair.type')).toBe('x509')
    expect((await ask(door.demo, 'GET', `${path}/sealed`)).at('keypair.type')).toBe('x509')
    const wrong = { keypair: { name: 'wrong', type: 'x509', public_key: publicKey } }
    expect((await ask(door.demo, 'POST', path, wrong)).status).toBe(400)
    expect((await ask(door.demo, 'DELETE', `${path}/made`, undefined, 1)).status).toBe(202)
    expect((await ask(door.demo, 'DELETE', `${path}/given`)).status).toBe(204)
    expect((await ask(door.demo, 'DELETE', `${path}/given`)).status).toBe(404)
  })
})

describe('limits', () => {
  it('C15: quotas and limits, for a project and for administrators', async () => {
    const sets = `/os-quota-sets/${door.demo.projectId}`
    const shown = await ask(door.demo, 'GET', sets)
    expect(Object.keys(shown.at('quota_set') as object)).not.toContain('floating_ips')
    expect(
      (await ask(door.demo, 'GET', sets, undefined, 1)).at('quota_set.floating_ips'),
    ).toBeTypeOf('number')
    const change = { quota_set: { cores: 7 } }
    expect((await ask(door.admin, 'PUT', sets, change)).at('quota_set.cores')).toBe(7)
    expect((await ask(door.demo, 'PUT', sets, change)).status).toBe(403)
    const old = { quota_set: { floating_ips: 7 } }
    expect((await ask(door.admin, 'PUT', sets, old)).status).toBe(400)
    expect((await ask(door.demo, 'GET', `${sets}/detail`)).at('quota_set.cores')).toEqual({
      limit: 7,
      in_use: 0,
      reserved: 0,
    })
    expect((await ask(door.demo, 'GET', '/limits')).at('limits.absolute.maxTotalCores')).toBe(7)
    expect((await ask(door.admin, 'DELETE', sets)).status).toBe(202)
    const defaults = await ask(door.demo, 'GET', `${sets}/defaults`)
    expect((await ask(door.demo, 'GET', sets)).json).toEqual(defaults.json)
    const other = `/os-quota-sets/${door.admin.projectId}`
    expect((await ask(door.demo, 'GET', other)).status).toBe(403)
    const absent = '/os-quota-sets/00000000-0000-4000-8000-000000000000'
    expect((await ask(door.admin, 'GET', absent)).status).toBe(400)
    const classes = await ask(door.admin, 'GET', '/os-quota-class-sets/default')
    expect(classes.at('quota_class_set.id')).toBe('default')
    expect((await ask(door.demo, 'GET', `/limits?tenant_id=${door.admin.projectId}`)).status).toBe(
      403,
    )
  })
})

describe('server groups', () => {
  it('C8: in the forms of both ages', async () => {
    const path = '/os-server-groups'
    const group = { name: 'apart', policy: 'anti-affinity', rules: { max_server_per_host: 2 } }
    const made = await ask(door.demo, 'POST', path, { server_group: group })
    expect(made.at('server_group')).toMatchObject({ ...group, members: [] })
    const id = made.string('server_group.id')
    const old = await ask(door.demo, 'GET', `${path}/${id}`, undefined, 1)
    expect(old.at('server_group')).toEqual({
      id,
      name: 'apart',
      policies: ['anti-affinity'],
      members: [],
      metadata: {},
    })
    const soft = { server_group: { name: 'soft', policies: ['soft-affinity'] } }
    expect((await ask(door.demo, 'POST', path, soft, 14)).status).toBe(400)
    expect((await ask(door.demo, 'POST', path, soft, 15)).status).toBe(200)
    expect((await ask(door.demo, 'GET', path)).list('server_groups')).toHaveLength(2)
    expect(
      (await ask(door.demo, 'GET', `${path}?limit=1&offset=1`)).list('server_groups'),
    ).toHaveLength(1)
    const stranger = await door.stranger()
    expect((await ask(stranger, 'GET', `${path}/${id}`)).status).toBe(404)
    expect((await ask(door.demo, 'DELETE', `${path}/${id}`)).status).toBe(204)
    expect((await ask(door.demo, 'DELETE', `${path}/${id}`)).status).toBe(404)
  })
})
