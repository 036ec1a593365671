import { methods } from './endpoint.ts'

export interface CorsOptions {
  /** Origins whose scripts may use the cloud: `https://console.example`; `*` for all. */
  readonly origins: readonly string[]
}

/** Headers that scripts may read of every answer, beside those that browsers let them. */
const exposed = [
  'etag',
  'location',
  'link',
  'retry-after',
  'content-range',
  'accept-ranges',
  'openstack-api-version',
  'x-openstack-nova-api-version',
  'x-openstack-request-id',
  'x-compute-request-id',
  'x-subject-token',
  'x-timestamp',
  'x-trans-id',
  'x-image-meta-status',
]

/** Seconds for which a browser need not ask again. */
const maxAge = 3_600

/**
 * What a script of another origin is told with an answer; nothing when its origin is none of the
 * allowed ones. Tokens are in headers that a script sets itself, so that no credentials of the
 * browser are needed.
 */
export function corsHeadersOf(
  options: CorsOptions | undefined,
  request: Request,
): Readonly<Record<string, string>> {
  if (!options) return {}
  const origin = request.headers.get('origin')
  const isAny = options.origins.includes('*')
  // An answer without these is one for others: caches must tell them apart.
  const vary: Record<string, string> = isAny ? {} : { vary: 'Origin' }
  if (origin === null || !(isAny || options.origins.includes(origin))) return vary
  return {
    ...vary,
    'access-control-allow-origin': isAny ? '*' : origin,
    'access-control-expose-headers': exposed.join(', '),
  }
}

/** What a browser is told that asks what a script may do; undefined for all other requests. */
export function preflightOf(
  options: CorsOptions | undefined,
  request: Request,
): Readonly<Record<string, string>> | undefined {
  const { headers } = request
  if (request.method !== 'OPTIONS' || !headers.has('access-control-request-method')) {
    return undefined
  }
  const allowed = corsHeadersOf(options, request)
  if (allowed['access-control-allow-origin'] === undefined) return undefined
  const asked = headers.get('access-control-request-headers')
  return {
    ...allowed,
    'access-control-allow-methods': methods.join(', '),
    ...(asked !== null && { 'access-control-allow-headers': asked }),
    'access-control-max-age': String(maxAge),
  }
}
