import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Group, groupKind } from '../../model/identity/group.ts'
import {
  type RoleAssignment,
  roleAssignmentId,
  roleAssignmentKind,
} from '../../model/identity/role-assignment.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { isDomainActor } from '../policy.ts'
import { commitUnchanged } from '../unchanged.ts'
import { fetchDomain, fetchGroup, fetchProject, fetchUser } from './access.ts'
import { insertDependent, removeDependent } from './dependents.ts'
import { userReferences } from './references.ts'
import { fetchRole, requireGivable } from './role-rules.ts'

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
    userId: idField.optional(),
    /** Instead of a user: all users of a group. */
    groupId: idField.optional(),
    /** By its id; a built-in one by its name. */
    role: idField,
    ...targetFields,
    /** True: counts in the projects beneath the target, not on the target itself. */
    inherited: z.boolean().default(false),
  })
  .refine(oneTarget, 'names one of projectId, domainId, system')
  .refine((input) => (input.userId === undefined) !== (input.groupId === undefined), {
    message: 'names one of userId, groupId',
    path: ['userId'],
  })
  .refine((input) => !(input.inherited && input.system), {
    message: 'does not apply to the system',
    path: ['inherited'],
  })

type AssignmentInput = z.output<typeof assignmentInput>

const assignPolicy = { scope: 'any', role: 'manager', domainRole: 'manager' } as const

/**
 * Gives a role; giving it again changes nothing. Nobody gives more than he has, and only operators
 * give `admin`: an operator acts anywhere; a manager of a domain, on it and on its projects; a
 * manager of a project, on that project; the latter two with users and groups of the domain.
 *
 * @throws CloudError `forbidden` for a role beyond the caller's own; `notFound` for the user, the
 *   group, the role or the target; `quotaExceeded` when the user has too many roles.
 */
export const roleAssign = defineOperation({
  id: 'identity.role.assign',
  summary: 'Gives a user or a group a role on a project, a domain or the system.',
  policy: assignPolicy,
  mutates: true,
  input: assignmentInput,
  run: async (call, input): Promise<RoleAssignment> => {
    const { kernel } = call
    const { subject, assignment } = await resolveAssignment(call, input)
    const [existing] = await kernel.store.get(roleAssignmentKind, [assignment.id])
    if (existing) {
      const targets = [subject.id, existing.targetId]
      return commitUnchanged(call, roleAssignmentKind, existing, targets, (row) => row)
    }
    if (subject.user) await requireRoom(kernel, subject.user)
    const row = { ...assignment, createdAt: kernel.clock.now() }
    const writes = new Writes()
    insertDependent(writes, roleAssignmentKind, row)
    if (call.actor.system) touch(writes, subject, kernel.clock.now())
    const answer = { ...row, rev: 1 }
    await call.commit(writes, [subject.id, row.targetId], answer)
    return answer
  },
})

/**
 * Whoever manages this user or group by virtue of his domain has checked what roles it had, and
 * must look again.
 */
function touch(writes: Writes, { user, group }: Subject, updatedAt: number): void {
  if (user) writes.update(userKind, { ...user, updatedAt })
  if (group) writes.update(groupKind, { ...group, updatedAt })
}

async function requireRoom(kernel: Kernel, user: User): Promise<void> {
  const [held] = await kernel.store.counters([userReferences(user.id)])
  if (!held || held.value < held.limit) return
  throw new CloudError('quotaExceeded', 'The user has too many roles.', {
    field: 'userId',
    limit: held.limit,
  })
}

/** @throws CloudError `notFound` when there is no such assignment. */
export const roleUnassign = defineOperation({
  id: 'identity.role.unassign',
  summary: 'Takes a role from a user or a group.',
  policy: assignPolicy,
  mutates: true,
  input: assignmentInput,
  run: async (call, input): Promise<void> => {
    const { subject, assignment } = await resolveAssignment(call, input)
    const [existing] = await call.kernel.store.get(roleAssignmentKind, [assignment.id])
    if (!existing) {
      throw new CloudError('notFound', 'No such role assignment.', { field: 'role' })
    }
    const writes = new Writes()
    removeDependent(writes, roleAssignmentKind, existing)
    await call.commit(writes, [subject.id, existing.targetId], null)
  },
})

/**
 * By user, by group, by target, or (operators) all. An actor of a project sees those on it, and his
 * own.
 */
export const roleAssignmentList = defineOperation({
  id: 'identity.role.listAssignments',
  summary: 'Lists role assignments of a user or a group, or on a target.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z
    .strictObject({
      ...pageFields,
      userId: idField.optional(),
      groupId: idField.optional(),
      ...targetFields,
    })
    .refine((input) => input.userId === undefined || input.groupId === undefined, {
      message: 'excludes userId',
      path: ['groupId'],
    })
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
    if (input.groupId !== undefined) await fetchGroup(call, input.groupId, 'groupId')
    if (target) {
      const query = { index: 'byTarget', equals: [target.targetType, target.targetId] }
      return listPage(call, roleAssignmentKind, query, input, (row) => {
        if (input.groupId !== undefined && row.groupId !== input.groupId) return false
        return input.userId === undefined || row.userId === input.userId
      })
    }
    const id = input.userId ?? input.groupId
    const index = input.groupId === undefined ? 'byUser' : 'byGroup'
    return listPage(
      call,
      roleAssignmentKind,
      { index, equals: id === undefined ? [] : [id] },
      input,
    )
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

/** Who gets a role: one of the two. */
interface Subject {
  readonly id: string
  readonly user?: User
  readonly group?: Group
}

/** The assignment that an input describes, once the caller may make and unmake it. */
async function resolveAssignment(
  call: Call,
  input: AssignmentInput,
): Promise<{ subject: Subject; assignment: Omit<RoleAssignment, 'rev' | 'createdAt'> }> {
  const { actor, kernel } = call
  const { role, inherited } = input
  const { targetType, targetId, domainId } = await resolveTarget(call, input)
  const rule = await fetchRole(kernel, role, 'role')
  if (rule.domainId !== null && rule.domainId !== domainId) throw notFound('role', 'role')
  await requireGivable(kernel, actor, [role], 'role')
  if (!actor.system && inherited && !isDomainActor(actor)) {
    throw new CloudError('forbidden', 'Not allowed beyond the own project.', { field: 'inherited' })
  }
  const subject = await fetchSubject(call, input, domainId)
  const fields = {
    userId: subject.user ? subject.id : null,
    ...(subject.group && { groupId: subject.id }),
    role,
    targetType,
    targetId,
    inherited,
  }
  return { subject, assignment: { id: roleAssignmentId(fields), ...fields } }
}

async function fetchSubject(
  { actor, kernel }: Call,
  { userId, groupId }: AssignmentInput,
  domainId: string | null,
): Promise<Subject> {
  const isReachable = (of: User | Group): boolean => actor.system || of.domainId === domainId
  if (groupId !== undefined) {
    const [group] = await kernel.store.get(groupKind, [groupId])
    if (group && isReachable(group)) return { id: groupId, group }
    throw notFound('group', 'groupId')
  }
  const [user] = await kernel.store.get(userKind, [userId as string])
  if (user && isReachable(user)) return { id: user.id, user }
  throw notFound('user', 'userId')
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
