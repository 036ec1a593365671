import {
  balancerPoolCreate,
  type ChildView,
  l7PolicyCreate,
  type L7Policy,
  listenerCreate,
  type Listener,
  loadBalancerCreate,
  type LoadBalancerView,
  type Pool,
} from '@nephos/core'
import type { Tenant } from '../workload.ts'
import { aim, nameOf, remember } from './aim.ts'
import { create } from './create.ts'
import { createNetwork } from './network-nets.ts'

/** Few ports, so that two listeners want the same one now and then. */
const listenerPorts = [80, 81, 443, 8_080, 9_000, 9_001, 9_002, 9_003]

/** Members with few addresses, so that the same ones are asked for again. */
export function membersFor(
  { chance }: Tenant,
  most: number,
): readonly Readonly<Record<string, unknown>>[] {
  const hosts = new Set<number>()
  for (let left = chance.whole(1, most); left > 0; left--) hosts.add(chance.whole(1, 60))
  return [...hosts].map((host) => ({
    address: `10.250.0.${host}`,
    protocolPort: 80,
    weight: chance.pick([0, 1, 1, 5]),
    ...(chance.happens(0.1) ? { backup: true } : {}),
  }))
}

/** A load balancer, bare or with a tree. */
export async function createBalancer(tenant: Tenant): Promise<LoadBalancerView | undefined> {
  const { chance, common } = tenant
  const shared = common.pick('shared network', chance)
  const networkId =
    shared !== undefined && chance.happens(0.2)
      ? shared
      : await aim(tenant, 'network', createNetwork)
  const pool = {
    name: 'web',
    protocol: 'HTTP',
    algorithm: chance.pick(['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP']),
    members: membersFor(tenant, 6),
    healthMonitor: { type: 'HTTP', delayS: 5, timeoutS: 5, maxRetries: 2 },
  }
  const listener = {
    protocol: 'HTTP',
    protocolPort: 80,
    defaultPool: 'web',
    l7Policies: [
      { action: 'REJECT', rules: [{ type: 'PATH', compareType: 'EQUAL_TO', value: '/secret' }] },
    ],
  }
  return create(tenant, 'load balancer', loadBalancerCreate, {
    name: nameOf(tenant, 'lb', 20),
    vip: { networkId },
    ...(chance.happens(0.6) ? { pools: [pool], listeners: [listener] } : {}),
  })
}

export async function createListener(tenant: Tenant): Promise<ChildView<Listener> | undefined> {
  const { chance } = tenant
  const listener = await create(tenant, 'listener', listenerCreate, {
    balancerId: await aim(tenant, 'load balancer', createBalancer),
    name: nameOf(tenant, 'listener', 30),
    protocol: 'HTTP',
    protocolPort: chance.pick(listenerPorts),
    ...(chance.happens(0.2) ? { allowedCidrs: ['10.0.0.0/8'] } : {}),
  })
  if (listener) tenant.known.add(`listeners of ${listener.balancerId}`, listener.id)
  return listener
}

export async function createPool(tenant: Tenant): Promise<ChildView<Pool> | undefined> {
  const { chance, known } = tenant
  const balancerId = await aim(tenant, 'load balancer', createBalancer)
  const listenerId = known.pick(`listeners of ${balancerId}`, chance)
  const pool = await create(tenant, 'pool', balancerPoolCreate, {
    balancerId,
    name: nameOf(tenant, 'pool', 30),
    protocol: 'HTTP',
    algorithm: 'ROUND_ROBIN',
    ...(listenerId !== undefined && chance.happens(0.3) ? { listenerId } : {}),
  })
  if (pool) tenant.known.add(`pools of ${pool.balancerId}`, pool.id)
  return pool
}

export async function createPolicy(tenant: Tenant): Promise<ChildView<L7Policy> | undefined> {
  const { chance } = tenant
  const listenerId = await aim(tenant, 'listener', createListener)
  const redirectUrl = 'https://example.test/'
  const policy = await create(tenant, 'l7 policy', l7PolicyCreate, {
    listenerId,
    name: nameOf(tenant, 'policy', 30),
    ...(chance.happens(0.5) ? { action: 'REJECT' } : { action: 'REDIRECT_TO_URL', redirectUrl }),
  })
  if (policy) remember(tenant, 'l7 policy', policy.id)
  return policy
}
