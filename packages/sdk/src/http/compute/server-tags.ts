import { serverAddTags, serverGet, serverRemoveTags, serverReplaceTags } from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing } from '../reply.ts'
import { readerOf } from './server-shape.ts'

const since = 26
const path = '/servers/{server_id}/tags'

type Asking = Pick<Exchange<never, never>, 'actor' | 'operator' | 'invokeAs' | 'param'>

async function tagsOf(x: Asking): Promise<readonly string[]> {
  const [server] = await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
  return server?.tags ?? []
}

/** Tags of a server (https://docs.openstack.org/api-ref/compute/#server-tags-servers-tags). */
export const serverTags: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverTags.list',
    method: 'GET',
    path,
    summary: 'Lists the tags of a server.',
    since,
    access: 'token',
    operations: [serverGet],
    status: 200,
    run: async (x) => json({ tags: await tagsOf(x) }),
  }),
  endpoint({
    id: 'compute.serverTags.replace',
    method: 'PUT',
    path,
    summary: 'Replaces the tags of a server.',
    since,
    access: 'token',
    operations: [serverReplaceTags],
    body: z.strictObject({ tags: z.array(z.string().min(1).max(60)).max(50) }),
    status: 200,
    async run(x) {
      const tags = [...new Set(x.body.tags)]
      const server = await x.invokeAny(serverReplaceTags, { id: x.param('server_id'), tags })
      return json({ tags: server.tags })
    },
  }),
  endpoint({
    id: 'compute.serverTags.clear',
    method: 'DELETE',
    path,
    summary: 'Removes all tags of a server.',
    since,
    access: 'token',
    operations: [serverReplaceTags],
    status: 204,
    async run(x) {
      await x.invokeAny(serverReplaceTags, { id: x.param('server_id'), tags: [] })
      return nothing
    },
  }),
  endpoint({
    id: 'compute.serverTags.check',
    method: 'GET',
    path: `${path}/{tag}`,
    summary: 'Tells whether a server has a tag.',
    since,
    access: 'token',
    operations: [serverGet],
    status: 204,
    async run(x) {
      const tags = await tagsOf(x)
      if (!tags.includes(x.param('tag'))) throw new HttpError(404, 'The server has no such tag.')
      return nothing
    },
  }),
  endpoint({
    id: 'compute.serverTags.add',
    method: 'PUT',
    path: `${path}/{tag}`,
    summary: 'Adds a tag to a server.',
    since,
    access: 'token',
    operations: [serverAddTags, serverGet],
    status: 201,
    async run(x) {
      const [id, tag] = [x.param('server_id'), x.param('tag')]
      const had = await tagsOf(x)
      if (had.includes(tag)) return { status: 204 }
      await x.invokeAny(serverAddTags, { id, tags: [tag] })
      return { headers: { location: x.url(`/servers/${id}/tags/${encodeURIComponent(tag)}`) } }
    },
  }),
  endpoint({
    id: 'compute.serverTags.remove',
    method: 'DELETE',
    path: `${path}/{tag}`,
    summary: 'Removes a tag from a server.',
    since,
    access: 'token',
    operations: [serverRemoveTags],
    status: 204,
    async run(x) {
      await x.invokeAny(serverRemoveTags, { id: x.param('server_id'), tags: [x.param('tag')] })
      return nothing
    },
  }),
]
