import { CloudError, isCloudError, objectDelete, parseInput, storeManifest } from '@nephos/core'
import { manifestBodySchema, segmentsOf } from '../../wire/object/manifest.ts'
import { jsonOf } from '../body.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { bulkReply } from './bulk-delete.ts'
import { describedBy, storeConditions, storedReply } from './object-said.ts'
import { placeOf } from './object-read.ts'
import { forCaller, type SwiftExchange, type Who } from './who.ts'

/** Bytes of a manifest (Swift: 8 MiB). */
const manifestBytes = 8 * 1024 * 1024

/** `?multipart-manifest=put`: the body lists what the object is made of. */
export async function storeLarge(x: SwiftExchange, who: Who): Promise<Reply> {
  if (who.bySignature) throw new HttpError(403, 'A temporary URL makes no large object.')
  const body = parseInput(manifestBodySchema, await jsonOf(x.request, manifestBytes))
  const asked = segmentsOf(body)
  const bad = asked.findIndex((segment) => segment === undefined)
  if (bad >= 0) {
    throw new CloudError('invalid', `[${bad}].path: must be /container/object.`, { field: 'path' })
  }
  const segments = asked.filter((segment) => segment !== undefined)
  const { contentType, ...described } = describedBy(x)
  const object = await storeManifest(
    x.plane.kernel,
    who.actor,
    {
      account: who.account,
      ...placeOf(x),
      ...described,
      ...storeConditions(x),
      // The type of the request is that of the list only if it says so.
      contentType: contentType ?? 'application/octet-stream',
      segments,
    },
    x.callOptions,
  )
  const etag = x.headers.get('etag')?.replaceAll('"', '')
  if (etag !== undefined && etag !== object.etag) {
    await x.invokeAs(who.actor, objectDelete, { account: who.account, ...placeOf(x) })
    throw new HttpError(422, 'Manifest etag does not match', { code: 'checksumMismatch' })
  }
  return storedReply(object)
}

/** `?multipart-manifest=delete`: the segments go with it; answered as a deletion of many. */
export async function deleteLarge(x: SwiftExchange, who: Who): Promise<Reply> {
  return forCaller(who, async () => {
    const path = { account: who.account, ...placeOf(x) }
    try {
      await x.invokeAs(who.actor, objectDelete, { ...path, withSegments: true })
    } catch (error) {
      if (!isCloudError(error) || error.code !== 'notFound' || error.field !== 'name') throw error
      return bulkReply(x, { deleted: 0, absent: 1, errors: [] })
    }
    return bulkReply(x, { deleted: 1, absent: 0, errors: [] })
  })
}
