import type { AuthenticatedToken } from '@nephos/core'
import { timeOf } from './time.ts'

interface Named {
  readonly id: string
  readonly name: string
}

const named = ({ id, name }: Named): Named => ({ id, name })

/**
 * A token as Keystone shows it.
 *
 * @param catalog undefined: it is left out.
 */
export function tokenBody(
  seen: AuthenticatedToken,
  catalog: readonly unknown[] | undefined,
): { readonly token: Readonly<Record<string, unknown>> } {
  const { token, user, userDomain, project, domain, roles } = seen
  const { scope } = token
  const isScoped = scope.type !== 'unscoped'
  return {
    token: {
      methods: token.methods,
      user: { ...named(user), domain: named(userDomain), password_expires_at: null },
      audit_ids: token.auditIds,
      expires_at: timeOf(token.expiresAt),
      issued_at: timeOf(token.issuedAt),
      ...(isScoped && { roles: roles.map(named) }),
      ...(project &&
        domain && { project: { ...named(project), domain: named(domain) }, is_domain: false }),
      ...(scope.type === 'domain' && domain && { domain: named(domain) }),
      ...(scope.type === 'system' && { system: { all: true } }),
      ...(isScoped && catalog && { catalog }),
      ...(token.applicationCredentialId !== null && {
        application_credential: {
          id: token.applicationCredentialId,
          restricted: !(seen.actor?.lent?.onward ?? false),
          ...(seen.accessRules && {
            access_rules: seen.accessRules.map(({ id, service, method, path }) => ({
              id,
              service,
              method,
              path,
            })),
          }),
        },
      }),
      ...(token.trustId !== null && { 'OS-TRUST:trust': { id: token.trustId } }),
    },
  }
}
