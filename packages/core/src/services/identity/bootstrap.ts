import { CommitConflict } from '../../commit/committer.ts'
import { limits } from '../../base/limits.ts'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId, domainKind } from '../../model/identity/domain.ts'
import { roleAssignmentId, roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import { Call } from '../call.ts'
import { newDomain } from './domain.ts'
import { domainReferences, openReferences, userReferences } from './references.ts'
import { userByName } from './user.ts'

export const adminName = 'admin'

/**
 * Sees to it that the default domain and a user `admin`, with the role `admin` on the system and no
 * password, exist. One commit; none when the domain is there already: an operator who has removed
 * or renamed `admin` meant it. Several processes may do so at once.
 *
 * @returns the id of the user `admin`, or null when an operator has removed him.
 */
export async function bootstrapIdentity(kernel: Kernel): Promise<{ adminId: string | null }> {
  for (let tries = 1; ; tries++) {
    const [domain] = await kernel.store.get(domainKind, [defaultDomainId])
    if (domain)
      return { adminId: (await userByName(kernel, defaultDomainId, adminName))?.id ?? null }
    try {
      return { adminId: await createFirst(kernel) }
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error
      if (tries >= limits.commitAttempts) {
        throw new CloudError('stale', 'Concurrent writers won every attempt.', {
          limit: limits.commitAttempts,
          internal: { conflict: error.conflict },
        })
      }
    }
  }
}

async function createFirst(kernel: Kernel): Promise<string> {
  const at = kernel.clock.now()
  const fields = { name: 'Default', description: 'The default domain', enabled: true }
  const admin: Omit<User, 'rev'> = {
    id: kernel.ids.next(),
    domainId: defaultDomainId,
    name: adminName,
    description: 'The first operator',
    email: null,
    enabled: true,
    passwordHash: null,
    createdAt: at,
    updatedAt: at,
  }
  const grant = {
    userId: admin.id,
    role: 'admin',
    targetType: 'system',
    targetId: 'system',
    inherited: false,
  } as const
  const writes = new Writes()
    .insert(domainKind, newDomain(kernel, defaultDomainId, fields))
    .insert(userKind, admin)
    .insert(roleAssignmentKind, { id: roleAssignmentId(grant), ...grant, createdAt: at })
  openReferences(writes, domainReferences(defaultDomainId), 1)
  openReferences(writes, userReferences(admin.id), 1)
  const actor = {
    userId: admin.id,
    projectId: null,
    domainId: null,
    roles: ['admin'],
    system: true,
  }
  const call = new Call(kernel, actor, 'identity.bootstrap', {
    requestId: `req-${kernel.ids.next()}`,
  })
  await call.commit(writes, [defaultDomainId, admin.id], null)
  return admin.id
}
