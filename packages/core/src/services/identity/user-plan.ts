import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { keyPairKind } from '../../model/compute/key-pair.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import { everyRow } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { planDependents } from './dependents.ts'
import { closeReferences, domainReferences, dropReference, userReferences } from './references.ts'

/**
 * Writes the removal of a user with all that is only his: roles, credentials, trusts, key pairs.
 */
export async function planUserRemoval(kernel: Kernel, user: User): Promise<Writes> {
  const writes = new Writes()
  const scope = userReferences(user.id)
  closeReferences(writes, scope, await planDependents(kernel, writes, scope))
  dropReference(writes, domainReferences(user.domainId))
  for await (const pairs of everyRow(kernel, keyPairKind, { index: 'byName', equals: [user.id] })) {
    writes.remove(keyPairKind, ...pairs)
    for (const pair of pairs) chargeQuota(writes, pair.projectId, { keyPairs: 1 }, -1)
  }
  return writes.remove(userKind, user)
}
