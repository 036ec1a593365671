import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId, domainKind } from '../../model/identity/domain.ts'
import type { User } from '../../model/identity/user.ts'
import { userByName } from './user.ts'

/**
 * The user with this name and password. An unknown name, a wrong password and a disabled user give
 * the same error, and each costs one hash, so that names cannot be probed.
 *
 * @throws CloudError `unauthenticated`.
 */
export async function authenticatePassword(
  kernel: Kernel,
  input: { readonly name: string; readonly password: string; readonly domainId?: string },
): Promise<User> {
  const domainId = input.domainId ?? defaultDomainId
  const user = await userByName(kernel, domainId, input.name)
  const [domain] = await kernel.store.get(domainKind, [domainId])
  const proven = user?.passwordHash
    ? await kernel.passwords.verify(input.password, user.passwordHash)
    : await wasteHash(kernel, input.password)
  if (!user || !proven || !user.enabled || !domain?.enabled) {
    throw new CloudError('unauthenticated', 'The name or the password is wrong.')
  }
  return user
}

async function wasteHash(kernel: Kernel, password: string): Promise<false> {
  // A password that cannot be hashed is refused as fast by `verify`.
  await kernel.passwords.hash(password).catch(() => undefined)
  return false
}
