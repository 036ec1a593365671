import {
  CloudError,
  defaultDomainId,
  domainCreate,
  domainGet,
  domainList,
  isCloudError,
  type Project,
  projectCreate,
  projectDelete,
  projectGet,
  projectList,
  projectUpdate,
} from '@nephos/core'
import { domainAsProject } from '../../wire/identity/domain.ts'
import { listBody } from '../../wire/identity/links.ts'
import {
  projectBody,
  projectChange,
  projectExtra,
  projectNew,
} from '../../wire/identity/project.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { all, first, flag, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { deleteDomain, updateDomain } from './domains.ts'
import { inexact } from './filters.ts'
import { shownProject, subtree } from './project-tree.ts'
import { type AnyExchange, ask, walk } from './who.ts'

/** Projects (https://docs.openstack.org/api-ref/identity/v3/#projects). */
export const projects: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.projects.create',
    method: 'POST',
    path: '/projects',
    summary: 'Creates a project; or a domain, where `is_domain` says so.',
    access: 'token',
    operations: [projectCreate, domainCreate],
    body: projectNew,
    example: { project: { name: 'web', tags: ['blue'] } },
    status: 201,
    async run(x) {
      const { project: body } = x.body
      const { name, description, enabled, tags } = body
      const about = {
        name,
        description: description ?? '',
        ...(enabled !== undefined && { enabled }),
      }
      if (body.is_domain) {
        const domain = await ask(x, domainCreate, about)
        return json({ project: domainAsProject(domain, (path) => x.url(path)) })
      }
      const { domainId, parentId } = placeOf(x, body)
      const extra = projectExtra(body)
      const project = await ask(x, projectCreate, {
        ...about,
        ...(Object.keys(extra).length > 0 && { extra }),
        ...(tags && { tags }),
        domainId,
        parentId,
      })
      return json({ project: projectBody(project, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.projects.list',
    method: 'GET',
    path: '/projects',
    summary: 'Lists projects by domain, name, parent, tags and whether they are enabled.',
    access: 'token',
    operations: [projectList, domainList],
    status: 200,
    async run(x) {
      requireWide(x)
      const { items, truncated } = flag(x.query, 'is_domain')
        ? await listedDomains(x)
        : await listed(x)
      return json(listBody('projects', items, x.url('/projects'), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.projects.get',
    method: 'GET',
    path: '/projects/{project_id}',
    summary: 'Shows a project, with what is above and beneath it where that is asked for.',
    access: 'token',
    operations: [projectGet, projectList, domainGet],
    status: 200,
    async run(x) {
      return json({ project: await shownProject(x, x.param('project_id'), x.query) })
    },
  }),
  endpoint({
    id: 'identity.projects.update',
    method: 'PATCH',
    path: '/projects/{project_id}',
    summary: 'Renames, describes, tags, enables or disables a project.',
    access: 'token',
    operations: [projectGet, projectUpdate],
    body: projectChange,
    example: { project: { description: 'Everything on the web' } },
    status: 200,
    async run(x) {
      requireWide(x)
      const id = x.param('project_id')
      const { project: body } = x.body
      const before = await projectOrDomain(x, id)
      if (!before) {
        const domain = await updateDomain(x, id, body)
        return json({ project: domainAsProject(domain, (path) => x.url(path)) })
      }
      requireSamePlace(before, body)
      const { name, description, enabled, tags } = body
      const extra = projectExtra(body)
      const project = await ask(x, projectUpdate, {
        id,
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description: description ?? '' }),
        ...(enabled !== undefined && { enabled }),
        ...(tags && { tags }),
        ...(Object.keys(extra).length > 0 && { extra: { ...before.extra, ...extra } }),
      })
      return json({ project: projectBody(project, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.projects.delete',
    method: 'DELETE',
    path: '/projects/{project_id}',
    summary: 'Deletes a project that owns nothing; with `cascade`, those beneath it as well.',
    access: 'token',
    operations: [projectGet, projectList, projectDelete],
    status: 204,
    async run(x) {
      requireWide(x)
      const id = x.param('project_id')
      const project = await projectOrDomain(x, id)
      if (!project) {
        await deleteDomain(x, id)
        return nothing
      }
      if (first(x.query, 'cascade') !== undefined) await deleteBeneath(x, project)
      await ask(x, projectDelete, { id })
      return nothing
    },
  }),
]

/** Who sees one project only has no list, and changes none: Keystone refuses it to him. */
function requireWide(x: AnyExchange): void {
  const actor = x.operator ?? x.actor
  if (actor.system || actor.projectId === null) return
  throw new CloudError('forbidden', 'Not allowed beyond a project.', { field: 'actor' })
}

/** Where a new project goes: a parent that is the domain itself is none. */
function placeOf(
  x: AnyExchange,
  body: {
    readonly domain_id?: string | null | undefined
    readonly parent_id?: string | null | undefined
  },
): { readonly domainId: string; readonly parentId: string | null } {
  const parent = body.parent_id ?? null
  const domainId =
    body.domain_id ?? x.token.domain?.id ?? (parent === null ? defaultDomainId : undefined)
  const isOwn = parent === domainId
  return { domainId: domainId ?? defaultDomainId, parentId: isOwn ? null : parent }
}

function requireSamePlace(
  { domainId, parentId }: Project,
  body: {
    readonly domain_id?: string | null | undefined
    readonly parent_id?: string | null | undefined
    readonly is_domain?: boolean | undefined
  },
): void {
  const isMoved =
    (body.domain_id !== undefined && body.domain_id !== domainId) ||
    (body.parent_id !== undefined && body.parent_id !== (parentId ?? domainId))
  if (isMoved) {
    throw new CloudError('forbidden', 'A project stays where it is.', { field: 'parent_id' })
  }
  if (body.is_domain) {
    throw new CloudError('invalid', 'is_domain: stays as it is.', { field: 'is_domain' })
  }
}

/** The project; undefined where the id is that of a domain, which administrators see as one. */
async function projectOrDomain(x: AnyExchange, id: string): Promise<Project | undefined> {
  try {
    return await ask(x, projectGet, { id })
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'notFound' || !x.operator) throw error
    await ask(x, domainGet, { id })
    return undefined
  }
}

interface Listed {
  readonly items: readonly unknown[]
  readonly truncated: boolean
}

async function listed(x: AnyExchange & { readonly query: RawQuery }): Promise<Listed> {
  const { query } = x
  const [name, parent, domain] = ['name', 'parent_id', 'domain_id'].map((key) => first(query, key))
  const enabled = flag(query, 'enabled')
  const byName = inexact<Project>(query, { name: (project) => project.name })
  const byTags = tagged(query)
  const { rows, truncated } = await walk(
    (bounds) =>
      ask(x, projectList, {
        ...bounds,
        ...(name !== undefined && { name }),
        ...(domain !== undefined && { domainId: domain }),
        ...(enabled !== undefined && { enabled }),
      }),
    (project) =>
      (parent === undefined || (project.parentId ?? project.domainId) === parent) &&
      byName(project) &&
      byTags(project),
    pageOf(query),
  )
  return { items: rows.map((project) => projectBody(project, (path) => x.url(path))), truncated }
}

async function listedDomains(x: AnyExchange & { readonly query: RawQuery }): Promise<Listed> {
  const [name, enabled] = [first(x.query, 'name'), flag(x.query, 'enabled')]
  const { rows, truncated } = await walk(
    (bounds) =>
      ask(x, domainList, {
        ...bounds,
        ...(name !== undefined && { name }),
        ...(enabled !== undefined && { enabled }),
      }),
    () => true,
    pageOf(x.query),
  )
  return { items: rows.map((domain) => domainAsProject(domain, (path) => x.url(path))), truncated }
}

/** `tags`, `tags-any`, `not-tags`, `not-tags-any` of a query. */
function tagged(query: RawQuery): (project: Project) => boolean {
  const named = (key: string): readonly string[] | undefined => {
    const given = all(query, key)
    return given.length === 0 ? undefined : given.flatMap((text) => text.split(','))
  }
  const [every, some, notEvery, none] = ['tags', 'tags-any', 'not-tags', 'not-tags-any'].map(named)
  return ({ tags }) => {
    const has = (tag: string): boolean => tags.includes(tag)
    if (every && !every.every(has)) return false
    if (some && !some.some(has)) return false
    if (notEvery?.every(has)) return false
    return !none?.some(has)
  }
}

/** Those beneath a project, the lowest first; they are all disabled before. */
async function deleteBeneath(x: AnyExchange, project: Project): Promise<void> {
  const beneath = await subtree(x, project)
  if ([project, ...beneath].some(({ enabled }) => enabled)) {
    throw new CloudError('forbidden', 'Disable the projects before deleting them.', {
      field: 'enabled',
    })
  }
  const deepest = beneath.toSorted((a, b) => b.ancestorIds.length - a.ancestorIds.length)
  for (const { id } of deepest) await ask(x, projectDelete, { id }, { step: id })
}
