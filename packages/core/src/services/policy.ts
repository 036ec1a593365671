import { CloudError } from '../base/errors.ts'
import type { Actor } from './call.ts'

/**
 * Who may call an operation. Deny by default: an operation without a policy cannot be defined.
 * `project`: the actor acts in a project and has the role there. `system`: the actor has system scope and the role.
 * `any`: either.
 */
export interface Policy {
  readonly scope: 'project' | 'system' | 'any'
  readonly role: Role
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

export function authorize(actor: Actor, operation: { readonly id: string; readonly policy: Policy }): void {
  const { scope, role } = operation.policy
  const scoped =
    (scope !== 'system' && actor.projectId !== null) || (scope !== 'project' && actor.system)
  if (!scoped || !hasRole(actor.roles, role)) {
    throw new CloudError('forbidden', `Not allowed: ${operation.id}.`, { field: 'actor' })
  }
}
