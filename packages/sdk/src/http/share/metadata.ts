import { shareGet, shareUpdate } from '@nephos/core'
import { metadataBody } from '../../wire/share/share-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing, type Reply } from '../reply.ts'

type Metadata = Readonly<Record<string, string>>

async function metadataOf<Q, B>(x: Exchange<Q, B>): Promise<Metadata> {
  const { metadata } = await x.invokeAny(shareGet, { id: x.param('share_id') })
  return metadata
}

async function write<Q, B>(x: Exchange<Q, B>, metadata: Metadata): Promise<Reply> {
  const input = { id: x.param('share_id'), metadata: { ...metadata } }
  const share = await x.invoke(shareUpdate, input)
  return json({ metadata: share.metadata })
}

async function requireKey<Q, B>(x: Exchange<Q, B>): Promise<{ key: string; all: Metadata }> {
  const all = await metadataOf(x)
  const key = x.param('key')
  if (!Object.hasOwn(all, key)) throw new HttpError(404, `The share has no metadata ${key}.`)
  return { key, all }
}

const path = '/shares/{share_id}/metadata'

/** Metadata of shares (https://docs.openstack.org/api-ref/shared-file-system/#share-metadata). */
export const shareMetadata: readonly EndpointRow[] = [
  endpoint({
    id: 'share.metadata.list',
    method: 'GET',
    path,
    summary: 'Shows the metadata of a share.',
    access: 'token',
    operations: [shareGet],
    status: 200,
    run: async (x) => json({ metadata: await metadataOf(x) }),
  }),
  endpoint({
    id: 'share.metadata.set',
    method: 'POST',
    path,
    summary: 'Sets items of the metadata of a share.',
    access: 'token',
    operations: [shareGet, shareUpdate],
    body: metadataBody,
    status: 200,
    run: async (x) => write(x, { ...(await metadataOf(x)), ...x.body.metadata }),
  }),
  endpoint({
    id: 'share.metadata.replace',
    method: 'PUT',
    path,
    summary: 'Replaces the metadata of a share.',
    access: 'token',
    operations: [shareUpdate],
    body: metadataBody,
    status: 200,
    run: (x) => write(x, x.body.metadata),
  }),
  endpoint({
    id: 'share.metadata.show',
    method: 'GET',
    path: `${path}/{key}`,
    summary: 'Shows an item of the metadata of a share.',
    access: 'token',
    operations: [shareGet],
    status: 200,
    async run(x) {
      const { key, all } = await requireKey(x)
      return json({ meta: { [key]: all[key] } })
    },
  }),
  endpoint({
    id: 'share.metadata.delete',
    method: 'DELETE',
    path: `${path}/{key}`,
    summary: 'Removes an item of the metadata of a share.',
    access: 'token',
    operations: [shareGet, shareUpdate],
    status: 200,
    async run(x) {
      const { key, all } = await requireKey(x)
      const { [key]: _gone, ...left } = all
      await write(x, left)
      return nothing
    },
  }),
]
