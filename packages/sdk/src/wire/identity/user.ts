import type { UserView } from '@nephos/core'
import { z } from 'zod'
import { description, type Extra, extraOf, id, name, options } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

const password = z.string().min(1).max(1_024)

const fields = {
  description: description.optional(),
  email: z.string().max(254).nullable().optional(),
  enabled: z.boolean().optional(),
  default_project_id: id.nullable().optional(),
  options: options.optional(),
}

/** Body of a user's creation: what else it has is kept with the user. */
export const userNew = z.object({
  user: z.looseObject({
    name,
    domain_id: id.nullable().optional(),
    password: password.nullable().optional(),
    ...fields,
  }),
})

/** Body of a user's change. */
export const userChange = z.object({
  user: z.looseObject({
    name: name.optional(),
    domain_id: id.nullable().optional(),
    password: password.nullable().optional(),
    ...fields,
  }),
})

/** Body with which a user changes his own password. */
export const passwordChange = z.object({
  user: z.object({ password, original_password: password }),
})

const known = [
  'name',
  'domain_id',
  'password',
  'description',
  'email',
  'enabled',
  'default_project_id',
  'options',
  'id',
  'links',
]

/** What a body has beside what every user has. */
export function userExtra(body: object): Extra {
  return extraOf(body, known, 'user')
}

/** A user as Keystone shows it. */
export function userBody(user: UserView, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id: own, name: text, domainId, email, enabled, defaultProjectId } = user
  return {
    ...user.extra,
    id: own,
    name: text,
    domain_id: domainId,
    description: user.description,
    email,
    enabled,
    ...(defaultProjectId != null && { default_project_id: defaultProjectId }),
    password_expires_at: null,
    options: {},
    ...selfLink(url, `/users/${own}`),
  }
}
