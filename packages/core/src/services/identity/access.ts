import type { Domain } from '../../model/identity/domain.ts'
import { domainKind } from '../../model/identity/domain.ts'
import { type Group, groupKind } from '../../model/identity/group.ts'
import { type Project, projectKind } from '../../model/identity/project.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import { CloudError } from '../../base/errors.ts'
import type { Actor, Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { isDomainActor } from '../policy.ts'

/**
 * Who may see what of identity. An operator sees all; an actor of a domain, what is in it; an actor
 * of a project, the project and himself. What may not be seen is not told from what does not
 * exist.
 */

export function seesDomain(actor: Actor, domainId: string): boolean {
  return actor.system || (isDomainActor(actor) && actor.domainId === domainId)
}

/** @throws CloudError `notFound`. */
export async function fetchDomain(call: Call, id: string, field = 'id'): Promise<Domain> {
  const [domain] = await call.kernel.store.get(domainKind, [id])
  if (!domain || !seesDomain(call.actor, domain.id)) throw notFound('domain', field)
  return domain
}

/** @throws CloudError `notFound`. */
export async function fetchProject(call: Call, id: string, field = 'id'): Promise<Project> {
  const [project] = await call.kernel.store.get(projectKind, [id])
  const { actor } = call
  if (!project || !(seesDomain(actor, project.domainId) || project.id === actor.projectId)) {
    throw notFound('project', field)
  }
  return project
}

/** @throws CloudError `notFound`. */
export async function fetchUser(call: Call, id: string, field = 'id'): Promise<User> {
  const [user] = await call.kernel.store.get(userKind, [id])
  const { actor } = call
  if (!user || !(seesDomain(actor, user.domainId) || user.id === actor.userId)) {
    throw notFound('user', field)
  }
  return user
}

/** @throws CloudError `notFound`. */
export async function fetchGroup(call: Call, id: string, field = 'id'): Promise<Group> {
  const [group] = await call.kernel.store.get(groupKind, [id])
  if (!group || !seesDomain(call.actor, group.domainId)) throw notFound('group', field)
  return group
}

/** @throws CloudError `conflict` when the domain takes nothing new. */
export function requireEnabled(domain: Domain): void {
  if (domain.enabled) return
  throw new CloudError('conflict', 'The domain is disabled.', { field: 'domainId' })
}

/** @throws CloudError `conflict` with `field` name. */
export function nameTaken(noun: string): CloudError {
  return new CloudError('conflict', `The name is taken by another ${noun}.`, { field: 'name' })
}
