import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Credential, credentialKind } from '../../model/identity/credential.ts'
import { projectKind } from '../../model/identity/project.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { type Standing, standingIn, placeOf } from './actor.ts'
import { isAdministrator } from './assignments.ts'
import { insertDependent, removeDependent } from './dependents.ts'
import { requireOwn, requireUnlent } from './own.ts'
import { asRefused, refused } from './refused.ts'
import { randomHex } from './secret.ts'

const own = { scope: 'any', role: 'reader', domainRole: 'reader' } as const
const blobField = z.string().min(1).max(limits.credentialLength)

/** Its type, and for `ec2` the access key and the secret as JSON. */
const bodyFields = { type: nameField, blob: blobField, projectId: idField.nullable() }

/**
 * Keeps something for a user: his own, to all but administrators.
 *
 * @throws CloudError `invalid` for `ec2` without a project, an access key and a secret; `conflict`
 *   when the access key is taken; `notFound` for the user or the project.
 */
export const credentialCreate = defineOperation({
  id: 'identity.credential.create',
  summary: 'Keeps a credential of a user, such as an access key.',
  policy: own,
  mutates: true,
  secrets: ['blob'],
  once: ['blob'],
  input: z.strictObject({
    ...bodyFields,
    projectId: bodyFields.projectId.default(null),
    userId: idField.optional(),
  }),
  run: async (call, { type, blob, ...input }): Promise<Credential> => {
    const userId = input.userId ?? call.actor.userId
    await requireHolder(call, userId, input.projectId)
    return insert(call, { userId, projectId: input.projectId, type, blob })
  },
})

/** An access key and its secret, both made here. */
export const accessKeyCreate = defineOperation({
  id: 'identity.accessKey.create',
  summary: 'Makes an access key and a secret for requests that are signed.',
  policy: own,
  mutates: true,
  once: ['blob'],
  input: z.strictObject({ userId: idField.optional(), projectId: idField }),
  run: async (call, { projectId, ...input }): Promise<Credential> => {
    const userId = input.userId ?? call.actor.userId
    await requireHolder(call, userId, projectId)
    const [access, secret] = [randomHex(call.kernel, 16), randomHex(call.kernel, 32)]
    const blob = JSON.stringify({ access, secret })
    return insert(call, { userId, projectId, type: 'ec2', blob })
  },
})

export const credentialGet = defineOperation({
  id: 'identity.credential.get',
  summary: 'Shows a credential, by its id or its access key.',
  policy: own,
  mutates: false,
  input: z
    .strictObject({ id: idField.optional(), access: nameField.optional() })
    .refine((input) => (input.id === undefined) !== (input.access === undefined), {
      message: 'names one of id, access',
      path: ['id'],
    }),
  run: async (call, { id, access }): Promise<Credential> => {
    const { store } = call.kernel
    if (id !== undefined) return fetchCredential(call, id)
    const [row] = await store.lookup(credentialKind, 'byAccess', [[access as string]])
    return required(call, row, 'access')
  },
})

export const credentialList = defineOperation({
  id: 'identity.credential.list',
  summary: 'Lists credentials: the own ones, to all but operators.',
  policy: own,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    userId: idField.optional(),
    type: nameField.optional(),
  }),
  run: (call, input): Promise<Credential[]> => {
    const userId = input.userId ?? (call.actor.system ? undefined : call.actor.userId)
    if (userId !== undefined) requireOwn(call, userId, 'user', 'userId')
    const { type } = input
    const byType = userId !== undefined && type !== undefined
    const equals = [...(userId === undefined ? [] : [userId]), ...(byType ? [type] : [])]
    const keep = byType || type === undefined ? undefined : (row: Credential) => row.type === type
    return listPage(call, credentialKind, { index: 'byUser', equals }, input, keep)
  },
})

/** @throws CloudError as its creation. */
export const credentialUpdate = defineOperation({
  id: 'identity.credential.update',
  summary: 'Changes a credential.',
  policy: own,
  mutates: true,
  secrets: ['blob'],
  once: ['blob'],
  input: z.strictObject({
    id: idField,
    type: bodyFields.type.optional(),
    blob: bodyFields.blob.optional(),
    projectId: bodyFields.projectId.optional(),
  }),
  run: async (call, { id, type, blob, projectId }): Promise<Credential> => {
    const old = await fetchCredential(call, id)
    const next = {
      ...old,
      type: type ?? old.type,
      blob: blob ?? old.blob,
      projectId: projectId === undefined ? old.projectId : projectId,
    }
    await requireHolder(call, next.userId, next.projectId)
    const row = { ...next, access: await accessOf(call.kernel, next, id) }
    const writes = new Writes()
    if (row.projectId === old.projectId) writes.update(credentialKind, row)
    else {
      // What it counts in the projects changes with it: the one goes, the other comes.
      const { rev: _, ...draft } = row
      removeDependent(writes, credentialKind, old)
      insertDependent(writes, credentialKind, draft)
    }
    const answer = { ...row, rev: row.projectId === old.projectId ? old.rev + 1 : 1 }
    await call.commit(writes, [id], answer)
    return answer
  },
})

