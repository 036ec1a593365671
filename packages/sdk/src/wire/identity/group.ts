import type { Group } from '@nephos/core'
import { z } from 'zod'
import { description, id, name } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

/** Body of a group's creation. */
export const groupNew = z.object({
  group: z.object({
    name,
    domain_id: id.nullable().optional(),
    description: description.optional(),
  }),
})

/** Body of a group's change. */
export const groupChange = z.object({
  group: z.object({ name: name.optional(), description: description.optional() }),
})

/** A group as Keystone shows it. */
export function groupBody(group: Group, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id: own, name: text, domainId } = group
  return {
    id: own,
    name: text,
    domain_id: domainId,
    description: group.description,
    ...selfLink(url, `/groups/${own}`),
  }
}
