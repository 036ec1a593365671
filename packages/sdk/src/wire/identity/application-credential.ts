import type { AccessRule, ApplicationCredentialView, HeldRule } from '@nephos/core'
import { z } from 'zod'
import { description, id, name } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'
import { roleName } from './role.ts'
import { plainTimeOf } from './time.ts'

const methods = ['POST', 'GET', 'HEAD', 'PATCH', 'PUT', 'DELETE', 'COPY'] as const

/** A role that a body names. */
export const roleRef = z
  .object({ id: id.optional(), name: name.optional() })
  .refine(({ id: own, name: text }) => own !== undefined || text !== undefined, {
    message: 'has neither an id nor a name',
  })

/** The role that a body names, as operations take it. */
export function roleRefOf(
  role: z.output<typeof roleRef>,
): { readonly id: string } | { readonly name: string } {
  return role.id === undefined ? { name: role.name ?? '' } : { id: role.id }
}

/** Body of an application credential's creation. */
export const applicationCredentialNew = z.object({
  application_credential: z.object({
    name,
    description: description.optional(),
    secret: z.string().min(1).max(1_024).nullable().optional(),
    expires_at: z.string().max(64).nullable().optional(),
    roles: z.array(roleRef).max(100).optional(),
    unrestricted: z.boolean().nullable().optional(),
    access_rules: z
      .array(
        z.union([
          z.strictObject({ id }),
          z.strictObject({
            service: name,
            method: z.enum(methods),
            path: z.string().min(1).max(255).startsWith('/'),
          }),
        ]),
      )
      .max(100)
      .optional(),
  }),
})

const heldBody = ({ id: own, service, method, path }: HeldRule): HeldRule => ({
  id: own,
  service,
  method,
  path,
})

/** An application credential as Keystone shows it: the secret once only, when it is made. */
export function applicationCredentialBody(
  view: ApplicationCredentialView & { readonly secret?: string },
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  const { id: own, userId, projectId, expiresAt, accessRules, secret } = view
  return {
    id: own,
    name: view.name,
    description: view.description,
    user_id: userId,
    project_id: projectId,
    system: null,
    expires_at: expiresAt === null ? null : plainTimeOf(expiresAt),
    unrestricted: view.unrestricted,
    roles: view.roles.map((role) => ({ ...roleName(role, url), domain_id: role.domainId })),
    ...(accessRules && { access_rules: accessRules.map(heldBody) }),
    ...(secret !== undefined && { secret }),
    ...selfLink(url, `/users/${userId}/application_credentials/${own}`),
  }
}

/** An access rule as Keystone shows it. */
export function accessRuleBody(rule: AccessRule, url: UrlOf): Readonly<Record<string, unknown>> {
  return { ...heldBody(rule), ...selfLink(url, `/users/${rule.userId}/access_rules/${rule.id}`) }
}