export const credentialDelete = defineOperation({
  id: 'identity.credential.delete',
  summary: 'Deletes a credential: what it signed counts no more at once.',
  policy: own,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const row = await fetchCredential(call, id)
    requireUnlent(call)
    const writes = new Writes()
    removeDependent(writes, credentialKind, row)
    await call.commit(writes, [id], null)
  },
})

async function insert(
  call: Call,
  fields: Pick<Credential, 'userId' | 'projectId' | 'type' | 'blob'>,
): Promise<Credential> {
  const { kernel } = call
  const id = kernel.ids.next()
  const access = await accessOf(kernel, fields, id)
  const row = { id, ...fields, access, createdAt: kernel.clock.now() }
  const writes = new Writes()
  insertDependent(writes, credentialKind, row)
  const answer = { ...row, rev: 1 }
  await call.commit(writes, [id], answer)
  return answer
}

/** Anybody keeps for himself what lets him act where he may act; administrators, for anybody. */
async function requireHolder(call: Call, userId: string, projectId: string | null): Promise<void> {
  const { kernel, actor } = call
  requireUnlent(call)
  if (!isAdministrator(actor)) {
    if (userId !== actor.userId) throw notFound('user', 'userId')
    if (projectId !== null && projectId !== actor.projectId) throw notFound('project', 'projectId')
    return
  }
  const [[user], [project]] = await Promise.all([
    kernel.store.get(userKind, [userId]),
    projectId === null ? [null] : kernel.store.get(projectKind, [projectId]),
  ])
  if (!user) throw notFound('user', 'userId')
  if (projectId !== null && !project) throw notFound('project', 'projectId')
}

const ec2Blob = z.looseObject({ access: nameField, secret: z.string().min(1).max(1_024) })

/** The access key of a credential that has one, once nobody else has it. */
async function accessOf(
  kernel: Kernel,
  { type, blob, projectId }: Pick<Credential, 'type' | 'blob' | 'projectId'>,
  id: string,
): Promise<string | null> {
  if (type !== 'ec2') return null
  if (projectId === null) {
    throw new CloudError('invalid', 'projectId: is needed for ec2.', { field: 'projectId' })
  }
  const parsed = ec2Blob.safeParse(jsonOf(blob))
  if (!parsed.success) {
    throw new CloudError('invalid', 'blob: is no JSON of an access key and a secret.', {
      field: 'blob',
    })
  }
  const { access } = parsed.data
  const [taken] = await kernel.store.lookup(credentialKind, 'byAccess', [[access]])
  if (!taken || taken.id === id) return access
  throw new CloudError('conflict', 'The access key is taken.', { field: 'blob' })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function fetchCredential(call: Call, id: string): Promise<Credential> {
  const [row] = await call.kernel.store.get(credentialKind, [id])
  return required(call, row, 'id')
}

function required(call: Call, row: Credential | undefined, field: string): Credential {
  if (!row) throw notFound('credential', field)
  requireOwn(call, row.userId, 'credential', field)
  return row
}

/** Who signs with an access key, and as what he acts. */
export interface SignedBy extends Standing {
  readonly access: string
}

/**
 * The actor behind an access key, once a signature made with its secret was verified. Nothing is
 * remembered: a deleted key, a removed role, anything disabled counts from the next call on.
 *
 * @param isSigned verifies with the secret, in constant time; called with one that fits nothing
 *   when the key does not exist, so that keys cannot be probed.
 * @throws CloudError `unauthenticated`, alike whatever the reason.
 */
export async function authenticateAccessKey(
  kernel: Kernel,
  access: string,
  isSigned: (secret: string) => boolean,
): Promise<SignedBy> {
  const [row] = await kernel.store.lookup(credentialKind, 'byAccess', [[access]])
  const parsed = ec2Blob.safeParse(row ? jsonOf(row.blob) : undefined)
  const isProven = isSigned(parsed.data?.secret ?? randomHex(kernel, 32))
  if (!isProven || !row || !parsed.success) throw refused()
  return { access, ...(await asHolder(kernel, row)) }
}

async function asHolder(kernel: Kernel, { userId, projectId }: Credential): Promise<Standing> {
  return asRefused(async () => {
    const [user] = await kernel.store.get(userKind, [userId])
    if (!user || projectId === null) throw refused()
    const place = await placeOf(kernel, { projectId })
    return standingIn(kernel, { userId, userDomainId: user.domainId, place })
  })
}
