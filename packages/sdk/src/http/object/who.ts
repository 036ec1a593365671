import { type Actor, anybody, CloudError, isCloudError, verifyTempUrl } from '@nephos/core'
import { type Exchange, operatorOf } from '../exchange.ts'
import { HttpError } from '../faults.ts'

/** An exchange of this API: its endpoints read query and body themselves. */
export type SwiftExchange = Exchange<
  Readonly<Record<string, string | readonly string[]>>,
  undefined
>
/** Who asks, and for what account. */
export interface Who {
  readonly actor: Actor
  /** The project whose account it is. */
  readonly account: string
  /** True if a token, or a signature, was shown. */
  readonly isKnown: boolean
  /** True if the account is the caller's own, or he may do anything with it. */
  readonly isOwner: boolean
  /** The container in which alone segments may be. */
  readonly only?: string | undefined
  /** True: by a temporary URL. */
  readonly bySignature: boolean
}

/** Where Swift is served: what temporary URLs may be signed with. */
export const mount = '/object-store'

/** The role of those who may do anything with every account. */
const reseller = 'ResellerAdmin'

/** The project that an account's name stands for. @throws HttpError 404. */
export function projectOf(account: string): string {
  const [, id] = /^AUTH_([A-Za-z0-9-]{1,64})$/.exec(account) ?? []
  if (id !== undefined) return id
  throw new HttpError(404, 'The resource could not be found.', { field: 'account' })
}

/** Who asks for the account in the path: by token, by temporary URL, or nobody in particular. */
export async function whoAsks(
  x: SwiftExchange,
  place?: { readonly container: string; readonly name: string },
): Promise<Who> {
  const account = projectOf(x.param('account'))
  if (place && x.search.has('temp_url_sig')) return bySignature(x, account, place)
  const secret = x.headers.get('x-storage-token')
  const token = x.isAuthenticated
    ? x.token
    : secret === null
      ? undefined
      : await x.authenticate(secret)
  if (!token) {
    return { actor: anybody, account, isKnown: false, isOwner: false, bySignature: false }
  }
  const { actor } = token
  if (!actor) throw new CloudError('forbidden', 'The token has no scope.', { field: 'actor' })
  const own = actor.projectId === account && !actor.roles.includes(reseller) ? actor : undefined
  const all = actor.roles.includes(reseller)
    ? { ...actor, projectId: null, domainId: null, roles: ['admin'], system: true }
    : operatorOf(actor)
  const chosen = own ?? all ?? actor
  return {
    actor: chosen,
    account,
    isKnown: true,
    isOwner: own !== undefined || chosen.system,
    bySignature: false,
  }
}

async function bySignature(
  x: SwiftExchange,
  account: string,
  { container, name }: { readonly container: string; readonly name: string },
): Promise<Who> {
  const { search } = x
  const [prefix, ipRange] = [search.get('temp_url_prefix'), search.get('temp_url_ip_range')]
  const grant = await verifyTempUrl(
    x.plane.kernel,
    {
      account,
      container,
      name,
      expires: expiryOf(search.get('temp_url_expires') ?? ''),
      signature: signatureOf(search.get('temp_url_sig') ?? ''),
      root: mount,
      ...(prefix !== null && { prefix }),
      // Addresses of clients are not known here: a URL that is good from some is good from none.
      ...(ipRange !== null && { ipRange }),
    },
    x.request.method as 'GET',
  )
  return {
    actor: grant.actor,
    account,
    isKnown: true,
    isOwner: false,
    only: grant.only,
    bySignature: true,
  }
}

function unsigned(): HttpError {
  return new HttpError(401, 'Temp URL invalid')
}

/** Seconds since the epoch, or a time of ISO 8601. */
function expiryOf(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text)
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw unsigned()
  return ms / 1_000
}

/** In hex, or `sha256:` or `sha512:` and base64. */
export function signatureOf(text: string): string {
  const [, base64] = /^sha(?:256|512):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? []
  const hex = base64 === undefined ? text : Buffer.from(base64, 'base64url').toString('hex')
  if (/^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{128})$/.test(hex)) return hex
  throw unsigned()
}

/** Host of the link by which a reader came. */
export function referrerOf(headers: Headers): { readonly referrer?: string } {
  const referrer = headers.get('referer')
  const host = referrer === null ? undefined : /^[a-z]+:\/\/([^/:?#]+)/i.exec(referrer)?.[1]
  return host !== undefined && /^[A-Za-z0-9._-]{1,255}$/.test(host) ? { referrer: host } : {}
}

/**
 * Does something for the caller, with errors as Swift answers them: what belongs to others is
 * refused before anybody is told whether it is there.
 */
export async function forCaller<T>(who: Who, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!isCloudError(error) || error instanceof HttpError) throw error
    throw swiftError(error, who)
  }
}

const preconditions = new Set(['ifMatch', 'ifNoneMatch', 'ifUnmodifiedSince', 'versionsIn'])

function swiftError(error: CloudError, { isKnown, isOwner }: Who): Error {
  const { code, field, message } = error
  const isHidden = code === 'notFound' && (field === 'container' || field === 'account')
  if (code === 'forbidden' || (isHidden && !isOwner)) {
    return isKnown
      ? new HttpError(403, 'Access was denied to this resource.', { code: 'forbidden' })
      : new CloudError('unauthenticated', 'This server could not verify who you are.')
  }
  if (code === 'conflict' && preconditions.has(field ?? '')) {
    return new HttpError(412, message, { code, ...(field !== undefined && { field }) })
  }
  if (code === 'conflict') {
    const what = 'There was a conflict when trying to complete your request.'
    return new HttpError(409, `${what} ${message}`, { ...(field !== undefined && { field }) })
  }
  return error
}
