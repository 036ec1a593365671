import { z } from 'zod'
import { Writes } from '../../commit/writes.ts'
import {
  type ObjectAccount,
  objectAccountKind,
  type TempUrlKeys,
} from '../../model/object/account.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { quotaScope } from '../quota.ts'
import { accountOf } from './access.ts'
import { accountField, objectMetadataField, tempUrlKeysField } from './fields.ts'
import { accountView, type AccountView } from './view.ts'

export const objectAccountGet = defineOperation({
  id: 'object.account.get',
  summary: 'Shows what a project has in object storage, and what it keeps about it.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ account: accountField }),
  run: async (call, input): Promise<AccountView> => {
    const account = await fetchAccount(call, input.account)
    return accountView(account, await call.kernel.store.counters([quotaScope(account.id)]))
  },
})

/** Metadata that is given replaces all of it; of the keys only those named change. */
export const objectAccountUpdate = defineOperation({
  id: 'object.account.update',
  summary: 'Changes a project’s account of object storage: metadata, keys of temporary URLs.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  secrets: ['tempUrlKeys'],
  input: z.strictObject({
    account: accountField,
    metadata: objectMetadataField.optional(),
    tempUrlKeys: tempUrlKeysField.optional(),
  }),
  run: async (call, { account: id, metadata, tempUrlKeys }): Promise<AccountView> => {
    const { store, clock } = call.kernel
    const account = await fetchAccount(call, id)
    const changed: ObjectAccount = {
      ...account,
      ...given({ metadata }),
      tempUrlKeys: changedKeys(account.tempUrlKeys, tempUrlKeys),
      updatedAt: clock.now(),
    }
    const answer = accountView(changed, await store.counters([quotaScope(account.id)]))
    await call.commit(new Writes().update(objectAccountKind, changed), [account.id], answer)
    return answer
  },
})

/** The keys, with those changed that are named. */
export function changedKeys(
  keys: TempUrlKeys,
  patch: { first?: string | null | undefined; second?: string | null | undefined } = {},
): TempUrlKeys {
  return { ...keys, ...given(patch) }
}

/** @throws CloudError `notFound` for an absent project, and for a foreign one alike. */
export async function fetchAccount(
  call: Call,
  account: string | undefined,
): Promise<ObjectAccount> {
  const { actor, kernel } = call
  const id = accountOf(call, account)
  const isOwn = actor.system || actor.projectId === id
  const [row] = isOwn ? await kernel.store.get(objectAccountKind, [id]) : []
  if (row) return row
  throw notFound('account', 'account')
}
