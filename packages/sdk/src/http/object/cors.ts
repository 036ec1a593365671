import { containerGet, type ContainerView, isCloudError } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import type { SwiftExchange, Who } from './who.ts'
import { projectOf } from './who.ts'

/** Headers that scripts may read of every answer, as Swift exposes them. */
const exposed = [
  'cache-control',
  'content-language',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
  'etag',
  'x-timestamp',
  'x-trans-id',
  'x-openstack-request-id',
]

/** What a container lets scripts of other origins do: kept in its metadata. */
const names = {
  origins: 'access-control-allow-origin',
  exposed: 'access-control-expose-headers',
  age: 'access-control-max-age',
} as const

function allows(view: Pick<ContainerView, 'metadata'>, origin: string): boolean {
  const origins = (view.metadata[names.origins] ?? '').split(/[\s,]+/)
  return origins.includes('*') || origins.includes(origin)
}

/** What a script of another origin is told with an answer. */
export function corsHeaders(
  x: SwiftExchange,
  view: Pick<ContainerView, 'metadata'>,
): Record<string, string> {
  const origin = x.headers.get('origin')
  if (origin === null || !allows(view, origin)) return {}
  const own = (view.metadata[names.exposed] ?? '').split(/[\s,]+/).filter((name) => name !== '')
  const isAny = (view.metadata[names.origins] ?? '').includes('*')
  return {
    'access-control-allow-origin': isAny ? '*' : origin,
    'access-control-expose-headers': [...exposed, ...own].join(', '),
    ...(!isAny && { vary: 'Origin' }),
  }
}

/** As `corsHeaders`, for an answer about an object: its container is only asked when needed. */
export async function corsOf(x: SwiftExchange, who: Who): Promise<Record<string, string>> {
  if (!x.headers.has('origin')) return {}
  const view = await findContainer(x, who.account)
  return view ? corsHeaders(x, view) : {}
}

/** Read as the system: what is told of it is only what scripts may do. */
async function findContainer(
  x: SwiftExchange,
  account: string,
): Promise<ContainerView | undefined> {
  const reader = {
    userId: 'cors',
    projectId: null,
    domainId: null,
    roles: ['reader'],
    system: true,
  }
  try {
    return await x.invokeAs(reader, containerGet, { account, container: x.param('container') })
  } catch (error) {
    if (isCloudError(error) && ['notFound', 'invalid'].includes(error.code)) return undefined
    throw error
  }
}

const allowedMethods = 'HEAD, GET, PUT, POST, COPY, OPTIONS, DELETE'

/** What a browser asks before a script of another origin may do something. */
async function preflight(x: SwiftExchange): Promise<Reply> {
  const origin = x.headers.get('origin')
  const method = x.headers.get('access-control-request-method')
  if (origin === null || method === null) return { headers: { allow: allowedMethods } }
  const view = await findContainer(x, projectOf(x.param('account')))
  if (!view || !allows(view, origin) || !allowedMethods.split(', ').includes(method)) {
    throw new HttpError(401, 'This origin may not.', { headers: { allow: allowedMethods } })
  }
  const asked = x.headers.get('access-control-request-headers')
  const age = view.metadata[names.age]
  return {
    headers: {
      ...corsHeaders(x, view),
      allow: allowedMethods,
      'access-control-allow-methods': allowedMethods,
      ...(asked !== null && { 'access-control-allow-headers': asked }),
      ...(age !== undefined && { 'access-control-max-age': age }),
    },
  }
}

export const preflights: readonly EndpointRow[] = [
  '/{account}/{container}',
  '/{account}/{container}/{object+}',
].map((path, index) =>
  endpoint({
    id: index === 0 ? 'object.containers.options' : 'object.objects.options',
    method: 'OPTIONS',
    path,
    summary: 'Tells browsers what scripts of other origins may do.',
    access: 'open',
    operations: [containerGet],
    status: 200,
    run: preflight,
  }),
)
