import type { DomainRef, ScopeRef, UserRef } from '@nephos/core'
import { z } from 'zod'

const text = z.string().min(1).max(255)
const secret = z.string().max(4_096)

const domainRef = z.union([z.object({ id: text }), z.object({ name: text })])

const userRef = z.object({
  id: text.optional(),
  name: text.optional(),
  domain: domainRef.optional(),
})

const projectScope = z
  .object({ id: text.optional(), name: text.optional(), domain: domainRef.optional() })
  .refine(({ id, name, domain }) => id !== undefined || (name !== undefined && domain), {
    message: 'has neither an id nor a name with a domain',
  })

/** How somebody says who he is, and where he wants to act (`POST /v3/auth/tokens`). */
export const authRequest = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.array(z.string().max(64)).min(1).max(8),
      password: z
        .object({ user: userRef.extend({ password: secret }) })
        .refine(({ user }) => isNamed(user), 'does not name the user')
        .optional(),
      token: z.object({ id: secret }).optional(),
      application_credential: z
        .object({
          id: text.optional(),
          name: text.optional(),
          secret,
          user: userRef.optional(),
        })
        .refine(
          ({ id, name, user }) =>
            id !== undefined || (name !== undefined && user !== undefined && isNamed(user)),
          'has neither an id nor a name with a user',
        )
        .optional(),
    }),
    scope: z
      .union([
        z.literal('unscoped'),
        z.object({ 'OS-TRUST:trust': z.object({ id: text }) }),
        z.object({ project: projectScope }),
        z.object({ domain: domainRef }),
        z.object({ system: z.object({ all: z.literal(true) }) }),
        z.object({ unscoped: z.object({}) }),
      ])
      .optional(),
  }),
})

export type AuthRequest = z.output<typeof authRequest>['auth']
export type Identity = AuthRequest['identity']

function isNamed(user: z.output<typeof userRef>): boolean {
  return user.id !== undefined || (user.name !== undefined && user.domain !== undefined)
}

/** The user whom a body names. */
export function userRefOf(user: z.output<typeof userRef>): UserRef {
  if (user.id !== undefined) return { userId: user.id }
  return { name: user.name ?? '', ...(user.domain && { domain: user.domain }) }
}

/** The scope that a body names; undefined where it asks for none, null where it says nothing. */
export function scopeRefOf(
  scope: AuthRequest['scope'],
): ScopeRef | { readonly trustId: string } | undefined | null {
  if (scope === undefined) return null
  if (scope === 'unscoped' || 'unscoped' in scope) return undefined
  if ('OS-TRUST:trust' in scope) return { trustId: scope['OS-TRUST:trust'].id }
  if ('system' in scope) return { system: true }
  if ('domain' in scope) return { domain: scope.domain }
  const { id, name, domain } = scope.project
  if (id !== undefined) return { project: { id } }
  return { project: { name: name ?? '', domain: domain as DomainRef } }
}
