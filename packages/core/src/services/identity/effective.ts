import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { type Domain, domainKind } from '../../model/identity/domain.ts'
import { membershipKind } from '../../model/identity/group.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import {
  type RoleAssignment,
  roleAssignmentKind,
  type TargetType,
} from '../../model/identity/role-assignment.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { everyRow } from '../page.ts'
import { fetchDomain, fetchProject, fetchUser, seesDomain } from './access.ts'
import { assignmentsOf } from './assignments.ts'
import { builtInRows, withImplied } from './role-rules.ts'

/** A role that somebody has somewhere, however he comes by it. */
export interface EffectiveRole {
  readonly userId: string
  readonly role: string
  readonly targetType: TargetType
  readonly targetId: string
  /** What gives it: a group, an assignment above, a role that implies it. */
  readonly from: Pick<RoleAssignment, 'id' | 'groupId' | 'inherited' | 'targetType' | 'targetId'>
}

/**
 * What users may do in the end: memberships, inheritance and implied roles worked out.
 *
 * @throws CloudError `tooLarge` when it is more than one answer holds: name a user or a target.
 */
export const roleListEffective = defineOperation({
  id: 'identity.role.listEffective',
  summary: 'Lists the roles that users have in the end.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z
    .strictObject({
      userId: idField.optional(),
      projectId: idField.optional(),
      domainId: idField.optional(),
      system: z.literal(true).optional(),
    })
    .refine(
      ({ projectId, domainId, system }) =>
        [projectId, domainId, system].filter((one) => one !== undefined).length <= 1,
      'names at most one of projectId, domainId, system',
    ),
  run: async (call, input): Promise<readonly EffectiveRole[]> => {
    const { kernel } = call
    const project =
      input.projectId === undefined
        ? undefined
        : await fetchProject(call, input.projectId, 'projectId')
    if (input.domainId !== undefined) await fetchDomain(call, input.domainId, 'domainId')
    if (input.userId !== undefined) await fetchUser(call, input.userId, 'userId')
    requireSight(call, input)
    const found = await collect(kernel, input, project)
    const direct = await perUser(kernel, found, input.userId)
    const placed = project ? placedIn(direct, project) : await placedAnywhere(kernel, direct)
    const wanted = placed.filter(({ targetType, targetId }) => {
      if (project) return targetType === 'project' && targetId === project.id
      if (input.domainId !== undefined)
        return targetType === 'domain' && targetId === input.domainId
      return !input.system || targetType === 'system'
    })
    return implied(kernel, wanted)
  },
})

/** Without a place or a user of their own, only those who see all may ask. */
function requireSight(
  { actor }: Call,
  input: { readonly userId?: unknown; readonly projectId?: unknown; readonly domainId?: unknown },
): void {
  if (actor.system || input.projectId !== undefined || input.domainId !== undefined) return
  if (input.userId === actor.userId) return
  throw new CloudError('forbidden', 'Name an own project or domain.', { field: 'projectId' })
}

/** The assignments that may matter. */
async function collect(
  kernel: Kernel,
  input: {
    readonly userId?: string | undefined
    readonly domainId?: string | undefined
    readonly system?: true | undefined
  },
  project: Project | undefined,
): Promise<readonly RoleAssignment[]> {
  if (input.userId !== undefined) return assignmentsOf(kernel, input.userId)
  const targets = project
    ? [
        ['project', project.id],
        ['domain', project.domainId],
        ...project.ancestorIds.map((id) => ['project', id]),
      ]
    : input.domainId !== undefined
      ? [['domain', input.domainId]]
      : input.system
        ? [['system', 'system']]
        : undefined
  if (targets) return bounded(await kernel.store.lookup(roleAssignmentKind, 'byTarget', targets))
  const rows: RoleAssignment[] = []
  for await (const page of everyRow(kernel, roleAssignmentKind)) bounded(rows).push(...page)
  return rows
}

function bounded<T extends readonly unknown[]>(rows: T): T {
  if (rows.length <= limits.bulkIds) return rows
  throw new CloudError('tooLarge', 'Too many roles for one answer: name a user or a place.', {
    limit: limits.bulkIds,
  })
}

interface Placed extends Omit<EffectiveRole, 'from'> {
  readonly inherited: boolean
  readonly from: RoleAssignment
}

/** Assignments of groups become those of their members. */
async function perUser(
  kernel: Kernel,
  rows: readonly RoleAssignment[],
  only: string | undefined,
): Promise<readonly Placed[]> {
  const groupIds = [...new Set(rows.flatMap(({ groupId }) => groupId ?? []))]
  const memberships =
    groupIds.length === 0
      ? []
      : await kernel.store.lookup(
          membershipKind,
          'byGroup',
          groupIds.map((id) => [id]),
        )
  const placed = rows.flatMap((from): Placed[] => {
    const { userId, groupId, role, targetType, targetId, inherited } = from
    const userIds =
      userId !== null
        ? [userId]
        : memberships.filter((one) => one.groupId === groupId).map((one) => one.userId)
    return userIds.map((id) => ({ userId: id, role, targetType, targetId, inherited, from }))
  })
  return bounded(placed.filter(({ userId }) => only === undefined || userId === only))
}

