import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type AccessRule,
  accessRuleKind,
  type ApplicationCredential,
  applicationCredentialKind,
  type HeldRule,
} from '../../model/identity/application-credential.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { nameTaken } from './access.ts'
import { insertDependent, removeDependent } from './dependents.ts'
import { requireLendable, requireOwn } from './own.ts'
import { fetchRoles, rolesById, type RoleRule } from './role-rules.ts'
import { hashRandom, randomHex } from './secret.ts'
import { passwordField } from './user.ts'

const own = { scope: 'any', role: 'reader', domainRole: 'reader' } as const

export const roleRefField = z.union([
  z.strictObject({ id: idField }),
  z.strictObject({ name: nameField }),
])

/** Milliseconds since the epoch, and parts of one: what was asked for is shown again. */
export const timeField = z.number().min(0).max(8.64e15)

const ruleField = z.strictObject({
  service: z.string().min(1).max(limits.nameLength),
  method: z.enum(['POST', 'GET', 'HEAD', 'PATCH', 'PUT', 'DELETE', 'COPY']),
  path: z.string().min(1).max(limits.nameLength).startsWith('/'),
})

/** A credential as shown: never with its secret. */
export type ApplicationCredentialView = Omit<ApplicationCredential, 'secretHash' | 'roleIds'> & {
  readonly roles: readonly Pick<RoleRule, 'id' | 'name' | 'domainId'>[]
}

/** What its creation answers: the secret, this once. */
export type NewApplicationCredential = ApplicationCredentialView & { readonly secret: string }

/**
 * Made by a user for himself, in the project he acts in, with roles that he has there.
 *
 * @throws CloudError `forbidden` for a role that he has not, and for somebody who acts by what was
 *   lent to him; `conflict` when he has one of this name; `invalid` for a time that is past.
 */
export const applicationCredentialCreate = defineOperation({
  id: 'identity.applicationCredential.create',
  summary: 'Lets a program act as oneself in the own project.',
  policy: { scope: 'project', role: 'reader' },
  mutates: true,
  secrets: ['secret'],
  once: ['secret'],
  input: z.strictObject({
    name: nameField,
    description: descriptionField.default(''),
    /** Absent: one is made. */
    secret: passwordField.optional(),
    /** Absent: all that the caller has. */
    roles: z.array(roleRefField).min(1).max(limits.accessRules).optional(),
    expiresAt: timeField.nullable().default(null),
    unrestricted: z.boolean().default(false),
    accessRules: z
      .array(z.union([ruleField, z.strictObject({ id: idField })]))
      .max(limits.accessRules)
      .optional(),
  }),
  run: async (call, input): Promise<NewApplicationCredential> => {
    const { kernel, actor, projectId } = call
    const { userId } = actor
    const { name, description, expiresAt, unrestricted } = input
    requireLendable(call, expiresAt)
    requireFuture(kernel, expiresAt)
    const [taken] = await kernel.store.lookup(applicationCredentialKind, 'byName', [[userId, name]])
    if (taken) throw nameTaken('application credential')
    const roles = await rolesFor(call, input.roles)
    const writes = new Writes()
    const accessRules = input.accessRules ? await heldRules(call, writes, input.accessRules) : null
    const secret = input.secret ?? randomHex(kernel, 32)
    const secretHash =
      input.secret === undefined
        ? hashRandom(kernel, secret)
        : await kernel.passwords.hash(input.secret)
    const row = {
      id: kernel.ids.next(),
      userId,
      projectId,
      name,
      description,
      roleIds: roles.map(({ id }) => id),
      secretHash,
      expiresAt,
      unrestricted,
      accessRules,
      createdAt: kernel.clock.now(),
    }
    insertDependent(writes, applicationCredentialKind, row)
    const answer = { ...viewOf({ ...row, rev: 1 }, roles), secret }
    await call.commit(writes, [row.id], answer)
    return answer
  },
})

/** @throws CloudError `notFound`. */
export const applicationCredentialGet = defineOperation({
  id: 'identity.applicationCredential.get',
  summary: 'Shows an application credential, without its secret.',
  policy: own,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<ApplicationCredentialView> => {
    const [view] = await views(call, [await fetchCredential(call, id)])
    return view as ApplicationCredentialView
  },
})

