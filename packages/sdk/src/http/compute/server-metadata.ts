import {
  CloudError,
  limits,
  serverDeleteMetadata,
  serverGet,
  serverMergeMetadata,
  serverReplaceMetadata,
} from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json, nothing } from '../reply.ts'
import { readerOf } from './server-shape.ts'
import type { Exchange } from '../exchange.ts'

const text = z.string().max(limits.metadataLength)
const items = z.record(text.min(1), text)
const metadataBody = z.strictObject({ metadata: items })
const metaBody = z.strictObject({ meta: items })

type Asking = Pick<Exchange<never, never>, 'actor' | 'operator' | 'invokeAs' | 'param'>

async function metadataOf(x: Asking): Promise<Readonly<Record<string, string>>> {
  const [server] = await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
  return server?.metadata ?? {}
}

/** What is on a server longer than its quota allows is refused as quota is. */
function requireRoom(metadata: Readonly<Record<string, string>>): void {
  if (Object.keys(metadata).length <= limits.metadataItems) return
  throw new CloudError('quotaExceeded', 'Maximum number of metadata items exceeded.', {
    field: 'metadata',
    limit: limits.metadataItems,
  })
}

/** Metadata of a server (https://docs.openstack.org/api-ref/compute/#servers-list-all-metadata). */
export const serverMetadata: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverMetadata.list',
    method: 'GET',
    path: '/servers/{server_id}/metadata',
    summary: 'Lists the metadata of a server.',
    access: 'token',
    operations: [serverGet],
    status: 200,
    run: async (x) => json({ metadata: await metadataOf(x) }),
  }),
  endpoint({
    id: 'compute.serverMetadata.merge',
    method: 'POST',
    path: '/servers/{server_id}/metadata',
    summary: 'Sets items of the metadata of a server.',
    access: 'token',
    operations: [serverMergeMetadata],
    body: metadataBody,
    status: 200,
    async run(x) {
      const { metadata } = x.body
      requireRoom(metadata)
      const server = await x.invokeAny(serverMergeMetadata, { id: x.param('server_id'), metadata })
      return json({ metadata: server.metadata })
    },
  }),
  endpoint({
    id: 'compute.serverMetadata.replace',
    method: 'PUT',
    path: '/servers/{server_id}/metadata',
    summary: 'Replaces the metadata of a server.',
    access: 'token',
    operations: [serverReplaceMetadata],
    body: metadataBody,
    status: 200,
    async run(x) {
      const { metadata } = x.body
      requireRoom(metadata)
      const id = x.param('server_id')
      const server = await x.invokeAny(serverReplaceMetadata, { id, metadata })
      return json({ metadata: server.metadata })
    },
  }),
  endpoint({
    id: 'compute.serverMetadata.getItem',
    method: 'GET',
    path: '/servers/{server_id}/metadata/{key}',
    summary: 'Shows an item of the metadata of a server.',
    access: 'token',
    operations: [serverGet],
    status: 200,
    async run(x) {
      const key = x.param('key')
      const metadata = await metadataOf(x)
      if (!Object.hasOwn(metadata, key)) throw new HttpError(404, 'Metadata item was not found')
      return json({ meta: { [key]: metadata[key] } })
    },
  }),
  endpoint({
    id: 'compute.serverMetadata.setItem',
    method: 'PUT',
    path: '/servers/{server_id}/metadata/{key}',
    summary: 'Sets an item of the metadata of a server.',
    access: 'token',
    operations: [serverMergeMetadata],
    body: metaBody,
    status: 200,
    async run(x) {
      const key = x.param('key')
      const { meta } = x.body
      if (Object.keys(meta).length !== 1 || !Object.hasOwn(meta, key)) {
        throw new CloudError('invalid', 'Request body and URI mismatch', { field: 'meta' })
      }
      const id = x.param('server_id')
      const server = await x.invokeAny(serverMergeMetadata, { id, metadata: meta })
      return json({ meta: { [key]: server.metadata[key] } })
    },
  }),
  endpoint({
    id: 'compute.serverMetadata.deleteItem',
    method: 'DELETE',
    path: '/servers/{server_id}/metadata/{key}',
    summary: 'Removes an item of the metadata of a server.',
    access: 'token',
    operations: [serverDeleteMetadata],
    status: 204,
    async run(x) {
      await x.invokeAny(serverDeleteMetadata, { id: x.param('server_id'), key: x.param('key') })
      return nothing
    },
  }),
]
