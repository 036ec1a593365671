import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId } from '../../model/identity/domain.ts'
import type { Extra } from '../../model/identity/extra.ts'
import { tokenEpoch, type User, userKind } from '../../model/identity/user.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { extraField } from './extra.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { isDomainActor } from '../policy.ts'
import { fetchDomain, fetchUser, nameTaken, requireEnabled, seesDomain } from './access.ts'
import { addReference, domainReferences, openReferences, userReferences } from './references.ts'
import { requireManageable } from './assignments.ts'
import { isProven } from './lock-out.ts'
import { requireUnlent } from './own.ts'
import { planUserRemoval } from './user-plan.ts'

const manage = { scope: 'system', role: 'admin', domainRole: 'manager' } as const

/** Bounded here by its characters and in the hasher by its bytes. */
export const passwordField = z.string().min(1).max(limits.passwordBytes)

const emailField = z.email().max(254)

/** A user as shown: whether there is a password, never its hash. */
export interface UserView extends Omit<User, 'passwordHash' | 'tokenEpoch'> {
  readonly hasPassword: boolean
}

export function userView({ passwordHash, ...user }: User): UserView {
  delete (user as { tokenEpoch?: number }).tokenEpoch
  return { ...user, hasPassword: passwordHash !== null }
}

/** What a user may have beside what every user has. */
function optional({
  defaultProjectId,
  extra,
}: {
  readonly defaultProjectId?: string | null | undefined
  readonly extra?: Extra | undefined
}): Pick<User, 'defaultProjectId' | 'extra'> {
  return {
    ...(defaultProjectId !== undefined && { defaultProjectId }),
    ...(extra !== undefined && { extra }),
  }
}

/** @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled. */
export const userCreate = defineOperation({
  id: 'identity.user.create',
  summary: 'Creates a user.',
  policy: manage,
  mutates: true,
  secrets: ['password'],
  input: z.strictObject({
    domainId: idField.default(defaultDomainId),
    name: nameField,
    description: descriptionField.default(''),
    email: emailField.nullable().default(null),
    enabled: z.boolean().default(true),
    password: passwordField.optional(),
    defaultProjectId: idField.nullable().optional(),
    extra: extraField.optional(),
  }),
  run: async (call, { password, ...input }): Promise<UserView> => {
    const { kernel } = call
    const { domainId, name, description, email, enabled } = input
    const fields = { domainId, name, description, email, enabled, ...optional(input) }
    requireEnabled(await fetchDomain(call, fields.domainId, 'domainId'))
    if (await userByName(kernel, fields.domainId, fields.name)) throw nameTaken('user')
    const passwordHash = password === undefined ? null : await kernel.passwords.hash(password)
    const at = kernel.clock.now()
    const id = kernel.ids.next()
    const user = { id, ...fields, passwordHash, createdAt: at, updatedAt: at }
    const writes = new Writes().insert(userKind, user)
    addReference(writes, domainReferences(fields.domainId))
    openReferences(writes, userReferences(id))
    const answer = userView({ ...user, rev: 1 })
    await call.commit(writes, [id], answer)
    return answer
  },
})

export const userGet = defineOperation({
  id: 'identity.user.get',
  summary: 'Shows a user; for an actor of a project, himself.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, input): Promise<UserView> => userView(await fetchUser(call, input.id)),
})

export const userList = defineOperation({
  id: 'identity.user.list',
  summary: 'Lists users by domain and name.',
  policy: { scope: 'system', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    domainId: idField.optional(),
    name: nameField.optional(),
    enabled: z.boolean().optional(),
  }),
  run: async (call, input): Promise<UserView[]> => {
    const { actor } = call
    const domainId = isDomainActor(actor) ? actor.domainId : input.domainId
    const equals =
      domainId == null ? [] : [domainId, ...(input.name === undefined ? [] : [input.name])]
    const users = await listPage(call, userKind, { index: 'byName', equals }, input, (user) => {
      if (!seesDomain(actor, user.domainId)) return false
      if (input.domainId !== undefined && user.domainId !== input.domainId) return false
      if (input.name !== undefined && user.name !== input.name) return false
      return input.enabled === undefined || user.enabled === input.enabled
    })
    return users.map(userView)
  },
})

/**
 * @throws CloudError `conflict` when the name is taken; `forbidden` for a user with rights beyond
 *   the actor's own.
 */
export const userUpdate = defineOperation({
  id: 'identity.user.update',
  summary: 'Renames, describes, enables or disables a user.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
    email: emailField.nullable().optional(),
    enabled: z.boolean().optional(),
    defaultProjectId: idField.nullable().optional(),
    /** All of them: those that are not named are gone. */
    extra: extraField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<UserView> => {
    const { kernel } = call
    const user = await fetchUser(call, id)
    await requireManageable(call, user)
    if (patch.name !== undefined && patch.name !== user.name) {
      if (await userByName(kernel, user.domainId, patch.name)) throw nameTaken('user')
    }
    const ends = patch.enabled === false && user.enabled
    const next: User = {
      ...user,
      ...given(patch),
      ...(ends && { tokenEpoch: tokenEpoch(user) + 1 }),
      updatedAt: kernel.clock.now(),
    }
    const answer = userView({ ...next, rev: user.rev + 1 })
    await call.commit(new Writes().update(userKind, next), [id], answer)
    return answer
  },
})

/**
 * Sets a password (null removes it), which ends the user's tokens. Managers set any; a user his
 * own, proving the old one if there is one.
 *
 * @throws CloudError `forbidden` when the old password is wrong or missing, or the user's rights
 *   exceed the actor's.
 */
export const userSetPassword = defineOperation({
  id: 'identity.user.setPassword',
  summary: 'Sets or removes the password of a user.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  mutates: true,
  secrets: ['password', 'original'],
  input: z.strictObject({
    id: idField,
    password: passwordField.nullable(),
    original: passwordField.optional(),
  }),
  run: async (call, { id, password, original }): Promise<void> => {
    const { kernel } = call
    requireUnlent(call)
    const user = await fetchUser(call, id)
    const own = user.id === call.actor.userId && user.passwordHash !== null
    if (own || original !== undefined) await requireOriginal(kernel, user, original)
    else await requireManageable(call, user)
    const passwordHash = password === null ? null : await kernel.passwords.hash(password)
    const next: User = {
      ...user,
      passwordHash,
      tokenEpoch: tokenEpoch(user) + 1,
      updatedAt: kernel.clock.now(),
    }
    await call.commit(new Writes().update(userKind, next), [id], null)
  },
})

async function requireOriginal(
  kernel: Kernel,
  user: User,
  original: string | undefined,
): Promise<void> {
  if (original !== undefined && (await isProven(kernel, user, original))) return
  throw new CloudError('forbidden', 'The original password is wrong or missing.', {
    field: 'original',
  })
}

/** Removes the user, his role assignments and his key pairs. */
export const userDelete = defineOperation({
  id: 'identity.user.delete',
  summary: 'Deletes a user.',
  policy: manage,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const user = await fetchUser(call, id)
    await requireManageable(call, user)
    await call.commit(await planUserRemoval(call.kernel, user), [id], null)
  },
})

export async function userByName(
  kernel: Kernel,
  domainId: string,
  name: string,
): Promise<User | undefined> {
  const [user] = await kernel.store.lookup(userKind, 'byName', [[domainId, name]])
  return user
}
