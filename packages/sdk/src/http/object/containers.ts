import {
  containerCreate,
  containerDelete,
  containerGet,
  containerUpdate,
  type ContainerView,
  isCloudError,
  limits,
  objectList,
  objectVersionBrowse,
  type ObjectVersionEntry,
  tempUrlKeysGet,
} from '@nephos/core'
import {
  changedMetadata,
  headerText,
  metadataChange,
  metadataHeaders,
  textOf,
  timestamp,
  wholeNumber,
} from '../../wire/object/header.ts'
import { listingTypes, objectsBody, versionsBody } from '../../wire/object/listing.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { changedKeys, mayWrite, withoutKeys } from './accounts.ts'
import { boundsOf, formOf, isTrue } from './bounds.ts'
import { uploadArchive } from './bulk-upload.ts'
import { corsHeaders } from './cors.ts'
import { postForm } from './form.ts'
import { html, policyName } from './replies.ts'
import { sitePage } from './site.ts'
import { forCaller, referrerOf, type SwiftExchange, type Who, whoAsks } from './who.ts'

const quotas = { maxBytes: 'quota-bytes', maxObjects: 'quota-count' } as const

function viewHeaders(view: ContainerView, who: Who): Record<string, string> {
  const optional: Record<string, string | undefined> = {
    'x-container-read': who.isOwner && view.readAcl !== '' ? view.readAcl : undefined,
    'x-container-write': who.isOwner && view.writeAcl !== '' ? view.writeAcl : undefined,
    'x-versions-location':
      view.versionsIn === null ? undefined : encodeURIComponent(view.versionsIn),
    'x-versions-enabled':
      view.versioning === 'off' ? undefined : view.versioning === 'enabled' ? 'True' : 'False',
  }
  const quotaRows = Object.entries(quotas).flatMap(([field, name]) => {
    const limit = view[field as keyof typeof quotas]
    return limit === null ? [] : [[name, String(limit)]]
  })
  return {
    'x-container-object-count': String(view.objects),
    'x-container-bytes-used': String(view.bytes),
    'x-timestamp': timestamp(view.createdAt),
    'last-modified': new Date(view.updatedAt).toUTCString(),
    'x-storage-policy': policyName,
    'accept-ranges': 'bytes',
    ...metadataHeaders('container', view.metadata),
    ...metadataHeaders('container', Object.fromEntries(quotaRows) as Record<string, string>),
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, headerText(value)]],
      ),
    ),
  }
}

async function containerHeaders(x: SwiftExchange, who: Who): Promise<Record<string, string>> {
  const path = { account: who.account, container: x.param('container') }
  const view = await x.invokeAs(who.actor, containerGet, { ...path, ...referrerOf(x.headers) })
  const hasKeys = view.tempUrlKeys.first || view.tempUrlKeys.second
  const keys =
    hasKeys && who.isOwner && mayWrite(who)
      ? await x.invokeAs(who.actor, tempUrlKeysGet, path)
      : { first: null, second: null }
  return {
    ...viewHeaders(view, who),
    ...metadataHeaders('container', {
      ...(keys.first !== null && { 'temp-url-key': keys.first }),
      ...(keys.second !== null && { 'temp-url-key-2': keys.second }),
    }),
    ...corsHeaders(x, view),
  }
}

async function show(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  return forCaller(who, async () => html(await containerHeaders(x, who)))
}

async function list(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  const page = await sitePage(x, who, '')
  if (page) return page
  const form = formOf(x)
  const { limit, ...bounds } = boundsOf(x)
  return forCaller(who, async () => {
    const headers = await containerHeaders(x, who)
    const type = { ...headers, 'content-type': listingTypes[form] }
    const path = { account: who.account, container: x.param('container') }
    if (x.search.has('versions')) {
      const entries = limit === 0 ? [] : await versionsOf(x, who, { ...path, ...bounds, limit })
      return { text: versionsBody(form, x.param('container'), entries), headers: type }
    }
    const entries =
      limit === 0
        ? []
        : await x.invokeAs(who.actor, objectList, {
            ...path,
            ...bounds,
            limit,
            ...referrerOf(x.headers),
          })
    if (form === 'text' && entries.length === 0) return html(headers, 204)
    // A page of the folder's own marker is not what it holds.
    const shown =
      x.search.has('path') && bounds.prefix !== ''
        ? entries.filter(({ name }) => name !== bounds.prefix)
        : entries
    return { text: objectsBody(form, x.param('container'), shown), headers: type }
  })
}

function versionsOf(
  x: SwiftExchange,
  who: Who,
  {
    marker,
    limit,
    ...rest
  }: {
    readonly account: string
    readonly container: string
    readonly prefix: string
    readonly delimiter: string
    readonly marker?: string
    readonly limit: number
  },
): Promise<ObjectVersionEntry[]> {
  const versionMarker = x.search.get('version_marker')
  return x.invokeAs(who.actor, objectVersionBrowse, {
    account: rest.account,
    container: rest.container,
    prefix: rest.prefix,
    delimiter: rest.delimiter,
    limit: Math.min(limit, 1_000),
    ...(marker !== undefined && { nameMarker: marker }),
    ...(versionMarker !== null && { versionMarker }),
  })
}

