import { CloudError, projectGet, projectUpdate } from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, ask } from './who.ts'

const path = '/projects/{project_id}/tags'
const tag = z.string().min(1).max(60)

/** Tags of projects (https://docs.openstack.org/api-ref/identity/v3/#project-tags). */
export const projectTags: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.projectTags.list',
    method: 'GET',
    path,
    summary: 'Lists the tags of a project.',
    access: 'token',
    operations: [projectGet],
    status: 200,
    run: async (x) => json({ tags: await tagsOf(x) }),
  }),
  endpoint({
    id: 'identity.projectTags.replace',
    method: 'PUT',
    path,
    summary: 'Replaces the tags of a project.',
    access: 'token',
    operations: [projectUpdate],
    body: z.object({ tags: z.array(tag).max(50) }),
    example: { tags: ['blue', 'green'] },
    status: 200,
    run: async (x) => json({ tags: await setTags(x, x.body.tags) }),
  }),
  endpoint({
    id: 'identity.projectTags.clear',
    method: 'DELETE',
    path,
    summary: 'Removes all tags of a project.',
    access: 'token',
    operations: [projectUpdate],
    status: 204,
    async run(x) {
      await setTags(x, [])
      return nothing
    },
  }),
  endpoint({
    id: 'identity.projectTags.get',
    method: 'GET',
    path: `${path}/{tag}`,
    summary: 'Tells whether a project has a tag.',
    access: 'token',
    operations: [projectGet],
    status: 204,
    async run(x) {
      await requireTag(x)
      return nothing
    },
  }),
  endpoint({
    id: 'identity.projectTags.add',
    method: 'PUT',
    path: `${path}/{tag}`,
    summary: 'Adds a tag to a project.',
    access: 'token',
    operations: [projectGet, projectUpdate],
    status: 201,
    async run(x) {
      const tags = await tagsOf(x)
      const own = x.param('tag')
      if (!tags.includes(own)) await setTags(x, [...tags, own])
      return nothing
    },
  }),
  endpoint({
    id: 'identity.projectTags.delete',
    method: 'DELETE',
    path: `${path}/{tag}`,
    summary: 'Removes a tag of a project.',
    access: 'token',
    operations: [projectGet, projectUpdate],
    status: 204,
    async run(x) {
      const tags = await requireTag(x)
      await setTags(
        x,
        tags.filter((one) => one !== x.param('tag')),
      )
      return nothing
    },
  }),
]

async function tagsOf(x: AnyExchange): Promise<readonly string[]> {
  return (await ask(x, projectGet, { id: x.param('project_id') })).tags
}

async function setTags(x: AnyExchange, tags: readonly string[]): Promise<readonly string[]> {
  const id = x.param('project_id')
  return (await ask(x, projectUpdate, { id, tags: [...tags] })).tags
}

async function requireTag(x: AnyExchange): Promise<readonly string[]> {
  const tags = await tagsOf(x)
  if (tags.includes(x.param('tag'))) return tags
  throw new CloudError('notFound', 'No such tag.', { field: 'tag' })
}
