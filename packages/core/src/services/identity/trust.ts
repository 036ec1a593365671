import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Trust, trustKind } from '../../model/identity/trust.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { requireFuture, roleRefField, rolesFor, timeField } from './application-credential.ts'
import { insertDependent, removeDependent } from './dependents.ts'
import { requireUnlent } from './own.ts'
import { type RoleRule, rolesById } from './role-rules.ts'

const own = { scope: 'any', role: 'reader', domainRole: 'reader' } as const

/** A trust as shown. */
export type TrustView = Omit<Trust, 'roleIds'> & {
  readonly roles: readonly Pick<RoleRule, 'id' | 'name'>[]
}

/**
 * Lends roles that one has in the own project to somebody.
 *
 * @throws CloudError `forbidden` for a role that one has not, and for somebody who acts by what was
 *   lent to him; `notFound` for the trustee; `invalid` for a time that is past.
 */
export const trustCreate = defineOperation({
  id: 'identity.trust.create',
  summary: 'Lends roles in the own project to another user.',
  policy: { scope: 'project', role: 'reader' },
  mutates: true,
  input: z.strictObject({
    trusteeId: idField,
    roles: z.array(roleRefField).min(1).max(limits.accessRules),
    impersonation: z.boolean(),
    expiresAt: timeField.nullable().default(null),
    remainingUses: z.int().min(1).max(1_000_000).nullable().default(null),
  }),
  run: async (call, { roles: refs, ...input }): Promise<TrustView> => {
    const { kernel, actor, projectId } = call
    requireUnlent(call)
    requireFuture(kernel, input.expiresAt)
    const [trustee] = await kernel.store.get(userKind, [input.trusteeId])
    if (!trustee) throw notFound('user', 'trusteeId')
    const roles = await rolesFor(call, refs)
    const row = {
      id: kernel.ids.next(),
      trustorId: actor.userId,
      projectId,
      ...input,
      roleIds: roles.map(({ id }) => id),
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes()
    insertDependent(writes, trustKind, row)
    const answer = viewOf({ ...row, rev: 1 }, roles)
    await call.commit(writes, [row.id, input.trusteeId], answer)
    return answer
  },
})

export const trustGet = defineOperation({
  id: 'identity.trust.get',
  summary: 'Shows a trust to its trustor, its trustee and operators.',
  policy: own,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<TrustView> => {
    const [view] = await views(call, [await fetchTrust(call, id)])
    return view as TrustView
  },
})

export const trustList = defineOperation({
  id: 'identity.trust.list',
  summary: 'Lists trusts by trustor or trustee: the own ones, to all but operators.',
  policy: own,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    trustorId: idField.optional(),
    trusteeId: idField.optional(),
  }),
  run: async (call, { trustorId, trusteeId, ...page }): Promise<readonly TrustView[]> => {
    const { actor } = call
    const named = [trustorId, trusteeId].filter((id) => id !== undefined)
    const isOwn = named.includes(actor.userId)
    if (!actor.system && !isOwn) {
      throw new CloudError('forbidden', 'Only operators see the trusts of others.', {
        field: 'trustorId',
      })
    }
    const [index, id] =
      trustorId === undefined ? ['byTrustee', trusteeId] : ['byTrustor', trustorId]
    const query = id === undefined ? {} : { index, equals: [id] }
    const keep = (row: Trust): boolean => trusteeId === undefined || row.trusteeId === trusteeId
    return views(call, await listPage(call, trustKind, query, page, keep))
  },
})

/**
 * What was issued for it counts no more at once.
 *
 * @throws CloudError `forbidden` for the trustee; `notFound`.
 */
export const trustDelete = defineOperation({
  id: 'identity.trust.delete',
  summary: 'Ends a trust.',
  policy: own,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const trust = await fetchTrust(call, id)
    requireUnlent(call)
    if (!call.actor.system && trust.trustorId !== call.actor.userId) {
      throw new CloudError('forbidden', 'Only its trustor ends a trust.', { field: 'id' })
    }
    const writes = new Writes()
    removeDependent(writes, trustKind, trust)
    await call.commit(writes, [id], null)
  },
})

async function fetchTrust({ actor, kernel }: Call, id: string): Promise<Trust> {
  const [trust] = await kernel.store.get(trustKind, [id])
  const isSeen = trust && [trust.trustorId, trust.trusteeId].includes(actor.userId)
  if (trust && (actor.system || isSeen)) return trust
  throw notFound('trust', 'id')
}

async function views({ kernel }: Call, rows: readonly Trust[]): Promise<readonly TrustView[]> {
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

function viewOf(row: Trust, roles: readonly RoleRule[]): TrustView {
  const { roleIds: _, ...shown } = row
  return { ...shown, roles: roles.map(({ id, name }) => ({ id, name })) }
}