/** What a request says of a container's settings. */
function settingsOf(x: SwiftExchange): Record<string, unknown> {
  const { headers } = x
  const asked = metadataChange(headers, 'container')
  const settings: Record<string, unknown> = {}
  for (const [field, name] of Object.entries(quotas)) {
    const text = asked.set.get(name)
    if (text !== undefined) settings[field] = wholeNumber(text, `x-container-meta-${name}`)
    else if (asked.removed.has(name)) settings[field] = null
  }
  const lists = { readAcl: 'x-container-read', writeAcl: 'x-container-write' }
  for (const [field, name] of Object.entries(lists)) {
    const text = textOf(headers, name)
    if (text !== undefined) settings[field] = text
    else if (headers.has(name.replace('x-', 'x-remove-'))) settings[field] = ''
  }
  const location = textOf(headers, 'x-versions-location')
  if (location !== undefined) settings['versionsIn'] = location === '' ? null : decoded(location)
  else if (headers.has('x-remove-versions-location')) settings['versionsIn'] = null
  if (headers.has('x-history-location')) {
    throw new HttpError(400, 'X-History-Location is not offered.', { field: 'x-history-location' })
  }
  const keys = changedKeys(asked)
  if (Object.keys(keys).length > 0) settings['tempUrlKeys'] = keys
  return settings
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function store(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  if (x.search.has('extract-archive')) return uploadArchive(x, who, x.param('container'))
  return forCaller(who, async () => {
    const policy = x.headers.get('x-storage-policy')
    if (policy !== null && policy.toLowerCase() !== policyName.toLowerCase()) {
      throw new HttpError(400, `Invalid X-Storage-Policy '${policy.slice(0, 64)}'`)
    }
    const { account, actor } = who
    const name = x.param('container')
    const length = Buffer.byteLength(name)
    if (length > limits.containerNameBytes) {
      const most = `longer than ${limits.containerNameBytes}`
      throw new HttpError(400, `Container name length of ${length} ${most}`, { field: 'container' })
    }
    const versions = x.headers.get('x-versions-enabled')
    const asked = withoutKeys(metadataChange(x.headers, 'container'))
    try {
      await x.invokeAs(actor, containerCreate, {
        account,
        name,
        metadata: changedMetadata({}, asked),
        versioning: isTrue(versions) ? 'enabled' : 'off',
        ...settingsOf(x),
      })
      return html({}, 201)
    } catch (error) {
      const isThere = isCloudError(error) && error.code === 'conflict' && error.field === 'name'
      if (!isThere) throw error
    }
    await update(x, who)
    return html({}, 202)
  })
}

async function change(x: SwiftExchange): Promise<Reply> {
  const type = x.headers.get('content-type') ?? ''
  if (type.toLowerCase().startsWith('multipart/form-data')) return postForm(x, '')
  const who = await whoAsks(x)
  return forCaller(who, async () => {
    await update(x, who)
    return html({}, 204)
  })
}

async function update(x: SwiftExchange, { account, actor }: Who): Promise<void> {
  const path = { account, container: x.param('container') }
  const asked = withoutKeys(metadataChange(x.headers, 'container'))
  const isMeta = asked.set.size + asked.removed.size > 0
  const before = isMeta ? await x.invokeAs(actor, containerGet, path) : undefined
  const versions = x.headers.get('x-versions-enabled')
  await x.invokeAs(actor, containerUpdate, {
    ...path,
    ...(before && { metadata: changedMetadata(before.metadata, asked) }),
    ...(versions !== null && { versioning: isTrue(versions) ? 'enabled' : 'suspended' }),
    ...settingsOf(x),
  })
}

async function remove(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  return forCaller(who, async () => {
    const path = { account: who.account, container: x.param('container') }
    await x.invokeAs(who.actor, containerDelete, path)
    return html({}, 204)
  })
}

const reading = [containerGet, tempUrlKeysGet]
const paths = ['/{account}/{container}', '/{account}/{container}/'] as const

export const containers: readonly EndpointRow[] = paths.flatMap((path, index) => {
  const id = (verb: string): string => `object.containers.${verb}${index === 0 ? '' : 'Slash'}`
  return [
    endpoint({
      id: id('show'),
      method: 'HEAD',
      path,
      summary: 'Shows a container’s metadata, as headers.',
      access: 'optional',
      operations: reading,
      status: 204,
      run: show,
    }),
    endpoint({
      id: id('list'),
      method: 'GET',
      path,
      summary: 'Lists the objects of a container, or the versions of them.',
      access: 'optional',
      operations: [...reading, objectList, objectVersionBrowse],
      status: 200,
      run: list,
    }),
    endpoint({
      id: id('create'),
      method: 'PUT',
      path,
      summary: 'Creates a container, or changes one that is there.',
      access: 'optional',
      operations: [containerCreate, containerGet, containerUpdate],
      reads: 'stream',
      status: 201,
      run: store,
    }),
    endpoint({
      id: id('update'),
      method: 'POST',
      path,
      summary: 'Changes a container’s metadata, access lists and limits.',
      access: 'optional',
      operations: [containerGet, containerUpdate],
      reads: 'stream',
      status: 204,
      run: change,
    }),
    endpoint({
      id: id('delete'),
      method: 'DELETE',
      path,
      summary: 'Deletes an empty container.',
      access: 'optional',
      operations: [containerDelete],
      status: 204,
      run: remove,
    }),
  ]
})
