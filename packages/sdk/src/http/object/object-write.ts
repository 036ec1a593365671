import {
  objectDelete,
  objectGet,
  objectUpdate,
  objectVersionRestore,
  type ObjectUploadInput,
  uploadObject,
} from '@nephos/core'
import { textOf, wholeNumber } from '../../wire/object/header.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { deleteLarge, storeLarge } from './large.ts'
import { postForm } from './form.ts'
import { copy, copyHere } from './object-copy.ts'
import { decoded, describedBy, storeConditions, storedReply } from './object-said.ts'
import { placeOf, versionOf } from './object-read.ts'
import { html } from './replies.ts'
import { forCaller, type SwiftExchange, type Who, whoAsks } from './who.ts'

async function put(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x, placeOf(x))
  return forCaller(who, async () => {
    if (x.headers.has('x-copy-from')) return copyHere(x, who)
    if (x.search.get('multipart-manifest') === 'put') return storeLarge(x, who)
    if (x.search.has('version-id')) return restore(x, who)
    const size = sizeOf(x)
    const etag = x.headers.get('etag')?.replaceAll('"', '')
    const input: ObjectUploadInput = {
      account: who.account,
      ...placeOf(x),
      ...describedBy(x),
      ...storeConditions(x),
      ...(size !== undefined && { size }),
      ...(etag !== undefined && { checksum: { algorithm: 'md5', value: checkedEtag(etag) } }),
      ...dynamicOf(x, who),
    }
    return storedReply(
      await uploadObject(x.plane.kernel, who.actor, input, x.stream, x.callOptions),
    )
  })
}

function checkedEtag(etag: string): string {
  if (/^[0-9a-fA-F]{32}$/.test(etag)) return etag
  throw new HttpError(422, 'Unprocessable Entity', { field: 'etag' })
}

/** @throws HttpError 411 for a body of which nobody says how long it is. */
export function sizeOf({ headers, request }: SwiftExchange): number | undefined {
  const text = headers.get('content-length')
  if (text !== null) return wholeNumber(text, 'Content-Length')
  if (request.body === null && !headers.has('transfer-encoding')) {
    throw new HttpError(411, 'Missing Content-Length header.', { code: 'invalid' })
  }
  return undefined
}

/** `X-Object-Manifest: container/prefix`: what its bytes are those of. */
function dynamicOf(x: SwiftExchange, who: Who): Pick<ObjectUploadInput, 'dynamic'> {
  const text = textOf(x.headers, 'x-object-manifest')
  if (text === undefined) return {}
  if (who.bySignature) throw new HttpError(400, 'X-Object-Manifest is not allowed in a tempurl PUT')
  const [, container = '', prefix = ''] = /^\/?([^/]+)\/(.+)$/.exec(decoded(text)) ?? []
  if (container !== '') return { dynamic: { container, prefix } }
  throw new HttpError(400, 'X-Object-Manifest must be in the format container/prefix', {
    field: 'x-object-manifest',
  })
}

/** Makes another version the current one. */
async function restore(x: SwiftExchange, { account, actor }: Who): Promise<Reply> {
  const versionId = x.search.get('version-id') ?? ''
  const path = { account, ...placeOf(x), versionId }
  return storedReply(await x.invokeAs(actor, objectVersionRestore, path))
}

async function change(x: SwiftExchange): Promise<Reply> {
  const type = x.headers.get('content-type') ?? ''
  if (type.toLowerCase().startsWith('multipart/form-data')) return postForm(x, x.param('object'))
  const who = await whoAsks(x, placeOf(x))
  return forCaller(who, async () => {
    await x.invokeAs(who.actor, objectUpdate, {
      account: who.account,
      ...placeOf(x),
      ...describedBy(x),
      dynamic: dynamicOf(x, who).dynamic ?? null,
    })
    return html({}, 202)
  })
}

async function remove(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x, placeOf(x))
  if (x.search.get('multipart-manifest') === 'delete') return deleteLarge(x, who)
  return forCaller(who, async () => {
    const path = { account: who.account, ...placeOf(x), ...versionOf(x) }
    await x.invokeAs(who.actor, objectDelete, path)
    return html({}, 204)
  })
}

const path = '/{account}/{container}/{object+}'

export const objectWrites: readonly EndpointRow[] = [
  endpoint({
    id: 'object.objects.put',
    method: 'PUT',
    path,
    summary: 'Stores an object, a copy, or a large object.',
    access: 'optional',
    operations: [objectVersionRestore],
    reads: 'stream',
    status: 201,
    run: put,
  }),
  endpoint({
    id: 'object.objects.update',
    method: 'POST',
    path,
    summary: 'Replaces an object’s metadata.',
    access: 'optional',
    operations: [objectUpdate],
    reads: 'stream',
    status: 202,
    run: change,
  }),
  endpoint({
    id: 'object.objects.delete',
    method: 'DELETE',
    path,
    summary: 'Deletes an object, or a version of it.',
    access: 'optional',
    operations: [objectDelete],
    status: 204,
    run: remove,
  }),
  endpoint({
    id: 'object.objects.copy',
    method: 'COPY',
    path,
    summary: 'Copies an object.',
    access: 'optional',
    operations: [objectGet],
    status: 201,
    run: copy,
  }),
]
