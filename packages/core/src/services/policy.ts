import { CloudError } from '../base/errors.ts'
import type { Actor } from './call.ts'

/**
 * Who may call an operation. Deny by default: an operation without a policy cannot be defined.
 * `project`: the actor acts in a project and has the role there. `system`: the actor has system
 * scope and the role. `any`: either.
 */
export interface Policy {
  readonly scope: 'project' | 'system' | 'any'
  readonly role: Role
  /**
   * Open as well to an actor of a whole domain with this role there; the operation keeps it to its
   * domain.
   */
  readonly domainRole?: Role
}

/** Each role implies those after it (Keystone's default implied roles). */
export const roles = ['admin', 'manager', 'member', 'reader'] as const
export type Role = (typeof roles)[number]

/** True if one of the names is the role, or implies it. Names outside `roles` imply nothing. */
export function hasRole(names: readonly string[], wanted: Role): boolean {
  const rank = roles.indexOf(wanted)
  return names.some((name) => {
    const own = (roles as readonly string[]).indexOf(name)
    return own >= 0 && own <= rank
  })
}

export function authorize(
  actor: Actor,
  operation: { readonly id: string; readonly policy: Policy },
): void {
  const { scope, role, domainRole } = operation.policy
  const scoped =
    (scope !== 'system' && actor.projectId !== null) || (scope !== 'project' && actor.system)
  const wanted = scoped ? role : isDomainActor(actor) ? domainRole : undefined
  if (wanted === undefined || !hasRole(actor.roles, wanted)) {
    throw new CloudError('forbidden', `Not allowed: ${operation.id}.`, { field: 'actor' })
  }
}

/** True if the actor acts on a whole domain: not in one project, and not on the system. */
export function isDomainActor(actor: Actor): boolean {
  return actor.projectId === null && actor.domainId !== null && !actor.system
}
