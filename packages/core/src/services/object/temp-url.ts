import { z } from 'zod'
import { contains, parseAddress, parsePrefix } from '../../base/cidr.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { objectAccountKind, type TempUrlKeys } from '../../model/object/account.ts'
import { type Container, containerKind } from '../../model/object/container.ts'
import type { Actor } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { parseInput } from '../parse.ts'
import { fetchContainer } from './access.ts'
import { fetchAccount } from './account.ts'
import { type ObjectDownload, type ObjectDownloadInput, readObject } from './download.ts'
import {
  accountField,
  containerNameField,
  namePartField,
  objectNameField,
  objectPath,
} from './fields.ts'
import { equalInConstantTime, hmac, type HmacAlgorithm } from './hmac.ts'
import { type ObjectUploadInput } from './upload-input.ts'
import { type StoreOptions, uploadObject } from './upload.ts'
import type { ObjectView } from './view.ts'

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] as const
type Method = (typeof methods)[number]

/** Says that whoever holds it may do this with that object, until then. */
export interface TempUrl {
  readonly method: Method
  /** As it is signed: `/v1/AUTH_<project>/<container>/<object>`. */
  readonly path: string
  /** Seconds since the epoch. */
  readonly expires: number
  /** Names that begin so, instead of one. */
  readonly prefix: string | null
  /** HMAC-SHA-256 in hex. */
  readonly signature: string
}

/** @throws CloudError `conflict` when neither the container nor the account has a key. */
export const tempUrlCreate = defineOperation({
  id: 'object.tempUrl.create',
  summary: 'Signs a temporary URL of an object.',
  policy: { scope: 'any', role: 'member' },
  mutates: false,
  input: z.strictObject({
    ...objectPath,
    method: z.enum(methods).default('GET'),
    /** From now. */
    seconds: z.int().min(1).max(limits.deleteAfterSeconds).default(3_600),
  }),
  run: async (call, input): Promise<TempUrl> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'own')
    const [key] = [...keysOf(container), ...(await accountKeys(kernel, container.projectId))]
    if (key === undefined) {
      throw new CloudError('conflict', 'Neither the container nor the account has a key.', {
        field: 'container',
      })
    }
    const expires = Math.floor(kernel.clock.now() / 1_000) + input.seconds
    const path = pathOf(container.projectId, container.name, input.name)
    const text = signedText(input.method, expires, path, false)
    const signature = hmac(kernel.digest, 'sha256', key, text)
    return { method: input.method, path, expires, prefix: null, signature }
  },
})

/**
 * Keys are shown to whoever owns the container and may write: as Swift shows them among the
 * metadata.
 */
export const tempUrlKeysGet = defineOperation({
  id: 'object.tempUrl.keys',
  summary: 'Shows the keys that sign temporary URLs, of a container or of the account.',
  policy: { scope: 'any', role: 'member' },
  mutates: false,
  input: z.strictObject({ account: accountField, container: containerNameField.optional() }),
  run: async (call, { account, container }): Promise<TempUrlKeys> => {
    if (container === undefined) return (await fetchAccount(call, account)).tempUrlKeys
    return (await fetchContainer(call, { account, container }, 'own')).tempUrlKeys
  },
})

const grantFields = {
  expires: z.int().min(0),
  /** HMAC-SHA-256 or HMAC-SHA-512 in hex. */
  signature: z.string().regex(/^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{128})$/),
  /** What the signed path may begin with besides `/v1`: where a transport serves it. */
  root: z.string().max(limits.nameLength).default(''),
}

const tempUrlInput = z.strictObject({
  account: idField,
  container: containerNameField,
  name: objectNameField,
  ...grantFields,
  /** Addresses from which alone it is good, as it is signed: one, or a block. */
  ipRange: z.string().max(limits.nameLength).optional(),
  /** Where the request comes from; without it, a URL that is good from some places is refused. */
  address: z.string().max(limits.nameLength).optional(),
  /** Signed for all names that begin so. */
  prefix: namePartField.optional(),
})
export type TempUrlInput = z.input<typeof tempUrlInput>

/** Reads an object for whoever holds a temporary URL; see `downloadObject`. */
export async function downloadByTempUrl(
  kernel: Kernel,
  url: TempUrlInput,
  input: Omit<ObjectDownloadInput, 'account' | 'container' | 'name' | 'versionId'> = {},
  options: StoreOptions = {},
): Promise<ObjectDownload> {
  const { account, container, only, actor } = await verifyTempUrl(kernel, url, 'GET')
  const range = { ...input, account, container, name: url.name }
  return readObject(kernel, actor, range, options, only)
}

/** Stores an object for whoever holds a temporary URL; see `uploadObject`. */
export async function uploadByTempUrl(
  kernel: Kernel,
  url: TempUrlInput,
  input: Omit<ObjectUploadInput, 'account' | 'container' | 'name' | 'dynamic'>,
  data: AsyncIterable<Uint8Array>,
  options: StoreOptions = {},
): Promise<ObjectView> {
  const { account, container, actor } = await verifyTempUrl(kernel, url, 'PUT')
  const { name } = url
  // A manifest would let its holder name other objects than this one.
  if ('dynamic' in input) {
    throw new CloudError('forbidden', 'A temporary URL makes no large object.', {
      field: 'dynamic',
    })
  }
  return uploadObject(kernel, actor, { ...input, account, container, name }, data, options)
}

