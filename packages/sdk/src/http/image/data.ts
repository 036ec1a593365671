import {
  CloudError,
  downloadImage,
  imageGet,
  type ImageView,
  isCloudError,
  stageImage,
  uploadImage,
} from '@nephos/core'
import { rangeOf } from '../../wire/image/range.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import type { RawQuery } from '../paging.ts'
import { nothing, type Reply } from '../reply.ts'

type Bytes = Exchange<RawQuery, undefined>

/** Bytes of images (https://docs.openstack.org/api-ref/image/v2/#image-data). */
export const imageData: readonly EndpointRow[] = [
  endpoint({
    id: 'image.data.upload',
    method: 'PUT',
    path: '/images/{image_id}/file',
    summary: 'Stores the bytes of a queued image.',
    access: 'token',
    operations: [imageGet],
    reads: 'stream',
    status: 204,
    run: (x) => take(x, uploadImage),
  }),
  endpoint({
    id: 'image.data.stage',
    method: 'PUT',
    path: '/images/{image_id}/stage',
    summary: 'Stores bytes for a later import.',
    access: 'token',
    operations: [imageGet],
    reads: 'stream',
    status: 204,
    run: (x) => take(x, stageImage),
  }),
  endpoint({
    id: 'image.data.download',
    method: 'GET',
    path: '/images/{image_id}/file',
    summary: 'Reads the bytes of an image, or a range of them.',
    access: 'token',
    operations: [imageGet],
    status: 200,
    run: download,
  }),
]

async function take(x: Bytes, store: typeof uploadImage): Promise<Reply> {
  const type = x.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/octet-stream') {
    throw new HttpError(415, 'Bytes are sent as application/octet-stream.', {
      field: 'content-type',
    })
  }
  const asked = x.headers.get('x-image-meta-store')
  const { id } = await x.invokeAny(imageGet, { id: x.param('image_id') })
  const size = declaredSize(x.headers)
  const actor = x.operator ?? x.actor
  try {
    const input = {
      id,
      ...(size !== undefined && { size }),
      ...(asked !== null && { store: asked }),
    }
    await store(x.plane.kernel, actor, input, x.stream, x.callOptions)
  } catch (error) {
    throw await uploadRefusal(x, id, error)
  }
  return nothing
}

/** @throws CloudError `invalid`. */
function declaredSize(headers: Headers): number | undefined {
  const text = headers.get('x-openstack-image-size') ?? headers.get('content-length')
  if (text === null) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new CloudError('invalid', 'The size is no number of bytes.', { field: 'content-length' })
}

async function uploadRefusal(x: Bytes, id: string, error: unknown): Promise<unknown> {
  if (!isCloudError(error)) return error
  if (error.code === 'invalid' && error.field === 'diskFormat' && error.detail?.['declared']) {
    return new HttpError(415, error.message, { field: 'disk_format', cause: error })
  }
  if (error.code !== 'conflict') return error
  const gone = await isGone(x, id)
  const message = 'The image was deleted while its bytes came.'
  return gone ? new HttpError(410, message, { cause: error }) : error
}

async function isGone(x: Bytes, id: string): Promise<boolean> {
  try {
    await x.invokeAny(imageGet, { id })
    return false
  } catch (error) {
    return isCloudError(error) && error.code === 'notFound'
  }
}

const empty: ReadonlySet<ImageView['status']> = new Set([
  'queued',
  'saving',
  'uploading',
  'importing',
])

async function download(x: Bytes): Promise<Reply> {
  const image = await x.invokeAny(imageGet, { id: x.param('image_id') })
  if (empty.has(image.status)) return { status: 204 }
  const size = image.size ?? 0
  const range = rangeOf(x.headers, size)
  const { kernel } = x.plane
  // A deactivated image is read by administrators only.
  const reader = x.operator ?? x.actor
  const input = { id: image.id, ...range }
  const { bytes, start, end } = await downloadImage(kernel, reader, input, x.callOptions)
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(end - start),
    'accept-ranges': 'bytes',
    ...(!range && image.checksum !== null && { 'content-md5': image.checksum }),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  }
  return { status: range ? 206 : 200, headers, stream: bytes }
}
