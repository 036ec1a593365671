import {
  domainCreate,
  domainDelete,
  domainUpdate,
  projectCreate,
  projectDelete,
  projectEnsure,
  projectUpdate,
  quotaSet,
  roleAssign,
  roleUnassign,
  userCreate,
  userDelete,
  userSetPassword,
  userUpdate,
} from '@nephos/core'
import type { Scenario } from '../scenario.ts'

const projects: Scenario = {
  name: 'projects',
  prepare: async (client) => {
    const { id: oldId } = await client.call(projectCreate, { name: 'old' })
    return async () => {
      const { id } = await client.call(projectCreate, { name: 'new' })
      await client.call(projectEnsure, { name: 'wanted' })
      await client.call(projectUpdate, { id, description: 'changed' })
      await client.call(quotaSet, { projectId: id, limits: { instances: 5 } })
      await client.call(projectDelete, { id: oldId })
    }
  },
}

const domains: Scenario = {
  name: 'domains',
  prepare: async (client) => {
    const { id: oldId } = await client.call(domainCreate, { name: 'old' })
    return async () => {
      await client.call(domainCreate, { name: 'new' })
      await client.call(domainUpdate, { id: oldId, enabled: false })
      await client.call(domainDelete, { id: oldId })
    }
  },
}

const users: Scenario = {
  name: 'users',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: oldId } = await client.call(userCreate, { name: 'old' })
    await client.call(roleAssign, { userId: oldId, role: 'reader', projectId })
    return async () => {
      const { id: userId } = await client.call(userCreate, { name: 'new', password: 'long-enough' })
      await client.call(userUpdate, { id: userId, email: 'new@example.org' })
      await client.call(userSetPassword, { id: userId, password: 'longer-than-that' })
      await client.call(roleAssign, { userId, role: 'member', projectId })
      await client.call(roleUnassign, { userId, role: 'member', projectId })
      await client.call(userDelete, { id: oldId })
    }
  },
}

export const identityScenarios: readonly Scenario[] = [projects, domains, users]