/** What a signature lets its holder do: as this actor, in this container. */
export interface SignedGrant {
  readonly actor: Actor
  readonly account: string
  readonly container: string
  /** The container whose key it was, if it was not the account's: segments may be in no other. */
  readonly only: string | undefined
}

/**
 * Checks a temporary URL. Who may read, or store, may ask for headers as well.
 *
 * @throws CloudError `unauthenticated` for whatever is wrong with it: nothing more is told.
 */
export async function verifyTempUrl(
  kernel: Kernel,
  url: TempUrlInput,
  method: Method,
): Promise<SignedGrant> {
  const { account, container, name, prefix, ipRange, address, ...grant } = parseInput(
    tempUrlInput,
    url,
  )
  const { expires, signature, root } = grant
  if (ipRange !== undefined && !isFrom(ipRange, address)) throw invalidSignature()
  if (prefix !== undefined && !name.startsWith(prefix)) throw invalidSignature()
  const range = ipRange === undefined ? '' : `ip=${ipRange}\n`
  const place = pathOf(account, container, prefix ?? name)
  const signed: readonly Method[] = method === 'HEAD' ? ['HEAD', 'GET', 'PUT', 'POST'] : [method]
  const texts = signed.flatMap((one) =>
    rootsOf(root).map(
      (start) => range + signedText(one, expires, `${start}${place}`, prefix !== undefined),
    ),
  )
  const role = method === 'GET' || method === 'HEAD' ? 'reader' : 'member'
  return verifySignature(kernel, { account, container, expires, signature, texts, role })
}

function isFrom(range: string, address: string | undefined): boolean {
  const block = parsePrefix(range)
  const from = address === undefined ? undefined : parseAddress(address)
  return block !== undefined && from !== undefined && contains(block, from)
}

const formInput = z.strictObject({
  account: idField,
  container: containerNameField,
  /** What the names of all files begin with. */
  prefix: namePartField,
  ...grantFields,
  redirect: z.string().max(limits.aclLength),
  maxFileSize: z.int().min(0),
  maxFileCount: z.int().min(1),
})
export type ObjectFormInput = z.input<typeof formInput>

/**
 * Checks the form by which a browser uploads (Swift's FormPOST).
 *
 * @throws CloudError `unauthenticated` for whatever is wrong with it: nothing more is told.
 */
export async function verifyForm(kernel: Kernel, form: ObjectFormInput): Promise<SignedGrant> {
  const { account, container, prefix, expires, signature, root, ...rest } = parseInput(
    formInput,
    form,
  )
  const { redirect, maxFileSize, maxFileCount } = rest
  const place = `/v1/AUTH_${account}/${container}${prefix === '' ? '' : `/${prefix}`}`
  // Forms are signed with a slash at the end of the container, or without.
  const places = prefix === '' ? [place, `${place}/`] : [place]
  const texts = rootsOf(root).flatMap((start) =>
    places.map((path) =>
      [`${start}${path}`, redirect, maxFileSize, maxFileCount, expires].join('\n'),
    ),
  )
  return verifySignature(kernel, { account, container, expires, signature, texts, role: 'member' })
}

function rootsOf(root: string): readonly string[] {
  return root === '' ? [''] : ['', root]
}

interface Claim {
  readonly account: string
  readonly container: string
  /** Seconds since the epoch. */
  readonly expires: number
  readonly signature: string
  /** What may have been signed. */
  readonly texts: readonly string[]
  readonly role: 'reader' | 'member'
}

async function verifySignature(
  kernel: Kernel,
  { account, container: name, expires, texts, role, ...claim }: Claim,
): Promise<SignedGrant> {
  const [[container], ofAccount] = await Promise.all([
    kernel.store.lookup(containerKind, 'byName', [[account, name]]),
    accountKeys(kernel, account),
  ])
  const algorithm: HmacAlgorithm = claim.signature.length === 64 ? 'sha256' : 'sha512'
  const signature = claim.signature.toLowerCase()
  const isSigned = (keys: readonly string[]): boolean =>
    keys
      .flatMap((key) => texts.map((text) => hmac(kernel.digest, algorithm, key, text)))
      .map((wanted) => equalInConstantTime(signature, wanted))
      .includes(true)
  const [byAccount, byContainer] = [isSigned(ofAccount), isSigned(keysOf(container))]
  const isLive = expires * 1_000 > kernel.clock.now()
  if (!container || !isLive || !(byAccount || byContainer)) throw invalidSignature()
  const only = byAccount ? undefined : container.id
  return { account, container: name, only, actor: holder(account, role) }
}

function invalidSignature(): CloudError {
  return new CloudError('unauthenticated', 'The temporary URL is not valid, or not any more.')
}

function holder(projectId: string, role: 'reader' | 'member'): Actor {
  return { userId: 'temporary-url', projectId, domainId: null, roles: [role], system: false }
}

function keysOf(container: Container | undefined): string[] {
  return container ? listed(container.tempUrlKeys) : []
}

async function accountKeys(kernel: Kernel, projectId: string): Promise<string[]> {
  const [account] = await kernel.store.get(objectAccountKind, [projectId])
  return account ? listed(account.tempUrlKeys) : []
}

function listed({ first, second }: TempUrlKeys): string[] {
  return [first, second].filter((key) => key !== null)
}

function pathOf(account: string, container: string, name: string): string {
  return `/v1/AUTH_${account}/${container}/${name}`
}

function signedText(method: Method, expires: number, path: string, isPrefix: boolean): string {
  return `${method}\n${expires}\n${isPrefix ? 'prefix:' : ''}${path}`
}
