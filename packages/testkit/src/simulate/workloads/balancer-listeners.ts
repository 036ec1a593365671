import {
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyList,
  l7PolicyUpdate,
  l7RuleCreate,
  l7RuleDelete,
  l7RuleGet,
  l7RuleList,
  l7RuleUpdate,
  listenerDelete,
  listenerGet,
  listenerList,
  listenerStats,
  listenerUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf } from './aim.ts'
import { createListener, createPolicy } from './balancer-parts.ts'
import { create } from './create.ts'
import { walk } from './pages.ts'

async function createRule(tenant: Tenant): Promise<void> {
  const { chance } = tenant
  await create(tenant, 'l7 rule', l7RuleCreate, {
    policyId: await aim(tenant, 'l7 policy', createPolicy),
    type: chance.pick(['PATH', 'HOST_NAME']),
    compareType: chance.pick(['STARTS_WITH', 'CONTAINS', 'EQUAL_TO']),
    value: `/${chance.whole(1, 20)}`,
  })
}

const makeListener: Action = {
  name: 'create a listener',
  weight: 2,
  run: async (tenant) => {
    await createListener(tenant)
  },
}

const makePolicy: Action = {
  name: 'create an L7 policy',
  weight: 2,
  run: async (tenant) => {
    await createPolicy(tenant)
  },
}

const makeRule: Action = { name: 'add a rule to an L7 policy', weight: 2, run: createRule }

const changeListener: Action = {
  name: 'change a listener',
  weight: 2,
  run: async (tenant) => {
    const { chance, known } = tenant
    const id = await aim(tenant, 'listener', createListener)
    const read = await tenant.call(listenerGet, { id })
    if (read.end !== 'ok') return
    const pools = known.all(`pools of ${read.answer.balancerId}`)
    const patch = chance.pick([
      { name: nameOf(tenant, 'listener', 30) },
      { connectionLimit: chance.whole(1, 1_000) },
      { defaultPoolId: chance.pick(pools) ?? null },
    ])
    await tenant.call(listenerUpdate, { id, ...patch })
  },
}

const changePolicy: Action = {
  name: 'change an L7 policy and its rules',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'l7 policy', createPolicy)
    await tenant.call(l7PolicyUpdate, { id, position: chance.whole(1, 9) })
    const ruleId = await aim(tenant, 'l7 rule', createRule)
    await tenant.call(l7RuleUpdate, { id: ruleId, invert: chance.happens(0.5) })
  },
}

const readListeners: Action = {
  name: 'read listeners and policies',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'listener', createListener)
    await tenant.call(listenerGet, { id })
    await tenant.call(listenerStats, { id })
    await tenant.call(l7PolicyGet, { id: await aim(tenant, 'l7 policy', createPolicy) })
    await tenant.call(l7RuleGet, { id: await aim(tenant, 'l7 rule', createRule) })
    const list = chance.whole(0, 2)
    if (list === 0) await walk(tenant, listenerList)
    else if (list === 1) await walk(tenant, l7PolicyList)
    else await walk(tenant, l7RuleList)
  },
}

const deleteRule: Action = {
  name: 'remove a rule of an L7 policy',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'l7 rule', createRule)
    const outcome = await tenant.call(l7RuleDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'l7 rule', id)
  },
}

const deletePolicy: Action = {
  name: 'delete an L7 policy',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'l7 policy', createPolicy)
    const outcome = await tenant.call(l7PolicyDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'l7 policy', id)
  },
}

const deleteListener: Action = {
  name: 'delete a listener',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'listener', createListener)
    const outcome = await tenant.call(listenerDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'listener', id)
  },
}

export const listenerActions: readonly Action[] = [
  makeListener,
  makePolicy,
  makeRule,
  changeListener,
  changePolicy,
  readListeners,
  deleteRule,
  deletePolicy,
  deleteListener,
]