export const applicationCredentialList = defineOperation({
  id: 'identity.applicationCredential.list',
  summary: 'Lists the application credentials of a user: the own ones, to all but operators.',
  policy: own,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    userId: idField.optional(),
    name: nameField.optional(),
  }),
  run: async (call, input): Promise<readonly ApplicationCredentialView[]> => {
    const userId = input.userId ?? call.actor.userId
    requireOwn(call, userId, 'user', 'userId')
    const equals = [userId, ...(input.name === undefined ? [] : [input.name])]
    const query = { index: 'byName', equals }
    return views(call, await listPage(call, applicationCredentialKind, query, input))
  },
})

/** What was issued for it counts no more at once. @throws CloudError `notFound`. */
export const applicationCredentialDelete = defineOperation({
  id: 'identity.applicationCredential.delete',
  summary: 'Deletes an application credential.',
  policy: own,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const row = await fetchCredential(call, id)
    requireLendable(call, row.expiresAt)
    const writes = new Writes()
    removeDependent(writes, applicationCredentialKind, row)
    await call.commit(writes, [id], null)
  },
})

/** @throws CloudError `invalid`. */
export function requireFuture(kernel: Kernel, expiresAt: number | null): void {
  if (expiresAt === null || expiresAt > kernel.clock.now()) return
  throw new CloudError('invalid', 'expiresAt: is past.', { field: 'expiresAt' })
}

/**
 * The roles that a caller lends: those named, or all that he has.
 *
 * @throws CloudError `forbidden` for one that he has not.
 */
export async function rolesFor(
  call: Call,
  refs: readonly z.output<typeof roleRefField>[] | undefined,
): Promise<readonly RoleRule[]> {
  const { kernel, actor } = call
  if (!refs)
    return fetchRoles(
      kernel,
      actor.roles.map((name) => ({ name })),
      'roles',
    )
  const roles = await fetchRoles(kernel, refs, 'roles')
  const unheld = roles.findIndex(({ name }) => !actor.roles.includes(name))
  if (unheld < 0) return roles
  throw new CloudError('forbidden', 'The role is beyond those of the caller.', {
    field: `roles[${unheld}]`,
  })
}

/** The rules, those that the user has already being used again. */
async function heldRules(
  call: Call,
  writes: Writes,
  asked: readonly (z.output<typeof ruleField> | { readonly id: string })[],
): Promise<readonly HeldRule[]> {
  const { kernel, actor } = call
  const { userId } = actor
  const known: readonly AccessRule[] = await kernel.store.query(accessRuleKind, {
    index: 'byRule',
    equals: [userId],
    limit: limits.userAssignments,
  })
  const held = new Map<string, HeldRule>()
  for (const [at, rule] of asked.entries()) {
    const found = known.find((one) =>
      'id' in rule
        ? one.id === rule.id
        : one.service === rule.service && one.method === rule.method && one.path === rule.path,
    )
    if ('id' in rule && !found) throw notFound('access rule', `accessRules[${at}].id`)
    if (found && !held.has(found.id)) writes.update(accessRuleKind, found)
    const fresh = 'id' in rule || found ? undefined : { id: kernel.ids.next(), ...rule }
    const one = found ?? (fresh as HeldRule)
    const isNamed = [...held.values()].some(
      (other) =>
        other.service === one.service && other.method === one.method && other.path === one.path,
    )
    if (isNamed) continue
    if (fresh) insertDependent(writes, accessRuleKind, { userId, ...fresh })
    const { id, service, method, path } = one
    held.set(id, { id, service, method, path })
  }
  return [...held.values()]
}

async function fetchCredential(call: Call, id: string): Promise<ApplicationCredential> {
  const [row] = await call.kernel.store.get(applicationCredentialKind, [id])
  if (!row) throw notFound('application credential', 'id')
  requireOwn(call, row.userId, 'application credential')
  return row
}

async function views(
  { kernel }: Call,
  rows: readonly ApplicationCredential[],
): Promise<readonly ApplicationCredentialView[]> {
  const rules = await rolesById(
    kernel,
    rows.flatMap(({ roleIds }) => roleIds),
  )
  return rows.map((row) =>
    viewOf(
      row,
      row.roleIds.flatMap((id) => rules.get(id) ?? []),
    ),
  )
}

function viewOf(row: ApplicationCredential, roles: readonly RoleRule[]): ApplicationCredentialView {
  const { secretHash: _, roleIds: __, ...shown } = row
  return { ...shown, roles: roles.map(({ id, name, domainId }) => ({ id, name, domainId })) }
}
