import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Domain, domainKind } from '../../model/identity/domain.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import { type RoleAssignment, roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Actor } from '../call.ts'
import { notFound } from '../fetch.ts'
import { type Role, roles } from '../policy.ts'

/** As what a user wants to act: in one project, on one domain, or (`system`) on everything. */
export interface ActorScope {
  readonly userId: string
  readonly projectId?: string
  readonly domainId?: string
  readonly system?: boolean
}

/**
 * The actor a user is in a scope, with the roles he has there now. Nothing is remembered: a revoked
 * role or a disabled user counts from the next call on.
 *
 * @throws CloudError `invalid` unless one scope is named; `notFound` for the user, and alike for a
 *   scope that does not exist or in which he has no role; `forbidden` when the user, the project or
 *   a domain is disabled.
 */
export async function resolveActor(kernel: Kernel, scope: ActorScope): Promise<Actor> {
  const { userId, projectId, domainId, system } = scope
  if (
    Number(projectId !== undefined) + Number(domainId !== undefined) + Number(system === true) !==
    1
  ) {
    throw new CloudError('invalid', 'Name one of projectId, domainId, system.', {
      field: 'projectId',
    })
  }
  const [user] = await kernel.store.get(userKind, [userId])
  if (!user) throw notFound('user', 'userId')
  if (projectId !== undefined) return projectActor(kernel, user, projectId)
  const target = domainId ?? 'system'
  const found = await assignments(kernel, user, [
    [domainId === undefined ? 'system' : 'domain', target],
  ])
  const names = impliedRoles(found.filter((assignment) => !assignment.inherited))
  if (names.length === 0) throw notFound('scope', domainId === undefined ? 'system' : 'domainId')
  await requireUsable(kernel, user, domainId === undefined ? [] : [domainId])
  return {
    userId,
    projectId: null,
    domainId: domainId ?? null,
    roles: names,
    system: domainId === undefined,
  }
}

async function projectActor(kernel: Kernel, user: User, projectId: string): Promise<Actor> {
  const [project] = await kernel.store.get(projectKind, [projectId])
  if (!project) throw notFound('project', 'projectId')
  const found = await assignments(kernel, user, [
    ['project', project.id],
    ['domain', project.domainId],
    ...project.ancestorIds.map((id) => ['project', id] as const),
  ])
  // On the project itself an assignment counts when it is direct; above it, when it is inherited.
  const names = impliedRoles(found.filter((a) => a.inherited !== (a.targetId === project.id)))
  if (names.length === 0) throw notFound('project', 'projectId')
  await requireUsable(kernel, user, [project.domainId], project)
  return {
    userId: user.id,
    projectId: project.id,
    domainId: project.domainId,
    roles: names,
    system: false,
  }
}

async function assignments(
  kernel: Kernel,
  user: User,
  targets: readonly (readonly [string, string])[],
): Promise<RoleAssignment[]> {
  const keys = targets.map(([type, id]) => [user.id, type, id])
  return await kernel.store.lookup(roleAssignmentKind, 'byUser', keys)
}

/** The names with all they imply, strongest first. */
function impliedRoles(found: readonly RoleAssignment[]): readonly Role[] {
  const ranks = found.map(({ role }) => roles.indexOf(role as Role)).filter((rank) => rank >= 0)
  return ranks.length === 0 ? [] : roles.slice(Math.min(...ranks))
}

/**
 * Told only to users who have a role there: a disabled scope is not told from an absent one
 * otherwise.
 */
async function requireUsable(
  kernel: Kernel,
  user: User,
  domainIds: readonly string[],
  project?: Project,
): Promise<void> {
  if (!user.enabled) throw disabled('user', 'userId')
  const domains = await kernel.store.get(domainKind, [user.domainId, ...domainIds])
  if (domains.some((domain: Domain | undefined) => !domain?.enabled))
    throw disabled('domain', 'domainId')
  if (!project) return
  const above = await kernel.store.get(projectKind, project.ancestorIds)
  if (!project.enabled || above.some((ancestor) => !ancestor?.enabled)) {
    throw disabled('project', 'projectId')
  }
}

function disabled(noun: string, field: string): CloudError {
  return new CloudError('forbidden', `The ${noun} is disabled.`, { field })
}
