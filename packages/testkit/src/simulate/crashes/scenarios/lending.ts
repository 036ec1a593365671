import {
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupRemove,
  addressGroupUpdate,
  networkCreate,
  networkCreateMany,
  portCreate,
  projectEnsure,
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyUpdate,
  qosRuleCreate,
  qosRuleDelete,
  qosRuleUpdate,
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyUpdate,
  securityGroupCreate,
  securityRuleCreate,
  subnetCreate,
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
} from '@nephos/core'
import { memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stageNetwork } from '../stage.ts'

/** Addresses that a rule goes by come and go; the rule is told anew. */
const addressGroups: Scenario = {
  name: 'address-groups',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const old = { name: 'old', addresses: ['192.0.2.0/24'] }
    const { id: oldId } = await client.call(addressGroupCreate, old, member)
    const { id } = await client.call(addressGroupCreate, { ...old, name: 'used' }, member)
    const { id: groupId } = await client.call(securityGroupCreate, { name: 'walls' }, member)
    const rule = { groupId, direction: 'ingress', remoteAddressGroupId: id } as const
    await client.call(securityRuleCreate, rule, member)
    await client.rest()
    return async () => {
      await client.call(addressGroupCreate, { name: 'new' }, member)
      await client.call(addressGroupUpdate, { id, name: 'renamed' }, member)
      const addresses = ['198.51.100.7/32']
      await client.call(addressGroupAdd, { id, addresses }, member)
      await client.call(addressGroupRemove, { id, addresses: ['192.0.2.0/24'] }, member)
      await client.call(addressGroupDelete, { id: oldId }, member)
      await client.rest()
    }
  },
}

const subnetPools: Scenario = {
  name: 'subnet-pools',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const old = { name: 'old', prefixes: ['10.10.0.0/16'] }
    const { id: oldId } = await client.call(subnetPoolCreate, old, member)
    const many = await client.call(networkCreate, { name: 'net' }, member)
    return async () => {
      const fields = { name: 'new', prefixes: ['10.20.0.0/16'] }
      const { id } = await client.call(subnetPoolCreate, fields, member)
      const more = { id, prefixes: ['10.30.0.0/16'] }
      await client.call(subnetPoolAddPrefixes, more, member)
      const cut = { networkId: many.id, subnetPoolId: id, prefixLength: 24 }
      await client.call(subnetCreate, cut, member)
      await client.call(subnetPoolRemovePrefixes, more, member)
      await client.call(subnetPoolUpdate, { id, name: 'renamed' }, member)
      await client.call(subnetPoolDelete, { id: oldId }, member)
    }
  },
}

/** Ports go by the limits of their network, which change. */
const qosPolicies: Scenario = {
  name: 'qos-policies',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id: oldId } = await client.call(qosPolicyCreate, { name: 'old' }, member)
    const { id: policyId } = await client.call(qosPolicyCreate, { name: 'slow' }, member)
    const mark = { policyId, rule: { type: 'dscpMarking', dscpMark: 26 } } as const
    const { id: oldRule } = await client.call(qosRuleCreate, mark, member)
    const fields = { name: 'net', qosPolicyId: policyId }
    const { id: networkId } = await client.call(networkCreate, fields, member)
    await client.call(subnetCreate, { networkId, cidr: '10.0.0.0/24' }, member)
    await client.call(portCreate, { networkId }, member)
    await client.rest()
    return async () => {
      await client.call(qosPolicyCreate, { name: 'new' }, member)
      await client.call(qosPolicyUpdate, { id: policyId, isDefault: true }, member)
      const limit = { policyId, rule: { type: 'bandwidthLimit', maxKbps: 1_000 } } as const
      const { id } = await client.call(qosRuleCreate, limit, member)
      await client.call(qosRuleUpdate, { policyId, id, maxKbps: 500 }, member)
      await client.call(qosRuleDelete, { policyId, id: oldRule }, member)
      await client.call(qosPolicyDelete, { id: oldId }, member)
      await client.rest()
    }
  },
}

const lending: Scenario = {
  name: 'lending',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: target } = await client.call(projectEnsure, { name: 'other' })
    const { id: another } = await client.call(projectEnsure, { name: 'another' })
    const member = memberOf(projectId)
    const lent = { objectType: 'network', objectId: await stageNetwork(client, member) } as const
    const { id: oldId } = await client.call(rbacPolicyCreate, { ...lent, target }, member)
    const named = await client.call(addressGroupCreate, { name: 'named' }, member)
    return async () => {
      const group = { objectType: 'addressGroup', objectId: named.id } as const
      const { id } = await client.call(rbacPolicyCreate, { ...group, target }, member)
      await client.call(rbacPolicyUpdate, { id, target: another }, member)
      await client.call(rbacPolicyDelete, { id: oldId }, member)
      const networks = [{ name: 'one' }, { name: 'two' }]
      await client.call(networkCreateMany, { networks }, member)
    }
  },
}

export const lendingScenarios: readonly Scenario[] = [
  addressGroups,
  subnetPools,
  qosPolicies,
  lending,
]
