import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type RoleAssignment,
  roleAssignmentId,
  roleAssignmentKind,
} from '../../model/identity/role-assignment.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { hasRole, isDomainActor, type Role, roles } from '../policy.ts'
import { fetchDomain, fetchProject, fetchUser } from './access.ts'
import { targetReferences } from './assignments.ts'
import { addReference, dropReference, userReferences } from './references.ts'

export interface RoleView {
  readonly name: Role
  /** The roles that come with it. */
  readonly implies: readonly Role[]
}

export const roleList = defineOperation({
  id: 'identity.role.list',
  summary: 'Lists the roles and what each implies.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({}),
  run: async (): Promise<readonly RoleView[]> =>
    roles.map((name, rank) => ({ name, implies: roles.slice(rank + 1) })),
})

const targetFields = {
  projectId: idField.optional(),
  domainId: idField.optional(),
  system: z.literal(true).optional(),
}

interface TargetInput {
  readonly projectId?: string | undefined
  readonly domainId?: string | undefined
  readonly system?: true | undefined
}

function oneTarget({ projectId, domainId, system }: TargetInput): boolean {
  return [projectId, domainId, system].filter((target) => target !== undefined).length === 1
}

const assignmentInput = z
  .strictObject({
    userId: idField,
    role: z.enum(roles),
    ...targetFields,
    /** True: counts in the projects beneath the target, not on the target itself. */
    inherited: z.boolean().default(false),
  })
  .refine(oneTarget, 'names one of projectId, domainId, system')
  .refine((input) => !(input.inherited && input.system), {
    message: 'does not apply to the system',
    path: ['inherited'],
  })

type AssignmentInput = z.output<typeof assignmentInput>

const assignPolicy = { scope: 'any', role: 'manager', domainRole: 'manager' } as const

/**
 * Gives a role; giving it again changes nothing. Nobody gives more than he has: an operator acts
 * anywhere; a manager of a domain, on it and on its projects; a manager of a project, on that
 * project; the latter two with users of the domain.
 *
 * @throws CloudError `forbidden` for a role beyond the caller's own; `notFound` for the user or the
 *   target;
 *   `quotaExceeded` when the user has too many roles.
 */
export const roleAssign = defineOperation({
  id: 'identity.role.assign',
  summary: 'Gives a user a role on a project, a domain or the system.',
  policy: assignPolicy,
  mutates: true,
  input: assignmentInput,
  run: async (call, input): Promise<RoleAssignment> => {
    const { kernel } = call
    const { user, assignment } = await resolveAssignment(call, input)
    const [existing] = await kernel.store.get(roleAssignmentKind, [assignment.id])
    if (existing) return existing
    const scope = userReferences(user.id)
    const [held] = await kernel.store.counters([scope])
    if (held && held.value >= held.limit) {
      throw new CloudError('quotaExceeded', 'The user has too many roles.', {
        field: 'userId',
        limit: held.limit,
      })
    }
    const row = { ...assignment, createdAt: kernel.clock.now() }
    const writes = new Writes().insert(roleAssignmentKind, row)
    addReference(writes, scope)
    const target = targetReferences(row.targetType, row.targetId)
    if (target !== undefined) addReference(writes, target)
    // Whoever manages this user by virtue of his domain has checked what roles he had, and must
    // look again.
    if (call.actor.system) writes.update(userKind, { ...user, updatedAt: kernel.clock.now() })
    const answer = { ...row, rev: 1 }
    await call.commit(writes, [user.id, row.targetId], answer)
    return answer
  },
})

/** @throws CloudError `notFound` when there is no such assignment. */
export const roleUnassign = defineOperation({
  id: 'identity.role.unassign',
  summary: 'Takes a role from a user.',
  policy: assignPolicy,
  mutates: true,
  input: assignmentInput,
  run: async (call, input): Promise<void> => {
    const { assignment } = await resolveAssignment(call, input)
    const [existing] = await call.kernel.store.get(roleAssignmentKind, [assignment.id])
    if (!existing) {
      throw new CloudError('notFound', 'No such role assignment.', { field: 'role' })
    }
    const writes = new Writes().remove(roleAssignmentKind, existing)
    dropReference(writes, userReferences(existing.userId))
    const target = targetReferences(existing.targetType, existing.targetId)
    if (target !== undefined) dropReference(writes, target)
    await call.commit(writes, [existing.userId, existing.targetId], null)
  },
})

