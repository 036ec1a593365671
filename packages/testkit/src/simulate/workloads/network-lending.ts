import {
  networkCreate,
  networkCreateMany,
  networkDelete,
  networkUpdate,
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyList,
  qosPolicyUpdate,
  qosRuleCreate,
  qosRuleDelete,
  qosRuleUpdate,
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
} from '@nephos/core'
import type { Action } from '../workload.ts'
import { absentId, aim, nameOf } from './aim.ts'
import { walk } from './pages.ts'

/**
 * Networks are lent to projects that do not exist, so that no tenant sees what is not its own. Two
 * policies at once are both kept.
 */
const lendNetwork: Action = {
  name: 'lend a network',
  weight: 1,
  run: async (tenant) => {
    const made = await tenant.call(networkCreate, { name: nameOf(tenant, 'lent', 20) })
    if (made.end !== 'ok') return
    const objectId = made.answer.id
    const lent = { objectType: 'network', objectId }
    const targets = [absentId(tenant), absentId(tenant)]
    const [one, other] = await Promise.all(
      targets.map((target) => tenant.call(rbacPolicyCreate, { ...lent, target })),
    )
    if (one?.end === 'ok' && other?.end === 'ok' && one.answer.target === other.answer.target) {
      tenant.report(32, objectId, 'is lent twice to the same project')
    }
    if (one?.end === 'ok') {
      const { id } = one.answer
      await tenant.call(rbacPolicyGet, { id })
      await tenant.call(rbacPolicyUpdate, { id, target: absentId(tenant) })
      await tenant.call(rbacPolicyDelete, { id })
    }
    await walk(tenant, rbacPolicyList)
    await tenant.call(networkDelete, { id: objectId })
  },
}

/** A pool or a group of addresses is lent while it may be deleted. */
const lendGroup: Action = {
  name: 'lend an address group',
  weight: 1,
  run: async (tenant) => {
    const isPool = tenant.chance.happens(0.5)
    const objectId = await aim(tenant, isPool ? 'subnet pool' : 'address group')
    const objectType = isPool ? 'subnetPool' : 'addressGroup'
    const lent = { objectType, objectId, target: absentId(tenant) }
    const policy = await tenant.call(rbacPolicyCreate, lent)
    if (policy.end === 'ok' && tenant.chance.happens(0.7)) {
      await tenant.call(rbacPolicyDelete, { id: policy.answer.id })
    }
  },
}

/** Rules change while networks and ports get the policy, and while it may be deleted. */
const limitTraffic: Action = {
  name: 'limit the traffic of a network',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const made = await tenant.call(qosPolicyCreate, { name: nameOf(tenant, 'qos', 20) })
    if (made.end !== 'ok') return
    const policyId = made.answer.id
    const limit = { type: 'bandwidthLimit', maxKbps: chance.whole(1_000, 9_000) }
    const [rule] = await Promise.all([
      tenant.call(qosRuleCreate, { policyId, rule: limit }),
      tenant.call(qosRuleCreate, { policyId, rule: { type: 'dscpMarking', dscpMark: 26 } }),
      tenant.call(qosPolicyUpdate, { id: policyId, description: 'for guests' }),
    ])
    const name = nameOf(tenant, 'slow', 20)
    const network = await tenant.call(networkCreate, { name, qosPolicyId: policyId })
    if (rule.end === 'ok') {
      await tenant.call(qosRuleUpdate, { policyId, id: rule.answer.id, maxKbps: 500 })
      await tenant.call(qosRuleDelete, { policyId, id: rule.answer.id })
    }
    await tenant.call(qosPolicyGet, { id: policyId })
    await walk(tenant, qosPolicyList)
    const gone = chance.happens(0.4)
      ? await tenant.call(qosPolicyDelete, { id: policyId })
      : undefined
    if (network.end !== 'ok') return
    if (gone?.end === 'ok') tenant.report(14, policyId, 'is gone, though a network has it')
    const { id } = network.answer
    if (chance.happens(0.5)) await tenant.call(networkUpdate, { id, qosPolicyId: null })
    await tenant.call(networkDelete, { id })
    await tenant.call(qosPolicyDelete, { id: policyId })
  },
}

/** Several networks at once are all made, or none. */
const makeNetworks: Action = {
  name: 'make several networks',
  weight: 1,
  run: async (tenant) => {
    const names = [1, 2, 3].map(() => ({ name: nameOf(tenant, 'many', 20) }))
    const made = await tenant.call(networkCreateMany, { networks: names })
    if (made.end !== 'ok') return
    const ids = made.answer.map(({ id }) => id)
    if (new Set(ids).size < names.length) tenant.report(32, ids.join(), 'are too few networks')
    for (const id of ids) await tenant.call(networkDelete, { id })
  },
}

export const lendingActions: readonly Action[] = [
  lendNetwork,
  lendGroup,
  limitTraffic,
  makeNetworks,
]
