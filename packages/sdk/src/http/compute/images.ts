import { imageDelete, imageGet, imageList, imageUpdate, type ImageView, limits } from '@nephos/core'
import { z } from 'zod'
import { imageBody, imageServer, imageStatus, imageSummary } from '../../wire/compute/image.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { first, nextUrl, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { shapeOf } from './server-shape.ts'

/** The last version that has images, and the last that has their metadata. */
const until = 35
const untilMetadata = 38
const path = '/images/{image_id}'

/** Images that one list looks at. */
const most = 1_000

const text = z.string().max(limits.metadataLength)
const items = z.record(text.min(1), text)

/** Those that the filters of a query keep, newest first. */
async function listImages(x: Exchange<RawQuery, undefined>, detail: boolean): Promise<Reply> {
  const { limit, marker } = pageOf(x.query)
  const name = first(x.query, 'name')
  const rows = await x.invoke(imageList, { limit: most, ...(name !== undefined && { name }) })
  const kept = rows.toReversed().filter(keepOf(x.query))
  const from = marker === undefined ? 0 : kept.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && from === 0) {
    throw new HttpError(400, 'marker: names no image.', { field: 'marker' })
  }
  const page = kept.slice(from, from + limit)
  const shape = shapeOf(x)
  const images = page.map((one) => (detail ? imageBody(one, shape) : imageSummary(one, shape)))
  const last = page.at(-1)
  if (!last || from + limit >= kept.length) return json({ images })
  const url = x.url(detail ? '/images/detail' : '/images')
  return json({ images, images_links: [{ rel: 'next', href: nextUrl(url, x.search, last.id) }] })
}

function keepOf(query: RawQuery): (image: ImageView) => boolean {
  const status = first(query, 'status')?.toUpperCase()
  const server = first(query, 'server')?.split('/').at(-1)
  const type = first(query, 'type')?.toLowerCase()
  const since = first(query, 'changes-since')
  const from = since === undefined ? -Infinity : Date.parse(since)
  if (Number.isNaN(from)) {
    throw new HttpError(400, 'changes-since: is no time of ISO 8601.', { field: 'changes-since' })
  }
  return (image) =>
    (status === undefined || imageStatus(image) === status) &&
    (server === undefined || imageServer(image) === server) &&
    (type === undefined || (image.properties['image_type'] ?? 'base') === type) &&
    image.updatedAt >= from
}

async function setProperties(
  x: Exchange<never, never>,
  change: (properties: Readonly<Record<string, string>>) => Record<string, string>,
): Promise<ImageView> {
  const id = x.param('image_id')
  const { properties } = await x.invoke(imageGet, { id })
  return x.invokeAny(imageUpdate, { id, properties: change(properties) })
}

/**
 * Images (https://docs.openstack.org/api-ref/compute/#images-deprecated): what old clients asked of
 * Nova, and newer ones ask of Glance.
 */
export const images: readonly EndpointRow[] = [
  ...([false, true] as const).map((detail) =>
    endpoint({
      id: detail ? 'compute.images.detail' : 'compute.images.list',
      method: 'GET',
      path: detail ? '/images/detail' : '/images',
      summary: 'Lists images.',
      until,
      access: 'token',
      operations: [imageList],
      status: 200,
      run: (x) => listImages(x, detail),
    }),
  ),
  endpoint({
    id: 'compute.images.get',
    method: 'GET',
    path,
    summary: 'Shows an image.',
    until,
    access: 'token',
    operations: [imageGet],
    status: 200,
    async run(x) {
      const image = await x.invokeAny(imageGet, { id: x.param('image_id') })
      return json({ image: imageBody(image, shapeOf(x)) })
    },
  }),
  endpoint({
    id: 'compute.images.delete',
    method: 'DELETE',
    path,
    summary: 'Deletes an image.',
    until,
    access: 'token',
    operations: [imageDelete],
    status: 204,
    async run(x) {
      await x.invokeAny(imageDelete, { id: x.param('image_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'compute.imageMetadata.list',
    method: 'GET',
    path: `${path}/metadata`,
    summary: 'Lists the properties of an image.',
    until: untilMetadata,
    access: 'token',
    operations: [imageGet],
    status: 200,
    async run(x) {
      const image = await x.invokeAny(imageGet, { id: x.param('image_id') })
      return json({ metadata: image.properties })
    },
  }),
  ...(['POST', 'PUT'] as const).map((method) =>
    endpoint({
      id: method === 'POST' ? 'compute.imageMetadata.merge' : 'compute.imageMetadata.replace',
      method,
      path: `${path}/metadata`,
      summary: 'Sets properties of an image.',
      until: untilMetadata,
      access: 'token',
      operations: [imageGet, imageUpdate],
      body: z.strictObject({ metadata: items }),
      status: 200,
      async run(x) {
        const { metadata } = x.body
        const image = await setProperties(x as never, (before) =>
          method === 'POST' ? { ...before, ...metadata } : metadata,
        )
        return json({ metadata: image.properties })
      },
    }),
  ),
  endpoint({
    id: 'compute.imageMetadata.getItem',
    method: 'GET',
    path: `${path}/metadata/{key}`,
    summary: 'Shows a property of an image.',
    until: untilMetadata,
    access: 'token',
    operations: [imageGet],
    status: 200,
    async run(x) {
      const { properties } = await x.invokeAny(imageGet, { id: x.param('image_id') })
      const key = x.param('key')
      if (!Object.hasOwn(properties, key)) throw new HttpError(404, 'The image has no such item.')
      return json({ meta: { [key]: properties[key] } })
    },
  }),
  endpoint({
    id: 'compute.imageMetadata.setItem',
    method: 'PUT',
    path: `${path}/metadata/{key}`,
    summary: 'Sets a property of an image.',
    until: untilMetadata,
    access: 'token',
    operations: [imageGet, imageUpdate],
    body: z.strictObject({ meta: items }),
    status: 200,
    async run(x) {
      const { meta } = x.body
      const key = x.param('key')
      if (Object.keys(meta).length !== 1 || !Object.hasOwn(meta, key)) {
        throw new HttpError(400, 'Request body and URI mismatch', { field: 'meta' })
      }
      await setProperties(x as never, (before) => ({ ...before, ...meta }))
      return json({ meta })
    },
  }),
  endpoint({
    id: 'compute.imageMetadata.deleteItem',
    method: 'DELETE',
    path: `${path}/metadata/{key}`,
    summary: 'Removes a property of an image.',
    until: untilMetadata,
    access: 'token',
    operations: [imageGet, imageUpdate],
    status: 204,
    async run(x) {
      const key = x.param('key')
      await setProperties(x as never, (before) => {
        if (!Object.hasOwn(before, key)) throw new HttpError(404, 'The image has no such item.')
        return Object.fromEntries(Object.entries(before).filter(([name]) => name !== key))
      })
      return nothing
    },
  }),
]