/** By user, by target, or (operators) all. An actor of a project sees those on it, and his own. */
export const roleAssignmentList = defineOperation({
  id: 'identity.role.listAssignments',
  summary: 'Lists role assignments of a user or on a target.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z
    .strictObject({ ...pageFields, userId: idField.optional(), ...targetFields })
    .refine((input) => !input.system || (!input.projectId && !input.domainId), {
      message: 'excludes projectId and domainId',
      path: ['system'],
    })
    .refine((input) => !input.projectId || !input.domainId, {
      message: 'excludes domainId',
      path: ['projectId'],
    }),
  run: async (call, input): Promise<readonly RoleAssignment[]> => {
    const target = await visibleTarget(call, input)
    if (input.userId !== undefined) await fetchUser(call, input.userId, 'userId')
    if (target) {
      const query = { index: 'byTarget', equals: [target.targetType, target.targetId] }
      return listPage(call, roleAssignmentKind, query, input, (row) => {
        return input.userId === undefined || row.userId === input.userId
      })
    }
    const equals = input.userId === undefined ? [] : [input.userId]
    return listPage(call, roleAssignmentKind, { index: 'byUser', equals }, input)
  },
})

/** What a list is about: what was named, or else what the actor is confined to. */
async function visibleTarget(
  call: Call,
  input: TargetInput & { readonly userId?: string | undefined },
): Promise<Pick<RoleAssignment, 'targetType' | 'targetId'> | undefined> {
  const { actor } = call
  const own = input.userId === actor.userId
  const named = input.projectId ?? input.domainId ?? input.system
  if (named === undefined && (actor.system || own)) return undefined
  if (input.system) {
    if (actor.system) return { targetType: 'system', targetId: 'system' }
    throw new CloudError('forbidden', 'Only operators see roles on the system.', {
      field: 'system',
    })
  }
  const domainId =
    input.domainId ?? (named === undefined && isDomainActor(actor) ? actor.domainId : null)
  if (domainId !== null) {
    await fetchDomain(call, domainId, 'domainId')
    return { targetType: 'domain', targetId: domainId }
  }
  const project = await fetchProject(call, input.projectId ?? call.projectId, 'projectId')
  return { targetType: 'project', targetId: project.id }
}

/** The assignment that an input describes, once the caller may make and unmake it. */
async function resolveAssignment(
  call: Call,
  input: AssignmentInput,
): Promise<{ user: User; assignment: Omit<RoleAssignment, 'rev' | 'createdAt'> }> {
  const { actor, kernel } = call
  const { role, inherited } = input
  const { targetType, targetId, domainId } = await resolveTarget(call, input)
  if (!hasRole(actor.roles, role)) {
    throw new CloudError('forbidden', 'The role is beyond those of the caller.', { field: 'role' })
  }
  if (!actor.system && inherited && !isDomainActor(actor)) {
    throw new CloudError('forbidden', 'Not allowed beyond the own project.', { field: 'inherited' })
  }
  const [user] = await kernel.store.get(userKind, [input.userId])
  const reachable = user && (actor.system || user.domainId === domainId)
  if (!reachable) throw new CloudError('notFound', 'No such user.', { field: 'userId' })
  const fields = { userId: user.id, role, targetType, targetId, inherited }
  return { user, assignment: { id: roleAssignmentId(fields), ...fields } }
}

async function resolveTarget(
  call: Call,
  input: TargetInput,
): Promise<Pick<RoleAssignment, 'targetType' | 'targetId'> & { domainId: string | null }> {
  const { actor } = call
  if (input.projectId !== undefined) {
    const { id, domainId } = await fetchProject(call, input.projectId, 'projectId')
    return { targetType: 'project', targetId: id, domainId }
  }
  if (input.domainId !== undefined) {
    const { id } = await fetchDomain(call, input.domainId, 'domainId')
    return { targetType: 'domain', targetId: id, domainId: id }
  }
  if (actor.system) return { targetType: 'system', targetId: 'system', domainId: null }
  throw new CloudError('forbidden', 'Only operators give roles on the system.', { field: 'system' })
}
