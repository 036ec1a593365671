import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId, domainKind } from '../../model/identity/domain.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import { isProven, wasteHash } from './lock-out.ts'
import { type DomainRef, domainIdOf } from './named.ts'
import { userByName } from './user.ts'

/** A user by his id, or by his name in a domain: the default one unless another is named. */
export type UserRef =
  | { readonly userId: string }
  | { readonly name: string; readonly domainId?: string; readonly domain?: DomainRef }

/**
 * The user with this id, or name in a domain, and password. An unknown name, a wrong password, a
 * disabled user and one who is locked out after too many wrong ones give the same error, and each
 * costs one hash, so that names cannot be probed.
 *
 * @throws CloudError `unauthenticated`.
 */
export async function authenticatePassword(
  kernel: Kernel,
  input: UserRef & { readonly password: string },
): Promise<User> {
  const user = await claimedUser(kernel, input)
  const [domain] = user ? await kernel.store.get(domainKind, [user.domainId]) : []
  const proven = user ? await isProven(kernel, user, input.password) : false
  if (!user) await wasteHash(kernel, input.password)
  if (!user || !proven || !user.enabled || !domain?.enabled) {
    throw new CloudError('unauthenticated', 'The name or the password is wrong.')
  }
  return user
}

/** The user whom somebody claims to be. */
export async function claimedUser(kernel: Kernel, input: UserRef): Promise<User | undefined> {
  if ('userId' in input) return (await kernel.store.get(userKind, [input.userId]))[0]
  const domainId = input.domain
    ? await domainIdOf(kernel, input.domain)
    : (input.domainId ?? defaultDomainId)
  return domainId === undefined ? undefined : userByName(kernel, domainId, input.name)
}
