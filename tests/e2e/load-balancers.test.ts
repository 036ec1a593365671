import { quotaNames } from '@nephos/core'
import type { ProjectApi } from '@nephos/sdk'
import { describe, expect, it } from 'vitest'
import { collect, openWorld, withDisk, type World, type WorldOptions } from '../support/world.ts'

interface Site extends World {
  readonly acme: ProjectApi
  readonly subnetId: string
}

async function site(options: WorldOptions = {}): Promise<Site> {
  const world = await openWorld(options)
  const acme = await world.cloud.project('acme')
  const network = await acme.networks.create({ name: 'net' })
  const subnet = await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/16' })
  return { ...world, acme, subnetId: subnet.id }
}

/** Ends with nothing under way and nothing wrong. */
async function end({ cloud }: Site): Promise<void> {
  expect(await cloud.settle({ timeoutMs: 10_000 })).toBe(0)
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
}

const addresses = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => `10.9.${(from + i) >> 8}.${(from + i) & 255}`)

const members = (count: number, from = 1) =>
  addresses(count, from).map((address) => ({ address, protocolPort: 80 }))

async function webTier(own: Site, count = 4, timeoutMs = 10_000) {
  const made = await own.acme.loadBalancers.create({
    name: 'web',
    vip: { subnetId: own.subnetId },
    pools: [
      {
        name: 'web',
        protocol: 'HTTP',
        algorithm: 'ROUND_ROBIN',
        members: members(count),
        healthMonitor: { type: 'HTTP', delayS: 5, timeoutS: 2, maxRetries: 2 },
      },
    ],
    listeners: [{ protocol: 'HTTP', protocolPort: 80, defaultPool: 'web' }],
  })
  await own.cloud.settle({ timeoutMs })
  const [pool] = await collect(own.acme.pools.list({ balancerId: made.id }))
  const [listener] = await collect(own.acme.listeners.list({ balancerId: made.id }))
  return { id: made.id, poolId: pool?.id as string, listenerId: listener?.id as string }
}

