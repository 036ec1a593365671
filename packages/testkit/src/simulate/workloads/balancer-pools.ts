import {
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolList,
  balancerPoolUpdate,
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
  healthMonitorList,
  healthMonitorUpdate,
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
  poolMemberUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { createPool, membersFor } from './balancer-parts.ts'
import { create, findLost, mutate } from './create.ts'
import { walk } from './pages.ts'

async function addMembers(tenant: Tenant): Promise<void> {
  const poolId = await aim(tenant, 'pool', createPool)
  const members = membersFor(tenant, 4)
  const outcome = await mutate(tenant, poolMemberCreate, { poolId, members })
  if (outcome.end !== 'ok') return
  remember(tenant, 'pool member', ...outcome.answer.map(({ id }) => id))
  if (outcome.answer.length !== members.length) {
    tenant.report(8, poolId, `${members.length} members were asked for`)
  }
}

async function watchPool(tenant: Tenant): Promise<void> {
  // A pool of its own: it has at most one monitor.
  const pool = await createPool(tenant)
  if (!pool) return
  await create(tenant, 'health monitor', healthMonitorCreate, {
    poolId: pool.id,
    name: nameOf(tenant, 'monitor', 30),
    type: 'TCP',
    delayS: 10,
    timeoutS: 5,
    maxRetries: 3,
  })
}

const makePool: Action = {
  name: 'create a pool',
  weight: 2,
  run: async (tenant) => {
    await createPool(tenant)
  },
}

const makeMembers: Action = { name: 'add members to a pool', weight: 3, run: addMembers }

const replaceMembers: Action = {
  name: 'replace the members of a pool',
  weight: 2,
  run: async (tenant) => {
    const poolId = await aim(tenant, 'pool', createPool)
    const members = membersFor(tenant, 8)
    const outcome = await mutate(tenant, poolMemberReplace, { poolId, members })
    if (outcome.end !== 'ok') return
    const ids = outcome.answer.map(({ id }) => id)
    remember(tenant, 'pool member', ...ids)
    if (ids.length !== members.length || new Set(ids).size !== ids.length) {
      tenant.report(8, poolId, `${members.length} members were asked for, ${ids.length} named`)
    }
  },
}

/** Nobody waits for another: whoever adds to a pool does not contend with the others. */
const addMembersAtOnce: Action = {
  name: 'add members to a pool at once',
  weight: 2,
  run: async (tenant) => {
    const pool = await createPool(tenant)
    if (!pool) return
    const hosts = [201, 202, 203, 204]
    const outcomes = await Promise.all(
      hosts.map((host) => {
        const members = [{ address: `10.250.0.${host}`, protocolPort: 80 }]
        return tenant.call(poolMemberCreate, { poolId: pool.id, members })
      }),
    )
    for (const outcome of outcomes) {
      if (outcome.end === 'ok')
        remember(tenant, 'pool member', ...outcome.answer.map((one) => one.id))
    }
  },
}

const changePool: Action = {
  name: 'change a pool and its members',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'pool', createPool)
    const memberId = await aim(tenant, 'pool member', addMembers)
    await Promise.all([
      tenant.call(balancerPoolUpdate, { id, name: nameOf(tenant, 'pool', 30) }),
      tenant.call(poolMemberUpdate, { id: memberId, weight: chance.whole(0, 9) }),
    ])
  },
}

const changeMonitor: Action = {
  name: 'watch a pool otherwise',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'health monitor', watchPool)
    await tenant.call(healthMonitorUpdate, { id, maxRetries: tenant.chance.whole(1, 5) })
    await tenant.call(healthMonitorGet, { id })
    await walk(tenant, healthMonitorList)
  },
}

const readPools: Action = {
  name: 'read pools and members',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'pool', createPool)
    await tenant.call(balancerPoolGet, { id })
    await tenant.call(poolMemberGet, { id: await aim(tenant, 'pool member', addMembers) })
    if (chance.happens(0.5)) await walk(tenant, balancerPoolList)
    else await walk(tenant, poolMemberList)
    await tenant.call(poolMemberList, { poolId: id })
  },
}

const findPools: Action = {
  name: 'find pools made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'pool', balancerPoolList),
}

const deleteMembers: Action = {
  name: 'remove members of a pool',
  weight: 1,
  run: async (tenant) => {
    const ids = [await aim(tenant, 'pool member', addMembers)]
    const outcome = await tenant.call(poolMemberDelete, { ids })
    if (outcome.end === 'ok') forget(tenant, 'pool member', ...ids)
  },
}

const deleteMonitor: Action = {
  name: 'stop watching a pool',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'health monitor', watchPool)
    const outcome = await tenant.call(healthMonitorDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'health monitor', id)
  },
}

const deletePool: Action = {
  name: 'delete a pool',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'pool', createPool)
    // Now and then while a member comes to it.
    const members = membersFor(tenant, 1)
    const [gone] = await Promise.all([
      tenant.call(balancerPoolDelete, { id }),
      tenant.chance.happens(0.4)
        ? tenant.call(poolMemberCreate, { poolId: id, members })
        : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, 'pool', id)
  },
}

export const poolActions: readonly Action[] = [
  makePool,
  makeMembers,
  replaceMembers,
  addMembersAtOnce,
  changePool,
  changeMonitor,
  readPools,
  findPools,
  deleteMembers,
  deleteMonitor,
  deletePool,
]
