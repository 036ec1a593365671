import { expect, it } from 'vitest'
import { openWorld } from '../support/world.ts'

it('L3, L4, L6: the driver is given all that was asked for, but what is off', async () => {
  const { balancers, cloud } = await openWorld()
  const acme = await cloud.project('acme')
  const { id: networkId } = await acme.networks.create({ name: 'net' })
  await acme.subnets.create({ networkId, cidr: '10.0.0.0/24' })
  const { id: balancerId } = await acme.loadBalancers.create({ vip: { networkId } })
  const request = { urlPath: '/up', expectedCodes: '200-204', version: '1.1' } as const
  const looks = { type: 'HTTPS', delayS: 9, timeoutS: 4, maxRetries: 2, request } as const
  const persistence = { type: 'APP_COOKIE', cookieName: 'sid' } as const
  const pool = await acme.pools.create({
    balancerId,
    protocol: 'HTTP',
    algorithm: 'LEAST_CONNECTIONS',
    persistence,
    tls: { enabled: true, caContainerRef: 'ca', versions: ['TLSv1.3'] },
  })
  const monitor = await acme.healthMonitors.create({ ...looks, poolId: pool.id })
  const tls = {
    ...{ defaultContainerRef: 'cert', clientCaContainerRef: 'ca' },
    clientAuthentication: 'OPTIONAL',
  } as const
  const listener = await acme.listeners.create({
    balancerId,
    protocol: 'TERMINATED_HTTPS',
    protocolPort: 443,
    tls: { ...tls, sniContainerRefs: ['a', 'b'], alpnProtocols: ['h2'] },
    defaultPoolId: pool.id,
    allowedCidrs: ['10.0.0.0/8'],
    connectionLimit: 7,
    insertHeaders: ['X-Forwarded-Proto'],
    timeouts: { clientDataMs: 1_000 },
  })
  const off = { balancerId, protocol: 'SCTP', protocolPort: 1, adminStateUp: false } as const
  await acme.listeners.create(off)
  await cloud.settle({ timeoutMs: 10_000 })
  const config = balancers.balancer(balancerId)?.config
  expect(config?.listeners).toMatchObject([
    {
      ...{ id: listener.id, protocol: 'TERMINATED_HTTPS', protocolPort: 443, tls },
      ...{ connectionLimit: 7, insertHeaders: ['X-Forwarded-Proto'] },
      timeouts: { clientDataMs: 1_000, memberConnectMs: 5_000 },
    },
  ])
  expect(config?.pools).toMatchObject([
    { persistence, tls: { enabled: true }, monitor: { id: monitor.id, ...looks } },
  ])
  await acme.healthMonitors.update({ id: monitor.id, adminStateUp: false })
  await cloud.settle({ timeoutMs: 10_000 })
  expect(balancers.balancer(balancerId)?.config.pools[0]?.monitor).toBeNull()
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
