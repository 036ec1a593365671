import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Counter } from '../../ports/store.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import type { Call } from '../call.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { type QuotaName, quotaNames, quotaScope, readQuota, unlimited } from '../quota.ts'
import { fetchProject } from './access.ts'
import { quotaLimit } from './project-plan.ts'

export interface QuotaEntry {
  /** −1: no limit. */
  readonly limit: number
  readonly used: number
}

export interface QuotaView {
  readonly projectId: string
  readonly quotas: Readonly<Record<QuotaName, QuotaEntry>>
}

export const quotaGet = defineOperation({
  id: 'identity.quota.get',
  summary: 'Shows the limits and the usage of a project; operators may name any.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ projectId: idField.optional() }),
  run: async (call, input): Promise<QuotaView> => {
    const project = await quotaProject(call, input.projectId)
    return quotaView(call.kernel, project.id)
  },
})

const limitField = z.int().min(-1).max(unlimited)

/**
 * Changes the limits that are named. A limit below the usage is allowed: it stops growth and takes
 * nothing away.
 *
 * @throws CloudError `notFound` for the project.
 */
export const quotaSet = defineOperation({
  id: 'identity.quota.set',
  summary: 'Sets limits of a project; −1 is no limit.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: z.strictObject({
    projectId: idField,
    limits: z
      .partialRecord(z.enum(quotaNames), limitField)
      .refine((named) => Object.keys(named).length > 0, 'names no quota'),
  }),
  run: async (call, input): Promise<QuotaView> => {
    const { kernel } = call
    const project = await fetchProject(call, input.projectId, 'projectId')
    const scope = quotaScope(project.id)
    const writes = new Writes()
    for (const [name, limit] of Object.entries(input.limits)) {
      writes.limit({ scope, name, limit: quotaLimit(limit) })
    }
    // A deletion changes the project too, so only one can win: a project that is gone gets no
    // counters.
    writes.update(projectKind, { ...project, updatedAt: kernel.clock.now() })
    const before = await quotaView(kernel, project.id)
    const quotas = { ...before.quotas }
    for (const [name, limit] of Object.entries(input.limits) as [QuotaName, number][]) {
      quotas[name] = { limit, used: before.quotas[name].used }
    }
    const answer = { projectId: project.id, quotas }
    await call.commit(writes, [project.id], answer)
    return answer
  },
})

export const quotaDefaults = defineOperation({
  id: 'identity.quota.defaults',
  summary: 'Shows the limits that a new project gets.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({}),
  run: async ({ kernel }): Promise<Readonly<Record<QuotaName, number>>> =>
    byQuotaName((name) => shownLimit(quotaLimit(kernel.settings.defaultQuotas[name]))),
})

export interface ProjectQuota extends QuotaView {
  /** The project's: where the next page begins. */
  readonly id: string
}

/** In two statements, whatever the number of projects. */
export const quotaList = defineOperation({
  id: 'identity.quota.list',
  summary: 'Shows the limits and the usage of every project, by id.',
  policy: { scope: 'system', role: 'reader' },
  mutates: false,
  input: z.strictObject(pageFields),
  run: async (call, input): Promise<ProjectQuota[]> => {
    const { kernel } = call
    const projects = await listPage(call, projectKind, {}, input)
    const scopes = projects.map(({ id }) => quotaScope(id))
    const counters = new Map<string, Map<string, Counter>>(scopes.map((key) => [key, new Map()]))
    for (const counter of await kernel.store.counters(scopes)) {
      counters.get(counter.scope)?.set(counter.name, counter)
    }
    return projects.map(({ id }) => {
      const view = viewOf(kernel, id, counters.get(quotaScope(id)) ?? new Map())
      return { id, ...view }
    })
  },
})

async function quotaProject(call: Call, projectId: string | undefined): Promise<Project> {
  const id = projectId ?? call.actor.projectId
  if (id === null) {
    throw new CloudError('invalid', 'projectId: an operator names a project.', {
      field: 'projectId',
    })
  }
  return fetchProject(call, id, 'projectId')
}

async function quotaView(kernel: Kernel, projectId: string): Promise<QuotaView> {
  return viewOf(kernel, projectId, await readQuota(kernel, projectId))
}

function viewOf(
  kernel: Kernel,
  projectId: string,
  counters: ReadonlyMap<string, Counter>,
): QuotaView {
  const quotas = byQuotaName((name) => {
    const counter = counters.get(name)
    const limit = counter?.limit ?? quotaLimit(kernel.settings.defaultQuotas[name])
    return { limit: shownLimit(limit), used: counter?.value ?? 0 }
  })
  return { projectId, quotas }
}

function shownLimit(limit: number): number {
  return limit === unlimited ? -1 : limit
}

function byQuotaName<T>(value: (name: QuotaName) => T): Record<QuotaName, T> {
  return Object.fromEntries(quotaNames.map((name) => [name, value(name)])) as Record<QuotaName, T>
}
