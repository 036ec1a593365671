import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId } from '../../model/identity/domain.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { extraField } from './extra.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { isDomainActor } from '../policy.ts'
import { fetchDomain, fetchProject, nameTaken, requireEnabled, seesDomain } from './access.ts'
import { planProject, planProjectRemoval } from './project-plan.ts'

const manage = { scope: 'system', role: 'admin', domainRole: 'manager' } as const

/**
 * A project and its quota counters, at the default limits.
 *
 * @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled;
 *   `notFound` for the domain or the parent; `invalid` when the tree would be too deep.
 */
export const projectCreate = defineOperation({
  id: 'identity.project.create',
  summary: 'Creates a project.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    domainId: idField.default(defaultDomainId),
    name: nameField,
    description: descriptionField.default(''),
    enabled: z.boolean().default(true),
    parentId: idField.nullable().default(null),
    tags: tagsField.default([]),
    extra: extraField.optional(),
  }),
  run: async (call, input): Promise<Project> => {
    requireEnabled(await fetchDomain(call, input.domainId, 'domainId'))
    if (await projectByName(call.kernel, input.domainId, input.name)) throw nameTaken('project')
    const writes = new Writes()
    const { extra, ...fields } = input
    const more = extra === undefined ? {} : { extra }
    const project = await planProject(call.kernel, writes, { ...fields, ...more })
    await call.commit(writes, [project.id], project)
    return project
  },
})

/** Concurrent calls with one name make one project, and all return it. */
export const projectEnsure = defineOperation({
  id: 'identity.project.ensure',
  summary: 'Returns the project of this name, creating it when absent.',
  policy: manage,
  mutates: true,
  input: z.strictObject({ domainId: idField.default(defaultDomainId), name: nameField }),
  run: async (call, input): Promise<Project> => {
    const domain = await fetchDomain(call, input.domainId, 'domainId')
    const existing = await projectByName(call.kernel, input.domainId, input.name)
    if (existing) return existing
    requireEnabled(domain)
    const writes = new Writes()
    const fields = { ...input, description: '', enabled: true, parentId: null, tags: [] }
    const project = await planProject(call.kernel, writes, fields)
    await call.commit(writes, [project.id], project)
    return project
  },
})

export const projectGet = defineOperation({
  id: 'identity.project.get',
  summary: 'Shows a project; for an actor of a project, that one.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, input): Promise<Project> => fetchProject(call, input.id),
})

export const projectList = defineOperation({
  id: 'identity.project.list',
  summary: 'Lists projects by domain and name; for an actor of a project, that one.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    domainId: idField.optional(),
    name: nameField.optional(),
    parentId: idField.optional(),
    enabled: z.boolean().optional(),
    tag: z.string().max(255).optional(),
  }),
  run: (call, input): Promise<Project[]> => {
    const { actor } = call
    const domainId = isDomainActor(actor) ? actor.domainId : input.domainId
    const equals =
      domainId == null ? [] : [domainId, ...(input.name === undefined ? [] : [input.name])]
    const visible = (project: Project): boolean =>
      seesDomain(actor, project.domainId) || project.id === actor.projectId
    const keep = (project: Project): boolean => {
      if (input.domainId !== undefined && project.domainId !== input.domainId) return false
      if (input.name !== undefined && project.name !== input.name) return false
      if (input.parentId !== undefined && project.parentId !== input.parentId) return false
      if (input.enabled !== undefined && project.enabled !== input.enabled) return false
      return input.tag === undefined || project.tags.includes(input.tag)
    }
    return listPage(call, projectKind, { index: 'byName', equals }, input, keep, visible)
  },
})

/**
 * @throws CloudError `conflict` when the name is taken, or when it would be enabled beneath a
 *   disabled project.
 */
export const projectUpdate = defineOperation({
  id: 'identity.project.update',
  summary: 'Renames, describes, tags, enables or disables a project.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
    enabled: z.boolean().optional(),
    tags: tagsField.optional(),
    /** All of them: those that are not named are gone. */
    extra: extraField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<Project> => {
    const { kernel } = call
    const project = await fetchProject(call, id)
    if (patch.name !== undefined && patch.name !== project.name) {
      if (await projectByName(kernel, project.domainId, patch.name)) throw nameTaken('project')
    }
    if (patch.enabled === true && !project.enabled) {
      const above = await kernel.store.get(projectKind, project.ancestorIds)
      if (above.some((ancestor) => ancestor?.enabled === false)) {
        throw new CloudError('conflict', 'A project above it is disabled.', { field: 'enabled' })
      }
    }
    const next: Project = { ...project, ...given(patch), updatedAt: kernel.clock.now() }
    const answer = { ...next, rev: project.rev + 1 }
    await call.commit(new Writes().update(projectKind, next), [id], answer)
    return answer
  },
})

/**
 * Removes the project, its counters and the role assignments on it.
 *
 * @throws CloudError `conflict` while it has children or owns resources.
 */
export const projectDelete = defineOperation({
  id: 'identity.project.delete',
  summary: 'Deletes a project that owns nothing.',
  policy: manage,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const project = await fetchProject(call, id)
    await call.commit(await planProjectRemoval(call.kernel, project), [id], null)
  },
})

export async function projectByName(
  kernel: Kernel,
  domainId: string,
  name: string,
): Promise<Project | undefined> {
  const [project] = await kernel.store.lookup(projectKind, 'byName', [[domainId, name]])
  return project
}
