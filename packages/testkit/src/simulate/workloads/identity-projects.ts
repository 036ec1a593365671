import {
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
  networkCreate,
  type Project,
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
  quotaDefaults,
  quotaGet,
  quotaList,
  quotaNames,
  quotaSet,
  roleAssign,
  roleAssignmentList,
  roleList,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { absentId, aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost } from './create.ts'
import { walk } from './pages.ts'

/** Projects beside the tenant's own, made and removed by the operator. */
export async function createProject(tenant: Tenant): Promise<Project | undefined> {
  const { chance, known, operator } = tenant
  const parentId = chance.happens(0.2) ? known.pick('project', chance) : undefined
  return create(
    tenant,
    'project',
    projectCreate,
    {
      name: nameOf(tenant, 'project', 10),
      tags: [`${tenant.name}-tag`],
      ...(parentId === undefined ? {} : { parentId }),
    },
    { as: operator },
  )
}

const makeProject: Action = {
  name: 'create a project',
  weight: 1,
  run: async (tenant) => {
    await createProject(tenant)
  },
}

/** Everybody who wants it gets the same. */
const ensureProject: Action = {
  name: 'ensure a project twice at once',
  weight: 1,
  run: async (tenant) => {
    const name = nameOf(tenant, 'ensured', 1_000)
    const both = await Promise.all([
      tenant.call(projectEnsure, { name }),
      tenant.call(projectEnsure, { name }),
    ])
    const ids = new Set(
      both.flatMap((outcome) => (outcome.end === 'ok' ? [outcome.answer.id] : [])),
    )
    if (ids.size > 1) tenant.report(7, name, `it was made ${ids.size} times`)
    remember(tenant, 'project', ...ids)
  },
}

const updateProject: Action = {
  name: 'update a project',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator: as } = tenant
    const id = await aim(tenant, 'project', createProject)
    const patch = chance.pick([
      { name: nameOf(tenant, 'project', 10) },
      { enabled: chance.happens(0.5) },
      { tags: [] },
    ])
    await tenant.call(projectUpdate, { id, ...patch }, { as })
  },
}

const readProjects: Action = {
  name: 'read projects',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    await tenant.call(projectGet, { id: projectId })
    const list = await tenant.call(projectList, {})
    if (list.end === 'ok' && list.answer.some(({ id }) => id !== projectId)) {
      tenant.report(21, projectId, 'a project is shown others')
    }
    if (chance.happens(0.3)) await findLost(tenant, 'project', projectList, { as: operator })
    if (chance.happens(0.3)) {
      await walk(tenant, projectList, {}, { as: operator, byId: false })
    }
  },
}

/** Now and then while something is made in it: that would be without a project. */
const deleteProject: Action = {
  name: 'delete a project',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator: as } = tenant
    const id = await aim(tenant, 'project', createProject)
    const input = { projectId: id, name: nameOf(tenant, 'net') }
    const [gone, made] = await Promise.all([
      tenant.call(projectDelete, { id }, { as }),
      chance.happens(0.5) ? tenant.call(networkCreate, input, { as }) : undefined,
    ])
    if (gone.end === 'ok' && made?.end === 'ok') {
      tenant.report(14, made.answer.id, 'a network was made in a project that is gone')
    }
    if (gone.end === 'ok') forget(tenant, 'project', id)
  },
}

const makeDomain: Action = {
  name: 'create a domain and delete it',
  weight: 1,
  run: async (tenant) => {
    const { chance, common, operator: as } = tenant
    const name = `domain-${chance.whole(1, 5)}`
    const made = await tenant.call(domainCreate, { name })
    if (made.end === 'ok') common.add('domain', made.answer.id)
    const id = common.pick('domain', chance) ?? absentId(tenant)
    await tenant.call(domainGet, { id })
    await walk(tenant, domainList, {}, { as, byId: false })
    if (chance.happens(0.5)) return
    await tenant.call(domainUpdate, { id, enabled: false })
    // Now and then while a project comes to it.
    const project = { domainId: id, name: nameOf(tenant, 'project') }
    const [gone] = await Promise.all([
      tenant.call(domainDelete, { id }),
      chance.happens(0.3) ? tenant.call(projectCreate, project, { as }) : undefined,
    ])
    if (gone.end === 'ok') common.remove('domain', id)
  },
}

const readRoles: Action = {
  name: 'read roles',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator: as, projectId } = tenant
    await tenant.call(roleList, {})
    const filter = chance.happens(0.5) ? { projectId } : {}
    const isAll = chance.happens(0.3)
    await walk(tenant, roleAssignmentList, filter, { byId: false, ...(isAll ? { as } : {}) })
  },
}

/** Nobody gives more than he has. */
const overreach: Action = {
  name: 'give a role beyond the own ones',
  weight: 1,
  run: async (tenant) => {
    const { projectId } = tenant
    const as = { ...tenant.member, roles: ['manager'] }
    const userId = await aim(tenant, 'user')
    const outcome = await tenant.call(roleAssign, { userId, role: 'admin', projectId }, { as })
    if (outcome.end === 'ok') tenant.report(23, userId, 'a manager made an administrator')
  },
}

/** Lowered below what is used, which takes nothing away; and raised again. */
const squeezeQuota: Action = {
  name: 'lower a quota and raise it',
  weight: 2,
  run: async (tenant) => {
    const { chance, projectId } = tenant
    const name = chance.pick(quotaNames) ?? 'instances'
    const limit = chance.pick([0, 1, 3]) as number
    const lowered = await tenant.call(quotaSet, { projectId, limits: { [name]: limit } })
    const used = lowered.end === 'ok' ? lowered.answer.quotas[name].used : 0
    if (used > limit) tenant.sometimes('a quota was lowered below its use')
    await tenant.rest(chance.between(0, 30_000))
    await tenant.call(quotaSet, { projectId, limits: { [name]: -1 } })
  },
}

const readQuota: Action = {
  name: 'read quotas',
  weight: 2,
  run: async (tenant) => {
    if (tenant.chance.happens(0.2))
      await tenant.call(quotaList, { limit: 5 }, { as: tenant.operator })
    const outcome = await tenant.call(quotaGet, {})
    await tenant.call(quotaDefaults, {})
    if (outcome.end !== 'ok') return
    const { projectId, quotas } = outcome.answer
    if (projectId !== tenant.projectId) {
      tenant.report(21, projectId, 'another project’s quotas are shown')
    }
    for (const name of quotaNames) {
      const { used } = quotas[name]
      if (used < 0) tenant.report(13, projectId, `${used} of ${name} are in use`)
    }
  },
}

export const projectActions: readonly Action[] = [
  makeProject,
  ensureProject,
  updateProject,
  readProjects,
  deleteProject,
  makeDomain,
  readRoles,
  overreach,
  squeezeQuota,
  readQuota,
]
