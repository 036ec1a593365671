import type { Domain } from '@nephos/core'
import { z } from 'zod'
import { description, options, shortName } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

const fields = {
  description: description.optional(),
  enabled: z.boolean().optional(),
  options: options.optional(),
  tags: z.array(z.never()).optional(),
}

/** Body of a domain's creation. */
export const domainNew = z.object({ domain: z.strictObject({ name: shortName, ...fields }) })
/** Body of a domain's change. */
export const domainChange = z.object({
  domain: z.strictObject({ name: shortName.optional(), ...fields }),
})

/** A domain as Keystone shows it. */
export function domainBody(domain: Domain, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id, name, description: text, enabled } = domain
  return {
    id,
    name,
    description: text,
    enabled,
    tags: [],
    options: {},
    ...selfLink(url, `/domains/${id}`),
  }
}

/** A domain as Keystone shows it among projects. */
export function domainAsProject(domain: Domain, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id, name, description: text, enabled } = domain
  return {
    id,
    name,
    description: text,
    enabled,
    domain_id: null,
    parent_id: null,
    is_domain: true,
    tags: [],
    options: {},
    ...selfLink(url, `/projects/${id}`),
  }
}
