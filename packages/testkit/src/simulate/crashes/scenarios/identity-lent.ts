import {
  accessKeyCreate,
  accessRuleDelete,
  type Actor,
  applicationCredentialCreate,
  applicationCredentialDelete,
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
  credentialCreate,
  credentialDelete,
  credentialUpdate,
  groupAddUser,
  groupCreate,
  groupDelete,
  groupRemoveUser,
  groupUpdate,
  projectEnsure,
  regionCreate,
  regionDelete,
  regionUpdate,
  roleAssign,
  roleCreate,
  roleDelete,
  roleImply,
  roleUnimply,
  roleUpdate,
  type Stored,
  trustCreate,
  trustDelete,
  userCreate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'

const groupsOfUsers: Scenario = {
  name: 'groups-of-users',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: userId } = await client.call(userCreate, { name: 'somebody' })
    const { id: oldId } = await client.call(groupCreate, { name: 'old' })
    await client.call(groupAddUser, { groupId: oldId, userId })
    await client.call(roleAssign, { groupId: oldId, role: 'reader', projectId })
    return async () => {
      const { id: groupId } = await client.call(groupCreate, { name: 'new' })
      await client.call(groupUpdate, { id: groupId, description: 'changed' })
      await client.call(groupAddUser, { groupId, userId })
      await client.call(groupRemoveUser, { groupId: oldId, userId })
      await client.call(groupDelete, { id: oldId })
    }
  },
}

const roles: Scenario = {
  name: 'roles',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: userId } = await client.call(userCreate, { name: 'somebody' })
    const { id: oldId } = await client.call(roleCreate, { name: 'old' })
    await client.call(roleImply, { id: oldId, impliedId: 'reader' })
    await client.call(roleAssign, { userId, role: oldId, projectId })
    return async () => {
      const { id } = await client.call(roleCreate, { name: 'new' })
      await client.call(roleUpdate, { id, description: 'changed' })
      await client.call(roleImply, { id, impliedId: 'member' })
      await client.call(roleUnimply, { id: oldId, impliedId: 'reader' })
      await client.call(roleDelete, { id: oldId })
    }
  },
}

/** A user of a project, who acts as himself. */
async function stageUser(client: CrashClient, name: string): Promise<Actor> {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const { id } = await client.call(userCreate, { name })
  const roleNames = ['member', 'reader']
  for (const role of roleNames) await client.call(roleAssign, { userId: id, role, projectId })
  return { ...memberOf(projectId, id), roles: roleNames }
}

const readServers = { service: 'compute', method: 'GET', path: '/v2.1/servers' } as const

const applicationCredentials: Scenario = {
  name: 'application-credentials',
  // Drawn at random, by each attempt anew.
  loose: ['secretHash'],
  prepare: async (client) => {
    const user = await stageUser(client, 'lender')
    const accessRules = [readServers]
    const old = { name: 'old', accessRules }
    const { id: oldId } = await client.call(applicationCredentialCreate, old, user)
    const ruleId = client.rows<Stored>('accessRule')[0]?.id ?? ''
    return async () => {
      const fields = { name: 'new', roles: [{ name: 'reader' }] }
      await client.call(applicationCredentialCreate, fields, user)
      await client.call(applicationCredentialDelete, { id: oldId }, user)
      await client.call(accessRuleDelete, { id: ruleId }, user)
    }
  },
}

const trusts: Scenario = {
  name: 'trusts',
  prepare: async (client) => {
    const user = await stageUser(client, 'lender')
    const { userId: trusteeId } = await stageUser(client, 'borrower')
    const fields = { trusteeId, roles: [{ name: 'reader' }], impersonation: true }
    const { id: oldId } = await client.call(trustCreate, fields, user)
    return async () => {
      await client.call(trustCreate, { ...fields, remainingUses: 3 }, user)
      await client.call(trustDelete, { id: oldId }, user)
    }
  },
}

const credentials: Scenario = {
  name: 'credentials',
  // Access keys are drawn at random, by each attempt anew.
  loose: ['blob', 'access'],
  prepare: async (client) => {
    const user = await stageUser(client, 'keeper')
    const projectId = user.projectId ?? ''
    const old = { type: 'cert', blob: 'old' }
    const { id: oldId } = await client.call(credentialCreate, old, user)
    return async () => {
      await client.call(accessKeyCreate, { projectId }, user)
      const { id } = await client.call(credentialCreate, { type: 'cert', blob: 'new' }, user)
      await client.call(credentialUpdate, { id, blob: 'changed' }, user)
      await client.call(credentialDelete, { id: oldId }, user)
    }
  },
}

const catalog: Scenario = {
  name: 'catalog',
  prepare: async (client) => {
    await client.call(regionCreate, { id: 'old' })
    const { id: oldId } = await client.call(catalogServiceCreate, { type: 'old' })
    const at = { serviceId: oldId, interface: 'public', url: 'https://old' } as const
    const { id: goneId } = await client.call(catalogEndpointCreate, { ...at, regionId: null })
    return async () => {
      await client.call(regionCreate, { id: 'new' })
      await client.call(regionUpdate, { id: 'new', parentId: 'old' })
      const { id: serviceId } = await client.call(catalogServiceCreate, { type: 'new' })
      await client.call(catalogServiceUpdate, { id: serviceId, name: 'changed' })
      const input = { ...at, serviceId, regionId: 'new' }
      const { id } = await client.call(catalogEndpointCreate, input)
      await client.call(catalogEndpointUpdate, { id, regionId: 'RegionOne' })
      await client.call(regionDelete, { id: 'new' })
      await client.call(catalogEndpointDelete, { id: goneId })
      await client.call(catalogServiceDelete, { id: oldId })
    }
  },
}

export const lentScenarios: readonly Scenario[] = [
  catalog,
  groupsOfUsers,
  roles,
  applicationCredentials,
  trusts,
  credentials,
]
