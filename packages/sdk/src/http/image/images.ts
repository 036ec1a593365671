import {
  imageCreate,
  imageDeactivate,
  imageDelete,
  imageFind,
  imageGet,
  imageReactivate,
  imageStores,
  imageUpdate,
  importMethods,
  type ImageView,
  isCloudError,
  parseInput,
} from '@nephos/core'
import { imageBody } from '../../wire/image/image.ts'
import { createBody, newImage } from '../../wire/image/image-input.ts'
import { patchBody, patched, patchTypes } from '../../wire/image/image-patch.ts'
import { findQuery } from '../../wire/image/image-query.ts'
import { jsonOf } from '../body.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { nextUrl, type RawQuery } from '../paging.ts'
import { json, nothing, type Reply } from '../reply.ts'

/** Times a change is tried on what another one left. */
const mostTries = 8

/** Images (https://docs.openstack.org/api-ref/image/v2/#images). */
export const images: readonly EndpointRow[] = [
  endpoint({
    id: 'image.images.create',
    method: 'POST',
    path: '/images',
    summary: 'Creates an image without bytes.',
    access: 'token',
    operations: [imageCreate],
    body: createBody,
    status: 201,
    async run(x) {
      const { id, fields, properties } = newImage(x.body)
      const input = { name: '', diskFormat: null, containerFormat: null, ...fields, properties }
      const projectId = fields.projectId ?? x.projectId
      const image = await x.invokeAs(x.operator ?? x.actor, imageCreate, {
        ...input,
        projectId,
        ...(id !== undefined && { id }),
      })
      const stores = imageStores(x.plane.kernel).map(({ name }) => name)
      const location = x.url(`/images/${image.id}`)
      return json(imageBody(image), {
        headers: {
          location,
          'openstack-image-import-methods': importMethods(x.plane.kernel).join(','),
          ...(stores.length > 1 && { 'openstack-image-store-ids': stores.join(',') }),
        },
      })
    },
  }),
  endpoint({
    id: 'image.images.list',
    method: 'GET',
    path: '/images',
    summary: 'Lists images, newest first.',
    access: 'token',
    operations: [imageFind],
    status: 200,
    run: list,
  }),
  endpoint({
    id: 'image.images.show',
    method: 'GET',
    path: '/images/{image_id}',
    summary: 'Shows an image.',
    access: 'token',
    operations: [imageGet],
    status: 200,
    run: async (x) => json(imageBody(await seen(x))),
  }),
  ...(['GET', 'DELETE'] as const).map((method) =>
    endpoint({
      id: `image.images.nameless-${method.toLowerCase()}`,
      method,
      path: '/images/',
      summary: 'Answers that an image without an id is not there.',
      access: 'token',
      operations: [],
      status: 404,
      run: (x) => x.refuse(404, 'No image has an empty id.', 'image_id'),
    }),
  ),
  endpoint({
    id: 'image.images.update',
    method: 'PATCH',
    path: '/images/{image_id}',
    summary: 'Changes an image, field by field.',
    access: 'token',
    operations: [imageGet, imageUpdate],
    reads: 'stream',
    status: 200,
    run: update,
  }),
  endpoint({
    id: 'image.images.delete',
    method: 'DELETE',
    path: '/images/{image_id}',
    summary: 'Deletes an image that is not protected.',
    access: 'token',
    operations: [imageDelete],
    status: 204,
    async run(x) {
      const id = x.param('image_id')
      try {
        await x.invokeAny(imageDelete, { id })
      } catch (error) {
        throw refusal(error, 'protected', `Image ${id} is protected and cannot be deleted.`)
      }
      return nothing
    },
  }),
  ...(['deactivate', 'reactivate'] as const).map((verb) => {
    const operation = verb === 'deactivate' ? imageDeactivate : imageReactivate
    return endpoint({
      id: `image.images.${verb}`,
      method: 'POST',
      path: `/images/{image_id}/actions/${verb}`,
      summary:
        verb === 'deactivate' ? 'Takes an image out of use.' : 'Puts an image back into use.',
      access: 'token',
      operations: [operation],
      status: 204,
      // What no image of this status can do is a bad request to the image service.
      statuses: { conflict: 400 },
      async run(x) {
        await x.invokeAny(operation, { id: x.param('image_id') })
        return nothing
      },
    })
  }),
]

async function list(x: Exchange<RawQuery, undefined>): Promise<Reply> {
  const find = findQuery(x.query)
  const wanted = find?.limit ?? 0
  const rows = find && wanted > 0 ? await x.invokeAs(x.operator ?? x.actor, imageFind, find) : []
  const last = rows.length === wanted ? rows.at(-1) : undefined
  const search = new URLSearchParams(x.search)
  search.delete('marker')
  const query = search.toString()
  return json({
    images: rows.map(imageBody),
    first: query === '' ? '/v2/images' : `/v2/images?${query}`,
    ...(last && { next: nextUrl('/v2/images', x.search, last.id) }),
    schema: '/v2/schemas/images',
  })
}

function seen(x: Exchange<RawQuery, undefined>): Promise<ImageView> {
  return x.invokeAny(imageGet, { id: x.param('image_id') })
}

async function update(x: Exchange<RawQuery, undefined>): Promise<Reply> {
  const type = x.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const old = type === patchTypes[1]
  if (!patchTypes.some((one) => one === type)) {
    const accepts = patchTypes.join(', ')
    throw new HttpError(415, `A change is sent as ${accepts}.`, {
      headers: { 'accept-patch': accepts },
    })
  }
  const changes = parseInput(patchBody, await jsonOf(x.request))
  for (let tries = 1; ; tries++) {
    const image = await seen(x)
    if (changes.length === 0) return json(imageBody(image))
    const { fields, properties } = patched(image.properties, changes, old)
    try {
      const { id, rev } = image
      const input = { id, rev, ...fields, properties }
      // Only an administrator publishes, and gives away.
      const changed = await x.invokeAs(x.operator ?? x.actor, imageUpdate, input)
      return json(imageBody(changed))
    } catch (error) {
      const isStale = isCloudError(error) && error.code === 'stale'
      if (!isStale || tries >= mostTries) throw formatRefusal(error)
    }
  }
}

/** A format is fixed with the bytes: the image service calls that forbidden. */
function formatRefusal(error: unknown): unknown {
  const disk = 'Attribute disk_format can be only replaced for a queued image.'
  const container = 'Attribute container_format can be only replaced for a queued image.'
  return refusal(refusal(error, 'diskFormat', disk), 'containerFormat', container)
}

function refusal(error: unknown, field: string, message: string): unknown {
  const is = isCloudError(error) && error.code === 'conflict' && error.field === field
  return is ? new HttpError(403, message, { field, cause: error }) : error
}