describe('load balancers', () => {
  it('L1: a whole tree is made in one call, and is shown as one', async () => {
    const own = await site()
    const { acme, balancers, cloud } = own
    const made = await acme.loadBalancers.create({
      name: 'web',
      vip: { subnetId: own.subnetId, address: '10.0.0.80' },
      topology: 'ACTIVE_STANDBY',
      pools: [
        {
          name: 'web',
          protocol: 'HTTP',
          algorithm: 'ROUND_ROBIN',
          members: members(3),
          healthMonitor: { type: 'HTTP', delayS: 5, timeoutS: 2, maxRetries: 2 },
        },
        { name: 'api', protocol: 'HTTP', algorithm: 'LEAST_CONNECTIONS', members: members(2, 50) },
      ],
      listeners: [
        {
          name: 'http',
          protocol: 'HTTP',
          protocolPort: 80,
          defaultPool: 'web',
          insertHeaders: ['X-Forwarded-For'],
          l7Policies: [
            {
              action: 'REDIRECT_TO_POOL',
              redirectPool: 'api',
              rules: [{ type: 'PATH', compareType: 'STARTS_WITH', value: '/api' }],
            },
          ],
        },
      ],
    })
    expect(made).toMatchObject({
      provisioningStatus: 'PENDING_CREATE',
      operatingStatus: 'OFFLINE',
      vip: { address: '10.0.0.80' },
    })
    await cloud.settle({ timeoutMs: 10_000 })
    const shown = await acme.loadBalancers.get({ id: made.id })
    expect(shown).toMatchObject({ provisioningStatus: 'ACTIVE', operatingStatus: 'ONLINE' })
    const port = await acme.ports.get({ id: made.vip.portId })
    expect(port).toMatchObject({ status: 'ACTIVE', deviceOwner: 'Octavia' })
    const tree = await acme.loadBalancers.status({ id: made.id })
    expect(tree.pools.map((pool) => pool.members.length).reduce((a, b) => a + b)).toBe(5)
    const web = tree.pools.find(({ name }) => name === 'web')
    expect(web?.members.map((one) => one.operatingStatus)).toEqual(['ONLINE', 'ONLINE', 'ONLINE'])
    const api = tree.pools.find(({ name }) => name === 'api')
    expect(api?.members[0]).toMatchObject({ operatingStatus: 'NO_MONITOR' })
    expect(tree.listeners[0]?.l7Policies[0]).toMatchObject({
      redirectPoolId: api?.id,
      provisioningStatus: 'ACTIVE',
      rules: [{ provisioningStatus: 'ACTIVE' }],
    })
    expect(balancers.serve(made.id, { port: 80, path: '/api/x' })).toMatchObject({
      type: 'forwarded',
      poolId: api?.id,
    })
    await end(own)
  })

  it('L1: it carries traffic, tells how much, and goes with all that is below it', async () => {
    const own = await site()
    const { acme, balancers, cloud } = own
    const { id } = await webTier(own, 3)
    const taken = Array.from({ length: 6 }, () => balancers.serve(id, { port: 80, path: '/' }))
    const hits = taken.map((one) => (one.type === 'forwarded' ? one.members[0]?.address : one.type))
    expect(new Set(hits)).toEqual(new Set(addresses(3)))
    await cloud.reconcile()
    expect(await acme.loadBalancers.stats({ id })).toMatchObject({ totalConnections: 6 })

    await expect(acme.loadBalancers.delete({ id })).rejects.toMatchObject({
      code: 'conflict',
      field: 'cascade',
      detail: { listeners: 1, pools: 1 },
    })
    await acme.loadBalancers.delete({ id, cascade: true })
    expect(await collect(acme.members.list())).toEqual([])
    await cloud.settle({ timeoutMs: 10_000 })
    expect(balancers.balancers).toBe(0)
    expect(await collect(acme.loadBalancers.list())).toEqual([])
    expect(await collect(acme.ports.list())).toEqual([])
    const { quotas } = await acme.quota({})
    for (const name of quotaNames.filter((one) => one !== 'networks' && one !== 'subnets')) {
      expect(quotas[name].used, name).toBe(0)
    }
    await end(own)
  })

  it('L9: concurrent edits do not get 409: all are accepted and applied', async () => {
    const own = await site()
    const { acme, balancers, cloud } = own
    const { id, poolId, listenerId } = await webTier(own)
    const edits = [
      ...members(60, 1_000).map((one) => acme.members.create({ poolId, members: [one] })),
      ...Array.from({ length: 10 }, (_, i) =>
        acme.listeners.create({ balancerId: id, protocol: 'TCP', protocolPort: 9_000 + i }),
      ),
      ...Array.from({ length: 10 }, (_, i) =>
        acme.pools.create({
          balancerId: id,
          name: `p${i}`,
          protocol: 'TCP',
          algorithm: 'SOURCE_IP',
        }),
      ),
      acme.listeners.update({ id: listenerId, connectionLimit: 100 }),
      acme.loadBalancers.update({ id, name: 'renamed' }),
    ]
    const ends = await Promise.allSettled(edits)
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([])
    await cloud.settle({ timeoutMs: 10_000 })
    expect(await acme.loadBalancers.get({ id })).toMatchObject({
      name: 'renamed',
      provisioningStatus: 'ACTIVE',
    })
    const config = balancers.balancer(id)?.config
    expect(config?.pools.find((pool) => pool.id === poolId)?.members).toHaveLength(64)
    expect(config?.listeners).toHaveLength(11)
    expect(config?.listeners.find((one) => one.id === listenerId)?.connectionLimit).toBe(100)
    // Each change is a generation: the creation, and those made at once.
    expect(config?.generation).toBe(1 + edits.length)
    await end(own)
  })

  it('L9: none is stuck pending: it ends in ERROR, and a change brings it out', async () => {
    const own = await site({ settings: { buildDeadlineMs: 300, reconcileMs: 3_600_000 } })
    const { acme, balancers, cloud } = own
    balancers.setReachable(false)
    const { id, poolId } = await webTier(own)
    expect(await acme.loadBalancers.get({ id })).toMatchObject({ provisioningStatus: 'ERROR' })
    expect(await acme.pools.get({ id: poolId })).toMatchObject({ provisioningStatus: 'ERROR' })
    expect(await cloud.audit()).toEqual([])
    balancers.setReachable(true)
    await acme.members.create({ poolId, members: members(1, 500) })
    await cloud.settle({ timeoutMs: 10_000 })
    expect(await acme.loadBalancers.get({ id })).toMatchObject({ provisioningStatus: 'ACTIVE' })
    expect(balancers.balancer(id)?.config.pools[0]?.members).toHaveLength(5)
    await end(own)
  })

  it('L9: what was given up, or lost, is mended when the driver answers again', async () => {
    const own = await site({ settings: { buildDeadlineMs: 300, reconcileMs: 3_600_000 } })
    const { acme, balancers, cloud } = own
    balancers.setReachable(false)
    const { id } = await webTier(own)
    balancers.setReachable(true)
    await cloud.reconcile()
    expect(await acme.loadBalancers.get({ id })).toMatchObject({ provisioningStatus: 'ACTIVE' })
    balancers.lose(id)
    await cloud.reconcile()
    expect(balancers.balancer(id)?.config.listeners).toHaveLength(1)
    await end(own)
  })

  it('L9: PENDING_UPDATE can be deleted, and ERROR; a deletion that failed, again', async () => {
    const own = await site({ settings: { buildDeadlineMs: 400, reconcileMs: 3_600_000 } })
    const { acme, balancers, cloud } = own
    const { id, poolId } = await webTier(own)
    balancers.setReachable(false)
    await acme.members.create({ poolId, members: members(1, 500) })
    const pending = await acme.loadBalancers.get({ id })
    expect(pending.provisioningStatus).toBe('PENDING_UPDATE')
    await acme.loadBalancers.delete({ id, cascade: true })
    const going = await acme.loadBalancers.get({ id })
    expect(going.provisioningStatus).toBe('PENDING_DELETE')
    await expect(acme.loadBalancers.update({ id, name: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const listener = { balancerId: id, protocol: 'TCP', protocolPort: 1 } as const
    await expect(acme.listeners.create(listener)).rejects.toMatchObject({ code: 'conflict' })
    await cloud.settle({ timeoutMs: 10_000 })
    // Its address is nobody else's while something may answer to it.
    expect(await acme.loadBalancers.get({ id })).toMatchObject({ provisioningStatus: 'ERROR' })
    expect(await acme.ports.get({ id: pending.vip.portId })).toMatchObject({ deviceId: `lb-${id}` })
    expect(await cloud.audit()).toEqual([])
    balancers.setReachable(true)
    await Promise.all([
      acme.loadBalancers.delete({ id }),
      acme.loadBalancers.delete({ id, cascade: true }),
    ])
    await cloud.settle({ timeoutMs: 10_000 })
    await expect(acme.loadBalancers.get({ id })).rejects.toMatchObject({ code: 'notFound' })
    expect(balancers.balancers).toBe(0)
    await end(own)
  })

  it('L9: a retry does not make duplicate pools: one key, one pool', async () => {
    const own = await site()
    const { acme } = own
    const { id } = await webTier(own)
    const input = {
      balancerId: id,
      name: 'again',
      protocol: 'TCP',
      algorithm: 'SOURCE_IP',
    } as const
    const once = { idempotencyKey: 'pool-1' }
    const [one, two] = await Promise.all([
      acme.pools.create(input, once),
      acme.pools.create(input, once),
    ])
    const three = await acme.pools.create(input, once)
    expect([two.id, three.id]).toEqual([one.id, one.id])
    const found = await collect(acme.pools.list({ name: 'again' }))
    expect(found).toHaveLength(1)
    await end(own)
  })

  it('L5: 500 members are replaced by one transaction of as many statements as 5', async () => {
    const own = await site({ work: false })
    const { acme, store } = own
    const { poolId } = await webTier(own, 1, 0)
    const cost = async (count: number, from: number) => {
      const before = store.stats
      const { statements, transactions } = before
      const wanted = [...members(count, from), ...members(1, 7_000)]
      const answer = await acme.members.replace({ poolId, members: wanted })
      expect(answer).toHaveLength(count + 1)
      const after = store.stats
      return {
        statements: after.statements - statements,
        transactions: after.transactions - transactions,
      }
    }
    await cost(5, 100)
    const few = await cost(5, 200)
    await cost(500, 300)
    // 500 come, 500 go, one stays.
    const many = await cost(500, 2_000)
    expect(many).toEqual(few)
    expect(many.transactions).toBe(1)
    expect(await own.cloud.audit()).toEqual([])
    await own.cloud.close()
  })

  it('L2: members that do not answer make their pool DEGRADED, all of them ERROR', async () => {
    const own = await site()
    const { acme, balancers, cloud } = own
    const { id, poolId, listenerId } = await webTier(own, 2)
    const [down, other] = addresses(2) as [string, string]
    balancers.setAnswering(down, 80, false)
    await cloud.reconcile()
    const pool = async () => (await acme.pools.get({ id: poolId })).operatingStatus
    expect(await pool()).toBe('DEGRADED')
    const [member] = await collect(acme.members.list({ poolId, address: down }))
    expect(member).toMatchObject({ operatingStatus: 'ERROR', provisioningStatus: 'ACTIVE' })
    expect((await acme.listeners.get({ id: listenerId })).operatingStatus).toBe('DEGRADED')
    expect((await acme.loadBalancers.get({ id })).operatingStatus).toBe('DEGRADED')
    expect(balancers.serve(id, { port: 80 })).toMatchObject({ members: [{ address: other }] })
    balancers.setAnswering(other, 80, false)
    await cloud.reconcile()
    expect(await pool()).toBe('ERROR')
    expect(balancers.serve(id, { port: 80 })).toMatchObject({ type: 'unavailable', status: 503 })
    expect(await acme.listeners.stats({ id: listenerId })).toMatchObject({ requestErrors: 0 })
    await cloud.reconcile()
    expect(await acme.listeners.stats({ id: listenerId })).toMatchObject({
      totalConnections: 2,
      requestErrors: 1,
    })
    balancers.setAnswering(down, 80, true)
    balancers.setAnswering(other, 80, true)
    await cloud.reconcile()
    expect(await pool()).toBe('ONLINE')
    await acme.members.update({ id: member?.id as string, weight: 0 })
    await cloud.settle({ timeoutMs: 10_000 })
    expect(await acme.members.get({ id: member?.id as string })).toMatchObject({
      operatingStatus: 'DRAINING',
    })
    await end(own)
  })

  it('L1: a failover replaces what carries a load balancer, and its statistics go on', async () => {
    const own = await site()
    const { acme, balancers, cloud } = own
    const { id } = await webTier(own)
    const before = balancers.balancer(id)?.incarnation
    balancers.serve(id, { port: 80 })
    await cloud.reconcile()
    await cloud.system.loadBalancers.failover({ id })
    await cloud.settle({ timeoutMs: 10_000 })
    expect(balancers.balancer(id)?.incarnation).not.toBe(before)
    balancers.serve(id, { port: 80 })
    await cloud.reconcile()
    expect(await acme.loadBalancers.stats({ id })).toMatchObject({ totalConnections: 2 })
    await end(own)
  })

  it('L8: it has further addresses, and keeps its port, its network and its project', async () => {
    const own = await site()
    const { acme, cloud } = own
    const more = await acme.subnets.create({
      networkId: (await acme.subnets.get({ id: own.subnetId })).networkId,
      cidr: '10.1.0.0/24',
    })
    const made = await acme.loadBalancers.create({
      name: 'wide',
      vip: { subnetId: own.subnetId, additional: [{ subnetId: more.id }] },
    })
    expect(made.vip.addresses).toHaveLength(2)
    const { portId, networkId } = made.vip
    await expect(acme.ports.delete({ ids: [portId] })).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      acme.ports.update({ id: portId, fixedIps: [{ subnetId: more.id }] }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    await expect(acme.networks.delete({ id: networkId })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(cloud.system.projects.delete({ id: acme.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await end(own)
  })

  it('L9: a change outlives its process, and is applied by the next', () =>
    withDisk(async (disk) => {
      const own = await site({ ...(await disk()), work: false })
      const { id } = await webTier(own, 4, 0)
      await own.cloud.close()
      const next = await openWorld({ ...(await disk()), seed: 2 })
      expect(await next.cloud.settle({ timeoutMs: 10_000 })).toBe(0)
      expect(next.balancers.balancer(id)?.config.pools[0]?.members).toHaveLength(4)
      expect(await next.cloud.audit()).toEqual([])
      await next.cloud.close()
    }))
})
