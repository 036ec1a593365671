import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Balancers, base, openBalancers } from './balancers.ts'

let door: Balancers['door']
let demo: Balancers['demo']
let made: Balancers['made']
let balancer: Balancers['balancer']

beforeAll(async () => {
  ;({ door, demo, made, balancer } = await openBalancers())
})
afterAll(() => door[Symbol.asyncDispose]())

async function pool(name: string): Promise<{ readonly id: string; readonly at: string }> {
  const body = {
    loadbalancer_id: await balancer(name),
    name,
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
  }
  const id = await made('pools', { pool: body }, 'pool')
  return { id, at: `${base}/pools/${id}` }
}

describe('what is below load balancers over HTTP', () => {
  it('L3: listeners', async () => {
    const loadbalancer_id = await balancer('listeners')
    const answer = await demo.post(`${base}/listeners`, {
      listener: {
        loadbalancer_id,
        name: 'in',
        protocol: 'HTTP',
        protocol_port: 81,
        connection_limit: 200,
        insert_headers: { 'X-Forwarded-For': 'true', 'X-Forwarded-Port': 'false' },
        timeout_client_data: 1_000,
        allowed_cidrs: ['10.0.0.0/8'],
        tags: ['x'],
      },
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.at('listener')).toMatchObject({
      name: 'in',
      protocol: 'HTTP',
      protocol_port: 81,
      connection_limit: 200,
      insert_headers: { 'X-Forwarded-For': 'true' },
      timeout_client_data: 1_000,
      timeout_member_data: 50_000,
      allowed_cidrs: ['10.0.0.0/8'],
      client_authentication: 'NONE',
      default_pool_id: null,
      default_tls_container_ref: null,
      sni_container_refs: [],
      l7policies: [],
      loadbalancers: [{ id: loadbalancer_id }],
    })
    const at = `${base}/listeners/${answer.string('listener.id')}`
    const changed = await demo.put(at, {
      listener: { timeout_member_data: 2_000, allowed_cidrs: null, connection_limit: null },
    })
    expect(changed.at('listener')).toMatchObject({
      timeout_client_data: 1_000,
      timeout_member_data: 2_000,
      allowed_cidrs: null,
      connection_limit: -1,
    })
    expect((await demo.put(at, { listener: { protocol_port: 82 } })).status).toBe(400)
    const twin = { listener: { loadbalancer_id, protocol: 'HTTP', protocol_port: 81 } }
    expect((await demo.post(`${base}/listeners`, twin)).status).toBe(409)
    expect((await demo.get(`${at}/stats`)).at('stats.bytes_in')).toBe(0)
    expect(
      (await demo.get(`${base}/listeners?protocol_port=81&name=in`)).list('listeners'),
    ).toHaveLength(1)
    const ofOne = await demo.get(`${base}/listeners?loadbalancer_id=${loadbalancer_id}`)
    expect(ofOne.list('listeners')).toHaveLength(1)
    expect((await demo.delete(at)).status).toBe(204)
    expect((await demo.get(at)).status).toBe(404)
  })

  it('L4: pools', async () => {
    const loadbalancer_id = await balancer('pools')
    const listener = { loadbalancer_id, protocol: 'HTTP', protocol_port: 80 }
    const listener_id = await made('listeners', { listener }, 'listener')
    const answer = await demo.post(`${base}/pools`, {
      pool: {
        listener_id,
        name: 'web',
        protocol: 'HTTP',
        lb_algorithm: 'ROUND_ROBIN',
        session_persistence: { type: 'APP_COOKIE', cookie_name: 'sid' },
      },
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.at('pool')).toMatchObject({
      session_persistence: { type: 'APP_COOKIE', cookie_name: 'sid' },
      listeners: [{ id: listener_id }],
      members: [],
      healthmonitor_id: null,
      tls_enabled: false,
    })
    const id = answer.string('pool.id')
    const at = `${base}/pools/${id}`
    const changed = await demo.put(at, {
      pool: { lb_algorithm: 'SOURCE_IP', session_persistence: {}, description: 'd' },
    })
    expect(changed.at('pool')).toMatchObject({
      lb_algorithm: 'SOURCE_IP',
      session_persistence: null,
    })
    const neither = { pool: { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' } }
    expect((await demo.post(`${base}/pools`, neither)).status).toBe(400)
    const query = 'name=web&lb_algorithm=SOURCE_IP'
    expect((await demo.get(`${base}/pools?${query}`)).list('pools')).toHaveLength(1)
    expect((await demo.delete(at)).status).toBe(204)
  })

  it('L5: members of pools', async () => {
    const { id, at } = await pool('members')

    const member = { name: 'm', address: '10.77.0.20', protocol_port: 80, weight: 5 }
    const one = await made(`pools/${id}/members`, { member }, 'member')
    const of = (address: string) => ({ address, protocol_port: 80 })
    const batch = await demo.put(`${at}/members`, { members: [of('10.77.0.20'), of('10.77.0.21')] })
    expect(batch.status).toBe(202)
    const kept = await demo.get(`${at}/members/${one}`)
    expect(kept.at('member')).toMatchObject({ name: 'm', weight: 5, address: '10.77.0.20' })
    const more = await demo.put(`${at}/members?additive_only=True`, { members: [of('10.77.0.2')] })
    expect(more.status).toBe(202)
    const list = (await demo.get(`${at}/members`)).list('members') as { id: string }[]
    const ids = list.map((row) => row.id)
    expect(ids).toHaveLength(3)
    // Oldest first, whatever their addresses.
    expect(list.at(-1)).toMatchObject({ address: '10.77.0.2' })
    const rest = await demo.get(`${at}/members?limit=1&marker=${ids[1]}`)
    expect(rest.list('members')).toMatchObject([{ id: ids[2] }])
    expect((await demo.get(`${at}/members?marker=none`)).status).toBe(400)
    const drained = await demo.put(`${at}/members/${one}`, { member: { weight: 0 } })
    expect(drained.at('member.weight')).toBe(0)
    expect((await demo.get(`${base}/pools/none/members`)).status).toBe(404)
    expect((await demo.delete(`${at}/members/${one}`)).status).toBe(204)
    expect((await demo.get(`${at}/members/${one}`)).status).toBe(404)
  })

  it('L6: monitors of pools', async () => {
    const { id, at } = await pool('monitors')
    const healthmonitor = {
      pool_id: id,
      type: 'HTTP',
      delay: 5,
      timeout: 3,
      max_retries: 2,
      http_method: 'HEAD',
      url_path: '/up',
    }
    const monitor = await made('healthmonitors', { healthmonitor }, 'healthmonitor')
    const where = `${base}/healthmonitors/${monitor}`
    expect((await demo.get(where)).at('healthmonitor')).toMatchObject({
      type: 'HTTP',
      delay: 5,
      max_retries_down: 3,
      http_method: 'HEAD',
      url_path: '/up',
      expected_codes: '200',
      http_version: null,
      pools: [{ id }],
    })
    const next = await demo.put(where, { healthmonitor: { url_path: '/well', http_version: 1.1 } })
    expect(next.at('healthmonitor')).toMatchObject({
      http_method: 'HEAD',
      url_path: '/well',
      http_version: 1.1,
    })
    expect((await demo.get(at)).at('pool.healthmonitor_id')).toBe(monitor)
    expect((await demo.post(`${base}/healthmonitors`, { healthmonitor })).status).toBe(409)
    expect((await demo.get(`${base}/healthmonitors?type=HTTP`)).status).toBe(200)
    expect((await demo.delete(where)).status).toBe(204)
  })

  it('L7: policies and their rules', async () => {
    const loadbalancer_id = await balancer('policies')
    const listener = { loadbalancer_id, protocol: 'HTTP', protocol_port: 80 }
    const listener_id = await made('listeners', { listener }, 'listener')
    const l7policy = {
      listener_id,
      action: 'REDIRECT_TO_URL',
      redirect_url: 'https://a.test/',
      position: 1,
    }
    const id = await made('l7policies', { l7policy }, 'l7policy')
    const at = `${base}/l7policies/${id}`
    expect((await demo.get(at)).at('l7policy')).toMatchObject({
      action: 'REDIRECT_TO_URL',
      redirect_http_code: 302,
      position: 1,
      rules: [],
    })
    const rejecting = await demo.put(at, { l7policy: { action: 'REJECT' } })
    expect(rejecting.at('l7policy')).toMatchObject({ action: 'REJECT', redirect_url: null })
    const before = { l7policy: { listener_id, action: 'REJECT', position: 1 } }
    const first = await made('l7policies', before, 'l7policy')
    expect((await demo.get(at)).at('l7policy.position')).toBe(2)
    expect((await demo.delete(`${base}/l7policies/${first}`)).status).toBe(204)
    const rule = { type: 'HEADER', compare_type: 'EQUAL_TO', key: 'x-a', value: 'b' }
    const ruleId = await made(`l7policies/${id}/rules`, { rule }, 'rule')
    const changed = await demo.put(`${at}/rules/${ruleId}`, { rule: { invert: true } })
    expect(changed.at('rule')).toMatchObject({ ...rule, invert: true })
    expect((await demo.get(`${at}/rules`)).list('rules')).toHaveLength(1)
    expect((await demo.get(`${at}/rules/${ruleId}`)).at('rule.key')).toBe('x-a')
    expect((await demo.get(at)).at('l7policy.rules')).toEqual([{ id: ruleId }])
    expect((await demo.get(`${base}/l7policies?action=REJECT`)).list('l7policies')).toHaveLength(1)
    expect((await demo.delete(`${at}/rules/${ruleId}`)).status).toBe(204)
    expect((await demo.get(`${at}/rules/${ruleId}`)).status).toBe(404)
    expect((await demo.delete(at)).status).toBe(204)
  })

  it('L8: quotas, providers and what there is none of', async () => {
    const own = `${base}/quotas/${demo.projectId}`
    expect((await demo.get(own)).at('quota.load_balancer')).toBeTypeOf('number')
    expect((await demo.get(`${base}/quotas`)).list('quotas')).toHaveLength(1)
    const defaults = await demo.get(`${base}/quotas/defaults`)
    expect((await demo.get(`${own}/default`)).json).toEqual(defaults.json)
    const quota = { quota: { listener: 3 } }
    expect((await demo.put(own, quota)).status).toBe(403)
    expect((await door.admin.put(own, quota)).at('quota.listener')).toBe(3)
    expect((await door.admin.delete(own)).status).toBe(204)
    expect((await demo.get(own)).at('quota')).toEqual(defaults.at('quota'))
    expect((await door.admin.put(own, { quota: { colour: 1 } })).status).toBe(400)
    expect((await demo.get(`${base}/providers`)).at('providers.0.name')).toBe('octavia')
    for (const path of ['flavors', 'availabilityzones']) {
      expect((await demo.get(`${base}/${path}`)).status).toBe(200)
    }
    for (const path of ['flavorprofiles', 'availabilityzoneprofiles']) {
      expect((await demo.get(`${base}/${path}`)).status).toBe(403)
      expect((await door.admin.get(`${base}/${path}`)).status).toBe(200)
    }
    const amphorae = '/load-balancer/v2.0/octavia/amphorae'
    expect((await door.admin.get(amphorae)).json).toEqual({ amphorae: [], amphorae_links: [] })
    for (const name of ['flavor_capabilities', 'availability_zone_capabilities']) {
      expect((await door.admin.get(`${base}/providers/octavia/${name}`)).list(name)).toEqual([])
      expect((await door.admin.get(`${base}/providers/other/${name}`)).status).toBe(400)
    }
    const versions = await door.nobody.get('/load-balancer')
    expect(versions.list('versions').at(-1)).toMatchObject({ id: 'v2.26', status: 'CURRENT' })
  })
})
