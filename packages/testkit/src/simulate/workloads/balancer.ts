import {
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolUpdate,
  healthMonitorCreate,
  healthMonitorGet,
  l7PolicyCreate,
  l7PolicyGet,
  l7RuleCreate,
  l7RuleGet,
  listenerCreate,
  listenerDelete,
  listenerGet,
  listenerUpdate,
  loadBalancerDelete,
  loadBalancerFailover,
  loadBalancerGet,
  loadBalancerList,
  loadBalancerStats,
  loadBalancerStatusTree,
  loadBalancerUpdate,
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
} from '@nephos/core'
import type { Action, Workload } from '../workload.ts'
import { aim, forget, nameOf } from './aim.ts'
import { listenerActions } from './balancer-listeners.ts'
import { createBalancer } from './balancer-parts.ts'
import { poolActions } from './balancer-pools.ts'
import { findLost } from './create.ts'
import { walk } from './pages.ts'
import { probe, probing } from './probe.ts'

const makeBalancer: Action = {
  name: 'create a load balancer',
  weight: 3,
  run: async (tenant) => {
    await createBalancer(tenant)
  },
}

const updateBalancer: Action = {
  name: 'update a load balancer',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'load balancer', createBalancer)
    const patch = chance.happens(0.3)
      ? { adminStateUp: chance.happens(0.5) }
      : { name: nameOf(tenant, 'lb', 20) }
    await tenant.call(loadBalancerUpdate, { id, ...patch })
  },
}

const failOver: Action = {
  name: 'fail a load balancer over',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'load balancer', createBalancer)
    const as = tenant.chance.happens(0.5) ? tenant.operator : tenant.member
    await tenant.call(loadBalancerFailover, { id }, { as })
  },
}

const readBalancers: Action = {
  name: 'read load balancers',
  weight: 3,
  run: async (tenant) => {
    const id = await aim(tenant, 'load balancer', createBalancer)
    const read = await tenant.call(loadBalancerGet, { id })
    if (read.end === 'ok') tenant.sometimes(`a load balancer: ${read.answer.provisioningStatus}`)
    await tenant.call(loadBalancerStatusTree, { id })
    await tenant.call(loadBalancerStats, { id })
    await walk(tenant, loadBalancerList)
  },
}

const findBalancers: Action = {
  name: 'find load balancers made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'load balancer', loadBalancerList),
}

const deleteBalancer: Action = {
  name: 'delete a load balancer',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'load balancer', createBalancer)
    const http = { balancerId: id, protocol: 'HTTP' }
    // Now and then while something comes to it, or twice at once.
    const [gone] = await Promise.all([
      tenant.call(loadBalancerDelete, { id, cascade: true }),
      chance.happens(0.2) ? tenant.call(loadBalancerDelete, { id, cascade: true }) : undefined,
      chance.happens(0.3)
        ? tenant.call(listenerCreate, { ...http, protocolPort: chance.whole(2_000, 9_999) })
        : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, 'load balancer', id)
  },
}

export const balancerWorkload: Workload = {
  service: 'balancer',
  uses: ['network'],
  actions: [
    makeBalancer,
    updateBalancer,
    failOver,
    readBalancers,
    findBalancers,
    deleteBalancer,
    ...listenerActions,
    ...poolActions,
    probing('load balancers', 2, [
      probe('load balancer', loadBalancerGet),
      probe('load balancer', loadBalancerUpdate, (id) => ({ id, name: 'mine' })),
      probe('load balancer', loadBalancerDelete),
      probe('load balancer', loadBalancerStatusTree),
      probe('load balancer', loadBalancerStats),
      probe('load balancer', listenerCreate, (balancerId) => {
        return { balancerId, protocol: 'TCP', protocolPort: 1 }
      }),
      probe('load balancer', balancerPoolCreate, (balancerId) => {
        return { balancerId, protocol: 'TCP', algorithm: 'ROUND_ROBIN' }
      }),
      probe('load balancer', poolMemberList, (balancerId) => ({ balancerId })),
    ]),
    probing('listeners and pools', 2, [
      probe('listener', listenerGet),
      probe('listener', listenerUpdate, (id) => ({ id, name: 'mine' })),
      probe('listener', listenerDelete),
      probe('listener', l7PolicyCreate, (listenerId) => ({ listenerId, action: 'REJECT' })),
      probe('pool', balancerPoolGet),
      probe('pool', balancerPoolUpdate, (id) => ({ id, name: 'mine' })),
      probe('pool', balancerPoolDelete),
      probe('pool', poolMemberList, (poolId) => ({ poolId })),
      probe('pool', poolMemberReplace, (poolId) => ({ poolId, members: [] })),
      probe('pool', poolMemberCreate, (poolId) => {
        return { poolId, members: [{ address: '10.0.0.1', protocolPort: 1 }] }
      }),
      probe('pool', healthMonitorCreate, (poolId) => {
        return { poolId, type: 'TCP', delayS: 1, timeoutS: 1, maxRetries: 1 }
      }),
      probe('pool member', poolMemberGet),
      probe('pool member', poolMemberDelete, (id) => ({ ids: [id] })),
      probe('health monitor', healthMonitorGet),
      probe('l7 policy', l7PolicyGet),
      probe('l7 policy', l7RuleCreate, (policyId) => {
        return { policyId, type: 'PATH', compareType: 'CONTAINS', value: 'x' }
      }),
      probe('l7 rule', l7RuleGet),
    ]),
  ],
}
