import type { TrustView } from '@nephos/core'
import { z } from 'zod'
import { roleRef } from './application-credential.ts'
import { id } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'
import { roleName } from './role.ts'
import { timeOf } from './time.ts'

/** Body of a trust's creation. */
export const trustNew = z.object({
  trust: z.object({
    trustor_user_id: id,
    trustee_user_id: id,
    impersonation: z.boolean(),
    project_id: id.nullable().optional(),
    roles: z.array(roleRef).max(100).optional(),
    expires_at: z.string().max(64).nullable().optional(),
    remaining_uses: z.number().int().min(1).max(1_000_000).nullable().optional(),
    allow_redelegation: z.boolean().nullable().optional(),
    redelegation_count: z.number().int().min(0).nullable().optional(),
  }),
})

/** A trust as Keystone shows it; in lists without its roles. */
export function trustBody(
  trust: TrustView,
  url: UrlOf,
  options: { readonly roles: boolean } = { roles: true },
): Readonly<Record<string, unknown>> {
  const { id: own, expiresAt } = trust
  return {
    id: own,
    trustor_user_id: trust.trustorId,
    trustee_user_id: trust.trusteeId,
    project_id: trust.projectId,
    impersonation: trust.impersonation,
    expires_at: expiresAt === null ? null : timeOf(expiresAt),
    remaining_uses: trust.remainingUses,
    redelegation_count: 0,
    deleted_at: null,
    ...(options.roles && {
      roles: trust.roles.map((role) => roleName(role, url)),
      roles_links: { self: url(`/OS-TRUST/trusts/${own}/roles`), previous: null, next: null },
    }),
    ...selfLink(url, `/OS-TRUST/trusts/${own}`),
  }
}
