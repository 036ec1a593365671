import { CommitConflict } from '../../commit/committer.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Extra } from '../../model/identity/extra.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import type { Draft } from '../../model/kind.ts'
import { notFound } from '../fetch.ts'
import { quotaNames, quotaScope, unlimited } from '../quota.ts'
import { planDependents } from './dependents.ts'
import { projectHooks } from './project-hooks.ts'
import {
  addReference,
  closeCounters,
  closeReferences,
  domainReferences,
  dropReference,
  openReferences,
  projectReferences,
} from './references.ts'

export interface NewProject {
  readonly domainId: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly parentId: string | null
  readonly tags: readonly string[]
  readonly extra?: Extra
}

/** The limit a counter gets for a setting: −1, or none at all, is no limit. */
export function quotaLimit(setting: number | undefined): number {
  return setting === undefined || setting < 0 ? unlimited : setting
}

/** Writes a project, its quota counters, and what other services make in each new project. */
export async function planProject(
  kernel: Kernel,
  writes: Writes,
  fields: NewProject,
): Promise<Project> {
  const ancestorIds = await ancestorsOf(kernel, fields)
  const id = kernel.ids.next()
  const at = kernel.clock.now()
  const project: Draft<Project> = { id, ...fields, ancestorIds, createdAt: at, updatedAt: at }
  writes.insert(projectKind, project)
  addReference(writes, domainReferences(fields.domainId))
  if (fields.parentId !== null) addReference(writes, projectReferences(fields.parentId))
  openReferences(writes, projectReferences(id))
  for (const name of quotaNames) {
    const limit = quotaLimit(kernel.settings.defaultQuotas[name])
    writes.limit({ scope: quotaScope(id), name, limit })
  }
  for (const hook of projectHooks.created) await hook(kernel, writes, id)
  return { ...project, rev: 1 }
}

async function ancestorsOf(kernel: Kernel, fields: NewProject): Promise<readonly string[]> {
  if (fields.parentId === null) return []
  const [parent] = await kernel.store.get(projectKind, [fields.parentId])
  if (!parent || parent.domainId !== fields.domainId) throw notFound('project', 'parentId')
  if (!parent.enabled && fields.enabled) {
    throw new CloudError('conflict', 'The parent project is disabled.', { field: 'parentId' })
  }
  const ancestorIds = [...parent.ancestorIds, parent.id]
  if (ancestorIds.length >= limits.projectDepth) {
    throw new CloudError('invalid', `A project tree has at most ${limits.projectDepth} levels.`, {
      field: 'parentId',
      limit: limits.projectDepth,
    })
  }
  return ancestorIds
}

/**
 * Writes the removal of a project that owns nothing but what services made in it.
 *
 * @throws CloudError `conflict` when it has children or resources; `detail.resources` counts them
 *   by quota.
 */
export async function planProjectRemoval(kernel: Kernel, project: Project): Promise<Writes> {
  const { id } = project
  const children = await kernel.store.query(projectKind, {
    index: 'byParent',
    equals: [id],
    limit: 1,
  })
  if (children.length > 0) {
    throw new CloudError('conflict', 'The project has projects beneath it.', { field: 'id' })
  }
  const writes = new Writes()
  for (const hook of projectHooks.deleted) await hook(kernel, writes, id)
  await closeQuotas(kernel, writes, id)
  const scope = projectReferences(id)
  closeReferences(writes, scope, await planDependents(kernel, writes, scope))
  dropReference(writes, domainReferences(project.domainId))
  if (project.parentId !== null) dropReference(writes, projectReferences(project.parentId))
  return writes.remove(projectKind, project)
}

async function closeQuotas(kernel: Kernel, writes: Writes, projectId: string): Promise<void> {
  const scope = quotaScope(projectId)
  const owns = new Map<string, number>()
  for (const add of writes.batch('', 0).add ?? [])
    if (add.scope === scope) owns.set(add.name, add.add)
  const read = await kernel.store.counters([scope])
  // A project has its counters from the beginning: without any, the read is old.
  if (read.length === 0) {
    throw new CommitConflict({ type: 'revision', kind: projectKind.name, ids: [projectId] })
  }
  const counters = read.map(({ name, value }) => ({ name, value, own: owns.get(name) ?? 0 }))
  const used = counters.filter(({ value, own }) => value + own > 0)
  if (used.length > 0) {
    throw new CloudError('conflict', 'The project still owns resources.', {
      field: 'id',
      detail: {
        resources: Object.fromEntries(used.map(({ name, value, own }) => [name, value + own])),
      },
    })
  }
  closeCounters(writes, scope, counters)
}
