import type { RoleRule } from '@nephos/core'
import { z } from 'zod'
import { description, id, name, options } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

/** Body of a role's creation. */
export const roleNew = z.object({
  role: z.object({
    name,
    domain_id: id.nullable().optional(),
    description: description.optional(),
    options: options.optional(),
  }),
})

/** Body of a role's change. */
export const roleChange = z.object({
  role: z.object({
    name: name.optional(),
    description: description.optional(),
    options: options.optional(),
  }),
})

/** A role as Keystone shows it. */
export function roleBody(role: RoleRule, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id: own, name: text, domainId, description: about } = role
  return {
    id: own,
    name: text,
    domain_id: domainId,
    description: about,
    options: {},
    ...selfLink(url, `/roles/${own}`),
  }
}

/** A role within something else. */
export function roleName(
  role: Pick<RoleRule, 'id' | 'name'>,
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  return { id: role.id, name: role.name, ...selfLink(url, `/roles/${role.id}`) }
}
