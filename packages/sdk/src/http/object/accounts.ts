import {
  containerList,
  objectAccountGet,
  objectAccountUpdate,
  quotaDefaults,
  quotaGet,
  quotaSet,
  tempUrlKeysGet,
} from '@nephos/core'
import {
  changedMetadata,
  type MetadataChange,
  metadataChange,
  metadataHeaders,
  timestamp,
  wholeNumber,
} from '../../wire/object/header.ts'
import { containersBody, listingTypes } from '../../wire/object/listing.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { boundsOf, formOf } from './bounds.ts'
import { bulkDelete } from './bulk-delete.ts'
import { uploadArchive } from './bulk-upload.ts'
import { html, policyName } from './replies.ts'
import { forCaller, type SwiftExchange, type Who, whoAsks } from './who.ts'

/** Metadata that is more than that: keys and limits. */
const keyNames = ['temp-url-key', 'temp-url-key-2'] as const
const quotaName = 'quota-bytes'

async function accountHeaders(x: SwiftExchange, who: Who): Promise<Record<string, string>> {
  const { account } = who
  const view = await x.invokeAs(who.actor, objectAccountGet, { account })
  const held = view.tempUrlKeys.first || view.tempUrlKeys.second
  const counts = {
    'container-count': String(view.containers),
    'object-count': String(view.objects),
    'bytes-used': String(view.bytes),
  }
  const ofPolicy = `x-account-storage-policy-${policyName.toLowerCase()}-`
  return {
    ...Object.fromEntries(
      Object.entries(counts).flatMap(([name, value]) => [
        [`x-account-${name}`, value],
        [`${ofPolicy}${name}`, value],
      ]),
    ),
    ...metadataHeaders('account', view.metadata),
    ...(held && (await keyHeaders(x, who))),
    ...(await quotaHeaders(x, who)),
    'x-timestamp': timestamp(view.createdAt),
    'accept-ranges': 'bytes',
  }
}

async function keyHeaders(x: SwiftExchange, who: Who): Promise<Record<string, string>> {
  if (!who.isOwner || !mayWrite(who)) return {}
  const { first, second } = await x.invokeAs(who.actor, tempUrlKeysGet, { account: who.account })
  return metadataHeaders('account', {
    ...(first !== null && { [keyNames[0]]: first }),
    ...(second !== null && { [keyNames[1]]: second }),
  })
}

/** True if the caller's role lets him change what is his. */
export function mayWrite({ actor }: Who): boolean {
  return actor.roles.some((role) => ['member', 'manager', 'admin'].includes(role))
}

/** The limit of the account, where it is another than everybody's. */
async function quotaHeaders(x: SwiftExchange, who: Who): Promise<Record<string, string>> {
  const [own, common] = await Promise.all([
    x.invokeAs(who.actor, quotaGet, { projectId: who.account }),
    x.invokeAs(who.actor, quotaDefaults, {}),
  ])
  const { limit } = own.quotas.objectBytes
  return limit < 0 || limit === common.objectBytes
    ? {}
    : metadataHeaders('account', { [quotaName]: String(limit) })
}

async function show(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  return forCaller(who, async () => html(await accountHeaders(x, who)))
}

async function list(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  const form = formOf(x)
  const { limit, ...bounds } = boundsOf(x)
  return forCaller(who, async () => {
    const { account, actor } = who
    const headers = await accountHeaders(x, who)
    const entries =
      limit === 0 ? [] : await x.invokeAs(actor, containerList, { account, ...bounds, limit })
    if (form === 'text' && entries.length === 0) return html(headers, 204)
    const text = containersBody(form, x.param('account'), entries)
    return { text, headers: { ...headers, 'content-type': listingTypes[form] } }
  })
}

