import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Balancers, base, openBalancers } from './balancers.ts'

let door: Balancers['door']
let demo: Balancers['demo']
let subnetId: Balancers['subnetId']
let made: Balancers['made']
let balancer: Balancers['balancer']
let until: Balancers['until']

beforeAll(async () => {
  ;({ door, demo, subnetId, made, balancer, until } = await openBalancers())
})
afterAll(() => door[Symbol.asyncDispose]())

describe('load balancers over HTTP', () => {
  it('L1: a load balancer is made, shown, changed and deleted', async () => {
    const answer = await demo.post(`${base}/loadbalancers`, {
      loadbalancer: {
        name: 'lb',
        description: 'front',
        vip_subnet_id: subnetId,
        vip_address: '10.77.0.50',
        provider: 'octavia',
        tags: ['a'],
      },
    })
    expect(answer.status, answer.text).toBe(201)
    const id = answer.string('loadbalancer.id')
    expect(answer.at('loadbalancer')).toMatchObject({
      name: 'lb',
      description: 'front',
      admin_state_up: true,
      provisioning_status: 'PENDING_CREATE',
      operating_status: 'OFFLINE',
      project_id: demo.projectId,
      vip_address: '10.77.0.50',
      vip_subnet_id: subnetId,
      vip_qos_policy_id: null,
      flavor_id: null,
      availability_zone: null,
      provider: 'octavia',
      listeners: [],
      pools: [],
      tags: ['a'],
      additional_vips: [],
    })
    expect(answer.string('loadbalancer.created_at')).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}$/)
    const at = `${base}/loadbalancers/${id}`
    await until(at, 'loadbalancer.provisioning_status', 'ACTIVE')
    const changed = await demo.put(at, { loadbalancer: { name: 'other', admin_state_up: false } })
    expect(changed.status).toBe(200)
    expect(changed.at('loadbalancer.name')).toBe('other')
    expect((await demo.get(`${at}?fields=id&fields=name`)).json).toEqual({
      loadbalancer: { id, name: 'other' },
    })
    expect((await demo.get(`${at}/stats`)).at('stats.total_connections')).toBe(0)
    expect((await demo.put(`${at}/failover`)).status).toBe(403)
    expect((await door.admin.put(`${at}/failover`)).status).toBe(202)
    const listener = { loadbalancer_id: id, protocol: 'HTTP', protocol_port: 80 }
    await made('listeners', { listener }, 'listener')
    expect((await demo.delete(at)).status).toBe(400)
    expect((await demo.delete(`${at}?cascade=true`)).status).toBe(204)
    await until(at, 'x', 404)
    expect((await demo.delete(at)).status).toBe(404)
  })

  it('L1: the whole tree in one request, and how it stands', async () => {
    const id = await balancer('tree', {
      pools: [
        {
          name: 'web',
          protocol: 'HTTP',
          lb_algorithm: 'ROUND_ROBIN',
          members: [{ address: '10.77.0.9', protocol_port: 80 }],
          healthmonitor: { type: 'HTTP', delay: 5, timeout: 2, max_retries: 2 },
        },
      ],
      listeners: [
        {
          name: 'in',
          protocol: 'HTTP',
          protocol_port: 80,
          default_pool: { name: 'web' },
          l7policies: [
            {
              action: 'REDIRECT_TO_URL',
              redirect_url: 'https://example.test/',
              rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/old' }],
            },
          ],
        },
      ],
    })
    const status = await demo.get(`${base}/loadbalancers/${id}/status`)
    const spelled = await demo.get(`${base}/loadbalancers/${id}/statuses`)
    expect(spelled.json).toEqual(status.json)
    expect(status.at('statuses.loadbalancer')).toMatchObject({
      id,
      name: 'tree',
      provisioning_status: 'ACTIVE',
      listeners: [
        {
          name: 'in',
          pools: [
            { name: 'web', members: [{ protocol_port: 80 }], healthmonitor: { type: 'HTTP' } },
          ],
          l7policies: [{ action: 'REDIRECT_TO_URL', rules: [{}] }],
        },
      ],
    })
    const shown = await demo.get(`${base}/loadbalancers/${id}`)
    expect(shown.list('loadbalancer.listeners')).toHaveLength(1)
    expect(shown.list('loadbalancer.pools')).toHaveLength(1)
    const listener = shown.string('loadbalancer.listeners.0.id')
    const pool = shown.string('loadbalancer.pools.0.id')
    expect((await demo.get(`${base}/listeners/${listener}`)).at('listener')).toMatchObject({
      default_pool_id: pool,
      loadbalancers: [{ id }],
    })
    expect((await demo.get(`${base}/pools/${pool}`)).at('pool')).toMatchObject({
      listeners: [{ id: listener }],
      loadbalancers: [{ id }],
    })
  })

  it('L1: lists are filtered, ordered and paged', async () => {
    await balancer('list-b', { description: 'of lists', tags: ['t1', 't2'] })
    await balancer('list-a', { description: 'of lists', tags: ['t1'] })
    const names = async (query: string): Promise<unknown[]> =>
      (await demo.get(`${base}/loadbalancers?${query}`))
        .list('loadbalancers')
        .map((row) => (row as { name: string }).name)
    const own = 'description=of lists'
    expect(await names(`${own}&sort=name:asc`)).toEqual(['list-a', 'list-b'])
    expect(await names(`${own}&sort=name:desc&limit=1`)).toEqual(['list-b'])
    expect(await names('tags=t1,t2')).toEqual(['list-b'])
    expect(await names(`tags-any=t1&not-tags=t2&${own}`)).toEqual(['list-a'])
    expect(await names('name=list-a')).toEqual(['list-a'])
    const page = await demo.get(`${base}/loadbalancers?limit=1&fields=id&fields=name`)
    expect(page.list('loadbalancers')).toHaveLength(1)
    const next = page.string('loadbalancers_links.0.href')
    const second = await demo.get(next.slice(next.indexOf('/load-balancer')))
    expect(second.at('loadbalancers.0.id')).not.toBe(page.at('loadbalancers.0.id'))
    expect((await demo.get(`${base}/loadbalancers?colour=red`)).status).toBe(400)
    expect((await demo.get(`${base}/loadbalancers?sort=name:up`)).status).toBe(400)
    expect(
      (await door.admin.get(`${base}/loadbalancers?name=list-a`)).list('loadbalancers'),
    ).toHaveLength(1)
  })

  it('X4: errors are in Octavia’s form; what is not offered is refused', async () => {
    const absent = await demo.get(`${base}/loadbalancers/none`)
    expect(absent.status).toBe(404)
    expect(absent.json).toMatchObject({ faultcode: 'Client', debuginfo: null })
    expect(absent.string('faultstring')).not.toBe('')
    const refused = async (more: Readonly<Record<string, unknown>>): Promise<number> => {
      const loadbalancer = { vip_subnet_id: subnetId, ...more }
      return (await demo.post(`${base}/loadbalancers`, { loadbalancer })).status
    }
    expect(await refused({ vip_subnet_id: undefined })).toBe(400)
    expect(await refused({ vip_subnet_id: 'none' })).toBe(400)
    expect(await refused({ provider: 'other' })).toBe(400)
    expect(await refused({ flavor_id: 'f' })).toBe(400)
    expect(await refused({ availability_zone: 'z' })).toBe(400)
    expect(await refused({ vip_qos_policy_id: 'q' })).toBe(501)
    expect(await refused({ vip_port_id: 'p' })).toBe(501)
    expect(await refused({ colour: 'red' })).toBe(400)
    expect(await refused({ project_id: 'another' })).toBe(403)
    expect(await refused({ name: 7 })).toBe(400)
    expect((await door.nobody.get(`${base}/loadbalancers`)).status).toBe(401)
  })

  it('L1: foreign load balancers are not there; administrators see them', async () => {
    const id = await balancer('mine')
    const stranger = await door.stranger()
    const at = `${base}/loadbalancers/${id}`
    expect((await stranger.get(at)).status).toBe(404)
    expect((await stranger.delete(at)).status).toBe(404)
    expect((await stranger.get(`${base}/loadbalancers`)).json).toMatchObject({ loadbalancers: [] })
    expect((await door.admin.get(at)).at('loadbalancer.name')).toBe('mine')
    const reader = await door.stranger('reader')
    const loadbalancer = { vip_subnet_id: subnetId }
    expect((await reader.post(`${base}/loadbalancers`, { loadbalancer })).status).toBe(403)
  })
})
