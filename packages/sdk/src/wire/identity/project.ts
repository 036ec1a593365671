import type { Project } from '@nephos/core'
import { z } from 'zod'
import { description, type Extra, extraOf, id, options, shortName } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

const tags = z.array(z.string().min(1).max(60)).max(50)

const fields = {
  description: description.optional(),
  enabled: z.boolean().optional(),
  tags: tags.optional(),
  options: options.optional(),
}

/** Body of a project's creation: what else it has is kept with the project. */
export const projectNew = z.object({
  project: z.looseObject({
    name: shortName,
    domain_id: id.nullable().optional(),
    parent_id: id.nullable().optional(),
    is_domain: z.boolean().optional(),
    ...fields,
  }),
})

/** Body of a project's change. */
export const projectChange = z.object({
  project: z.looseObject({
    name: shortName.optional(),
    domain_id: id.nullable().optional(),
    parent_id: id.nullable().optional(),
    is_domain: z.boolean().optional(),
    ...fields,
  }),
})

const known = [
  'name',
  'domain_id',
  'parent_id',
  'is_domain',
  'description',
  'enabled',
  'tags',
  'options',
  'id',
  'links',
]

/** What a body has beside what every project has. */
export function projectExtra(body: object): Extra {
  return extraOf(body, known, 'project')
}

/** A project as Keystone shows it. */
export function projectBody(project: Project, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id: own, name, description: text, domainId, enabled, parentId } = project
  return {
    ...project.extra,
    id: own,
    name,
    description: text,
    domain_id: domainId,
    parent_id: parentId ?? domainId,
    enabled,
    is_domain: false,
    tags: project.tags,
    options: {},
    ...selfLink(url, `/projects/${own}`),
  }
}