/** What counts in one project. */
function placedIn(rows: readonly Placed[], project: Project): readonly Placed[] {
  const above = new Set([project.domainId, ...project.ancestorIds])
  return rows.flatMap((row) => {
    if (!row.inherited) return row
    if (!above.has(row.targetId)) return []
    return { ...row, targetType: 'project' as const, targetId: project.id }
  })
}

/** What counts in the projects beneath each place. */
async function placedAnywhere(kernel: Kernel, rows: readonly Placed[]): Promise<readonly Placed[]> {
  const all: Placed[] = rows.filter(({ inherited }) => !inherited)
  for (const row of rows.filter(({ inherited }) => inherited)) {
    for (const { id } of await beneath(kernel, row)) {
      bounded(all).push({ ...row, targetType: 'project', targetId: id })
    }
  }
  return all
}

/** The projects beneath a domain or a project. */
async function beneath(
  kernel: Kernel,
  { targetType, targetId }: Pick<RoleAssignment, 'targetType' | 'targetId'>,
): Promise<readonly Project[]> {
  const isDomain = targetType === 'domain'
  const [root] = isDomain ? [] : await kernel.store.get(projectKind, [targetId])
  const domainId = isDomain ? targetId : root?.domainId
  const found: Project[] = []
  if (domainId === undefined) return found
  const query = { index: 'byName', equals: [domainId] }
  for await (const page of everyRow(kernel, projectKind, query)) {
    bounded(found).push(
      ...page.filter(({ ancestorIds }) => isDomain || ancestorIds.includes(targetId)),
    )
  }
  return found
}

async function implied(kernel: Kernel, rows: readonly Placed[]): Promise<readonly EffectiveRole[]> {
  const added = await builtInRows(kernel)
  const closures = new Map<string, readonly string[]>()
  for (const role of new Set(rows.map((row) => row.role))) {
    const rules = await withImplied(kernel, [role], added)
    closures.set(
      role,
      rules.map(({ id }) => id),
    )
  }
  const seen = new Map<string, EffectiveRole>()
  for (const { inherited: _, ...row } of rows) {
    for (const role of closures.get(row.role) ?? []) {
      const key = [row.userId, role, row.targetType, row.targetId].join(' ')
      if (!seen.has(key)) seen.set(key, { ...row, role })
    }
  }
  return [...seen.values()]
}

/** Where somebody may act. */
export interface UserPlaces {
  readonly projects: readonly Project[]
  readonly domains: readonly Domain[]
  readonly system: boolean
}

/** Where a user may act now: enabled projects and domains in which he has a role. */
export async function placesOf(kernel: Kernel, userId: string): Promise<UserPlaces> {
  const rows = await perUser(kernel, await assignmentsOf(kernel, userId), userId)
  const placed = await placedAnywhere(kernel, rows)
  const idsOf = (type: TargetType): string[] => [
    ...new Set(placed.filter((row) => row.targetType === type).map((row) => row.targetId)),
  ]
  const projects = await rowsOf(kernel, idsOf('project'))
  const domainIds = [...new Set([...idsOf('domain'), ...projects.map((one) => one.domainId)])]
  const domains = new Map(
    (domainIds.length === 0 ? [] : await kernel.store.get(domainKind, domainIds)).flatMap((one) =>
      one?.enabled ? [[one.id, one] as const] : [],
    ),
  )
  const above = new Map(
    (await rowsOf(kernel, [...new Set(projects.flatMap((one) => one.ancestorIds))])).map(
      (one) => [one.id, one] as const,
    ),
  )
  return {
    projects: projects.filter(
      ({ enabled, domainId, ancestorIds }) =>
        enabled && domains.has(domainId) && ancestorIds.every((id) => above.get(id)?.enabled),
    ),
    domains: idsOf('domain').flatMap((id) => domains.get(id) ?? []),
    system: placed.some(({ targetType }) => targetType === 'system'),
  }
}

async function rowsOf(kernel: Kernel, ids: readonly string[]): Promise<Project[]> {
  if (ids.length === 0) return []
  return (await kernel.store.get(projectKind, ids)).flatMap((row) => row ?? [])
}

/** For an actor of a project, his own. */
export const userListProjects = defineOperation({
  id: 'identity.user.listProjects',
  summary: 'Lists the projects in which a user may act.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ userId: idField }),
  run: async (call, { userId }): Promise<readonly Project[]> => {
    const { actor } = call
    await fetchUser(call, userId, 'userId')
    const { projects } = await placesOf(call.kernel, userId)
    return projects.filter(({ domainId }) => userId === actor.userId || seesDomain(actor, domainId))
  },
})