async function change(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  if (x.search.has('bulk-delete')) return bulkDelete(x, who)
  return forCaller(who, async () => {
    const { account, actor } = who
    const asked = metadataChange(x.headers, 'account')
    await changeQuota(x, who, asked)
    const keys = changedKeys(asked)
    const patch = withoutKeys(asked)
    if (patch.set.size + patch.removed.size + Object.keys(keys).length > 0) {
      const view = await x.invokeAs(actor, objectAccountGet, { account })
      await x.invokeAs(actor, objectAccountUpdate, {
        account,
        metadata: changedMetadata(view.metadata, patch),
        tempUrlKeys: keys,
      })
    } else await x.invokeAs(actor, objectAccountGet, { account })
    return html({}, 204)
  })
}

/** Only who may do anything with every account sets what it may hold. */
async function changeQuota(
  x: SwiftExchange,
  { actor, account }: Who,
  { set, removed }: MetadataChange,
): Promise<void> {
  const text = set.get(quotaName)
  if (text === undefined && !removed.has(quotaName)) return
  if (!actor.system) throw new HttpError(403, 'Access was denied to this resource.')
  const common = await x.invokeAs(actor, quotaDefaults, {})
  const limit = text === undefined ? common.objectBytes : wholeNumber(text, quotaName)
  await x.invokeAs(actor, quotaSet, { projectId: account, limits: { objectBytes: limit } })
}

/** Keys of temporary URLs among what is asked. */
export function changedKeys({ set, removed }: MetadataChange): {
  first?: string | null
  second?: string | null
} {
  const [first, second] = keyNames.map((name) =>
    set.has(name) ? set.get(name) : removed.has(name) ? null : undefined,
  )
  return { ...(first !== undefined && { first }), ...(second !== undefined && { second }) }
}

/** What is asked besides keys and limits. */
export function withoutKeys({ set, removed }: MetadataChange): MetadataChange {
  const special = new Set<string>([...keyNames, quotaName, 'quota-count'])
  return {
    set: new Map([...set].filter(([name]) => !special.has(name))),
    removed: new Set([...removed].filter((name) => !special.has(name))),
  }
}

async function put(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  if (x.search.has('extract-archive')) return uploadArchive(x, who, '')
  throw new HttpError(405, 'Accounts come and go with projects.', { headers: { allow: allowed } })
}

async function remove(x: SwiftExchange): Promise<Reply> {
  const who = await whoAsks(x)
  if (x.search.has('bulk-delete')) return bulkDelete(x, who)
  throw new HttpError(405, 'Accounts come and go with projects.', { headers: { allow: allowed } })
}

const allowed = 'GET, HEAD, POST, OPTIONS'
const reading = [objectAccountGet, tempUrlKeysGet, quotaGet, quotaDefaults]
const paths = ['/{account}', '/{account}/'] as const

export const accounts: readonly EndpointRow[] = paths.flatMap((path, index) => {
  const id = (verb: string): string => `object.accounts.${verb}${index === 0 ? '' : 'Slash'}`
  return [
    endpoint({
      id: id('show'),
      method: 'HEAD',
      path,
      summary: 'Shows what an account holds, and its metadata, as headers.',
      access: 'optional',
      operations: reading,
      status: 204,
      run: show,
    }),
    endpoint({
      id: id('list'),
      method: 'GET',
      path,
      summary: 'Lists the containers of an account.',
      access: 'optional',
      operations: [...reading, containerList],
      status: 200,
      run: list,
    }),
    endpoint({
      id: id('update'),
      method: 'POST',
      path,
      summary: 'Changes an account’s metadata; deletes many objects at once.',
      access: 'optional',
      operations: [objectAccountGet, objectAccountUpdate, quotaSet, quotaDefaults],
      reads: 'stream',
      status: 204,
      run: change,
    }),
    endpoint({
      id: id('upload'),
      method: 'PUT',
      path,
      summary: 'Stores what an archive holds, as containers and objects.',
      access: 'optional',
      operations: [],
      reads: 'stream',
      status: 200,
      run: put,
    }),
    endpoint({
      id: id('delete'),
      method: 'DELETE',
      path,
      summary: 'Deletes many objects at once.',
      access: 'optional',
      operations: [],
      reads: 'stream',
      status: 200,
      run: remove,
    }),
  ]
})
