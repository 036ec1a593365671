import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Domain, domainKind } from '../../model/identity/domain.ts'
import { membershipKind } from '../../model/identity/group.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import { type RoleAssignment, roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import type { TokenScope } from '../../model/identity/token.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Actor } from '../call.ts'
import { notFound } from '../fetch.ts'
import { builtInRows, type RoleRule, withImplied } from './role-rules.ts'

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
  const place = await placeOf(kernel, scope)
  return (await standingIn(kernel, { userId, userDomainId: user.domainId, place })).actor as Actor
}

/** A scope that is not `unscoped`: where somebody may have roles. */
export type Place = Exclude<TokenScope, { readonly type: 'unscoped' }>

/**
 * The place that a scope names.
 *
 * @throws CloudError `notFound` for the project. Domains are looked for when roles are.
 */
export async function placeOf(
  kernel: Kernel,
  { projectId, domainId }: Omit<ActorScope, 'userId'>,
): Promise<Place> {
  if (projectId === undefined) {
    return domainId === undefined ? { type: 'system' } : { type: 'domain', domainId }
  }
  const [project] = await kernel.store.get(projectKind, [projectId])
  if (!project) throw notFound('project', 'projectId')
  const { ancestorIds } = project
  return { type: 'project', projectId, domainId: project.domainId, ancestorIds }
}

/** Somebody as he is now, and where he stands: rows that were read to tell what he may do. */
export interface Standing {
  readonly user: User
  readonly userDomain: Domain
  /** Where he acts; both null for the system, and for nowhere. */
  readonly domain: Domain | null
  readonly project: Project | null
  /** The roles that he has there; none where he acts nowhere. */
  readonly roles: readonly RoleRule[]
  /** Null: he acts nowhere. */
  readonly actor: Actor | null
}

/** What somebody may do less than he might, because he acts by something that was lent to him. */
export interface Delegation {
  /** Whose roles count, if not his own. */
  readonly rolesOf: string
  /** The roles that were lent, by their ids. */
  readonly roleIds: readonly string[]
  readonly lent: NonNullable<Actor['lent']>
}

/**
 * The user as he is now, and the actor he is in a place, if he acts in one: read at once, in a
 * constant number of statements.
 *
 * @throws CloudError as `resolveActor`.
 */
export async function standingIn(
  kernel: Kernel,
  who: { readonly userId: string; readonly userDomainId: string; readonly place: Place | null },
  delegation?: Delegation,
): Promise<Standing> {
  const { userId, place } = who
  const [had, rows] = await Promise.all([
    place ? rolesIn(kernel, delegation?.rolesOf ?? userId, place) : [],
    readRows(kernel, who),
  ])
  const roles = delegation ? had.filter(({ id }) => delegation.roleIds.includes(id)) : had
  const { user, userDomain, domain, project } = rows
  if (!user || !userDomain) throw notFound('user', 'userId')
  if (place && roles.length === 0) throw noScope(place)
  // Told only to users who have a role there: a disabled scope is not told from an absent one
  // otherwise.
  requireUsable(rows)
  const actor = place && {
    userId,
    projectId: place.type === 'project' ? place.projectId : null,
    domainId: domainOf(place),
    roles: roles.map(({ name }) => name),
    system: place.type === 'system',
    ...(delegation && { lent: delegation.lent }),
  }
  return { user, userDomain, domain, project, roles, actor }
}

function domainOf(place: Place): string | null {
  return place.type === 'system' ? null : place.domainId
}

function noScope({ type }: Place): CloudError {
  if (type === 'project') return notFound('project', 'projectId')
  return notFound('scope', type === 'system' ? 'system' : 'domainId')
}

/**
 * The roles that a user has in a place, by himself and by his groups, with all that they imply,
 * strongest first.
 */
async function rolesIn(kernel: Kernel, userId: string, place: Place): Promise<readonly RoleRule[]> {
  const targets = targetsOf(place)
  const keysOf = (ids: readonly string[]): string[][] =>
    ids.flatMap((id) => targets.map(([type, target]) => [id, type, target]))
  const { store } = kernel
  const [own, memberships, added] = await Promise.all([
    store.lookup(roleAssignmentKind, 'byUser', keysOf([userId])),
    store.lookup(membershipKind, 'byUser', [[userId]]),
    builtInRows(kernel),
  ])
  const groups = keysOf(memberships.map(({ groupId }) => groupId))
  const shared =
    groups.length === 0 ? [] : await store.lookup(roleAssignmentKind, 'byGroup', groups)
  const counted = [...own, ...shared].filter((assignment) => counts(assignment, place))
  return withImplied(
    kernel,
    counted.map(({ role }) => role),
    added,
  )
}

/** Where assignments are looked for: on the place itself, and above it. */
function targetsOf(place: Place): (readonly [string, string])[] {
  if (place.type === 'system') return [['system', 'system']]
  if (place.type === 'domain') return [['domain', place.domainId]]
  return [
    ['project', place.projectId],
    ['domain', place.domainId],
    ...place.ancestorIds.map((id) => ['project', id] as const),
  ]
}

/** On the place itself an assignment counts when it is direct; above it, when it is inherited. */
function counts(
  { inherited, targetId }: Pick<RoleAssignment, 'inherited' | 'targetId'>,
  place: Place,
): boolean {
  return place.type === 'project' ? inherited !== (targetId === place.projectId) : !inherited
}

/** What must be there and enabled for somebody to act. */
interface Rows {
  readonly user: User | undefined
  readonly userDomain: Domain | undefined
  readonly domain: Domain | null
  readonly project: Project | null
  readonly domains: readonly (Domain | undefined)[]
  readonly projects: readonly (Project | undefined)[]
}

/** The user, his domain, and what lies above where he acts. */
async function readRows(
  kernel: Kernel,
  of: { readonly userId: string; readonly userDomainId: string; readonly place: Place | null },
): Promise<Rows> {
  const { userId, userDomainId, place } = of
  const projectIds = place?.type === 'project' ? [place.projectId, ...place.ancestorIds] : []
  const domainId = place && domainOf(place)
  const domainIds = [...new Set([userDomainId, ...(domainId === null ? [] : [domainId])])]
  const [[user], domains, projects] = await Promise.all([
    kernel.store.get(userKind, [userId]),
    kernel.store.get(domainKind, domainIds),
    projectIds.length === 0 ? [] : kernel.store.get(projectKind, projectIds),
  ])
  const domain = domainId === null ? null : (domains[domainIds.indexOf(domainId)] ?? null)
  return { user, userDomain: domains[0], domain, project: projects[0] ?? null, domains, projects }
}

/** @throws CloudError `forbidden`. */
function requireUsable({ user, domains, projects }: Rows): void {
  if (!user?.enabled) throw disabled('user', 'userId')
  if (domains.some((domain) => !domain?.enabled)) throw disabled('domain', 'domainId')
  if (projects.some((project) => !project?.enabled)) throw disabled('project', 'projectId')
}

function disabled(noun: string, field: string): CloudError {
  return new CloudError('forbidden', `The ${noun} is disabled.`, { field })
}
