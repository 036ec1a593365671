import {
  copyObject,
  objectGet,
  objectManifestGet,
  type ObjectCopyInput,
  type ObjectView,
  storeManifest,
  uploadObject,
} from '@nephos/core'
import { headerText, httpDate, metadataHeaders, textOf } from '../../wire/object/header.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { isTrue } from './bounds.ts'
import { placeOf, versionOf } from './object-read.ts'
import { decoded, describedBy, storeConditions, storedReply } from './object-said.ts'
import { forCaller, projectOf, type SwiftExchange, type Who, whoAsks } from './who.ts'

interface Place {
  readonly account: string
  readonly container: string
  readonly name: string
}

/** `container/object` of a header. */
function pathIn(text: string, header: string, account: string): Place {
  const [, container, name] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(text)) ?? []
  if (container !== undefined && name !== undefined) return { account, container, name }
  throw new HttpError(412, `${header} header must be of the form container/object`, {
    code: 'invalid',
    field: header,
  })
}

/** `COPY`: from the path to where a header says. */
export async function copy(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  return forCaller(who, () => {
    const header = textOf(x.headers, 'destination')
    if (header === undefined) {
      throw new HttpError(412, 'Destination header required', { code: 'invalid' })
    }
    const account = textOf(x.headers, 'destination-account')
    const target = pathIn(header, 'destination', accountIn(account, who))
    return transfer(x, who, { account: who.account, ...placeOf(x), ...versionOf(x) }, target)
  })
}

/** `PUT` with `X-Copy-From`: from where a header says to the path. */
export function copyHere(x: SwiftExchange, who: Who): Promise<Reply> {
  if (x.request.body !== null && Number(x.headers.get('content-length') ?? 0) > 0) {
    throw new HttpError(400, 'Copy requests require a zero byte body')
  }
  const [path = '', query = ''] = (textOf(x.headers, 'x-copy-from') ?? '').split('?', 2)
  const account = textOf(x.headers, 'x-copy-from-account')
  const source = pathIn(path, 'x-copy-from', accountIn(account, who))
  const versionId = new URLSearchParams(query).get('version-id')
  const named = versionId === null ? source : { ...source, versionId }
  return transfer(x, who, named, { account: who.account, ...placeOf(x) })
}

function accountIn(name: string | undefined, { account }: Who): string {
  return name === undefined ? account : projectOf(decoded(name))
}

async function transfer(
  x: SwiftExchange,
  who: Who,
  source: Place & { readonly versionId?: string },
  target: Place,
): Promise<Reply> {
  const { kernel } = x.plane
  const before = await x.invokeAs(who.actor, objectGet, source)
  const fresh = isTrue(x.headers.get('x-fresh-metadata'))
  const { metadata = {}, contentType, deleteAt } = describedBy(x)
  const described: Omit<ObjectCopyInput, keyof Place | 'to'> = {
    metadata,
    freshMetadata: fresh,
    deleteAt: deleteAt ?? null,
    ...(contentType !== undefined && x.headers.has('content-type') && { contentType }),
  }
  const asManifest = x.search.get('multipart-manifest') === 'get' && before.manifest !== null
  const object = asManifest
    ? await copyManifest(x, who, { source, target, before })
    : await copyObject(
        kernel,
        who.actor,
        { ...source, ...described, to: { ...target, ...storeConditions(x) } },
        x.callOptions,
      )
  return storedReply(object, {
    ...metadataHeaders('object', object.metadata),
    'x-copied-from': headerText(
      `${encodeURIComponent(source.container)}/${encodeURIComponent(source.name)}`,
    ),
    'x-copied-from-account': `AUTH_${source.account}`,
    'x-copied-from-last-modified': httpDate(before.lastModified),
  })
}

/** Copies what a large object is made of instead of its bytes. */
async function copyManifest(
  x: SwiftExchange,
  { actor }: Who,
  {
    source,
    target,
    before,
  }: { readonly source: Place; readonly target: Place; readonly before: ObjectView },
): Promise<ObjectView> {
  const { kernel } = x.plane
  const { contentType, contentEncoding, contentDisposition, manifest } = before
  const metadata = { ...before.metadata, ...describedBy(x).metadata }
  const input = { ...target, contentType, contentEncoding, contentDisposition, metadata }
  if (manifest?.type === 'dynamic') {
    const { container, prefix } = manifest
    const dynamic = { container, prefix }
    return uploadObject(kernel, actor, { ...input, dynamic }, nothing(), x.callOptions)
  }
  const found = await x.invokeAs(actor, objectManifestGet, source)
  const segments = found.map(({ container, name, etag, size, start, end }) => {
    return { container, name, etag, size, start, end }
  })
  return storeManifest(kernel, actor, { ...input, segments }, x.callOptions)
}

/** No bytes. */
async function* nothing(): AsyncGenerator<Uint8Array> {}
